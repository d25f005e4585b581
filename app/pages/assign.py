"""Assigning work: a track with its levels, items, or an exam, by a day, to cohorts and people; what was given can be changed below. Alone: a plan for oneself."""

from datetime import timedelta

import streamlit as st

from app import assigning, session, work_offered
from app.widgets import given_work, places, work_words
from app.widgets.wording import label, plain

KINDS = {"track": "An onboarding track", "items": "Quizzes and claims", "exam": "A practice exam"}
WEEK = 7
ALL = "Everything"


def whom() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cohorts and people; alone it is oneself."""
    people = assigning.people()
    if not session.in_team():
        return (), tuple(people)
    cohorts = assigning.cohorts()
    named = [id for id in [st.query_params.get("cohort", "")] if id in cohorts]
    chosen = st.multiselect("Cohorts", list(cohorts), default=named, format_func=lambda id: label(cohorts[id]), key="cohorts", placeholder="Choose cohorts", select_all=False)
    return tuple(chosen), tuple(st.multiselect("People", list(people), format_func=lambda id: label(people[id]), key="people", placeholder="Or single people", select_all=False))


def track(to) -> None:
    """A due date for each level that is wanted."""
    names = session.tracks()
    chosen = st.selectbox("Track", list(names), format_func=names.get, key="track")
    start = st.date_input("First day", session.today(), key="start", format="YYYY-MM-DD")
    due, asked = {}, 0
    for level in assigning.levels(chosen):
        if st.checkbox(f"{level.name}: {len(level.competencies)} competencies", True, key=f"level-{level.id}"):
            due[level.id] = st.date_input(f"{level.name}, due", start + timedelta(days=level.days), key=f"due-{chosen}-{level.id}-{start}", format="YYYY-MM-DD")
            asked += len(level.competencies)
    days = " and ".join(f"{day:%-d %b %Y}" for day in due.values())
    give(to, f"{work_offered.count(len(due), 'level')} with {work_offered.count(asked, 'competency', 'competencies')}", days, lambda note: assigning.give_track(chosen, due, *to, note))


def items(to) -> None:
    """Any number of pieces of work, chosen kind by kind."""
    held, groups = work_offered.pieces(), work_offered.groups()
    taken = tuple(id for id in st.session_state.get("items", ()) if id in held)
    group = st.selectbox("Show", [ALL, *groups], format_func=lambda name: label(f"{name} ({groups.get(name, len(held))})"), key="group")
    shown = [*taken, *(id for id, piece in held.items() if group in (ALL, piece.group) and id not in taken)]
    chosen = tuple(st.multiselect("What", shown, format_func=lambda id: label(held[id].label), key="items", placeholder="Choose quizzes, claims, exercises", select_all=False))
    title = st.text_input("Title", max_chars=assigning.LONGEST_TITLE, key="title", placeholder="Left empty: the name of the first")
    due, percent = day_and_share()
    give(to, work_offered.comes_to(chosen), f"{due:%-d %b %Y}", lambda note: assigning.give_items(chosen, title, due, *to, percent, note))


def exam(to) -> None:
    names, sizes = session.exams(), assigning.sizes()
    chosen = st.selectbox("Exam", list(names), format_func=names.get, key="exam")
    size = st.selectbox("Size, at least", list(sizes), format_func=sizes.get, key="size")
    due, percent = day_and_share()
    give(to, assigning.exam_words(chosen, size), f"{due:%-d %b %Y}", lambda note: assigning.give_exam(chosen, size, due, *to, percent, note))


def day_and_share() -> tuple:
    due = st.date_input("Due", session.today() + timedelta(days=WEEK), key="due", format="YYYY-MM-DD")
    return due, st.number_input("Per cent of the points that are wanted", 0, 100, 0, 5, key="percent", help="0: finishing is enough.")


def give(to, what: str, days: str, giving) -> None:
    """The note, what is about to be given in a sentence, and the button; what is wrong is said."""
    note = st.text_area("Note", max_chars=assigning.LONGEST_NOTE, key="note", help="Stands beside the work where the learner sees it.") if session.in_team() else ""
    line = f"{what.rstrip('.')}. For {assigning.reached(*to)}." + (f" Due {days}{work_words.whose_midnight()}." if days else "")
    st.markdown(f"**About to be given.** {plain(line)}")
    if st.button("Assign" if session.in_team() else "Make it my plan", type="primary", key="give"):
        with session.problems_said():
            giving(note)
            st.session_state["assign-said"] = f"It is assigned. {line}" if session.in_team() else f"It is in your plan, and Home shows it. {line}"
            st.session_state["assign-given"] = True
            st.rerun()


def main() -> None:
    session.require("assign")
    st.title("Assign work" if session.in_team() else "Make a plan", anchor=False)
    if st.session_state.pop("assign-given", False):
        for name in ("items", "title", "note"):
            st.session_state.pop(name, None)        # the next assignment begins empty, and is not the same again by accident
    if says := st.session_state.pop("assign-said", ""):
        st.success(plain(says))
    if not session.in_team():
        st.markdown("Give yourself work with dates. Home shows what is due; nothing happens when a date passes but that it says so.")
    to = whom()
    kind = st.radio("What is assigned", list(KINDS), format_func=KINDS.get, horizontal=True, key="kind")
    {"track": track, "items": items, "exam": exam}[kind](to)
    given_work.show()
    places.link(places.COHORTS, "To the cohorts", icon=":material/groups:") if session.in_team() else places.link(places.HOME, "Home", icon=":material/home:")


main()
