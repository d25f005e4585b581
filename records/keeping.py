"""Backups: made while the app runs, and checked before they are trusted."""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from records.connections import connect, owners_alone, refuse_what_is_not_ours
from records.copying import Content, content_of, copy, only_read, tables
from records.examination import Examination, examine, gathered, page_faults, row_faults
from records.failures import CannotOpen, Damaged, NoPlace, RecordsError, cause_of, failure, failure_class, told
from records.ledger import Records
from records.postgres import is_server, masked
from records.shape import carried_out, present

BESIDE = ("-wal", "-shm")        # what belongs to a database file and would bring old pages back beside a new one

NAMED = re.compile(r"clean-claim-(\d{8}-\d{6})\.sqlite")
"""How backups are named that bear their time; the newest is the last."""
NAMED_DAMAGED = re.compile(r"clean-claim-(\d{8}-\d{6})\.damaged\.sqlite")
"""How copies of damaged records are named, so that nobody and no command takes one for a good backup."""
TOLD_AT_MOST = 5


class NotSound(CannotOpen):
    """A file that is no good backup, and what was found."""

    def __init__(self, file: Path, found: list[str]):
        super().__init__(f"This is no good backup: {file} is damaged ({some(found)}). Take an older one; if there is none that will do, --even-damaged restores this one as it is.")
        self.found = found


def some(faults: Sequence[str]) -> str:
    return "; ".join(faults[:TOLD_AT_MOST]) + (f"; and {len(faults) - TOLD_AT_MOST} more" if len(faults) > TOLD_AT_MOST else "")


@dataclass(frozen=True)
class Kept:
    """A copy of the records: where it lies, what it holds as far as that can be counted, and what is wrong with it."""
    file: Path
    content: Content
    faults: tuple[str, ...] = ()


def backup(source: Path | str, target: Path, patience: float = 5.0) -> Content:
    """A file with everything acknowledged before this began, sound and by itself; also of a PostgreSQL database. Damaged records are refused."""
    with _copied(source, target.absolute(), patience) as making:
        if found := faults_of(making, patience):
            raise failure_class(Damaged, CannotOpen)(
                f"No backup was made: the records at {masked(str(source))} are damaged ({some(found)}). Keep the older backups; `python -m app verify` says more. "
                "`python -m app backup --even-damaged` copies them as they are, under a name that says so.")
        content = _content(making, patience)
        settle(making, target.absolute())
    return content


def backup_even_damaged(source: Path | str, target: Path, patience: float = 5.0) -> Kept:
    """The same of records in whatever state, for when any copy is better than none: everything as it is. Where something is wrong, the file is named so."""
    target = target.absolute()
    with _copied(source, target, patience, even_damaged=True) as making:
        faults = tuple(faults_of(making, patience))
        content = _content(making, patience, damaged=bool(faults))
        file = named_damaged(target) if faults else target
        _refuse_taken(file)
        settle(making, file)
    return Kept(file, content, faults)


def named_damaged(file: Path) -> Path:
    return file if ".damaged" in file.suffixes else file.with_name(f"{file.stem}.damaged{file.suffix}")


def _refuse_taken(file: Path) -> None:
    if file.exists():
        raise failure(NoPlace, CannotOpen, file, detail="there is a file of that name already; a backup never overwrites one")


@contextmanager
def _copied(source: Path | str, target: Path, patience: float, even_damaged: bool = False) -> Iterator[Path]:
    """A copy beside the target that is not yet called a backup, and goes if nobody calls it one."""
    _refuse_taken(target)
    making = target.with_name(f"{target.name}.making-{os.getpid()}")
    try:
        with told(CannotOpen, target, patience):
            target.parent.mkdir(parents=True, exist_ok=True)
            _server_into(str(source), making, patience) if is_server(source) else file_into(Path(source).absolute(), making, patience, even_damaged)
            yield making
    finally:
        remove(making)


def file_into(source: Path, making: Path, patience: float, even_damaged: bool) -> None:
    """All pages in one go, what stands in its write-ahead log among them: copied a few at a time, a backup would begin anew at each write and never end."""
    if not source.exists():
        raise failure(NoPlace, CannotOpen, source, detail="there is no such file")
    with closing(connect(source, "ro", patience)) as db:
        with _suffered(even_damaged):
            refuse_what_is_not_ours(db, source)
        owners_alone(making)
        with closing(sqlite3.connect(making)) as into:
            db.conn.backup(into, pages=-1)
            with _suffered(even_damaged):
                into.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _suffered(damaged: bool) -> Iterator[None]:
    """Where damaged records are copied as they are, that they are damaged is no reason to stop."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not damaged or cause_of(error) is not Damaged:
            raise


def _server_into(url: str, making: Path, patience: float) -> None:
    with only_read(url, patience) as source, Records.open(making, patience) as into:
        copy(source, into)
    with closing(sqlite3.connect(making)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def faults_of(file: Path, patience: float) -> list[str]:
    """What is wrong with a file of records: pages first, and where they are well, every row that is not what was written."""
    with closing(connect(file, "ro", patience)) as db:
        db.execute("PRAGMA cell_size_check = ON")
        try:
            refuse_what_is_not_ours(db, file)
        except sqlite3.DatabaseError as error:
            if cause_of(error) is not Damaged:
                raise
            return [f"It cannot be read at all ({error})."]
        found = gathered(file, lambda: page_faults(db, every_page=True))
        if not found and present(carried_out(db)):
            found = row_faults(db, file)
        return found


def _content(file: Path, patience: float, damaged: bool = False) -> Content:
    with closing(connect(file, "ro", patience)) as db:
        if damaged:
            return counts_of(db)
        try:
            return content_of(db)
        except sqlite3.OperationalError:   # of an earlier shape: it is counted once it has been migrated
            return Content({}, {})


def counts_of(db) -> Content:
    """How many rows each table has, as far as its pages can be read; without digests, since texts may be none any more."""
    counts = {}
    for table in tables():
        with suppress(sqlite3.DatabaseError):
            counts[table.name] = db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
    return Content(counts, {})


def settle(making: Path, target: Path) -> None:
    """On the disk whole before it bears its name."""
    with open(making, "rb") as file:
        os.fsync(file.fileno())
    os.replace(making, target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):          # not every system lets a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(file: Path) -> None:
    for name in (file, *(file.with_name(file.name + end) for end in (*BESIDE, "-journal", ".lock"))):
        with suppress(FileNotFoundError):
            name.unlink()


def verify(where: Path | str, patience: float = 5.0) -> Examination:
    """Whether a backup, or the records themselves, could be trusted: every page, every foreign key, every sum."""
    return examine(where, patience, every_page=True)


def newest_good(folder: Path, patience: float = 5.0) -> Path | None:
    """The newest backup in a folder that is sound, as far as there is one."""
    for file in sorted((file for file in folder.glob("clean-claim-*.sqlite") if NAMED.fullmatch(file.name)), reverse=True):
        with suppress(RecordsError), told(CannotOpen, file, patience):
            if not faults_of(file, patience):
                return file
    return None
