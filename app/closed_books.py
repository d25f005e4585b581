"""While the clock of a practice exam runs, its learner's other books are closed: nothing else is begun, handed in or ended, and no key is told."""

from dataclasses import dataclass

from app import exam_desk, gate
from app.exam_offers import KIND
from app.gate import ExamRunning
from app.session import ledger, told, viewer

PAGES = frozenset({"claims", "claim", "exercise", "account", "quizzes", "quiz", "practice", "sitting", "review", "changed", "attempt", "exam_report", "reference", "transactions"})
"""By address, the pages that rest meanwhile: what is studied on, where answers are read again, and the books, which the exam's own page has as far as they are allowed."""
WHAT_RESTS = "While its clock runs nothing else is practised and no answers are shown, as in a real examination."


@dataclass(frozen=True)
class Running:
    """The exam whose clock runs, and until when at the latest, in words."""
    attempt: str
    title: str
    until: str


def running(profile: str) -> Running | None:
    """The exam of this learner whose clock runs. One without a clock, sat at home over days with its books, closes nothing; nor does one whose time is over, whether or not anybody has ended it."""
    found = _clocked(profile)
    return Running(found[0].attempt, found[0].title, told(found[0].deadline)) if found else None


def require(owner: str) -> None:
    """Refuses to read answers again while the clock of whoever is at the screen runs; owner: whose answers they are, who alone is the one at the screen."""
    if found := running(viewer().profile or owner):
        raise ExamRunning(f"Your {found.title} is running, until {found.until} at the latest. {WHAT_RESTS} Go back to it, or end it, under Exams.")


def before(owner: str, attempt: str) -> None:
    """Asked before anything is begun, handed in or ended. attempt: which one, nothing for a new one; in the exams that are open it goes on."""
    sat = ledger().open_of_kind(owner, KIND)
    if sat and attempt not in sat and (found := running(owner)):
        raise ExamRunning(f"Not saved: your {found.title} is running, and nothing else is taken until it has ended.")


def _clocked(profile: str) -> tuple:
    papers = (exam_desk.paper(attempt) for attempt in ledger().open_of_kind(profile, KIND))
    return tuple(paper for paper in papers if paper.clocked and not exam_desk.over(paper))
