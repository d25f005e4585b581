"""Home: what to do now, and where one stands."""

import streamlit as st

from app import correction_desk, offers, quizzing, session, standing
from app.widgets import chart, notices, places
from app.widgets.wording import plain

MOST = 3


def countdown(profile) -> None:
    """The exam date, where there is one."""
    if profile.goal_kind != "exam":
        return
    if profile.exam_date is None:
        st.caption(f"Preparing for {plain(session.goal_name(profile))}. Set an exam date under your name to count the days.")
        return
    days = (profile.exam_date - session.today()).days
    when = f"{profile.exam_date:%-d %B %Y}"
    left = f"{days} days from today" if days > 1 else "tomorrow" if days == 1 else "today" if days == 0 else "in the past; set a new date under your name"
    st.caption(f"{plain(session.goal_name(profile))}: {when}, {left}.")


def go_on(attempt, first: bool) -> None:
    """An unfinished attempt."""
    with st.container(border=True):
        st.markdown(f"**{plain(attempt.title)}**")
        st.caption(f"Begun {session.told(attempt.started)}; {standing.points(attempt)} so far.")
        if st.button(f"Continue: {plain(attempt.title)}", key=f"continue-{attempt.attempt}", type="primary" if first else "secondary", wrap=True):
            places.go(places.work_page(attempt.kind), attempt=attempt.attempt)


def take(suggestion, first: bool, profile) -> None:
    """A claim or a set worth starting."""
    claim = suggestion.kind == "scenario"
    with st.container(border=True):
        st.markdown(f"**{plain(suggestion.card.title)}**")
        st.caption(plain(f"{suggestion.length} {suggestion.why}"))
        if st.button(f"{'Work' if claim else 'Start'}: {plain(suggestion.card.title)}", key=f"start-{suggestion.card.id}",
                     type="primary" if first else "secondary", wrap=True):
            begin = offers.begin if claim else quizzing.begin
            places.go(places.work_page(suggestion.kind), attempt=begin(profile, suggestion.card.id))


def now(profile) -> None:
    """What to do, the most useful first."""
    st.header("What to do now", anchor=False)
    open_work, next_up = standing.unfinished(profile), standing.suggestions(profile)
    for at, attempt in enumerate(open_work[:MOST]):
        go_on(attempt, first=not at)
    if len(open_work) > MOST:
        places.link(places.PROGRESS, f"{len(open_work) - MOST} more unfinished", icon=":material/history:")
    again = standing.due_again(profile)
    if again:
        st.subheader("Due again", anchor=False)
    for suggestion in again:
        take(suggestion, False, profile)
    next_up = tuple(one for one in next_up if one.card.id not in {due.card.id for due in again})
    if next_up:
        st.subheader("Next for your goal", anchor=False)
    for at, suggestion in enumerate(next_up[:2 if open_work else MOST]):
        take(suggestion, not at and not open_work, profile)
    if not open_work and not next_up:
        st.markdown("Everything for your goal is answered in full. Take a set again, or work a fresh variant of a claim.")
    with st.container(horizontal=True, wrap=True):
        places.link(places.SCENARIOS, "All claims", icon=":material/assignment:")
        places.link(places.QUIZZES, "All quizzes", icon=":material/quiz:")


def picture(profile) -> None:
    """The goal's own parts and the evidence for each."""
    st.header("Where you stand", anchor=False)
    if profile.goal_kind == "exam" and profile.goal in session.exams():
        rows = [(line.name, line.share, standing.figure(line.standing)) for line in standing.domains(profile, profile.goal)]
    else:
        rows = [(area.name, area.share, f"{len([one for one in area.seen if one.wanted])} of {len(wanted)} seen")
                for area in standing.areas(profile) if (wanted := [line for line in area.lines if line.wanted])]
    if not any(share is not None for _, share, _ in rows):
        st.markdown("No answers yet. After the first few, this shows your share of points by exam domain or area, and how many answers it rests on.")
    st.html(chart.bars(rows, "Share of points, and what it rests on"))
    places.link(places.PROGRESS, "All evidence and past attempts", icon=":material/insights:")


def main() -> None:
    profile = session.me()
    st.title(f"Hello, {plain(profile.name)}", anchor=False)
    countdown(profile)
    if complaint := session.content_complaint():
        st.warning(complaint, icon=":material/rule:")
    notices.corrections(correction_desk.fresh(profile), more=True)
    left, right = st.columns([1, 1], gap="large")
    with left:
        now(profile)
    with right:
        picture(profile)


main()
