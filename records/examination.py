"""Whether a database file is sound and which versions stand behind it, found out without writing to it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from records import projections
from records.connections import connect_reader, refuse_what_is_not_ours
from records.failures import CannotOpen, RecordsError, told
from records.migrations import migrations

# Two connections that write or checkpoint at the same moment can damage a file in WAL mode before these releases:
# https://sqlite.org/wal.html#walresetbug
WAL_RESET_FIXED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
WAL_RESET_FIXED_SINCE = (3, 51, 3)


@dataclass(frozen=True)
class Examination:
    """What was found: `faults` need someone to act, `warnings` are worth knowing; `counts` are rows by table."""
    path: Path
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


def examine(path: Path | str, patience: float = 5.0) -> Examination:
    """Opens the file read-only and checks its pages, its foreign keys, its version and its sums."""
    path = Path(path).absolute()
    warnings = ()
    if not wal_reset_fixed(sqlite3.sqlite_version_info):
        warnings = (f"SQLite {sqlite3.sqlite_version} lacks the repair of the WAL-reset bug (3.51.3, 3.50.7 or 3.44.6 have it): run one server "
                    "on a database at a time, and keep backups.",)
    if not path.exists():
        return Examination(path, False, 0, sqlite3.sqlite_version, (), {}, (), warnings)
    applied, counts, faults = (), {}, []
    try:
        with told(CannotOpen, path, patience):
            db = connect_reader(path, patience)
            try:
                refuse_what_is_not_ours(db, path)
                applied = tuple(migration.name for migration in migrations.applied(db))
                faults += page_faults(db)
                counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                          for table in ("profile", "attempt", "step", "grading", "draft")}
                faults += projections.drift(db)
            finally:
                db.close()
    except RecordsError as error:
        faults.append(str(error))
    return Examination(path, True, path.stat().st_size, sqlite3.sqlite_version, applied, counts, tuple(faults), warnings)


def page_faults(db) -> list[str]:
    found = [row[0] for row in db.execute("PRAGMA quick_check(20)") if row[0] != "ok"]
    orphans = [f"{row[0]} has a row whose {row[2]} is missing." for row in db.execute("PRAGMA foreign_key_check")]
    return found + orphans
