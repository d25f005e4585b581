"""Where the app's pages are, and how one goes from one to another without losing who is here."""

import streamlit as st

HOME, WELCOME, SCENARIOS, SCENARIO = "app/pages/home.py", "app/pages/welcome.py", "app/pages/scenarios.py", "app/pages/scenario.py"
QUIZZES, QUIZ, PROGRESS = "app/pages/quizzes.py", "app/pages/quiz.py", "app/pages/progress.py"
ATTEMPT, REFERENCE = "app/pages/attempt.py", "app/pages/reference.py"
TRANSACTIONS = "app/pages/transactions.py"
EXAMS, EXAM, EXAM_REPORT = "app/pages/exams.py", "app/pages/exam.py", "app/pages/exam_report.py"
CORRECTIONS = "app/pages/corrections.py"
PRACTICE, SITTING, REVIEW, CHANGED = "app/pages/practice.py", "app/pages/sitting.py", "app/pages/review.py", "app/pages/changed.py"
YOU, PEOPLE, AUDIT, COMPLETIONS = "app/pages/you.py", "app/pages/people.py", "app/pages/audit.py", "app/pages/completions.py"
OWN_DATA = "app/pages/own_data.py"
READINESS, ITEMS = "app/pages/readiness.py", "app/pages/items.py"
CONTENT = "app/pages/content.py"
COHORTS, LEARNER, ASSIGN, MARKING = "app/pages/cohorts.py", "app/pages/learner.py", "app/pages/assign.py", "app/pages/marking.py"
WORK = "app/pages/work.py"
EXERCISE, LIFE = "app/pages/exercise.py", "app/pages/life.py"
NOWHERE = "app/pages/nowhere.py"


def address(**params: str) -> dict[str, str]:
    """The parameters with who is here."""
    who = st.session_state.get("who", "")
    return {"who": who, **params} if who else params


def go(page: str, **params: str) -> None:
    """Opens a page now."""
    st.switch_page(page, query_params=address(**params))


def link(page: str, label: str, icon: str | None = None, **params: str) -> None:
    """A link to a page; it works in a new tab as well."""
    st.page_link(page, label=label, icon=icon, query_params=address(**params))


def work_page(kind: str) -> str:
    """The page on which an attempt of that kind is gone on with."""
    return {"question-set": QUIZ, "practice": SITTING, "exam": EXAM}.get(kind, SCENARIO)
