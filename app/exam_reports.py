"""The report of an exam that has ended: its score as the bodies report theirs, every question with its reasons, the time it took, and earlier ones beside it."""

from dataclasses import dataclass
from decimal import Decimal

from app import closed_books, exam_desk, exam_marking, quizzing, reveal, sittings
from app.exam_offers import KIND, outline_date, pass_words
from app.session import ledger
from curriculum.exams import Blueprint
from curriculum.variants import PublicQuestion
from records import WHOLE, AttemptSummary, Grading, Profile, StoredAttempt, Unknown
from scoring.exam_result import BLANKS, Outcome, Total, by_domain, missing, passed, sureness, time_spent, total

STATES = {"right": "right", "partly": "partly right", "wrong": "not right", "omit": "left without an answer", "unreached": "never reached"}


@dataclass(frozen=True)
class Line:
    """A domain's points."""
    id: str
    name: str
    total: Total


@dataclass(frozen=True)
class Report:
    """All that is said at the end. `passed` None: no verdict can be had from raw points, and `verdict_note` says why."""
    attempt: str
    profile: str
    exam: str
    name: str
    body: str
    title: str
    size: str
    started: int
    finished: int
    expired: bool
    total: Total
    unscored: int
    pass_mark: str
    passed: bool | None
    missing: Decimal
    verdict_note: str
    lines: tuple[Line, ...]
    shortfalls: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    seconds: dict[str, int]
    allowed: int | None
    flags: frozenset[str]
    sure: dict[int, tuple[int, int]]
    known: str


@dataclass(frozen=True)
class Reviewed:
    """One question of the review."""
    number: int
    question: PublicQuestion
    outcome: Outcome
    domain: str
    feedback: reveal.Feedback
    seconds: int
    flagged: bool


def ended(attempt: str) -> StoredAttempt:
    """The attempt, which must be an exam that has ended: before that nothing of its key is told."""
    found = ledger().attempt(attempt)
    if found is None or found.attempt.item_kind != KIND:
        raise Unknown("There is no such exam here. It may belong to another installation, or its profile was deleted.")
    if found.finished_at is None:
        raise Unknown("This exam is still under way. Its report is there once it has ended.")
    return found


def report(found: StoredAttempt) -> Report:
    """The report as the records have it now, corrections included."""
    form = found.attempt.form
    blueprint = Blueprint.model_validate(form["blueprint"])
    marked = outcomes(found)
    whole, mark = total(marked), blueprint.pass_
    done = next(step.payload for step in found.steps if step.kind == "finish")
    names = {domain.id: domain.name for domain in blueprint.domains}
    return Report(
        found.attempt.id, found.attempt.profile, blueprint.id, blueprint.exam, blueprint.body, found.attempt.title, form["size"],
        found.attempt.started_at, found.finished_at, bool(done.get("expired")), whole, sum(not one.scored for one in marked),
        pass_words(blueprint), passed(mark.kind, mark.value, whole), missing(mark.value, whole), _verdict_note(blueprint),
        tuple(Line(domain, names[domain], points) for domain, points in by_domain(marked, names).items()),
        tuple(f"{short['name']}: {short['found']} of {short['wanted']}" for short in form["shortfalls"]), marked, _times(found),
        form["seconds"] and form["seconds"] * form["time_percent"] // 100, exam_desk.progress(found.attempt.id).flags, sureness(marked),
        f"{outline_date(blueprint)} Source: {blueprint.source}.")


def _verdict_note(blueprint: Blueprint) -> str:
    if blueprint.pass_.kind == "scaled":
        return (f"{blueprint.body} reports a scaled score: {pass_words(blueprint)} passes. How raw points become that scale is not published, "
                "so that this report gives the per cent right and no verdict.")
    low = blueprint.confidence.get("pass") in ("low", "none-published")
    return f"The pass mark of {pass_words(blueprint)} " + ("could not be verified." if low else "is the body's own; a practice form is not its exam.")


def outcomes(found: StoredAttempt) -> tuple[Outcome, ...]:
    """What came of each question, by the marks that count now."""
    graded = {grading.slot: grading for grading in sorted(found.gradings, key=lambda one: one.sequence)}
    kinds = {(step.slot, step.sequence): step.kind for step in found.steps}
    sure = {step.payload["slot"]: step.payload["level"] for step in found.steps if step.slot == WHOLE and step.kind == "confidence"}
    return tuple(Outcome(slot["item"], slot["domain"], slot["scored"], _state(graded[slot["item"]], kinds), graded[slot["item"]].earned,
                         graded[slot["item"]].possible, sure.get(slot["item"])) for slot in found.attempt.form["slots"])


def _state(grading: Grading, kinds: dict) -> str:
    """What came of a question; unscored and dropped ones say what their answer was worth."""
    kind = kinds[grading.slot, grading.sequence]
    if kind in BLANKS:
        return kind
    earned, possible = _worth(grading)
    return "right" if earned >= possible else "partly" if earned else "wrong"


def _worth(grading: Grading) -> tuple[Decimal, Decimal]:
    """What the answer earned by its credits, whether or not it counts."""
    return (sum((Decimal(credit["earned"]) for credit in grading.credits), Decimal(0)),
            sum((Decimal(credit["possible"]) for credit in grading.credits), Decimal(0)))


def _times(found: StoredAttempt) -> dict[str, int]:
    """Whole seconds by question."""
    steps = ((step.kind, step.at, step.payload.get("to", ""), bool(step.payload.get("resumed"))) for step in found.steps)
    return {item: spent // 1000 for item, spent in time_spent(steps, found.finished_at).items()}


def reviewed(found: StoredAttempt, made: Report, items: tuple[str, ...]) -> tuple[Reviewed, ...]:
    """The questions named, each with everything that is said of it; refused while the clock of another exam runs."""
    closed_books.require(made.profile)
    held, names = exam_marking.variants(found.attempt.form), {line.id: line.name for line in made.lines}
    graded = {grading.slot: grading for grading in sorted(found.gradings, key=lambda one: one.sequence)}
    given = {(step.slot, step.sequence): step.payload.get("response", "") for step in found.steps}
    told = []
    for number, outcome in enumerate(made.outcomes, 1):
        if outcome.item in items:
            grading = graded[outcome.item]
            answer = sittings.Answered(given[outcome.item, grading.sequence], *_worth(grading))
            said = reveal.told(found.attempt.form, held[outcome.item], answer, grading)
            told.append(Reviewed(number, held[outcome.item].public, outcome, names.get(outcome.domain, ""), said, made.seconds.get(outcome.item, 0), outcome.item in made.flags))
    return tuple(told)


def earlier(made: Report) -> tuple[AttemptSummary, ...]:
    """The other ended attempts at the same exam, oldest first."""
    return tuple(reversed([one for one in ledger().attempts_of(made.profile, limit=500)
                           if one.kind == KIND and one.item == f"exam:{made.exam}" and one.finished and one.attempt != made.attempt]))


def weakest(made: Report, most: int = 2) -> tuple[Line, ...]:
    """The domains that cost the most points, those with the lowest share first; none that was answered in full."""
    open_ = [line for line in made.lines if line.total.share is not None and line.total.share < 1]
    return tuple(sorted(open_, key=lambda line: (line.total.share, -line.total.asked))[:most])


def sets_for(made: Report, line: Line) -> tuple[quizzing.SetCard, ...]:
    """Quizzes that practise a domain of the exam."""
    return tuple(card for card in quizzing.sets() if line.name in card.domains.get(made.exam, ()))[:3]


def pdf(found: StoredAttempt, made: Report, learner: str, verdict: str) -> bytes:
    """The report with every question as a PDF file."""
    from app.exam_pdf import written   # its library is read only where a file is asked for
    return written(made, reviewed(found, made, tuple(one.item for one in made.outcomes)), learner, verdict)
