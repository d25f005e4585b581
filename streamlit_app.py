"""The entry: page config, the look, who is here, navigation; then the page itself."""

from pathlib import Path

import streamlit as st

from app import gate
from app.navigation import allowed
from app.session import problems_said, viewer, who
from app.widgets import places, returning, signed_out

HERE = Path(__file__).parent


def offered(someone) -> list:
    """The pages. Without a profile only the welcome page is listed; the others stay reachable by their address. Who may not open one does not have it at all."""
    listed, hidden = "visible" if someone else "hidden", "hidden"
    return allowed([
        st.Page(places.HOME, title="Home", icon=":material/home:", url_path="home", default=True, visibility=listed,
                help="What to do now, and where you stand."),
        st.Page(places.COHORTS, title="Cohorts", icon=":material/groups:", url_path="cohorts", visibility=listed,
                help="Who is where, work to assign, reminders, and files."),
        st.Page(places.MARKING, title="Marking", icon=":material/rate_review:", url_path="marking", visibility=listed,
                help="Letters to read and disputes to answer."),
        st.Page(places.SCENARIOS, title="Claims", icon=":material/assignment:", url_path="claims", visibility=listed,
                help="Claims to work: send them, read the answer, mend them."),
        st.Page(places.QUIZZES, title="Quizzes", icon=":material/quiz:", url_path="quizzes", visibility=listed,
                help="Question sets by area, with the reason for every option."),
        st.Page(places.PRACTICE, title="Practice", icon=":material/tune:", url_path="practice", visibility=listed,
                help="Sessions to order: by competency, domain, kind, difficulty and length."),
        st.Page(places.REVIEW, title="Reviews", icon=":material/event_repeat:", url_path="review", visibility=listed,
                help="What is due today, what comes when, and a file for Anki."),
        st.Page(places.EXAMS, title="Exams", icon=":material/timer:", url_path="exams", visibility=listed,
                help="Practice exams to the outline of the real ones, with their clock and a report."),
        st.Page(places.PROGRESS, title="Progress", icon=":material/insights:", url_path="progress", visibility=listed,
                help="Your evidence by competency and exam domain, and every past attempt."),
        st.Page(places.REFERENCE, title="Reference", icon=":material/menu_book:", url_path="reference", visibility=listed,
                help="Code books and the payers' rules."),
        st.Page(places.TRANSACTIONS, title="Transactions", icon=":material/lan:", url_path="transactions", visibility=listed,
                help="X12 transactions read in words, as a paper and element by element."),
        st.Page(places.WELCOME, title=someone.name if someone else "Welcome", icon=":material/person:", url_path="welcome", visibility=listed,
                help="Who is learning here, and what for."),
        st.Page(places.QUIZ, title="Quiz", icon=":material/edit:", url_path="quiz", visibility=hidden),
        st.Page(places.SITTING, title="Practice session", icon=":material/edit:", url_path="sitting", visibility=hidden),
        st.Page(places.CHANGED, title="What changed", icon=":material/update:", url_path="changed", visibility=hidden),
        st.Page(places.EXAM, title="Practice exam", icon=":material/edit:", url_path="exam", visibility=hidden),
        st.Page(places.EXAM_REPORT, title="Score report", icon=":material/history:", url_path="exam_report", visibility=hidden),
        st.Page(places.READINESS, title="Readiness", icon=":material/speed:", url_path="readiness", visibility=hidden),
        st.Page(places.ITEMS, title="Items", icon=":material/query_stats:", url_path="items", visibility=hidden),
        st.Page(places.CORRECTIONS, title="Corrections", icon=":material/rule:", url_path="corrections", visibility=hidden),
        st.Page(places.SCENARIO, title="Claim", icon=":material/edit:", url_path="claim", visibility=hidden),
        st.Page(places.EXERCISE, title="Exercise", icon=":material/edit:", url_path="exercise", visibility=hidden),
        st.Page(places.LIFE, title="Account", icon=":material/edit:", url_path="account", visibility=hidden),
        st.Page(places.ATTEMPT, title="Past attempt", icon=":material/history:", url_path="attempt", visibility=hidden),
        st.Page(places.LEARNER, title="Learner", icon=":material/person_search:", url_path="learner", visibility=hidden),
        st.Page(places.ASSIGN, title="Assign work", icon=":material/assignment_add:", url_path="assign", visibility=hidden),
        st.Page(places.WORK, title="Your work", icon=":material/task_alt:", url_path="work", visibility=hidden),
        st.Page(places.OWN_DATA, title="Your data", icon=":material/folder_shared:", url_path="own_data", visibility=hidden),
        st.Page(places.YOU, title="Your account", icon=":material/account_circle:", url_path="you", help="Where you are signed in, and your password."),
        st.Page(places.PEOPLE, title="People", icon=":material/group:", url_path="people", help="Who is in the team, and in which role."),
        st.Page(places.AUDIT, title="Audit log", icon=":material/history_edu:", url_path="audit", help="Who changed what."),
    ])


def main() -> None:
    """One run of the script."""
    st.set_page_config(page_title="Clean Claim", page_icon=HERE / "static" / "icon.svg", layout="wide")
    st.html(HERE / "app" / "widgets" / "paper.css")
    st.logo(HERE / "static" / "mark.svg", size="large")
    with problems_said():
        gate.enter()
        if gate.is_team() and viewer() == gate.NOBODY:
            signed_out.show(st.navigation(offered(None), position="hidden"))
            return
        profile = who()
        page = st.navigation(offered(profile), position="top")
        if not profile and page.url_path != "welcome":
            st.switch_page(places.WELCOME)
        page.run()
    returning.watch()


main()
