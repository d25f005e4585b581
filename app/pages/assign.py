"""Assigning work: a track with its levels, items, or an exam, by a day, to cohorts and people; what was given, more time, and taking it back. Alone: a plan for oneself."""

from datetime import timedelta

import streamlit as st

from app import assigning, session
from app.widgets import places, work_words
from app.widgets.wording import label, plain

KINDS = {"track": "An onboarding track", "items": "Quizzes and claims", "exam": "A practice exam"}
WEEK = 7


def whom() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cohorts and people; alone it is oneself."""
    people = assigning.people()
    if not session.in_team():
        return (), tuple(people)
    cohorts = assigning.cohorts()
    named = [id for id in [st.query_params.get("cohort", "")] if id in cohorts]
    chosen = st.multiselect("Cohorts", list(cohorts), default=named, format_func=cohorts.get, key="cohorts", placeholder="Choose cohorts")
    return tuple(chosen), tuple(st.multiselect("People", list(people), format_func=people.get, key="people", placeholder="Or single people"))


def track(to) -> None:
    """A due date for each level that is wanted."""
    names = session.tracks()
    chosen = st.selectbox("Track", list(names), format_func=names.get, key="track")
    start = st.date_input("First day", session.today(), key="start", format="YYYY-MM-DD")
    due = {}
    for level in assigning.levels(chosen):
        if st.checkbox(f"{level.name}: {len(level.competencies)} competencies", True, key=f"level-{level.id}"):
            due[level.id] = st.date_input(f"{level.name}, due", start + timedelta(days=level.days), key=f"due-{chosen}-{level.id}-{start}", format="YYYY-MM-DD")
    give(lambda note: assigning.give_track(chosen, due, *to, note))


def items(to) -> None:
    """Any number of pieces of work."""
    offered = assigning.items()
    chosen = st.multiselect("What", list(offered), format_func=offered.get, key="items", placeholder="Choose quizzes, claims, exercises")
    title = st.text_input("Title", max_chars=120, key="title", placeholder="Left empty: the name of the first")
    due, percent = day_and_share()
    give(lambda note: assigning.give_items(tuple(chosen), title, due, *to, percent, note))


def exam(to) -> None:
    names, sizes = session.exams(), assigning.sizes()
    chosen = st.selectbox("Exam", list(names), format_func=names.get, key="exam")
    size = st.selectbox("Size, at least", list(sizes), format_func=sizes.get, key="size")
    due, percent = day_and_share()
    give(lambda note: assigning.give_exam(chosen, size, due, *to, percent, note))


def day_and_share() -> tuple:
    due = st.date_input("Due", session.today() + timedelta(days=WEEK), key="due", format="YYYY-MM-DD")
    return due, st.number_input("Per cent of the points that are wanted", 0, 100, 0, 5, key="percent", help="0: finishing is enough.")


def give(giving) -> None:
    """The note and the button; what is wrong is said."""
    note = st.text_area("Note", max_chars=assigning.LONGEST_NOTE, key="note", help="Stands beside the work where the learner sees it.") if session.in_team() else ""
    if st.button("Assign" if session.in_team() else "Make it my plan", type="primary", key="give"):
        with session.problems_said():
            giving(note)
            st.session_state["assign-said"] = "It is assigned." if session.in_team() else "It is in your plan. Home shows it."
            st.rerun()


def given() -> None:
    """What was given, each with what can still be changed."""
    st.header("Assigned so far" if session.in_team() else "Your plan so far", anchor=False)
    found = assigning.given()
    if not found:
        st.markdown("Nothing yet.")
    for one in found:
        made = one.assignment
        to = f" · {', '.join(target.name for target in one.whom)}" if session.in_team() else ""
        with st.expander(plain(f"{made.title} · due {work_words.day(made.due_at)}{to}")):
            wanted = f" {made.percent}% of the points are wanted." if made.percent else ""
            st.markdown(plain(f"{', '.join(one.parts)}.{wanted} {made.note}"))
            more_time(one)
            if st.button(f"Withdraw: {plain(made.title)}", key=f"withdraw-{made.id}", help="It is asked for no more; what was done of it stays.", wrap=True):
                done(lambda made=made: assigning.withdraw(made.id), f"{made.title} is withdrawn.")


def more_time(one) -> None:
    """Another due date for one person."""
    id = one.assignment.id
    who = st.selectbox("More time for", list(one.people), format_func=lambda each: label(one.people[each]), key=f"who-{id}") if session.in_team() else next(iter(one.people), None)
    until = st.date_input("Until", session.today() + timedelta(days=WEEK), key=f"until-{id}", format="YYYY-MM-DD")
    if st.button("Give more time" if session.in_team() else "Move the date", key=f"extend-{id}", disabled=not who):
        done(lambda: assigning.extend(id, who, until), f"Due on {until:%-d %b %Y} for {one.people[who]}.")


def done(change, says: str) -> None:
    with session.problems_said():
        change()
        st.session_state["assign-said"] = says
        st.rerun()


def main() -> None:
    session.require("assign")
    st.title("Assign work" if session.in_team() else "Make a plan", anchor=False)
    if says := st.session_state.pop("assign-said", ""):
        st.success(plain(says))
    if not session.in_team():
        st.markdown("Give yourself work with dates. Home shows what is due; nothing happens when a date passes but that it says so.")
    to = whom()
    kind = st.radio("What is assigned", list(KINDS), format_func=KINDS.get, horizontal=True, key="kind")
    {"track": track, "items": items, "exam": exam}[kind](to)
    given()
    places.link(places.COHORTS, "To the cohorts", icon=":material/groups:") if session.in_team() else places.link(places.HOME, "Home", icon=":material/home:")


main()
