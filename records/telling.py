"""What happened, in the order of the log, for whoever is told of it elsewhere; and how far they have been told."""

from dataclasses import dataclass
from decimal import Decimal

from records.appending import one
from records.ledger import Records
from records.dialect import on_server
from records.queries import QUERIES
from records.rows import points

OVERLAP = 1000
"""On a server a lower serial can be committed after a higher one: so many are told again, and whoever is told knows each by its id."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A step with the first marks it got, None where it got none, and its attempt: the points as they count now, and when it ended."""
    serial: int
    attempt: str
    slot: str
    sequence: int
    kind: str
    at: int
    profile: str
    item: str
    item_kind: str
    title: str
    earned: Decimal | None
    possible: Decimal | None
    all_earned: Decimal
    all_possible: Decimal
    started_at: int


def happened(records: Records, after: int, most: int) -> tuple[Happened, ...]:
    """What was shown, answered and finished after that serial, at most so much of it."""
    return records.engine.read(lambda db: tuple(map(_from, db.execute(QUERIES["told_after"], {"after": after, "most": most}).fetchall())))


def told_upto(records: Records, place: str) -> int:
    """The serial after which to go on telling that place."""
    def question(db):
        row = one(db, "sent_upto", place=place)
        return max(row["serial"] - (OVERLAP if on_server(db) else 0), 0) if row else 0
    return records.engine.read(question)


def is_told(records: Records) -> bool:
    """Whether any other place was ever told of what happened here."""
    return records.engine.read(lambda db: one(db, "sent_anywhere") is not None)


def keep_told_upto(records: Records, place: str, serial: int, at: int) -> None:
    records.write(lambda db: db.execute(QUERIES["keep_sent_upto"], {"place": place, "serial": serial, "at": at}))


def _from(row) -> Happened:
    plain = {name: row[name] for name in ("serial", "attempt", "slot", "sequence", "kind", "at", "profile", "item", "item_kind", "title", "started_at")}
    marked = {name: None if row[name] is None else points(row[name]) for name in ("earned", "possible")}
    return Happened(**plain, **marked, all_earned=points(row["all_earned"]), all_possible=points(row["all_possible"]))
