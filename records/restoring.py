"""Restoring a backup: without mixing old pages and new, and with whatever was forgotten since forgotten again."""

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from records.connections import alone, connect
from records.copying import Content, copy
from records.erasing import Gone, gone, people_of
from records.events import Profile
from records.failures import CannotOpen, Damaged, NoPlace, RecordsError, failure, told
from records.keeping import BESIDE, NotSound, counts_of, faults_of, file_into, remove, settle, some
from records.ledger import Records
from records.postgres import Postgres, is_server, masked
from records.sessions import end_every_session

UNACCOUNTED = ("Nothing was restored: it is not known who was erased since this backup was made. Of {count} in it, the records where it goes say neither that they are still there nor that they "
               "were erased; whoever was erased would be back. Name what knows, with --erasures-from: the records as they last were, wherever they are, or a newer backup. "
               "If there is nothing of the kind, --erasures-from none restores all of them, and names them.")
BEYOND = ("Nothing was restored: {file} is damaged so far that the app could not work with it ({found}). What SQLite can still read of it, its own shell gives: "
          "`sqlite3 {file} .recover`.")


@dataclass(frozen=True)
class Restored:
    """What came of it: the rows that are there now, the ids erased again, where the records that stood there before were put, of whom it is not known whether they were erased, and what is damaged."""
    content: Content
    erased: tuple[str, ...]
    kept: Path | None
    unaccounted: tuple[Profile, ...] = ()
    faults: tuple[str, ...] = ()


def restore(backup_file: Path, target: Path | str, patience: float = 5.0, erasures_from: Sequence[Path | str] = (), even_unaccounted: bool = False, even_damaged: bool = False, *, at: int) -> Restored:
    """Puts a backup in the place of the records at `target`, brought to the present shape; what stood there is kept aside.

    Whoever was erased since the backup is erased again, and what went when its term was over goes again: read from the records that stand at the target, and from
    each of `erasures_from`. Where these do not account for everybody in the backup, nothing is restored, unless `even_unaccounted`; nor is a damaged one, unless `even_damaged`.
    at: now, before which nobody's sign-in holds any longer. The app must be stopped: a file that is in use is refused. A PostgreSQL database must be empty.
    """
    backup_file = Path(backup_file).absolute()
    with told(CannotOpen, backup_file, patience):
        if not backup_file.exists():
            raise failure(NoPlace, CannotOpen, backup_file, detail="there is no such file")
        faults = tuple(faults_of(backup_file, patience))
    if faults and not even_damaged:
        raise NotSound(backup_file, list(faults))
    known = sum((_gone_at(place, patience) for place in erasures_from), _gone_here(target, patience))
    into = _into_server if is_server(target) else _into_file
    try:
        return replace(into(backup_file, str(target) if is_server(target) else Path(target).absolute(), known, even_unaccounted, bool(faults), patience, at), faults=faults)
    except Damaged as deeper:
        if not faults:
            raise
        raise CannotOpen(BEYOND.format(file=backup_file, found=some(faults))) from deeper


def _into_file(backup_file: Path, target: Path, known: Gone, even_unaccounted: bool, damaged: bool, patience: float, at: int) -> Restored:
    making, kept = target.with_name(f"{target.name}.restoring-{os.getpid()}"), None
    try:
        with told(CannotOpen, target, patience):
            target.parent.mkdir(parents=True, exist_ok=True)
            file_into(backup_file, making, patience, damaged)
            with Records.open(making, patience) as records:
                erased, unaccounted = _forget(records, known, even_unaccounted, at)
                content = records.engine.read(counts_of)
            with alone(target, patience):
                _refuse_while_open(target, patience)
                kept = _aside(target)
                settle(making, target)
        return Restored(content, erased, kept, unaccounted)
    finally:
        remove(making)


def _into_server(backup_file: Path, url: str, known: Gone, even_unaccounted: bool, damaged: bool, patience: float, at: int) -> Restored:
    making = backup_file.with_name(f"{backup_file.name}.reading-{os.getpid()}")
    try:
        with told(CannotOpen, backup_file, patience):
            file_into(backup_file, making, patience, damaged)
        with Records.open(url, patience) as records, Records.open(making, patience) as source:
            erased, unaccounted = _forget(source, known, even_unaccounted, at)
            return Restored(copy(source.engine, records), erased, None, unaccounted)
    finally:
        remove(making)


def _forget(records: Records, known: Gone, even_unaccounted: bool, at: int) -> tuple[tuple[str, ...], tuple[Profile, ...]]:
    """Carries out again what was forgotten since, and ends every session; the people erased, and those of whom nothing is known."""
    unaccounted = records.unaccounted(known)
    if unaccounted and not even_unaccounted:
        raise CannotOpen(UNACCOUNTED.format(count=f"{len(unaccounted)} {'person' if len(unaccounted) == 1 else 'people'}"))
    erased = records.forget_again(known)
    records.write(lambda db: end_every_session(db, at))
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
