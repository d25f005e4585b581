"""Moving records whole: from one engine to the other, row for row, and the proof by counts and digests that nothing was left behind."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from sqlite_utils import Database

from records.connections import Readers, roomy
from records.failures import CannotOpen, NotSaved
from records.dialect import on_server
from records.migrations import migrations
from records.postgres import Postgres, is_server, unhurried
from records.shape import carried_out, present

EARLIER = ("Nothing was copied: the records at {path} are of an earlier shape, or there are none. Copy them, or make the backup, with the version of the app that runs on them; "
           "`python -m app migrate` brings them to the shape of this version, once no other runs on them.")
CHUNK = 2_000                    # rows read and written at a time


@dataclass(frozen=True)
class Table:
    """A table of the present shape: its columns, and whether its first one counts up by itself."""
    name: str
    columns: tuple[str, ...]
    counted: bool

    @property
    def select(self) -> str:
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"

    @property
    def insert(self) -> str:
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({', '.join('?' * len(self.columns))})"


@dataclass(frozen=True)
class Content:
    """What a database holds, to be compared with another: rows by table, and a digest of them that does not depend on their order."""
    counts: dict[str, int]
    digests: dict[str, str]

    def differences(self, other: "Content") -> tuple[str, ...]:
        """A sentence for each table that is not the same."""
        return tuple(f"{name}: {self.counts[name]} rows here, {other.counts.get(name, 0)} there" + ("" if self.counts[name] != other.counts.get(name) else ", but not the same ones")
                     for name in self.counts if (self.counts[name], self.digests[name]) != (other.counts.get(name), other.digests.get(name)))


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the present shape, each after those that its rows belong to."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        db = Database(made)
        migrations.apply(db)
        names = [row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY rowid")]
        needs = {name: {row["table"] for row in made.execute(f"PRAGMA foreign_key_list({name})")} - {name} for name in names}
        return tuple(_table(made, name) for name in _in_order(names, needs))


def _table(made, name: str) -> Table:
    columns = made.execute(f"PRAGMA table_info({name})").fetchall()
    return Table(name, tuple(row["name"] for row in columns), columns[0]["type"] == "INTEGER" and columns[0]["pk"] == 1 and sum(row["pk"] > 0 for row in columns) == 1)


@cache
def definitions() -> dict[str, str]:
    """How each table, index, view and guard of the present shape is defined in a file, by name."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        migrations.apply(Database(made))
        return dict(map(tuple, made.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY rowid")))


def structures() -> tuple[tuple[str, str], ...]:
    """Every column that holds JSON, with its table."""
    return tuple((name, column) for name, sql in definitions().items() for column in re.findall(r"json_valid\((\w+)\)", sql))


def _in_order(names: list[str], needs: dict[str, set[str]]) -> list[str]:
    done: list[str] = []
    while len(done) < len(names):
        done += [name for name in names if name not in done and needs[name] <= set(done)]
    return done


def rows_of(db, table: Table) -> Iterator[list[tuple]]:
    """All rows in the order in which they were written, a chunk at a time."""
    sql = table.select + (" ORDER BY serial" if table.counted else "")
    with closing(db.stream(sql) if on_server(db) else db.execute(sql)) as found:
        while chunk := found.fetchmany(CHUNK):
            yield [tuple(row) for row in chunk]


def content_of(db) -> Content:
    """Counts and digests of every table, in one pass over each."""
    unhurried(db)
    counts, digests = {}, {}
    for table in tables():
        counts[table.name], digests[table.name] = counted(rows_of(db, table))
    return Content(counts, digests)


def counted(chunks: Iterator[list[tuple]], each: Callable[[list[tuple]], None] | None = None) -> tuple[int, str]:
    """How many rows there are, and their digest; each chunk is handed on."""
    count, total = 0, 0
    for chunk in chunks:
        count += len(chunk)
        total = (total + sum(int.from_bytes(blake2b(repr(row).encode(), digest_size=32).digest()) for row in chunk)) % 2 ** 256
        if each:
            each(chunk)
    return count, f"{total:064x}"


def empty(db) -> bool:
    """Whether no table has a row."""
    return not any(db.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone() for table in tables())


def pour(source, target, path) -> Content:
    """Copies every row inside the caller's transactions and returns what was sent; the target is of the present shape and empty."""
    if not empty(target):
        raise NotSaved(f"Nothing was copied: {path} holds records already. Name an empty database; two sets of records are never mixed.")
    unhurried(target)
    counts, digests = {}, {}
    for table in tables():
        counts[table.name], digests[table.name] = counted(rows_of(source, table), lambda chunk, table=table: many(target, table, chunk))
        if table.counted and on_server(target):
            target.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'serial'), coalesce((SELECT max(serial) FROM {table.name}), 0) + 1, false)")
    if on_server(target):
        target.execute("ANALYZE")    # so that the first pages are planned for what is there now
    return Content(counts, digests)


def many(db, table: Table, rows: list[tuple]) -> None:
    """Writes the rows, a chunk in one go."""
    if on_server(db):
        db.take_in(table.name, table.columns, rows)
    else:
        db.conn.executemany(table.insert, rows)


@contextmanager
def only_read(where, patience: float = 5.0):
    """Records from which is read and in which nothing is changed, their shape neither: others may be at work on them, of another version."""
    with closing(Postgres(str(where), patience, prepared=False) if is_server(where) else Readers(Path(where).absolute(), patience)) as reading:
        yield reading


def copy(source, target) -> Content:
    """From what can be read (`only_read`, or the engine of other `Records`) into `Records`, both on one unchanging state; refused whole when what arrived is not what was sent, or when the source is not of the present shape."""
    def read(db):
        if not present(carried_out(db)):
            raise CannotOpen(EARLIER.format(path=source.path))
        unhurried(db)

        def write(into):
            with roomy(into):
                return checked(pour(db, into, target.path), content_of(into), target.path)
        return target.write(write)
    return source.read(read)


def checked(sent: Content, arrived: Content, path) -> Content:
    if differences := sent.differences(arrived):
        raise CannotOpen(f"Nothing was copied: what arrived in {path} is not what was sent ({'; '.join(differences)}). Try again; if it stays so, please report this sentence.")
    return arrived
