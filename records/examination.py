"""Whether a database file is sound and which versions stand behind it, found out without writing to it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from records import audit, projections
from records.connections import connect_reader, refuse_what_is_not_ours, roomy
from records.copying import definitions, structures
from records.dialect import on_server
from records.digests import DIGESTED, changed_rows
from records.failures import CannotOpen, CannotRead, RecordsError, told
from records.postgres import Postgres, is_server, masked, unhurried
from records.shape import carried_out, present

# Two connections that write or checkpoint at the same moment can damage a file in WAL mode before these releases:
# https://sqlite.org/wal.html#walresetbug
WAL_RESET_FIXED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
WAL_RESET_FIXED_SINCE = (3, 51, 3)
EARLIER = "These records are of an earlier shape: their rows and sums are checked once `python -m app migrate` has brought them to the present one."
COUNTED = ("profile", "attempt", "step", "grading", "draft")


@dataclass(frozen=True)
class Examination:
    """What was found: `faults` need someone to act, `warnings` are worth knowing; `counts` are rows by table."""
    path: Path | str
    exists: bool
    size: int
    sqlite: str
    migrations: tuple[str, ...]
    counts: dict[str, int]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def wal_reset_fixed(version: tuple[int, int, int]) -> bool:
    """Whether this release of SQLite carries the repair of the WAL-reset bug."""
    return version >= WAL_RESET_FIXED.get(version[:2], WAL_RESET_FIXED_SINCE)


def examine(where: Path | str, patience: float = 5.0, every_page: bool = False) -> Examination:
    """Opens the records read-only and checks their version and their sums; of a file its pages and its foreign keys too. every_page: whether each index says what its table says as well, which takes longer."""
    if is_server(where):
        return examine_server(str(where), patience)
    path = Path(where).absolute()
    warnings = ()
    if not wal_reset_fixed(sqlite3.sqlite_version_info):
        warnings = (f"SQLite {sqlite3.sqlite_version} lacks the repair of the WAL-reset bug (3.51.3, 3.50.7 or 3.44.6 have it): run one server "
                    "on a database at a time, and keep backups.",)
    if path.exists() and os.name == "posix" and path.stat().st_mode & 0o077:
        warnings += (f"Others on this machine can read {path}, which holds what people did and, in a team, the hashes of their passwords. Run `chmod 600 {path}*`.",)
    if not path.exists():
        return Examination(path, False, 0, sqlite3.sqlite_version, (), {}, (), warnings)
    applied, counts, faults = (), {}, []
    try:
        with told(CannotOpen, path, patience):
            with closing(connect_reader(path, patience)) as db:
                refuse_what_is_not_ours(db, path)
                applied = carried_out(db)
                faults += gathered(path, lambda: page_faults(db, every_page))
                counts = counted(db)
                if not present(applied):
                    warnings += (EARLIER,)
                else:
                    faults += row_faults(db, path) + gathered(path, lambda: projections.drift(db))
    except RecordsError as error:
        faults.append(str(error))
    return Examination(path, True, path.stat().st_size, sqlite3.sqlite_version, applied, counts, tuple(faults), warnings)


def examine_server(url: str, patience: float) -> Examination:
    """The same of a PostgreSQL database; one that was never opened by this program has no migrations."""
    try:
        with closing(Postgres(url, patience, prepared=False)) as engine:
            def question(db):
                unhurried(db)
                applied = carried_out(db)
                size, version = db.execute("SELECT pg_database_size(current_database()), current_setting('server_version')").fetchone()
                faults = row_faults(db, masked(url)) + gathered(masked(url), lambda: projections.drift(db)) if applied and present(applied) else []
                return Examination(masked(url), bool(applied), size, f"PostgreSQL {version}", applied, counted(db) if applied else {}, tuple(faults),
                                   (EARLIER,) if applied and not present(applied) else ())
            return engine.read(question)
    except RecordsError as error:
        return Examination(masked(url), False, 0, "PostgreSQL", (), {}, (str(error),), ())


def counted(db) -> dict[str, int]:
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def gathered(path, look: Callable[[], list[str]]) -> list[str]:
    """What a look found; a look that broke off found something too. Whatever stands in a damaged file, it is said in a sentence."""
    try:
        with told(CannotRead, path, 0):
            return look()
    except RecordsError as error:
        return [str(error)]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        return [f"Something in {path} cannot be read as what it was written as ({type(error).__name__}), so that not everything could be checked: it is damaged. Put a good backup in its place."]


def row_faults(db, path) -> list[str]:
    """A sentence for each row of the logs that is not what was written, for each text that is no JSON any more, and for an audit log that does not follow."""
    return [fault for look in (misshapen, changed_rows, unreadable, audit.chain_faults) for fault in gathered(path, lambda: look(db))]


def misshapen(db) -> list[str]:
    """What is not defined as this program defines it; of a server's that is the server's affair."""
    if on_server(db):
        return []
    found = dict(map(tuple, db.execute("SELECT name, sql FROM sqlite_master").fetchall()))
    return [f"{name} is not defined as it was made." for name, sql in definitions().items() if found.get(name) != sql]


def unreadable(db) -> list[str]:
    """Structures that are none any more, in the tables whose rows have no digest; a server checks what it stores."""
    if on_server(db):
        return []
    found = {(table, column): db.execute(f"SELECT count(*) FROM {table} WHERE NOT json_valid({column})").fetchone()[0] for table, column in structures() if table not in DIGESTED}
    return [f"{table}.{column}: {count} rows cannot be read." for (table, column), count in found.items() if count]


def page_faults(db, every_page: bool) -> list[str]:
    with roomy(db):
        found = [row[0] for row in db.execute(f"PRAGMA {'integrity' if every_page else 'quick'}_check(20)") if row[0] != "ok"]
    orphans = [f"{row[0]} has a row whose {row[2]} is missing." for row in db.execute("PRAGMA foreign_key_check")]
    return found + orphans
