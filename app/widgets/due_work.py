"""What a learner is asked for, on home and on its own page; and what a trainer did since."""

import streamlit as st

from app import leaders_desk, learning_desk, marking_desk, session
from app.widgets import feedback, places, work_words
from app.widgets.wording import plain

FEW = 3


def home(profile) -> None:
    """The section of home: what is due next, and news; nothing where there is none of either."""
    due, news = learning_desk.due(profile), learning_desk.news(profile)
    for one in news[:FEW]:
        told(one)
    if not due and not news:
        if not session.in_team():
            places.link(places.ASSIGN, "Make a plan with dates", icon=":material/edit_calendar:")
        return
    if due:
        st.header("Due work", anchor=False)
    for one in due[:FEW]:
        assignment(profile, one, open_parts(one)[:1])
    more = f"{len(due) - FEW} more, and all that was said" if len(due) > FEW else "All your work, comments and disputes" if session.in_team() else "Your whole plan"
    places.link(places.WORK, more, icon=":material/task_alt:")


def to_mark() -> None:
    """For whoever marks: how much waits of the people they lead, in one line; nothing where nothing does, and alone."""
    if not session.in_team() or not session.may("override marks"):
        return
    disputes, letters = marking_desk.how_many()
    if words := leaders_desk.waiting_words(disputes, letters):
        places.link(places.MARKING, f"To mark: {words}", icon=":material/rate_review:")


def told(one) -> None:
    """Something a trainer did."""
    st.html(feedback.notice(one.says, one.more))
    if one.attempt:
        places.link(places.ATTEMPT, "See it there", icon=":material/history:", attempt=one.attempt)


def open_parts(one) -> tuple:
    return tuple(part for part in one.parts if not part.done and not part.gone)


def assignment(profile, one, parts) -> None:
    """One assignment: how it stands, and a button for each piece that is left."""
    made, standing = one.piece.assigned.assignment, one.piece.standing
    with st.container(border=True):
        st.markdown(f"**{plain(made.title)}**")
        due = f"{'was due' if one.late else 'due'} {work_words.day(one.piece.assigned.due_at)}{work_words.whose_midnight()}"
        wanted = f", {made.percent}% of the points wanted" if made.percent else ""
        if standing.of:
            st.html(f'<p class="cc-saved">{work_words.word(standing.word, own=True)} {standing.done} of {standing.of} done, {due}{wanted}.</p>')
        gone(one)
        if made.note:
            st.caption(plain(made.note))
        if made.kind == "track" and open_parts(one):
            practise(profile, one)
        elif made.kind == "exam" and open_parts(one):
            places.link(places.EXAMS, f"Sit it: {plain(made.title)}", icon=":material/timer:", exam=made.subject.upper())
        else:
            for part in parts:
                work(profile, made, part)


def gone(one) -> None:
    """What of it is no longer on offer, in a sentence and without a button."""
    names = [part.name for part in one.parts if part.gone]
    if names:
        st.caption(plain(f"No longer on offer, and not asked for any more: {'; '.join(names)}."))


def work(profile, made, part) -> None:
    """The button of one item."""
    if st.button(f"{'Continue' if part.attempt else 'Start'}: {plain(part.name)}", key=f"due-{made.id}-{part.id}", wrap=True):
        with session.problems_said():
            kind, attempt = learning_desk.begin(profile, part.id)
            places.go(places.work_page(kind), attempt=attempt)


def practise(profile, one) -> None:
    """A session on what of a track is not shown yet."""
    left = open_parts(one)
    st.caption(plain(f"Not shown yet: {', '.join(part.name for part in left[:FEW])}{f' and {len(left) - FEW} more' if len(left) > FEW else ''}."))
    if st.button(f"Practise: {plain(one.piece.assigned.assignment.title)}", key=f"due-{one.piece.assigned.assignment.id}", wrap=True):
        with session.problems_said():
            places.go(places.SITTING, attempt=learning_desk.practise(profile, tuple(part.id for part in left)))
