"""How a database file is opened: its writing connection, made and migrated behind a lock, and a few read-only ones."""

import os
import sqlite3
import time
from collections import deque
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from records.at_once import ready
from records.dialect import on_server
from records.failures import CannotOpen, CannotRead, Closed, Damaged, Foreign, Locked, NoPlace, TooNew, failure, told
from records.migrations import APPLICATION, migrations

try:
    import fcntl
except ImportError:              # Windows has no flock; the immediate transaction around the migrations still holds there
    fcntl = None

CHECKED_AT_OPEN = 8 * 1024 * 1024    # bytes; a larger file is checked by `python -m app doctor`, not at every start
ROOM = 256 * 1024                    # KiB of pages held while all rows are written
WRITER_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "cell_size_check = ON")


def connect(path: Path, mode: str, patience: float) -> Database:
    """A connection in which only our own BEGIN and COMMIT open and close transactions; never used by two threads at once."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=patience,
                                 isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return Database(connection, execute_plugins=False)


def connect_writer(path: Path, patience: float) -> Database:
    db = connect(path, "rwc", patience)
    journal = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if journal != "wal":
        db.close()
        raise failure(NoPlace, CannotOpen, path, detail=f"this place allows only the journal mode {journal}, as network drives do")
    for pragma in (*WRITER_PRAGMAS, "wal_autocheckpoint = 0"):     # the writer does it itself: SQLite's own way says nothing when the disk refuses
        db.execute(f"PRAGMA {pragma}")
    return db


def connect_reader(path: Path, patience: float) -> Database:
    db = connect(path, "ro", patience)
    db.execute("PRAGMA query_only = ON")
    return db


@contextmanager
def transaction(db: Database, kind: str = "IMMEDIATE"):
    """All of it or nothing; IMMEDIATE, so that it waits for its turn at the start and cannot fail half-way for a lock."""
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            if db.conn.in_transaction:
                db.execute("ROLLBACK")
        raise


def owners_alone(path: Path) -> None:
    """Makes the file, where there is none, so that its owner alone reads it: SQLite gives what it lays beside it the same rights. One that is there keeps the rights it was given."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def roomy(db):
    """More pages in memory while all rows are written anew or checked: an index met at random places is otherwise read again for each of them. A server has its own."""
    if on_server(db):
        yield
        return
    usual = db.execute("PRAGMA cache_size").fetchone()[0]
    db.execute(f"PRAGMA cache_size = -{ROOM}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def alone(path: Path, patience: float):
    """Holds `<db>.lock`, so that of several servers starting at once one migrates and the others wait."""
    with open(f"{path}.lock", "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as lock:
        deadline = time.monotonic() + patience
        while fcntl:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise failure(Locked, CannotOpen, path, patience) from None
                time.sleep(0.02)
        yield


def refuse_what_is_not_ours(db: Database, path: Path):
    """A file of another program, or of a later version of this one, is left as it is."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not (application == 0 and empty):
        raise Foreign(f"The records cannot be opened: {path} is a database of another program. Name another file in CLEAN_CLAIM_DB.")
    if unknown := later(db):
        raise TooNew(f"The records cannot be opened: {path} was written by a later version of Clean Claim (it has {', '.join(unknown)}). "
                     "Update the program, or put back the backup made before that update. Nothing was changed.")


def later(db: Database) -> list[str]:
    """Steps that a later version has carried out."""
    known = {migration.name for migration in migrations._migrations}
    return [applied.name for applied in migrations.applied(db) if applied.name not in known]


def refuse_damage(db: Database, path: Path):
    if path.stat().st_size <= CHECKED_AT_OPEN:
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise failure(Damaged, CannotOpen, path, detail=found)


def prepare(path: Path, patience: float) -> tuple[Database, tuple[str, ...]]:
    """Opens the writer on a sound file of the present shape, made or migrated where that is needed; and the steps that were carried out."""
    with told(CannotOpen, path, patience):
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path, patience):
            refuse_before_touching(path, patience)
            owners_alone(path)
            db = connect_writer(path, patience)
            try:
                new = migrate(db)
                refuse_damage(db, path)
                db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()   # what an earlier process left in the log may have been refused by the disk: it is written anew before it counts
                ready(db)
            except BaseException:
                db.close()
                raise
            return db, new


def migrate(db: Database) -> tuple[str, ...]:
    """Brings the file to its present shape in one transaction, without foreign keys: a table made anew is missing for a moment. Gives the steps carried out."""
    db.execute("PRAGMA foreign_keys = OFF")
    with transaction(db):
        new = tuple(migration.name for migration in migrations.pending(db))
        migrations.apply(db)
        db.execute("DELETE FROM draft WHERE FALSE")   # on a read-only file BEGIN IMMEDIATE passes; a write does not
    db.execute("PRAGMA foreign_keys = ON")
    return new


def refuse_before_touching(path: Path, patience: float):
    """The look before the first write: opening for writing would already switch the journal mode."""
    if not path.exists() or path.stat().st_size == 0:
        return
    db = connect(path, "rw", patience)
    try:
        refuse_what_is_not_ours(db, path)
    finally:
        db.close()


class Readers:
    """Read-only connections, each lent to one thread at a time: threads of a web page are many and short-lived."""

    def __init__(self, path: Path, patience: float):
        self.path, self.patience = path, patience
        self.idle: deque[Database] = deque()
        self.closed = False

    def read(self, question):
        """Runs `question(db)` on one unchanging state of the records."""
        if self.closed:
            raise failure(Closed, CannotRead, self.path)
        with told(CannotRead, self.path, self.patience):
            db = self._borrow()
            try:
                with transaction(db, "DEFERRED"):
                    answer = question(db)
            except BaseException:
                db.close()
                raise
            self._return(db)
            return answer

    def _borrow(self) -> Database:
        try:
            return self.idle.pop()
        except IndexError:
            return connect_reader(self.path, self.patience)

    def _return(self, db: Database):
        self.idle.append(db)
        if self.closed:
            self.close()

    def forget_pages(self):
        """Those that are idle let go of what they have read; the system has it still."""
        for _ in range(len(self.idle)):
            with suppress(IndexError, sqlite3.Error):
                db = self.idle.popleft()
                db.execute("PRAGMA shrink_memory")
                self._return(db)

    def close(self):
        self.closed = True
        while self.idle:
            with suppress(IndexError):
                self.idle.pop().close()
