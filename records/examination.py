"""Whether a database file is sound and which versions stand behind it, found out without writing to it."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from records import projections
from records.connections import connect_reader, refuse_what_is_not_ours, roomy
from records.failures import CannotOpen, RecordsError, told
from records.migrations import migrations
from records.postgres import Postgres, is_server, masked, unhurried

# Two connections that write or checkpoint at the same moment can damage a file in WAL mode before these releases:
# https://sqlite.org/wal.html#walresetbug
WAL_RESET_FIXED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
WAL_RESET_FIXED_SINCE = (3, 51, 3)
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
            db = connect_reader(path, patience)
            try:
                refuse_what_is_not_ours(db, path)
                applied = tuple(migration.name for migration in migrations.applied(db))
                with roomy(db):
                    faults += page_faults(db, every_page)
                counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                          for table in COUNTED}
                faults += projections.drift(db)
            finally:
                db.close()
    except RecordsError as error:
        faults.append(str(error))
    return Examination(path, True, path.stat().st_size, sqlite3.sqlite_version, applied, counts, tuple(faults), warnings)


def examine_server(url: str, patience: float) -> Examination:
    """The same of a PostgreSQL database; one that was never opened by this program has no migrations."""
    try:
        with closing(Postgres(url, patience, prepared=False)) as engine:
            def question(db):
                unhurried(db)
                there = db.execute("SELECT to_regclass('_migrations') IS NOT NULL").fetchone()[0]
                applied = tuple(row[0] for row in db.execute("SELECT name FROM _migrations WHERE migration_set = 'records' ORDER BY name")) if there else ()
                counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED} if applied else {}
                size, version = db.execute("SELECT pg_database_size(current_database()), current_setting('server_version')").fetchone()
                return Examination(masked(url), bool(applied), size, f"PostgreSQL {version}", applied, counts, tuple(projections.drift(db)) if applied else (), ())
            return engine.read(question)
    except RecordsError as error:
        return Examination(masked(url), False, 0, "PostgreSQL", (), {}, (str(error),), ())


def page_faults(db, every_page: bool) -> list[str]:
    found = [row[0] for row in db.execute(f"PRAGMA {'integrity' if every_page else 'quick'}_check(20)") if row[0] != "ok"]
    orphans = [f"{row[0]} has a row whose {row[2]} is missing." for row in db.execute("PRAGMA foreign_key_check")]
    return found + orphans
