"""Everything that is kept of one person, table by table, read as of one moment and a few rows at a time."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from records import audit
from records.appending import one
from records.belonging import Belonging, belongings
from records.failures import Unknown
from records.dialect import on_server

CHUNK = 50
SECRETS = {("password", "hash"), ("session", "token"), ("ticket", "token"), ("regrade_run", "question")}
"""What is not given out: what would let someone in, and the keys of items."""


@dataclass(frozen=True)
class Taken:
    """One table: its name, its columns but the secret ones, and a way to read its rows from the first, any number of times."""
    name: str
    columns: tuple[str, ...]
    withheld: tuple[str, ...]
    rows: Callable[[], Iterator[tuple]]


class TakingAway:
    """The part of the records that a person takes away."""

    def take_away(self, profile: str, into: Callable[[tuple[Taken, ...]], object]):
        """Calls `into` with every table that has something of the person, all of one moment, and returns what it returns."""
        def question(db):
            if not one(db, "profile", id=profile):
                raise Unknown("There is no such profile here. It may have been deleted.")
            return into(tuple(taken(db, one_of, profile) for one_of in belongings()))
        return self.engine.read(question)

    def note_taken_away(self, profile: str, actor: str, at: int) -> None:
        """In the audit log: who took away what is kept about whom."""
        self.write(lambda db: audit.note(db, at, actor, "take away", profile))


def taken(db, belonging: Belonging, profile: str) -> Taken:
    table = belonging.table
    columns = tuple(name for name in table.columns if (table.name, name) not in SECRETS)
    order = " ORDER BY serial" if table.counted else ""
    sql, values = f"SELECT {', '.join(columns)} FROM {table.name} WHERE {belonging.where}{order}", {"profile": profile}

    def rows() -> Iterator[tuple]:
        with closing(db.stream(sql, values) if on_server(db) else db.execute(sql, values)) as found:
            while chunk := found.fetchmany(CHUNK):
                yield from map(tuple, chunk)
    return Taken(table.name, columns, tuple(name for name in table.columns if name not in columns), rows)
