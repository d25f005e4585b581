"""Backups: made while the app runs, restored without mixing old pages and new, checked before they are trusted."""

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from records.connections import alone, connect, owners_alone, refuse_what_is_not_ours
from records.copying import Content, content_of, copy
from records.erasing import Gone, gone, people_of
from records.examination import Examination, examine, gathered, page_faults, present, row_faults
from records.events import Profile
from records.failures import CannotOpen, Damaged, NoPlace, RecordsError, failure, failure_class, told
from records.ledger import Records
from records.migrations import migrations
from records.postgres import Postgres, is_server, masked
from records.sessions import end_every_session

UNACCOUNTED = ("Nothing was restored: it is not known who was erased since this backup was made. Of {count} in it, the records where it goes say neither that they are still there nor that they "
               "were erased; whoever was erased would be back. Name what knows, with --erasures-from: the records as they last were, wherever they are, or a newer backup. "
               "If there is nothing of the kind, --erasures-from none restores all of them, and names them.")
BESIDE = ("-wal", "-shm")        # what belongs to a database file and would bring old pages back beside a new one


NAMED = re.compile(r"clean-claim-(\d{8}-\d{6})\.sqlite")
"""How backups are named that bear their time; the newest is the last."""


class NotSound(CannotOpen):
    """A file that is no good backup, and what was found."""

    def __init__(self, file: Path, found: list[str]):
        super().__init__(f"This is no good backup: {file} is damaged ({'; '.join(found)}). Take an older one.")
        self.found = found


@dataclass(frozen=True)
class Restored:
    """What came of it: the rows that are there now, the ids erased again, where the records that stood there before were put, and of whom it is not known whether they were erased."""
    content: Content
    erased: tuple[str, ...]
    kept: Path | None
    unaccounted: tuple[Profile, ...] = ()


def backup(source: Path | str, target: Path, patience: float = 5.0) -> Content:
    """A file with everything acknowledged before this began, sound and by itself; also of a PostgreSQL database."""
    target = target.absolute()
    if target.exists():
        raise failure(NoPlace, CannotOpen, target, detail="there is a file of that name already; a backup never overwrites one")
    making = target.with_name(f"{target.name}.making-{os.getpid()}")
    try:
        with told(CannotOpen, target, patience):
            target.parent.mkdir(parents=True, exist_ok=True)
            _server_into(str(source), making, patience) if is_server(source) else _file_into(Path(source).absolute(), making, patience)
            content = _sound(making, patience, counted=True)
            _settle(making, target)
        return content
    except NotSound as unsound:
        raise failure_class(Damaged, CannotOpen)(f"No backup was made: the records at {masked(str(source))} are damaged ({'; '.join(unsound.found)}). Keep the older backups; `python -m app verify` says more.") from unsound
    finally:
        _remove(making)


def _file_into(source: Path, making: Path, patience: float) -> None:
    """All pages in one go: copied a few at a time, a backup would begin anew at each write and never end."""
    if not source.exists():
        raise failure(NoPlace, CannotOpen, source, detail="there is no such file")
    with closing(connect(source, "ro", patience)) as db:
        refuse_what_is_not_ours(db, source)
        owners_alone(making)
        with closing(sqlite3.connect(making)) as into:
            db.conn.backup(into, pages=-1)
            into.execute("PRAGMA journal_mode = DELETE")


def _server_into(url: str, making: Path, patience: float) -> None:
    with Records.open(url, patience) as source, Records.open(making, patience) as into:
        copy(source, into)
    with closing(sqlite3.connect(making)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def _sound(file: Path, patience: float, counted: bool = False) -> Content | None:
    """Refuses a file in which a page is wrong, or a row is not what was written. counted: what it holds, which takes one more pass over its rows."""
    with closing(connect(file, "ro", patience)) as db:
        db.execute("PRAGMA cell_size_check = ON")
        refuse_what_is_not_ours(db, file)
        found = gathered(file, lambda: page_faults(db, every_page=True))
        if not found and present(tuple(migration.name for migration in migrations.applied(db))):
            found = row_faults(db, file)
        if found:
            raise NotSound(file, found[:5])
        return _content(db) if counted else None


def _content(db) -> Content:
    try:
        return content_of(db)
    except sqlite3.OperationalError:   # of an earlier shape: it is counted once it has been migrated
        return Content({}, {})


def _settle(making: Path, target: Path) -> None:
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


def _remove(file: Path) -> None:
    for name in (file, *(file.with_name(file.name + end) for end in (*BESIDE, "-journal", ".lock"))):
        with suppress(FileNotFoundError):
            name.unlink()


def restore(backup_file: Path, target: Path | str, patience: float = 5.0, erasures_from: Sequence[Path | str] = (), even_unaccounted: bool = False) -> Restored:
    """Puts a backup in the place of the records at `target`, brought to the present shape; what stood there is kept aside.

    Whoever was erased since the backup is erased again, and what went when its term was over goes again: read from the records that stand at the target, and from
    each of `erasures_from`. Where these do not account for everybody in the backup, nothing is restored, unless `even_unaccounted`.
    The app must be stopped: a file that is in use is refused. A PostgreSQL database must be empty.
    """
    backup_file = Path(backup_file).absolute()
    with told(CannotOpen, backup_file, patience):
        if not backup_file.exists():
            raise failure(NoPlace, CannotOpen, backup_file, detail="there is no such file")
        _sound(backup_file, patience)
    known = sum((_gone_at(place, patience) for place in erasures_from), _gone_here(target, patience))
    into = _into_server if is_server(target) else _into_file
    return into(backup_file, str(target) if is_server(target) else Path(target).absolute(), known, even_unaccounted, patience)


def _into_file(backup_file: Path, target: Path, known: Gone, even_unaccounted: bool, patience: float) -> Restored:
    making, kept = target.with_name(f"{target.name}.restoring-{os.getpid()}"), None
    try:
        with told(CannotOpen, target, patience):
            target.parent.mkdir(parents=True, exist_ok=True)
            owners_alone(making)
            shutil.copyfile(backup_file, making)
            with Records.open(making, patience) as records:
                erased, unaccounted = _forget(records, known, even_unaccounted)
                content = records.engine.read(content_of)
            with alone(target, patience):
                _refuse_while_open(target, patience)
                kept = _aside(target)
                _settle(making, target)
        return Restored(content, erased, kept, unaccounted)
    finally:
        _remove(making)


def _into_server(backup_file: Path, url: str, known: Gone, even_unaccounted: bool, patience: float) -> Restored:
    making = backup_file.with_name(f"{backup_file.name}.reading-{os.getpid()}")
    try:
        owners_alone(making)
        shutil.copyfile(backup_file, making)
        with Records.open(url, patience) as records, Records.open(making, patience) as source:
            erased, unaccounted = _forget(source, known, even_unaccounted)
            return Restored(copy(source, records), erased, None, unaccounted)
    finally:
        _remove(making)


def _forget(records: Records, known: Gone, even_unaccounted: bool) -> tuple[tuple[str, ...], tuple[Profile, ...]]:
    """Carries out again what was forgotten since, and ends every session; the people erased, and those of whom nothing is known."""
    unaccounted = records.unaccounted(known)
    if unaccounted and not even_unaccounted:
        raise CannotOpen(UNACCOUNTED.format(count=f"{len(unaccounted)} {'person' if len(unaccounted) == 1 else 'people'}"))
    erased = records.forget_again(known)
    records.write(end_every_session)
    return erased, unaccounted


def _gone_here(target: Path | str, patience: float) -> Gone:
    """The same of the records that stand where the backup goes: often enough they are lost, or damaged, which is why there is a restore."""
    try:
        return _gone_at(target, patience)
    except CannotOpen:
        return Gone()


def _gone_at(where: Path | str, patience: float) -> Gone:
    """What those records, or that backup, have forgotten, and who is in them; of an earlier shape, only who was erased."""
    try:
        if is_server(where):
            with closing(Postgres(str(where), patience, prepared=False)) as server:
                return server.read(lambda db: _gone_from(db, lambda table: db.execute("SELECT to_regclass(?)", [table]).fetchone()[0]))
        if not Path(where).exists():
            raise failure(NoPlace, CannotOpen, where, detail="there is no such file")
        with closing(connect(Path(where), "ro", patience)) as db:
            return _gone_from(db, lambda table: db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone())
    except (sqlite3.Error, RecordsError) as problem:
        raise CannotOpen(f"Nothing was restored: who was erased cannot be read from {masked(str(where))}. {problem}") from problem


def _gone_from(db, has) -> Gone:
    if not has("erasure"):
        raise CannotOpen("It holds no records of this app.")
    return gone(db) if has("expiry") else Gone(tuple(row[0] for row in db.execute("SELECT profile FROM erasure")), people=people_of(db))


def _refuse_while_open(target: Path, patience: float) -> None:
    """Nobody may be writing: in exclusive mode SQLite lets no second connection in, and an open one keeps us out."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=patience, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise CannotOpen(f"Nothing was restored: {target} is in use. Stop the app, then restore again.") from error
    except sqlite3.DatabaseError:
        return                       # a damaged file is what a backup is put in the place of


def _aside(target: Path) -> Path | None:
    """The old file and what lies beside it, under another name together."""
    if not target.exists():
        for end in BESIDE:
            with suppress(FileNotFoundError):
                target.with_name(target.name + end).unlink()
        return None
    kept = target.with_name(f"{target.name}.before-restore-{time.strftime('%Y%m%d-%H%M%S')}")
    for end in ("", *BESIDE):
        with suppress(FileNotFoundError):
            os.replace(target.with_name(target.name + end), kept.with_name(kept.name + end))
    return kept


def verify(where: Path | str, patience: float = 5.0) -> Examination:
    """Whether a backup, or the records themselves, could be trusted: every page, every foreign key, every sum."""
    return examine(where, patience, every_page=True)


def newest_good(folder: Path, patience: float = 5.0) -> Path | None:
    """The newest backup in a folder that is sound, as far as there is one."""
    for file in sorted((file for file in folder.glob("clean-claim-*.sqlite") if NAMED.fullmatch(file.name)), reverse=True):
        with suppress(RecordsError), told(CannotOpen, file, patience):
            _sound(file, patience)
            return file
    return None
