"""Home: what to do now, and where one stands."""

import streamlit as st

from app import correction_desk, offers, practising, quizzing, readiness_desk, real_exam_desk, session, standing, today_plan
from app.widgets import chart, due_work, notices, places
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


def readiness(profile) -> None:
    """One line: the band, or what is missing; and after the exam's day the question how it went."""
    if real_exam_desk.asks(profile):
        places.link(places.READINESS, f"Your exam was on {profile.exam_date:%-d %B %Y}. How did it go?", icon=":material/rate_review:")
    elif line := readiness_desk.line(profile):
        places.link(places.READINESS, plain(line), icon=":material/speed:")


def go_on(attempt) -> None:
    """An unfinished attempt."""
    with st.container(border=True):
        st.markdown(f"**{plain(attempt.title)}**")
        st.caption(f"Begun {session.told(attempt.started)}; {standing.points(attempt)} so far.")
        if st.button(f"Continue: {plain(attempt.title)}", key=f"continue-{attempt.attempt}", wrap=True):
            places.go(places.work_page(attempt.kind), attempt=attempt.attempt)


def take(suggestion, profile) -> None:
    """A claim or a set worth starting."""
    claim = suggestion.kind == "scenario"
    with st.container(border=True):
        st.markdown(f"**{plain(suggestion.card.title)}**")
        st.caption(plain(f"{suggestion.length} {suggestion.why}"))
        if st.button(f"{'Work' if claim else 'Start'}: {plain(suggestion.card.title)}", key=f"start-{suggestion.card.id}", wrap=True):
            begin = offers.begin if claim else quizzing.begin
            places.go(places.work_page(suggestion.kind), attempt=begin(profile, suggestion.card.id))


def today(profile) -> None:
    """The one list for today, and its button."""
    st.header("Today", anchor=False)
    if attempt := practising.under_way(profile, practising.TODAY):
        st.markdown("Today's list is under way; all you answered is kept.")
        if st.button("Go on with today's list", type="primary", key="today"):
            places.go(places.SITTING, attempt=attempt)
        return
    minutes = st.segmented_control("Minutes", today_plan.LENGTHS, default=nearest(profile.minutes_a_day), required=True, key="length") or today_plan.LENGTHS[0]
    made = today_plan.plan(profile, minutes)
    if not made.why:
        st.markdown("Nothing is due, and nothing new is left for your goal. Practise something of your choice.")
        places.link(places.PRACTICE, "Put a session together", icon=":material/tune:")
        return
    parts = {today_plan.DUE: "due for review", today_plan.WEAK: f"on your weakest part, {made.weakest}", today_plan.NEXT: "next for your goal"}
    listed = [f"{made.counts[name]} {says}" for name, says in parts.items() if made.counts[name]]
    st.markdown(plain(f"{len(made.why)} questions, about {made.minutes} minutes: {'; '.join(listed)}. Mixed, so that like does not follow like."))
    if st.button("Start today's list", type="primary", key="today"):
        places.go(places.SITTING, attempt=today_plan.begin(profile, minutes))
    with st.container(horizontal=True, wrap=True):
        places.link(places.REVIEW, "Reviews", icon=":material/event_repeat:")
        places.link(places.CHANGED, "What changed", icon=":material/update:")


def nearest(minutes: int) -> int:
    """The length on offer that is nearest to the minutes."""
    return min(today_plan.LENGTHS, key=lambda each: abs(each - minutes))


def now(profile) -> None:
    """What is unfinished, what is due again, and what is next."""
    st.header("Other work", anchor=False)
    going = standing.unfinished(profile)
    open_work = tuple(one for one in going if one.item != practising.TODAY)
    next_up = standing.suggestions(profile, going)
    for attempt in open_work[:MOST]:
        go_on(attempt)
    if len(open_work) > MOST:
        places.link(places.PROGRESS, f"{len(open_work) - MOST} more unfinished", icon=":material/history:", open="true")
    again = standing.due_again(profile, going)
    if again:
        st.subheader("Claims due again", anchor=False)
    for suggestion in again:
        take(suggestion, profile)
    next_up = tuple(one for one in next_up if one.card.id not in {due.card.id for due in again})
    if next_up:
        st.subheader("Next for your goal", anchor=False)
    for suggestion in next_up[:2 if open_work else MOST]:
        take(suggestion, profile)
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
    readiness(profile)
    due_work.to_mark()
    if complaint := session.content_complaint():
        st.warning(complaint, icon=":material/rule:")
    notices.corrections(correction_desk.fresh(profile), more=True)
    left, right = st.columns([1, 1], gap="large")
    with left:
        due_work.home(profile)
        today(profile)
        now(profile)
    with right:
        picture(profile)


main()
