"""How a step and its grading are written, inside a transaction that someone else opens and closes."""

import json
from collections.abc import Callable, Collection

from records import at_once, projections
from records.digests import digested
from records.events import ANSWERS, FINISH, WHOLE, Ending, Grading, Receipt, Step, StoredAttempt
from records.failures import Finished, TooLarge, Unknown
from records.fold import current
from records.queries import QUERIES
from records.rows import attempt_from, domains_text, grading_from, grading_row, points, step_from, step_row, units

LARGEST = 500_000
"""Characters of what one step or one draft may hold. The longest form of ours is some tenth of it; a client that is no page of ours sends what it likes."""

MOST_ANSWERS, MOST_NOTES = 1_000, 20_000
"""Steps in one place of an attempt: an answer that was changed so often, and what was noted of the attempt as a whole: pages shown, flags. An exam's longest form leaves some thousand of those."""


def one(db, query: str, **values):
    return db.execute(QUERIES[query], values).fetchone()


def refuse_if_over(db, attempt: str):
    result = one(db, "finished_at", attempt=attempt)
    if not result:
        raise Unknown("Not saved: this attempt is not in the records. It may have been deleted; start it again.")
    if result["finished_at"] is not None:
        raise Finished("Not saved: this attempt was finished before, perhaps in another tab. Start a new attempt to answer again.")


def refuse_if_large(payload: str):
    if len(payload) > LARGEST:
        raise TooLarge(f"Not saved: this is longer than {LARGEST:,} characters, which no form here asks for. Make it shorter, then hand it in again.")


def refuse_if_many(step: Step):
    """By the number that the step has in its place, which costs nothing. What ends an attempt is always taken."""
    if step.kind != FINISH and step.slot == WHOLE and step.sequence > MOST_NOTES or step.kind in ANSWERS and step.sequence > MOST_ANSWERS:
        raise TooLarge("Not saved: this was changed more often than anybody changes an answer. What was saved before stands; finish this attempt, and start a new one to go on.")


class Answer:
    """A step with its grading, made ready for writing by the thread that brings it, so that the writer has only to write. As a change it writes them with all that follows; `usual`: by what it is written together with others."""
    __slots__ = ("step", "letters", "asked", "usual", "receipt", "finishes", "grading", "shown")

    def __init__(self, step: Step, grading: Grading | None, letters: tuple[str, ...] = (), asked: Collection[str] = ()):
        """letters: the parts of it that a person should read. asked: the slots that end the attempt with this one, once each has its answer."""
        row = step_row(step)
        refuse_if_large(row["payload"])
        refuse_if_many(step)
        self.step, self.letters, self.asked, self.usual = digested("step", row), letters, asked, None
        self.receipt = Receipt(stored=True, already=False, step=step_from(row))
        self.finishes = step.kind == FINISH
        self.grading = grading and first_grading(grading, step)
        self.shown = shown_by(grading, step) if grading else []
        if grading and not letters and not asked and not self.finishes:
            self.usual = at_once.Usual(self.step, self.grading, self.shown)

    def __call__(self, db) -> Receipt:
        receipt = self._written(db)
        if self.asked and all_answered(db, self.step["attempt"], self.asked):
            finish(db, self.step["attempt"], receipt.step.at)
        return receipt

    def _written(self, db) -> Receipt:
        row = self.step
        result = one(db, "finished_at", attempt=row["attempt"])
        answers = row["kind"] in ANSWERS or (self.grading and not self.finishes)
        if (not result or (answers and result["finished_at"] is not None)) and not one(db, "step", **key_of(row)):
            refuse_if_over(db, row["attempt"])             # a late retry of what is stored is acknowledged after the finish too
        if not db.execute(QUERIES["add_step"], row).rowcount:
            found = one(db, "step", **key_of(row))
            same = (found["kind"], json.loads(found["payload"])) == (row["kind"], json.loads(row["payload"]))
            return Receipt(stored=False, already=True, step=step_from(found), same=same)
        for part in self.letters:
            db.execute(QUERIES["add_letter"], {**key_of(row), "part": part, "at": row["at"]})
        if self.grading:
            self._add_grading(db, owner=result)
        else:
            self._touch(db)
        return self.receipt

    def _add_grading(self, db, owner) -> None:
        """The grading of a step just written. The first in its slot adds to the sums; any other has its slot folded anew. owner: a row that says whose attempt at which item it is."""
        db.execute(QUERIES["add_grading"], self.grading)
        if not db.execute(QUERIES["add_slot_result"], self.grading).rowcount:
            self._touch(db)
            projections.refresh_slot(db, self.step["attempt"], self.step["slot"])
            return
        for shown in sorted(self.shown, key=lambda each: each["competency"]):     # in one order, so that two replicas never wait for each other
            told = shown | {"profile": owner["profile"], "item": owner["item"]}
            db.execute(QUERIES["add_evidence"], told)
            db.execute(QUERIES["raise_competency"], told)
        db.execute(QUERIES["score_attempt"], {name: self.step[name] for name in ("attempt", "kind", "at")} | {name: self.grading[name] for name in ("earned", "possible")})

    def _touch(self, db) -> None:
        db.execute(QUERIES["touch_attempt"], {name: self.step[name] for name in ("attempt", "kind", "at")})


def append(db, step: Step, grading: Grading | None, letters: tuple[str, ...] = ()) -> Receipt:
    """A step, its grading and the projections that follow, inside the caller's transaction."""
    return Answer(step, grading, letters)(db)


def first_grading(grading: Grading, step: Step) -> dict:
    """The row of a step's first grading, which names the step whatever the grading says."""
    row = grading_row(grading)
    row["attempt"], row["slot"], row["sequence"], row["grading_seq"] = step.attempt, step.slot, step.sequence, 1
    if grading.at is None:
        row["at"] = step.at
    return digested("grading", row)


def shown_by(grading: Grading, step: Step) -> list[dict]:
    """What a grading adds to the sums of each competency, once it is known whose it is."""
    return [{"attempt": step.attempt, "slot": step.slot, "place": place, "competency": shown.competency, "domains": domains_text(tuple(shown.domains)),
             "earned": units(shown.earned), "possible": units(shown.possible), "at": step.at} for place, shown in enumerate(grading.evidence)]


def key_of(row) -> dict:
    """What names a step."""
    return {name: row[name] for name in ("attempt", "slot", "sequence")}


def add_grading(db, grading: Grading, step_at: int) -> bool:
    """Writes a grading after those its step has, unless it says what the last one says."""
    row = grading_row(grading)
    last = one(db, "current_grading", attempt=grading.attempt, slot=grading.slot, sequence=grading.sequence)
    if last and all(row[name] == last[name] for name in row if name != "at"):
        return False
    row["at"] = step_at if grading.at is None else grading.at
    row["grading_seq"] = last["grading_seq"] + 1 if last else 1
    db.execute(QUERIES["add_grading"], digested("grading", row))
    projections.refresh_slot(db, grading.attempt, grading.slot)
    return True


def all_answered(db, attempt: str, asked: Collection[str]) -> bool:
    """Whether each of these slots has its answer."""
    return set(asked) <= {row["slot"] for row in db.execute(QUERIES["submitted"], {"attempt": attempt})}


def finish(db, attempt: str, at: int) -> Receipt:
    """Ends the attempt; a second finish returns the first."""
    number = next_number(db, attempt, WHOLE)
    found = one(db, "finish_step", attempt=attempt)
    if found:
        return Receipt(stored=False, already=True, step=step_from(found))
    return append(db, Step(attempt, WHOLE, number, FINISH, {}, at), None)


def next_number(db, attempt: str, slot: str) -> int:
    """The number that the next step of a slot takes. On a server the attempt is held for that first: whoever comes meanwhile waits, and takes the number after."""
    one(db, "finished_at", attempt=attempt)
    return one(db, "last_sequence", attempt=attempt, slot=slot)[0] + 1


def note(db, attempt: str, slot: str, kind: str, payload: dict, at: int) -> Step:
    """A step under the next number of its slot."""
    return append(db, Step(attempt, slot, next_number(db, attempt, slot), kind, payload, at), None).step


def close_attempt(db, attempt: str, ending: Callable[[StoredAttempt], Ending]) -> Receipt:
    """Every last step and grading, then the finish; nothing of it when the attempt was finished before."""
    found = one(db, "finish_step", attempt=attempt)
    if found:
        return Receipt(stored=False, already=True, step=step_from(found))
    refuse_if_over(db, attempt)
    end = ending(stored_attempt(db, attempt))
    for step, grading in end.steps:
        append(db, step, None)
        add_grading(db, grading, step.at)
    return append(db, Step(attempt, WHOLE, next_number(db, attempt, WHOLE), FINISH, end.payload, end.at), None)


def stored_attempt(db, attempt: str, form: dict | None = None) -> StoredAttempt | None:
    row = one(db, "attempt" if form is None else "attempt_but_its_form", id=attempt)
    if not row:
        return None
    steps = tuple(map(step_from, db.execute(QUERIES["steps"], {"attempt": attempt})))
    gradings = tuple(map(grading_from, db.execute(QUERIES["gradings"], {"attempt": attempt})))
    counting = set(map(id, current(gradings).values()))
    return StoredAttempt(
        attempt_from(row, form), steps, tuple(g for g in gradings if id(g) in counting), tuple(g for g in gradings if id(g) not in counting),
        points(row["earned"]), points(row["possible"]), row["finished_at"])
