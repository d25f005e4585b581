"""The desk where exercises are worked: it begins an attempt, takes in a round's answers, and shows what may be known by then.

Pages see only the public types of this module; keys stay on this side until an answer is in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from app.claim_desk import PublicAsk, Revealed
from app.ending import end_if_answered
from curriculum.ask import Ask
from curriculum.catalogue import Catalogue
from curriculum.exercises import Exercise, Shelf, Sheet, draw_exercise, payers_named
from curriculum.kinds import KINDS
from curriculum.papers import Paper
from records import Attempt, Evidence, Grading, Records, Step, StoredAttempt
from scoring.ask_marks import mark_asks
from scoring.marks import GRADER, Marks


@dataclass(frozen=True)
class GridCell:
    """An ask that is a cell of a grid."""
    id: str
    grid: str
    row: str
    column: str


@dataclass(frozen=True)
class Element:
    """A part of a letter that was looked for, whether it was found, and whether the letter fails without it."""
    says: str
    found: bool
    why: str
    required: bool


@dataclass(frozen=True)
class Answered:
    """A round that was answered: each decision revealed, cells of grids apart; of letters what was found, what was written, and one that would do."""
    number: int
    heading: str
    papers: tuple[Paper, ...]
    revealed: tuple[Revealed, ...]
    cells: tuple[tuple[GridCell, Revealed], ...]
    letters: tuple["Letter", ...]
    earned: Decimal
    possible: Decimal


@dataclass(frozen=True)
class Letter:
    """A letter that was handed in: what was asked for, what was looked for in it, the letter, and one that would do."""
    prompt: str
    elements: tuple[Element, ...]
    written: str
    model: str


@dataclass(frozen=True)
class ExerciseWork:
    """An attempt at an exercise as the page may see it now. round: the one that is due, from 1; 0 when all are answered."""
    attempt: str
    profile: str
    kind: str
    kind_title: str
    title: str
    story: str
    teaches: str
    invented: tuple[str, ...]
    file: tuple[Paper, ...]
    answered: tuple[Answered, ...]
    round: int
    heading: str
    lead: str
    papers: tuple[Paper, ...]
    asks: tuple[PublicAsk, ...]
    cells: tuple[GridCell, ...]
    draft: dict[str, object]
    closing: tuple[Paper, ...]
    rounds: int
    finished: bool
    score: str
    possible: str


class ExerciseDesk:
    """Takes answers in. `now` gives UTC milliseconds; what is stored is durable when a method returns."""

    def __init__(self, records: Records, catalogue: Catalogue, shelf: Shelf, now: Callable[[], int]):
        self._records, self._catalogue, self._shelf, self._now = records, catalogue, shelf, now

    def begin(self, profile: str, item: str, seed: int) -> str:
        """The id of the unfinished attempt at this exercise, or of a new one of that seed."""
        going = self._records.open_attempt(profile, item)
        if going and not end_if_answered(self._records, going, _slots(going)):
            return going.attempt.id
        exercise: Exercise = self._catalogue.items[item]
        kind = KINDS[exercise.kind]
        drawn = draw_exercise(exercise, kind, seed)
        form = {"exercise": exercise.kind, "branch": drawn.branch, "story": drawn.tell(exercise.story), "teaches": drawn.tell(exercise.teaches),
                "invented": self._invented(drawn.document), **sheet_plain(kind.sheet(drawn.world, self._shelf))}
        attempt = Attempt(str(uuid4()), profile, item, "scenario", exercise.title, self._catalogue.hash_of(item), seed, "practice", form, self._now())
        return self._records.start(attempt).id

    def _invented(self, document: dict) -> list[str]:
        """The names of the payers in it that are made for training."""
        policies = self._catalogue.policies
        return [policies[name].name for name in dict.fromkeys(payers_named(document)) if name in policies and not policies[name].real]

    def work(self, attempt_id: str) -> ExerciseWork | None:
        """The attempt as it stands; None when there is none of that id, or it is of another kind."""
        stored = self._records.attempt(attempt_id)
        if stored is None or "exercise" not in stored.attempt.form:
            return None
        end_if_answered(self._records, stored, _slots(stored))
        return self._public(stored)

    def answer(self, attempt_id: str, number: int, responses: dict[str, object]) -> dict[str, str]:
        """Hands in a round; sentences by ask id for the answers that cannot be read: then nothing is stored."""
        stored = self._records.attempt(attempt_id)
        asks = _asks(stored.attempt.form["rounds"][number - 1])
        marks = mark_asks(asks, responses)
        if isinstance(marks, dict):
            return {id: unreadable.sentence for id, unreadable in marks.items()}
        self._append(stored, f"round-{number}", {"responses": {ask.id: responses.get(ask.id) for ask in asks}}, asks, marks)
        return {}

    def finish(self, attempt_id: str) -> None:
        """Ends the attempt before its last round."""
        self._records.finish(attempt_id, self._now())

    def save_draft(self, attempt_id: str, number: int, responses: dict[str, object]) -> None:
        """Keeps a round's answers as they stand."""
        self._records.save_draft(attempt_id, f"round-{number}", responses, self._now())

    def _append(self, stored: StoredAttempt, slot: str, payload: dict, asks: tuple[Ask, ...], marks: Marks) -> None:
        attempt, shows = stored.attempt, {ask.id: ask.competency for ask in asks}
        item = self._catalogue.items.get(attempt.item)
        domains = tuple(f"{exam}:{domain}" for exam in self._catalogue.blueprints for domain in self._catalogue.domains_of(item, exam)) if item else ()
        evidence = tuple(Evidence(shows[credit.part.split(":")[0]], domains, credit.earned, credit.possible) for credit in marks.credits if credit.possible)
        grading = Grading(attempt.id, slot, 1, GRADER, attempt.content_hash, marks.earned, marks.possible, tuple(credit.plain() for credit in marks.credits), evidence)
        self._records.append(Step(attempt.id, slot, 1, "submit", payload, self._now()), grading, tuple(ask.id for ask in asks if ask.kind == "letter"), _slots(stored))

    def _public(self, stored: StoredAttempt) -> ExerciseWork:
        form = stored.attempt.form
        rounds = form["rounds"]
        done = tuple(_answered(stored, number, each) for number, each in enumerate(rounds, 1) if any(step.slot == f"round-{number}" for step in stored.steps))
        number = 0 if len(done) == len(rounds) or stored.finished_at is not None else len(done) + 1
        due = rounds[number - 1] if number else {"heading": "", "lead": "", "papers": [], "asks": []}
        draft = self._records.draft(stored.attempt.id, f"round-{number}") if number else None
        asks = _asks(due)
        return ExerciseWork(
            stored.attempt.id, stored.attempt.profile, form["exercise"], KINDS[form["exercise"]].title if form["exercise"] in KINDS else form["exercise"], stored.attempt.title, form["story"], form["teaches"],
            tuple(form.get("invented", ())), tuple(map(Paper.from_plain, form["file"])), done, number, due["heading"], due["lead"], tuple(map(Paper.from_plain, due["papers"])),
            tuple(PublicAsk(ask.id, ask.kind, ask.prompt, ask.options) for ask in asks), tuple(_cell(ask) for ask in asks if ask.cell),
            dict(draft.payload) if draft else {}, () if number else tuple(map(Paper.from_plain, form["closing"])), len(rounds), not number, f"{stored.score:.2f}", f"{stored.possible:.2f}")


def sheet_plain(sheet: Sheet) -> dict:
    """Everything shown and asked, keys included, so that the attempt can be read without the content it came from."""
    rounds = [{"heading": each.heading, "lead": each.lead, "papers": [paper.plain() for paper in each.papers], "asks": [ask.plain() for ask in each.asks]} for each in sheet.rounds]
    return {"file": [paper.plain() for paper in sheet.file], "rounds": rounds, "closing": [paper.plain() for paper in sheet.closing]}


def _slots(stored: StoredAttempt) -> tuple[str, ...]:
    """Where its rounds are answered."""
    return tuple(f"round-{number}" for number, _ in enumerate(stored.attempt.form["rounds"], 1))


def _asks(round_: dict) -> tuple[Ask, ...]:
    return tuple(map(Ask.from_plain, round_["asks"]))


def _answered(stored: StoredAttempt, number: int, round_: dict) -> Answered:
    slot = f"round-{number}"
    given = next(step for step in stored.steps if step.slot == slot).payload["responses"]
    credits = {credit["part"]: credit for grading in stored.gradings if grading.slot == slot for credit in grading.credits}
    asks = [ask for ask in _asks(round_) if ask.kind != "letter"]
    revealed = tuple(_reveal(ask, given.get(ask.id), credits[ask.id]) for ask in asks if not ask.cell)
    cells = tuple((_cell(ask), _reveal(ask, given.get(ask.id), credits[ask.id])) for ask in asks if ask.cell)
    letters = tuple(Letter(ask.prompt, tuple(Element(e.says, Decimal(credits[f"{ask.id}:{e.id}"]["earned"]) > 0, e.why, e.required) for e in ask.elements), str(given.get(ask.id)), ask.model)
                    for ask in _asks(round_) if ask.kind == "letter")
    earned, possible = (sum((Decimal(credit[part]) for credit in credits.values()), Decimal(0)) for part in ("earned", "possible"))
    return Answered(number, round_["heading"], tuple(map(Paper.from_plain, round_["papers"])), revealed, cells, letters, earned, possible)


def _cell(ask: Ask) -> GridCell:
    return GridCell(ask.id, ask.cell.grid, ask.cell.row, ask.cell.column)


def _reveal(ask: Ask, given: object, credit: dict) -> Revealed:
    prompt = f"{ask.cell.row}: {ask.cell.column}" if ask.cell else ask.prompt
    return Revealed(prompt, said(ask, given), said(ask, ask.key), credit["earned"], credit["possible"], credit["reason"], credit["misconception"], ask.rule, credit.get("severity", ""))


def said(ask: Ask, value: object) -> str:
    """A response in words: options by their text, several with a semicolon between; a blank cell as the 0 that it means."""
    words = dict(ask.options)
    if ask.kind in ("multiple", "order"):
        parts = value.split(",") if isinstance(value, str) else list(value or ())
        return ("; then " if ask.kind == "order" else "; ").join(words.get(part, part) for part in parts)
    if value in (None, ""):
        return "0" if ask.cell else "nothing"
    return words.get(value, str(value))
