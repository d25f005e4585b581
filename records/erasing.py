"""What goes and what stays: a person erased on request, answers and completion records whose term is over, and both carried out again after a restore."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal

from records import audit
from records.appending import one
from records.belonging import OUTLIVING, of_attempts, of_people
from records.events import Profile
from records.failures import NotSaved
from records.projections import refresh_competencies
from records.queries import QUERIES
from records.rows import points


class LastAdmin(NotSaved):
    """Nobody would be left who can let people in."""


@dataclass(frozen=True, slots=True)
class PastAnswers:
    """First answers to an item by people who are gone: how many, how many of them with full marks, and their points. Nobody is named, and no time."""
    item: str
    n: int
    full_marks: int
    earned: Decimal
    possible: Decimal


class Erasing:
    """The part of the records that forgets."""

    def delete_profile(self, profile: str, actor: str = "", at: int = 0, outliving: bool = True) -> bool:
        """Removes what is a person's own but the bare note that this id was erased; False when there was no such profile.

        Their first answers stay as counts. outliving: completion records and certificates stay too, for their term. An actor is named where somebody asked
        for it: then the last admin is refused, and the audit log says it.
        """
        def change(db):
            audit.take_turn(db)
            if not one(db, "profile", id=profile):
                return False
            if actor:
                held = one(db, "account", profile=profile)
                if held and held["role"] == "admin" and not one(db, "admins", but=profile)[0]:
                    raise LastAdmin("Not deleted: this is the last admin. Make someone else an admin first.")
            db.execute("INSERT INTO erasure (profile) VALUES (?)", [profile])
            if not outliving:
                drop_completions(db, [row["id"] for row in db.execute(QUERIES["completions_of"], {"profile": profile}).fetchall()], at)
            count_past(db, profile)
            for one_of in of_people():
                db.execute(f"DELETE FROM {one_of.table.name} WHERE {one_of.where}", {"profile": profile})
            if actor:
                kept = [db.execute(f"SELECT count(*) FROM {table} WHERE profile = ?", [profile]).fetchone()[0] for table in OUTLIVING]
                audit.note(db, at, actor, "erase", profile, None, {"completions kept": kept[0], "certificates kept": kept[1]})
            return True
        removed = self.write(change)
        self.engine.forget_deleted_pages()
        return removed

    def answers_past_term(self, before: int) -> tuple[tuple[str, str], ...]:
        """Attempts in which nothing happened since before that moment: id and profile."""
        return tuple((row["id"], row["profile"]) for row in self._rows("attempts_before", at=before))

    def expire(self, attempts: Iterable[str], completions: Iterable[str], actor: str, at: int) -> None:
        """Removes attempts and completion records whose term is over, with all that hangs on them; in one transaction, and in the audit log by their number."""
        attempts, completions = tuple(attempts), tuple(completions)
        def change(db):
            audit.take_turn(db)
            drop_attempts(db, attempts, at)
            drop_completions(db, completions, at)
            audit.note(db, at, actor, "retention", "records", None, {"attempts": len(attempts), "completions": len(completions)})
        self.write(change)
        self.engine.forget_deleted_pages()

    def past_answers(self) -> tuple[PastAnswers, ...]:
        """What is known of the answers of people who are gone."""
        return tuple(PastAnswers(row["item"], row["n"], row["full_marks"], points(row["earned"]), points(row["possible"])) for row in self._rows("past_answers"))

    def gone(self) -> "Gone":
        """All that must not come back with a backup, and what it must bring along."""
        return self.engine.read(gone)

    def forget_again(self, known: "Gone") -> tuple[str, ...]:
        """Carries out again what was forgotten since a backup, and takes over the completion records of people who are gone; returns the people."""
        def change(db):
            for table, columns, rows in known.outliving:
                for row in rows:
                    db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING", list(row))
            for id, what, at in known.expired:
                (drop_attempts if what == "attempt" else drop_completions)(db, (id,), at)
            for profile in known.erased:         # also of who is not in this backup: an earlier or later one may hold them
                db.execute(QUERIES["note_erasure"], {"profile": profile})
        erased = tuple(profile for profile in known.erased if self.delete_profile(profile))
        self.write(change)
        return erased

    def unaccounted(self, known: "Gone") -> tuple[Profile, ...]:
        """People here who are neither among those that are there nor among the erased there: of them it is not known whether they were erased."""
        accounted = {*known.people, *known.erased}
        return tuple(profile for profile in self.profiles() if profile.id not in accounted)


@dataclass(frozen=True)
class Gone:
    """Who was erased; what went when its term was over, with when; the rows that stay of who is gone: table, columns, rows; and who is still there."""
    erased: tuple[str, ...] = ()
    expired: tuple[tuple[str, str, int], ...] = ()
    outliving: tuple[tuple[str, tuple[str, ...], tuple[tuple, ...]], ...] = ()
    people: tuple[str, ...] = ()

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def gone(db) -> Gone:
    erased = tuple(row[0] for row in db.execute("SELECT profile FROM erasure"))
    expired = tuple(tuple(row) for row in db.execute("SELECT id, what, at FROM expiry"))
    kept = []
    for table in OUTLIVING:
        found = db.execute(f"SELECT * FROM {table} WHERE profile IN (SELECT profile FROM erasure) ORDER BY serial").fetchall()
        columns = tuple(name for name in (found[0].keys() if found else ()) if name != "serial")
        kept.append((table, columns, tuple(tuple(row[name] for name in columns) for row in found)))
    return Gone(erased, expired, tuple(one for one in kept if one[2]), people_of(db))


def people_of(db) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute("SELECT id FROM profile"))


def count_past(db, profile: str) -> None:
    """A person's first answer to each item, added to the counts before it goes."""
    seen = set()
    for row in db.execute(QUERIES["first_of_person"], {"profile": profile}).fetchall():
        if row["slot"] not in seen:
            seen.add(row["slot"])
            db.execute(QUERIES["count_past"], {"item": row["slot"], "full_marks": int(row["earned"] >= row["possible"]), "earned": row["earned"], "possible": row["possible"]})


def drop_attempts(db, attempts: tuple[str, ...], at: int) -> None:
    """Notes each first, which is what lets the guards of the logs pass."""
    for attempt in attempts:
        touched = set(map(tuple, db.execute(QUERIES["competencies_of_attempt"], {"attempt": attempt}).fetchall()))
        db.execute(QUERIES["note_expiry"], {"id": attempt, "what": "attempt", "at": at})
        for table in of_attempts():
            db.execute(f"DELETE FROM {table.name} WHERE attempt = ?", [attempt])
        db.execute("DELETE FROM attempt WHERE id = ?", [attempt])
        refresh_competencies(db, touched)


def drop_completions(db, completions: Iterable[str], at: int) -> None:
    for completion in completions:
        db.execute(QUERIES["note_expiry"], {"id": completion, "what": "completion", "at": at})
        db.execute("DELETE FROM certificate WHERE completion = ?", [completion])
        db.execute("DELETE FROM completion WHERE id = ?", [completion])
