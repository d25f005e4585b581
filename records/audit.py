"""The audit log: who changed what on whom, written in the transaction of the change, each row sealed with the hash of the one before."""

import json
from dataclasses import dataclass
from hashlib import sha256

from records.queries import QUERIES
from records.rows import as_json

FIRST = "0" * 64
"""What the first row is chained to."""
AT_A_TIME = 5_000
"""Rows checked at a time: a bound on what is held in memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `actor` and `subject` are ids, or words such as `command line`: no name and no address, so that nothing of it need be erased."""
    serial: int
    at: int
    actor: str
    act: str
    subject: str
    before: object
    after: object
    hash: str


def note(db, at: int, actor: str, act: str, subject: str, before: object = None, after: object = None) -> None:
    """Writes a row, inside the caller's transaction: the change and what is told of it are there together or not at all.

    Call `take_turn(db)` before the change reads what it decides by.
    """
    take_turn(db)
    last = db.execute(QUERIES["audit_last"]).fetchone()
    previous = last["hash"] if last else FIRST
    row = {"at": at, "actor": actor, "act": act, "subject": subject, "before": as_json(before), "after": as_json(after), "previous": previous}
    db.execute(QUERIES["add_audit"], row | {"hash": seal(row)})


def take_turn(db) -> None:
    """Audited changes of several replicas come one after another, so that the chain has no fork and the last admin is not removed by two at once."""
    db.execute(QUERIES["audit_turn"]).fetchone()


def seal(row) -> str:
    """The hash that ties a row to the one before it."""
    told = [row[name] for name in ("previous", "at", "actor", "act", "subject", "before", "after")]
    return sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def chain_faults(db) -> list[str]:
    """A sentence for the first row that does not follow from the ones before it."""
    previous, after = FIRST, 0
    while rows := db.execute(QUERIES["audit_chain"], {"after": after, "most": AT_A_TIME}).fetchall():
        for row in rows:
            if row["previous"] != previous or row["hash"] != seal(row):
                return [f"The audit log was changed behind the app's back: row {row['serial']} does not follow from the one before it. Compare it with a backup."]
            previous = row["hash"]
        after = rows[-1]["serial"]
    return []


def entry_from(row) -> Entry:
    return Entry(row["serial"], row["at"], row["actor"], row["act"], row["subject"], json.loads(row["before"]), json.loads(row["after"]), row["hash"])
