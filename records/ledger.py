"""The records of every learner here: what is handed in is on the disk before the call returns, and is never changed after."""

import json
from collections.abc import Callable, Collection
from itertools import groupby
from pathlib import Path
from time import monotonic

from records import projections
from records.appending import Answer, add_grading, close_attempt, finish, note, one, refuse_if_large, refuse_if_over, stored_attempt
from records.completions import Completions
from records.corrections import Corrections
from records.digests import digested
from records.erasing import Erasing
from records.events import (ANSWERS, Attempt, AttemptSummary, Draft, Ending, Grading, ItemState, Log, Profile, Receipt, Standing, Step,
                            StoredAttempt)
from records.failures import Erased, NotSaved, Unknown, reason
from records.measures import Measures
from records.past import Past
from records.postgres import Postgres, is_server
from records.probing import Probing
from records.queries import QUERIES
from records.rows import (as_json, attempt_from, attempt_row, draft_from, item_state_from, profile_from, profile_row, standing_from,
                          step_from, summary_from)
from records.sqlite import Sqlite
from records.taking_away import TakingAway


class Records(Corrections, Measures, Completions, Erasing, Past, TakingAway, Probing):
    """Opened once a process and shared by its threads. Every failure is a `RecordsError` whose text can be shown as it is."""

    def __init__(self, where: Path | str, patience: float = 5.0):
        self.engine = Postgres(str(where), patience) if is_server(where) else Sqlite(where, patience)
        self.path, self.figures = self.engine.path, self.engine.figures

    @classmethod
    def open(cls, where: Path | str, patience: float = 5.0) -> "Records":
        """Opens the database at a path, or at a `postgresql://` address, making or migrating it; `patience` is how many seconds to wait for another program's lock."""
        return cls(where, patience)

    def close(self):
        """What was acknowledged is on the disk already; this only lets go of the database."""
        self.engine.close()

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *exception):
        self.close()

    def write(self, change):
        """The one way to change the records: `change(db)` in a transaction, durable when this returns."""
        begun = monotonic()
        try:
            result = self.engine.write(change)
        except NotSaved as refusal:
            self.figures.change_failed(reason(refusal))
            raise
        self.figures.changed(monotonic() - begun)
        return result

    def _rows(self, query: str, **values) -> list:
        return self.engine.read(lambda db: db.execute(QUERIES[query], values).fetchall())

    def _row(self, query: str, **values):
        return next(iter(self._rows(query, **values)), None)

    # People

    def add_profile(self, profile: Profile) -> Profile:
        """Adds a person; the same id again leaves the stored profile as it is and returns it."""
        def change(db):
            if one(db, "erased", profile=profile.id):
                raise Erased("Not saved: this profile was deleted and does not come back. Make a new one.")
            db.execute(QUERIES["add_profile"], profile_row(profile))
            return profile_from(one(db, "profile", id=profile.id))
        return self.write(change)

    def update_profile(self, profile: Profile) -> Profile:
        """Changes name, goal, exam date and time."""
        return self._updated("update_profile", profile)

    def update_aims(self, profile: Profile) -> Profile:
        """Changes what is a person's own in a team: goal, exam date, minutes a day. Their name and their time in exams stay as they stand in the records."""
        return self._updated("update_aims", profile)

    def _updated(self, query: str, profile: Profile) -> Profile:
        def change(db):
            if not db.execute(QUERIES[query], profile_row(profile)).rowcount:
                raise Unknown("Not saved: this profile is not in the records any more. Choose a profile again.")
            return profile_from(one(db, "profile", id=profile.id))
        return self.write(change)

    def profiles(self) -> tuple[Profile, ...]:
        return tuple(map(profile_from, self._rows("profiles")))

    def profile(self, profile: str) -> Profile | None:
        row = self._row("profile", id=profile)
        return row and profile_from(row)

    # Attempts and steps

    def start(self, attempt: Attempt) -> Attempt:
        """Begins an attempt; the same id again returns the attempt as it was begun first."""
        def change(db):
            if not one(db, "profile", id=attempt.profile):
                raise Unknown("Not saved: the profile of this attempt is not in the records. Choose a profile and start again.")
            if db.execute(QUERIES["add_attempt"], digested("attempt", attempt_row(attempt))).rowcount:
                db.execute(QUERIES["add_attempt_result"], {"id": attempt.id, "started_at": attempt.started_at})
            return attempt_from(one(db, "attempt", id=attempt.id))
        return self.write(change)

    def append(self, step: Step, grading: Grading | None = None, letters: tuple[str, ...] = (), asked: Collection[str] = ()) -> Receipt:
        """Stores a step with its grading and all sums that follow from it, at once or not at all. letters: the parts of it that a trainer should read.

        asked: slots; where each of them has its answer with this one, the attempt ends in the same transaction.
        A step already stored under the same attempt, slot and sequence is returned as it stands and nothing is written.
        Raises `Unknown` without such an attempt, `Finished` for an answer to a finished one.
        """
        try:
            receipt = self.write(Answer(step, grading, letters, asked))
        except NotSaved as refusal:
            if step.kind in ANSWERS:
                self.figures.answer_refused(reason(refusal))
            raise
        if step.kind in ANSWERS:
            self.figures.answered(receipt.stored)
        return receipt

    def finish(self, attempt: str, at: int) -> Receipt:
        """Ends the attempt; a second finish returns the first."""
        return self.write(lambda db: finish(db, attempt, at))

    def note(self, attempt: str, slot: str, kind: str, payload: dict, at: int) -> Step:
        """Stores a step under the next number of its slot: for what is no answer and may come from several tabs at once."""
        return self.write(lambda db: note(db, attempt, slot, kind, payload, at))

    def close_attempt(self, attempt: str, ending: Callable[[StoredAttempt], Ending]) -> Receipt:
        """Ends an attempt that is graded at its end, all in one transaction; one that was ended before stays as it is.

        `ending` is given the attempt as it stands in that transaction.
        """
        return self.write(lambda db: close_attempt(db, attempt, ending))

    def append_grading(self, grading: Grading) -> bool:
        """Grades a stored step, for the first time or anew; False when the grading that counts says the same already."""
        def change(db):
            stored = one(db, "step", attempt=grading.attempt, slot=grading.slot, sequence=grading.sequence)
            if not stored:
                raise Unknown(f"Not saved: there is no step {grading.sequence} in {grading.slot!r} of this attempt to grade.")
            return add_grading(db, grading, stored["at"])
        return self.write(change)

    def next_sequence(self, attempt: str, slot: str) -> int:
        """The number of the next step in a slot, from 1."""
        return self._row("last_sequence", attempt=attempt, slot=slot)[0] + 1

    def save_draft(self, attempt: str, slot: str, payload: dict, at: int) -> None:
        """Keeps the one draft of a slot, in place of the one before. Steps do not remove it: `Draft.after` tells whether one came since."""
        kept = as_json(payload)
        refuse_if_large(kept)

        def change(db):
            refuse_if_over(db, attempt)
            db.execute(QUERIES["save_draft"], {"attempt": attempt, "slot": slot, "payload": kept, "at": at})
        self.write(change)

    def draft(self, attempt: str, slot: str) -> Draft | None:
        row = self._row("draft", attempt=attempt, slot=slot)
        return row and draft_from(row)

    def drafts(self, attempt: str) -> tuple[Draft, ...]:
        return tuple(map(draft_from, self._rows("drafts", attempt=attempt)))

    # Reading

    def attempt(self, attempt: str, form: dict | None = None) -> StoredAttempt | None:
        """Everything of one attempt, as of one moment. form: what it asks, which never changes, from whoever has read it before; it is long and is not read then."""
        return self.engine.read(lambda db: stored_attempt(db, attempt, form))

    def log(self, attempt: str) -> Log | None:
        """What happened in an attempt, without its form, which may be long and never changes."""
        def question(db):
            row = one(db, "head", id=attempt)
            return row and Log(row["id"], row["profile"], row["item"], row["title"], row["started_at"], row["finished_at"],
                               tuple(map(step_from, db.execute(QUERIES["steps"], {"attempt": attempt}))))
        return self.engine.read(question)

    def owner(self, attempt: str) -> str | None:
        """Whose attempt it is."""
        row = self._row("owner", attempt=attempt)
        return row and row["profile"]

    def open_of_kind(self, profile: str, kind: str) -> tuple[str, ...]:
        """The learner's unfinished attempts of that kind, newest first."""
        return tuple(row["id"] for row in self._rows("open_of_kind", profile=profile, kind=kind))

    def attempts_of(self, profile: str, limit: int = 50) -> tuple[AttemptSummary, ...]:
        """The learner's attempts, newest first."""
        return tuple(map(summary_from, self._rows("attempts_of", profile=profile, limit=limit)))

    def history(self, profile: str, kind: str = "", state: str = "", limit: int = 1000, skipped: int = 0) -> tuple[AttemptSummary, ...]:
        """The learner's attempts of that kind, or of any, newest first, without the first few. state: `open` for those under way, `ended`, or either."""
        return tuple(map(summary_from, self._rows("history", profile=profile, kind=kind, state=state, limit=limit, skipped=skipped)))

    def history_length(self, profile: str, kind: str = "", state: str = "") -> int:
        """How many of them there are."""
        return self._row("history_length", profile=profile, kind=kind, state=state)["n"]

    def begun_before_the_last(self, profile: str, many: int) -> int | None:
        """When the learner began the attempt that came before their last so many; None where they have begun no more than those."""
        row = self._row("begun_before_the_last", profile=profile, many=many)
        return row and row["started_at"]

    def open_attempt(self, profile: str, item: str) -> StoredAttempt | None:
        """The latest unfinished attempt at an item, to go on with."""
        def question(db):
            found = one(db, "open_attempt", profile=profile, item=item)
            return found and stored_attempt(db, found["id"])
        return self.engine.read(question)

    def evidence(self, profile: str) -> dict[str, Standing]:
        """What the learner has shown, by competency."""
        return {row["name"]: standing_from(row) for row in self._rows("evidence", profile=profile)}

    def domain_evidence(self, profile: str) -> dict[str, Standing]:
        """What the learner has shown, by exam domain (`cpb:cpb1`)."""
        return {row["name"]: standing_from(row) for row in self._rows("domain_evidence", profile=profile)}

    def item_states(self, profile: str) -> dict[str, ItemState]:
        """How the learner has fared with each item they have begun."""
        rows = sorted(self._rows("item_states", profile=profile), key=lambda row: row["item"])
        return {item: item_state_from(list(group)) for item, group in groupby(rows, key=lambda row: row["item"])}

    # Sums

    def rebuild_projections(self) -> None:
        """Folds all logs again, in one transaction."""
        self.write(projections.rebuild)

    def projections_equal_fold(self) -> list[str]:
        """A sentence for each place where a kept sum differs from the fold of the logs; empty when all is well."""
        return self.engine.read(projections.drift)
