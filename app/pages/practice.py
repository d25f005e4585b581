"""Practice to order: which questions, of what kind and difficulty, how many; then one button."""

import streamlit as st

from app import practice_orders, practising, session
from app.practice_orders import DIFFICULTIES, KINDS, ONLY
from app.widgets import places
from app.widgets.wording import plain
from curriculum.practice_form import Wish

LENGTHS = {"count": "A number of questions", "minutes": "Minutes"}
ANY = ""


def subject() -> dict:
    """What it is about: areas and competencies, or a domain of an exam, or all of it."""
    areas = practice_orders.areas()
    chosen = frozenset(st.multiselect("Areas", list(areas), format_func=areas.get, key="areas", placeholder="All areas"))
    skills = practice_orders.competencies(chosen)
    picked = frozenset(st.multiselect("Competencies", list(skills), format_func=skills.get, key="competencies", placeholder="All of them"))
    exams = {ANY: "Any", **session.exams()}
    exam = st.selectbox("Exam", list(exams), format_func=exams.get, key="exam")
    domain = ANY
    if exam:
        domains = {ANY: "All its domains", **practice_orders.domains(exam)}
        domain = st.selectbox("Domain of the exam", list(domains), format_func=domains.get, key=f"domain-{exam}")
    return {"areas": chosen, "competencies": picked, "exam": exam, "domain": domain}


def sort() -> dict:
    """Kind, difficulty, and what was seen or missed."""
    kinds = st.multiselect("Kinds of question", list(KINDS), format_func=KINDS.get, key="kinds", placeholder="All kinds")
    hard = st.multiselect("Difficulty", list(DIFFICULTIES), format_func=DIFFICULTIES.get, key="difficulties", placeholder="Any difficulty")
    only = st.radio("Which of them", list(ONLY), format_func=ONLY.get, horizontal=True, key="only")
    return {"kinds": frozenset(kinds), "difficulties": frozenset(hard), "only": only}


def length() -> dict:
    """How long it is."""
    by = st.radio("Length", list(LENGTHS), format_func=LENGTHS.get, horizontal=True, key="by")
    if by == "minutes":
        return {"minutes": st.number_input("How many minutes", 5, 120, 15, 5, key="minutes")}
    return {"count": st.number_input("How many questions", 1, 100, 10, 1, key="count")}


def go_on(profile) -> None:
    """A session put together before that is not finished."""
    if attempt := practising.under_way(profile, practising.ORDERED):
        with st.container(border=True):
            st.markdown("A session that you put together is not finished. A new one ends it; what you answered stays.")
            if st.button("Continue it", key="continue", type="primary"):
                places.go(places.SITTING, attempt=attempt)


def main() -> None:
    profile = session.me()
    st.title("Practice")
    st.markdown("Put a session together. You see at once whether you were right and why; hints cost part of the points; saying how sure you are earns or costs marks of their own.")
    go_on(profile)
    left, right = st.columns(2, gap="large")
    with left:
        about = subject()
    with right:
        wish = Wish(**about, **sort(), **length())
    offered = practice_orders.there(profile, wish)
    many = practice_orders.count(offered)
    st.markdown(plain(f"{many} question{'s fit' if many != 1 else ' fits'} that, about {practice_orders.minutes(offered)} minutes in all." if many else "No question fits all of that. Take one condition away."))
    if st.button("Start", key="start", type="primary", disabled=not many):
        places.go(places.SITTING, attempt=practice_orders.begin(profile, wish))


main()
