"""Corrections after the fact: who answered an item, the runs that marked it anew, and how a run is taken back. Each is in the audit log of the same transaction."""

from collections.abc import Callable
from dataclasses import replace

from records import audit
from records.appending import add_grading, key_of, one, stored_attempt
from records.events import Grading, Profile, RegradeChange, RegradeRun, StoredAttempt
from records.failures import NotSaved, Unknown
from records.queries import QUERIES
from records.rows import grading_from, profile_from, run_from, run_row


class OwnMarks(NotSaved):
    """Nobody judges their own work."""


class Corrections:
    """The part of the records that corrects marks. A run writes gradings that supersede; it changes nothing and can be taken back."""

    def answered(self, item: str) -> tuple[tuple[Profile, StoredAttempt], ...]:
        """Every attempt in which a step in the slot of that item was graded, with whose it is; oldest first."""
        return self.engine.read(lambda db: answered(db, item))

    def slots_answered(self) -> dict[str, int]:
        """Every slot with a graded step in any attempt, and how many such steps."""
        return {row["slot"]: row["answers"] for row in self._rows("slots_answered")}

    def regrade(self, run: RegradeRun, anew: Callable[[StoredAttempt], tuple[Grading, ...]], but: str = "", noted_as: str = "") -> RegradeRun:
        """Marks every attempt at the item anew in one transaction; `anew` gives the gradings an attempt should have in that slot.

        A grading that says what stands already is not written. The run is kept even when it changed nothing. The same id again
        returns the run as it was made. but: a profile whose attempts are left as they are; noted_as: the actor in the audit log where it is not the run's.
        """
        def change(db):
            audit.take_turn(db)
            if found := one(db, "run", id=run.id):
                return run_from(found)
            db.execute(QUERIES["add_run"], run_row(run))
            many = sum(supersede(db, run.id, grading, run.at) for profile, attempt in answered(db, run.item) if profile.id != but for grading in anew(attempt))
            audit.note(db, run.at, noted_as or run.actor, "correct marks", run.item, None, {"run": run.id, "policy": run.policy, "marks": many})
            return run_from(one(db, "run", id=run.id))
        return self.write(change)

    def undo_regrade(self, run: str, undo: RegradeRun, but: str = "", noted_as: str = "") -> RegradeRun:
        """Gives every step the grading it had before the run; refused while a later run stands on it, or where it touched the answers of `but`."""
        def change(db):
            audit.take_turn(db)
            found = one(db, "run", id=run)
            if not found:
                raise Unknown(f"Not saved: there is no run {run} in the records. `python -m app regrade --list` shows them.")
            refuse_undo(db, run_from(found))
            changes = db.execute(QUERIES["changes"], {"run": run}).fetchall()
            if but and any(row["profile"] == but for row in changes):
                raise OwnMarks("Not saved: this run changed marks of your own, so that another trainer has to take it back.")
            db.execute(QUERIES["add_run"], run_row(replace(undo, item=found["item"], policy="undo", undoes=run)))
            for row in changes:
                supersede(db, undo.id, grading_from(one(db, "grading", **key_of(row), grading_seq=row["before"])), undo.at)
            audit.note(db, undo.at, noted_as or undo.actor, "take back correction", found["item"], None, {"run": undo.id, "undoes": run, "marks": len(changes)})
            return run_from(one(db, "run", id=undo.id))
        return self.write(change)

    def regrade_runs(self, item: str = "") -> tuple[RegradeRun, ...]:
        """The runs, newest first; of one item where it is named."""
        return tuple(map(run_from, self._rows("runs", item=item)))

    def regrade_changes(self, run: str) -> tuple[RegradeChange, ...]:
        """Each grading that a run superseded, with whose it is."""
        return self.engine.read(lambda db: tuple(change_from(db, row) for row in db.execute(QUERIES["changes"], {"run": run}).fetchall()))

    def corrections_of(self, profile: str) -> tuple[tuple[RegradeRun, RegradeChange], ...]:
        """The corrections that stand and touched this learner's attempts, newest first."""
        def question(db):
            rows = db.execute(QUERIES["changes_of_profile"], {"profile": profile}).fetchall()
            return tuple((run_from(one(db, "run", id=row["run"])), change_from(db, row)) for row in rows)
        return self.engine.read(question)


def answered(db, item: str) -> tuple[tuple[Profile, StoredAttempt], ...]:
    """Whose attempts hold a graded step in that slot."""
    rows = db.execute(QUERIES["attempts_with_slot"], {"slot": item}).fetchall()
    return tuple((profile_from(one(db, "profile", id=row["profile"])), stored_attempt(db, row["id"])) for row in rows)


def supersede(db, run: str, grading: Grading, at: int) -> bool:
    """Writes the grading over the one that stands and notes which run did so; whether it says anything else."""
    key = {"attempt": grading.attempt, "slot": grading.slot, "sequence": grading.sequence}
    before = one(db, "current_grading", **key)["grading_seq"]
    if written := add_grading(db, replace(grading, at=at), at):
        db.execute(QUERIES["add_change"], {"run": run, **key, "before": before, "after": before + 1})
    return bool(written)


def refuse_undo(db, run: RegradeRun) -> None:
    """A run is taken back once, and only while its gradings are the ones that stand."""
    if run.undoes:
        raise Unknown("Not saved: this run took another one back. Run the correction again to have it once more.")
    if run.undone_at is not None:
        raise Unknown("Not saved: this run was taken back before.")
    if one(db, "overtaken", run=run.id):
        raise Unknown("Not saved: a later run corrected the same answers. Take that one back first.")
    if one(db, "overtaken_by_hand", run=run.id):
        raise Unknown("Not saved: a trainer has marked some of these answers by hand since, and those marks would be lost. Correct the item with another run instead.")


def change_from(db, row) -> RegradeChange:
    before, after = (grading_from(one(db, "grading", **key_of(row), grading_seq=row[name])) for name in ("before", "after"))
    return RegradeChange(row["run"], row["profile"], row["name"], row["title"], before, after)
