"""An exam being sat: the paper without its key, what was answered so far, the server's clock, and every answer saved at once."""

from dataclasses import dataclass
from functools import lru_cache

from app import exam_marking
from app.attempt_clock import time_in
from app.exam_offers import KIND
from app.packed import Packed, Questions
from app.session import ledger, now, readable
from app.sittings import plain_response
from curriculum.exams import Blueprint
from curriculum.variants import PublicQuestion
from records import WHOLE, Finished, NotSaved, Profile, Receipt, Step, Unknown
from scoring.answers import Unreadable, parse

LEVELS = {1: "Not sure", 2: "Fairly sure", 3: "Sure"}
BOOKS = {"ICD-10-CM": ("icd-10-cm",), "HCPCS Level II": ("hcpcs", "training-codes", "modifiers"), "CPT Professional": ("modifiers", "places-of-service", "training-codes")}
"""A book on the exam's list to the books on our shelf that stand for it."""
LATE = "late"
"""Why an answer that came after the time was refused, as it is counted."""

LONGEST_ANSWER = 4000
"""Characters: many times what any field of an exam holds."""


class TimeUp(NotSaved):
    """The answer came after the deadline."""


@dataclass(frozen=True)
class Paper:
    """What lies before the learner; it never changes. `deadline` in milliseconds, None where there is none."""
    attempt: str
    profile: str
    exam: str
    title: str
    questions: Questions
    parts: tuple[tuple[str, str, tuple[int, ...]], ...]
    deadline: int | None
    clocked: bool
    books: frozenset[str]
    sure: bool
    shortfalls: tuple[str, ...]
    wanted: int


@dataclass(frozen=True)
class Progress:
    """What was done so far. `sequences` and `tabs`: by question, the number of the last answer and the tab it came from."""
    answers: dict[str, object]
    sequences: dict[str, int]
    tabs: dict[str, str]
    flags: frozenset[str]
    sure: dict[str, int]
    last_shown: str
    finished: bool

    def left(self, paper: Paper) -> tuple[int, ...]:
        """The places of the questions without an answer."""
        return tuple(at for at, id in enumerate(paper.questions.ids) if id not in self.answers)

    def flagged(self, paper: Paper) -> tuple[int, ...]:
        return tuple(at for at, id in enumerate(paper.questions.ids) if id in self.flags)


def paper(attempt: str) -> Paper:
    """The paper of an exam."""
    readable(attempt)
    return _paper(attempt)


@lru_cache(maxsize=1024)
def _paper(attempt: str) -> Paper:
    """Read once a process: forms never change. As many are held as sit at once, a few kB each; of the form only its public side."""
    found = ledger().attempt(attempt)
    if found is None or found.attempt.item_kind != KIND:
        raise Unknown("There is no such exam here. It may belong to another installation, or its profile was deleted.")
    form = found.attempt.form
    blueprint = Blueprint.model_validate(form["blueprint"])
    questions = Questions(Packed({"public": plain["public"]} for plain in form["questions"]))
    books = frozenset(book for name in blueprint.books for book in BOOKS.get(name, ()))
    return Paper(attempt, found.attempt.profile, form["exam"], found.attempt.title, questions, _parts(form, blueprint), form["deadline_at"],
                 form["seconds"] is not None, books, form["sure"],
                 tuple(f"{short['name']}: {short['found']} of {short['wanted']}" for short in form["shortfalls"]), form["wanted"])


def _parts(form: dict, blueprint: Blueprint) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    """Id, name and places of each part that is sat for itself; none where the exam is one sitting."""
    names = {domain.id: domain.name for domain in blueprint.domains}
    return tuple((part, names[part], tuple(at for at, slot in enumerate(form["slots"]) if slot["domain"] == part)) for part in form["sections"])


def progress(attempt: str) -> Progress:
    """Where the exam stands, from its log. An exam whose time is over is ended here, by whoever looks first."""
    log = ledger().log(attempt)
    if log is None:
        raise Unknown("There is no such exam here. It may belong to another installation, or its profile was deleted.")
    if log.finished_at is None and over(paper(attempt)):
        finish(attempt, expired=True)
        log = ledger().log(attempt)
    answers, sequences, tabs, flags, sure, shown = {}, {}, {}, {}, {}, ""
    for step in log.steps:
        said = step.payload
        if step.kind == "submit":
            answers[step.slot], sequences[step.slot], tabs[step.slot] = said["response"], step.sequence, said.get("tab", "")
        elif step.kind == "flag":
            flags[said["slot"]] = said["on"]
        elif step.kind == "confidence":
            sure[said["slot"]] = said["level"]
        elif step.kind == "navigate":
            shown = said["to"]
    given = {slot: response for slot, response in answers.items() if response not in exam_marking.NOTHING}
    return Progress(given, sequences, tabs, frozenset(slot for slot, on in flags.items() if on), sure, shown, log.finished_at is not None)


def clock(attempt: str) -> int:
    """What time it is in the exam: turning the server's clock back gives nobody more of it."""
    def last() -> int:
        log = ledger().log(attempt)
        return max([log.started_at, *(step.at for step in log.steps)]) if log else 0
    return time_in(attempt, now(), last)


def over(held: Paper) -> bool:
    """Whether the exam's clock has passed the deadline."""
    return held.deadline is not None and clock(held.attempt) > held.deadline


def end_overdue(profile: Profile) -> tuple[str, ...]:
    """Ends every exam of this learner whose time is over; returns those."""
    due = tuple(attempt for attempt in ledger().open_of_kind(profile.id, KIND) if over(paper(attempt)))
    for attempt in due:
        finish(attempt, expired=True)
    return due


def answer(attempt: str, question: str, response: object, after: int, tab: str) -> Receipt:
    """Saves an answer; on the disk when this returns. Nothing is graded before the end.

    after: the number of the last answer that this tab knows of. Where another tab has answered since, that answer comes back with `same` False.
    """
    held, at = paper(attempt), clock(attempt)
    if held.deadline is not None and at > held.deadline:
        finish(attempt, expired=True)
        ledger().unguarded.figures.answer_refused(LATE)
        raise TimeUp("Time was up before this answer came. It is not saved; what was saved before counts.")
    kept = plain_response(held.questions.of(question).kind, response)
    if len(str(kept)) > LONGEST_ANSWER:
        raise NotSaved(f"Not saved: an answer has at most {LONGEST_ANSWER:,} characters.")
    receipt = ledger().append(Step(attempt, question, after + 1, "submit", {"response": kept, "tab": tab}, at))
    if receipt.step.kind != "submit":
        raise Finished("Not saved: this exam was finished before, perhaps in another tab. Its report is there now.")
    return receipt


def unreadable(question: PublicQuestion, response: object) -> str:
    """A sentence when the answer, saved as it is, would earn nothing because it cannot be read; else nothing."""
    read = parse(question.kind, response, frozenset(option.id for option in question.options))
    return read.sentence if isinstance(read, Unreadable) and response not in exam_marking.NOTHING else ""


def mark(attempt: str, kind: str, **said) -> None:
    """Keeps a flag, how sure one is, which question was opened; an exam that is over takes none."""
    held = paper(attempt)
    if said.get("level") not in (None, *LEVELS):
        return           # no page of ours offers it
    if not over(held):
        ledger().note(attempt, WHOLE, kind, said, clock(attempt))


def finish(attempt: str, expired: bool = False) -> None:
    """Grades and ends the exam, in one transaction; ended before, it stays as it was."""
    at = clock(attempt)
    try:
        ledger().close_attempt(attempt, lambda found: exam_marking.ending(found, at, expired))
    except Finished:
        return
