"""Which pages there are, in which group of the navigation, and which of them a role has: a page that may not be opened is not registered."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import streamlit as st

from app import gate, session
from app.widgets import places

NEEDS = {"corrections": "correct items", "items": "see item statistics", "content": "see keys", "people": "see people", "audit": "see audit log", "you": "change password", "cohorts": "see cohort", "learner": "sign off", "assign": "assign",
         "marking": "override marks", "completions": "see completions"}
"""By address. A page that is not named here is for whoever may study."""
OF_TEAMS = ("cohorts", "learner", "marking", "completions")
"""Pages that speak of others: alone there is nobody to speak of."""
DIRECT, LOOK_UP, TEAM, YOU = "", "Look up", "Team", "You"
"""The groups of the navigation: what one learns with stands there itself, the rest under a name, so that all of it fits on a desk's screen."""
FRONT = "front-page"
"""Home is at the address without a name; Streamlit wants a name for it all the same, and this one is left to it, so that /home can be opened too."""
NOWHERE = "nothing-here"


def offered(someone) -> dict[str, list]:
    """The pages by group. Without a profile only the welcome page is listed; the others stay reachable by their address. Who may not open one does not have it at all."""
    groups = {DIRECT: [*learning(someone), *hidden()], LOOK_UP: looking_up(someone), TEAM: of_team(), YOU: own(someone)}
    held = {group: allowed(pages) for group, pages in groups.items()}
    known = {page.url_path for pages in held.values() for page in pages}
    held[DIRECT].append(st.Page(places.NOWHERE, title="Nothing here", icon=":material/explore_off:", url_path=unknown(known) or NOWHERE, visibility="hidden"))
    return {group: pages for group, pages in held.items() if pages}


def unknown(known: set[str]) -> str:
    """The name in the browser's address where no page has it; nothing where one has."""
    asked = unquote(urlsplit(st.context.url or "").path).strip("/").rsplit("/", 1)[-1]
    return asked if asked not in {*known, FRONT, ""} else ""


def allowed(pages: list) -> list:
    """Those the viewer may open; while nobody is signed in, the addresses stay known and no page runs."""
    if gate.is_team() and session.viewer() == gate.NOBODY:
        return [page for page in pages if NEEDS.get(page.url_path, "study") == "study"]
    return [page for page in pages if session.may(NEEDS.get(page.url_path, "study")) and (gate.is_team() or page.url_path not in OF_TEAMS)]


def entry(listed: bool) -> Callable:
    """Makes pages that are listed, or only reached by address and by links."""
    def made(file: str, title: str, icon: str, address: str, help: str | None = None, **more):
        return st.Page(file, title=title, icon=f":material/{icon}:", url_path=address, visibility="visible" if listed else "hidden", help=help, **more)
    return made


def learning(someone) -> list:
    """What one learns with."""
    page = entry(bool(someone))
    return [
        page(places.HOME, "Home", "home", FRONT, "What to do now, and where you stand.", default=True),
        page(places.SCENARIOS, "Claims", "assignment", "claims", "Claims to work: send them, read the answer, mend them."),
        page(places.QUIZZES, "Quizzes", "quiz", "quizzes", "Question sets by area, with the reason for every option."),
        page(places.PRACTICE, "Practice", "tune", "practice", "Sessions to order: by competency, domain, kind, difficulty and length."),
        page(places.REVIEW, "Reviews", "event_repeat", "review", "What is due today, what comes when, and a file for Anki."),
        page(places.EXAMS, "Exams", "timer", "exams", "Practice exams to the outline of the real ones, with their clock and a report."),
        page(places.PROGRESS, "Progress", "insights", "progress", "Your evidence by competency and exam domain, and every past attempt."),
    ]


def looking_up(someone) -> list:
    page = entry(bool(someone))
    return [page(places.REFERENCE, "Reference", "menu_book", "reference", "Code books and the payers' rules."),
            page(places.TRANSACTIONS, "Transactions", "lan", "transactions", "X12 transactions read in words, as a paper and element by element.")]


def of_team() -> list:
    """What is done for others. Alone only content's pages are there, and pages that need them link to them."""
    page, content = entry(True), entry(gate.is_team())
    return [page(places.COHORTS, "Cohorts", "groups", "cohorts", "Who is where, work to assign, reminders, and files."),
            page(places.MARKING, "Marking", "rate_review", "marking", "Letters to read and disputes to answer."),
            page(places.CONTENT, "Content", "edit_document", "content", "Every item with its drafts, its key and what the check found."),
            content(places.ITEMS, "Items", "query_stats", "items", "What the answers say of the questions."),
            content(places.CORRECTIONS, "Corrections", "rule", "corrections", "Marks of one question anew, for all who answered it."),
            page(places.COMPLETIONS, "Completions", "workspace_premium", "completions", "Who completed which track or exam, and when."),
            page(places.PEOPLE, "People", "group", "people", "Who is in the team, and in which role."),
            page(places.AUDIT, "Audit log", "history_edu", "audit", "Who changed what.")]


def own(someone) -> list:
    """Who is here: the name, what is kept, how one signs in."""
    page = entry(bool(someone))
    return [page(places.WELCOME, someone.name if someone else "Welcome", "person", "welcome", "Who is learning here, and what for."),
            page(places.OWN_DATA, "Your data", "folder_shared", "own_data", "Everything kept about you, certificates, and how to delete it."),
            entry(True)(places.YOU, "Your account", "account_circle", "you", "Where you are signed in" + (", and your password." if session.with_passwords() else "."))]


def hidden() -> list:
    """Reached by links and bookmarks."""
    page = entry(False)
    return [
        page(places.QUIZ, "Quiz", "edit", "quiz"),
        page(places.SITTING, "Practice session", "edit", "sitting"),
        page(places.CHANGED, "What changed", "update", "changed"),
        page(places.EXAM, "Practice exam", "edit", "exam"),
        page(places.EXAM_REPORT, "Score report", "history", "exam_report"),
        page(places.READINESS, "Readiness", "speed", "readiness"),
        page(places.SCENARIO, "Claim", "edit", "claim"),
        page(places.EXERCISE, "Exercise", "edit", "exercise"),
        page(places.LIFE, "Account", "edit", "account"),
        page(places.ATTEMPT, "Past attempt", "history", "attempt"),
        page(places.LEARNER, "Learner", "person_search", "learner"),
        page(places.ASSIGN, "Assign work", "assignment_add", "assign"),
        page(places.WORK, "Your work", "task_alt", "work"),
    ]
