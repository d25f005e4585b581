"""A sitting: questions that were put together once, with what was answered so far; only their public side, while the key stays here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b

from app.ending import end_if_answered
from app.packed import Packed, Questions, Variants, shared
from app.session import catalogue, ledger, now, readable
from curriculum.models import Question
from curriculum.variants import vary
from records import Evidence, Finished, Grading, Log, Step, StoredAttempt, Unknown
from scoring.marks import GRADER, Credit

ELSEWHERE = "This page is not the one on which this attempt goes on. Choose it on Home, or on Progress."
GONE = "There is no such attempt here. It may belong to another installation, or its profile was deleted."


@dataclass(frozen=True)
class Answered:
    """An answer that is stored, and the points it earned. sure: how sure the learner said they were, 1 to 3; 0 where it was not asked or said.

    right: wholly right, whatever hints took.
    """
    response: str | list[str] | dict[str, str]
    earned: Decimal
    possible: Decimal
    sure: int = 0
    hints: int = 0
    milliseconds: int = 0
    right: bool = False


@dataclass(frozen=True)
class Sitting:
    """One attempt at some questions, as far as it has come."""
    attempt: str
    profile: str
    item: str
    title: str
    questions: Questions
    answered: dict[str, Answered]
    finished: bool
    started: int

    @property
    def place(self) -> int:
        """The first question without an answer, from 0; the number of questions when all are answered."""
        return next((at for at, id in enumerate(self.questions.ids) if id not in self.answered), len(self.questions))

    @property
    def earned(self) -> Decimal:
        return sum((answer.earned for answer in self.answered.values()), Decimal(0))


def form_of(asked: Iterable[tuple[Question, int]]) -> dict:
    """Everything a sitting asks, each question under its seed, and all it reveals, so that it can be read again without the content of another day."""
    held, asked = catalogue(), tuple(asked)
    questions = [question for question, _ in asked]
    cited = {c.source for q in questions for c in q.citations}
    return {
        "questions": [vary(q, seed, case=held.case_of(str(q.id))).plain() for q, seed in asked],
        "hashes": {str(q.id): held.hash_of(str(q.id)) for q in questions},
        "sources": {name: [held.sources[name].title, held.sources[name].url] for name in sorted(cited) if name in held.sources},
        "skills": {s: held.competencies[s].name for q in questions for s in q.competencies if s in held.competencies},
        "domains": {str(q.id): [f"{exam}:{d}" for exam in held.blueprints for d in held.domains_of(q, exam)] for q in questions},
    }


def mark_of(form: dict) -> str:
    """One hash for all that the form asks."""
    return blake2b("".join(form["hashes"].values()).encode(), digest_size=16).hexdigest()


def stored(attempt: str) -> StoredAttempt:
    """The attempt, or a sentence that it is not there, or rests while an exam's clock runs. What it asks is read once a process."""
    from app import closed_books       # here, since it asks the exams, which ask this module
    found = ledger().attempt(attempt, form=_form(attempt))
    if found is None:
        raise Unknown(GONE)
    closed_books.require(found.attempt.profile)
    return found


def begun(attempt: str) -> Log:
    """Whose attempt it is and what it is called, without all that it asks; or a sentence that it is not there."""
    found = ledger().log(attempt)
    if found is None:
        raise Unknown(GONE)
    return found


@dataclass(frozen=True)
class Asked:
    """What an attempt asks, which never changes: its questions with their keys, and its form."""
    variants: Variants
    form: dict


def asked(attempt: str) -> Asked:
    """What the attempt asks. For the modules of app/, never for a page."""
    readable(attempt)
    form = _form(attempt)
    return Asked(Variants(form["questions"]), form)


def variants(attempt: str) -> Variants:
    """The attempt's questions with their keys. For the modules of app/, never for a page."""
    return asked(attempt).variants


@lru_cache(maxsize=512)
def _form(attempt: str) -> dict:
    """Read once a process, as long as it is held, its questions packed: some 25 kB each. Streamlit's own cache would cost more than it saves here."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown(GONE)
    form = found.attempt.form
    packed = Packed(form.pop("questions", ()))
    return shared(form) | {"questions": packed}


def sitting(attempt: str) -> Sitting:
    """Where an attempt stands."""
    return sitting_of(stored(attempt))


def sitting_of(found: StoredAttempt) -> Sitting:
    """The sitting that the records hold."""
    steps = {(step.slot, step.sequence): step.payload for step in found.steps if step.kind == "submit"}
    answered = {g.slot: _answered(steps[g.slot, g.sequence], g) for g in found.gradings if (g.slot, g.sequence) in steps}
    return Sitting(found.attempt.id, found.attempt.profile, found.attempt.item, found.attempt.title, Questions(_form(found.attempt.id)["questions"]), answered,
                   found.finished_at is not None, found.attempt.started_at)


def _answered(payload: dict, grading: Grading) -> Answered:
    return Answered(payload.get("response", ""), grading.earned, grading.possible, payload.get("sure", 0), payload.get("hints", 0), payload.get("milliseconds", 0),
                    bool(grading.credits) and Decimal(grading.credits[0]["earned"]) == Decimal(grading.credits[0]["possible"]))


def plain_response(kind: str, response: object) -> object:
    """A response as JSON keeps it: options chosen together always in one order, options put in order as they stand."""
    if not isinstance(response, (list, tuple, set, frozenset)):
        return response
    return list(response) if kind == "ordering" else sorted(response)


def grading_of(step: Step, form: dict, question: Question, credits: tuple[Credit, ...]) -> Grading:
    """The grading of the step. A question counts once in each of its exam domains, however many competencies it shows."""
    earned, possible = (sum((getattr(credit, part) for credit in credits), Decimal(0)) for part in ("earned", "possible"))
    domains = tuple(form["domains"].get(step.slot, ()))
    evidence = tuple(Evidence(skill, () if at else domains, earned, possible) for at, skill in enumerate(question.competencies))
    return Grading(step.attempt, step.slot, step.sequence, GRADER, form["hashes"][step.slot], earned, possible,
                   tuple(credit.plain() for credit in credits), evidence)


def complete(found: StoredAttempt) -> bool:
    """Whether every question of it is answered; it is ended then, if it was not. For quizzes and practice sessions, which end with their answers; no exam does."""
    return end_if_answered(ledger(), found, _form(found.attempt.id)["questions"].ids)


def opened(attempt: str, kind: str) -> StoredAttempt:
    """As `stored`, for the learner who goes on with it on the page of that kind: one that has all its answers is ended first. Any other kind has rules of its own, an exam above all, and is refused."""
    found = stored(attempt)
    if found.attempt.item_kind != kind:
        raise Unknown(ELSEWHERE)
    return stored(attempt) if found.finished_at is None and complete(found) else found


def finish(attempt: str) -> None:
    """Ends the sitting; what was not answered stays unanswered."""
    try:
        ledger().finish(attempt, now())
    except Finished:
        return
