"""The SQLite engine: one writer that commits for all who wait, and readers beside it."""

import sqlite3
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from records.at_once import ready, together
from records.connections import Readers, connect_writer, later, prepare, transaction
from records.figures import Figures
from records.failures import SYNC_ERRORS, Closed, Locked, NotSaved, Outdated, Unsynced, failure, told

GROUP = 128                          # changes committed together at most: a bound on how long the first of them waits
CHECKPOINT = 500                     # rows changed after which the write-ahead log is carried over into the file


class Job:
    """A change that waits to be written, and what came of it. Its gate opens when it is written, or when its thread is to write for the next group."""
    __slots__ = ("change", "result", "error", "done", "gate")

    def __init__(self, change):
        self.change, self.result, self.error, self.done, self.gate = change, None, None, False, threading.Lock()
        self.gate.acquire()

    def settle(self, result=None, error: BaseException | None = None):
        self.result, self.error, self.done = result, error, True

    def outcome(self):
        if self.error:
            raise self.error
        return self.result


class Writer:
    """The one connection that changes the file. Changes that arrive while it is busy are committed together: one sync to the disk for all of them."""

    def __init__(self, path: Path, patience: float):
        self.path, self.patience, self.figures = path, patience, Figures()
        self.turn = threading.Lock()         # held by whoever uses the connection
        self.queue = threading.Lock()        # held for the moment in which the line is looked at
        self.waiting: deque[Job] = deque()
        self.led = False                     # whether some thread is writing for the others
        self.closed = False
        self.unsynced = False                # whether the disk has failed a sync: from then on this process acknowledges nothing
        self.carried = 0                     # rows changed by the connection when its log was last carried over
        self.shape = 0                       # what SQLite counts up at each change of the file's shape, as of the last look
        self.db: Database | None
        self.db, self.migrated = prepare(path, patience)

    def write(self, change):
        """Runs `change(db)` in a transaction and returns its result once that is on the disk.

        Whoever finds the writer idle writes for all who wait by then, and hands on to the first who came meanwhile. A change may be run a second time
        when another one of its group failed: it must do nothing but write to `db`.
        """
        job = Job(change)
        with self.queue:
            self.waiting.append(job)
            leads, self.led = not self.led, True
        if not leads and not job.gate.acquire(timeout=self.patience):
            self._withdraw(job)
        if not job.done:
            self._lead(job)
        return job.outcome()

    def _withdraw(self, job: Job):
        """Takes back a change that waited too long; one that was begun meanwhile, or is to lead, is seen through."""
        with self.queue:
            if job in self.waiting:
                self.waiting.remove(job)
                raise failure(Locked, NotSaved, self.path, self.patience)
        if not job.gate.acquire(timeout=self.patience):
            raise failure(Locked, NotSaved, self.path, self.patience)

    def _lead(self, own: Job):
        """Writes the group that begins with `own`, then lets the next one lead."""
        try:
            if not self.turn.acquire(timeout=self.patience):
                self._take([own])
                own.settle(error=failure(Locked, NotSaved, self.path, self.patience))
                return
            try:
                group = self._take()
                self._write_group(group)
            finally:
                self.turn.release()
            for job in group:
                if job is not own:
                    job.gate.release()
        finally:
            self._hand_on()

    def _take(self, these: list[Job] | None = None) -> list[Job]:
        """The next group leaves the line; or only these."""
        with self.queue:
            taken = these or [self.waiting[at] for at in range(min(len(self.waiting), GROUP))]
            for job in taken:
                self.waiting.remove(job)
            return taken

    def _hand_on(self):
        with self.queue:
            if self.waiting:
                self.waiting[0].gate.release()
            else:
                self.led = False

    def _write_group(self, jobs: list[Job]):
        """One transaction for all of them; where one fails, each in a transaction of its own, so that none suffers for another."""
        if len(jobs) == 1:
            return self._write_alone(jobs[0])
        try:
            with told(NotSaved, self.path, self.patience):
                results = self._commit(lambda db: together(db, [job.change for job in jobs]))
        except Exception:  # noqa: BLE001 - whose change it was comes out when each is run alone
            for job in jobs:
                self._write_alone(job)
            return
        for job, result in zip(jobs, results):
            job.settle(result)

    def _write_alone(self, job: Job):
        try:
            with told(NotSaved, self.path, self.patience):
                job.settle(self._commit(job.change))
        except BaseException as error:  # noqa: BLE001 - handed to the thread whose change it is
            job.settle(error=error)

    def _commit(self, change):
        if self.closed:
            raise failure(Closed, NotSaved, self.path)
        if self.unsynced:
            raise failure(Unsynced, NotSaved, self.path)
        if self.db is None:
            self.db, self.carried = ready(connect_writer(self.path, self.patience)), 0
        begun = monotonic()
        try:
            with transaction(self.db):
                self._refuse_if_outdated()
                result = change(self.db)
        except sqlite3.OperationalError as error:
            self._note(error)
            raise
        self.figures.committed(monotonic() - begun)
        if self.db.conn.total_changes - self.carried >= CHECKPOINT:
            self._carry_over()
        return result

    def _refuse_if_outdated(self):
        """A later version may have migrated the file meanwhile: what this one wrote then would lack what that one needs."""
        shape = self.db.execute("PRAGMA schema_version").fetchone()[0]
        if shape != self.shape:
            if unknown := later(self.db):
                raise failure(Outdated, NotSaved, self.path, detail=f"it has {', '.join(unknown)}")
            self.shape = shape

    def _note(self, error: sqlite3.OperationalError):
        """After a failed write SQLite advises a fresh connection. After a failed sync nothing helps: the system may have dropped what it could not write, and the next sync would succeed without it."""
        if error.sqlite_errorcode in SYNC_ERRORS:
            self.unsynced = True
        elif error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR:
            self._drop()

    def _carry_over(self):
        """Brings what stands in the write-ahead log into the file. What was committed is safe in the log, whatever comes of this."""
        self.carried = self.db.conn.total_changes
        try:
            self.db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.OperationalError as error:
            self._note(error)

    def _drop(self):
        with suppress(sqlite3.Error):
            self.db.close()
        self.db = None

    def forget_deleted_pages(self):
        """Empties the write-ahead log, where pages of erased rows may still stand; left for later while a reader is at work."""
        with self.turn, suppress(sqlite3.Error):
            if self.db is not None and not self.unsynced:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self):
        with self.turn:
            self.closed = True
            if self.db is not None:
                self._drop()


class Sqlite:
    """The engine: one writer, and readers beside it."""
    dialect = "sqlite"

    def __init__(self, path: Path | str, patience: float = 5.0):
        self.path = Path(path).absolute()
        self.writer, self.readers = Writer(self.path, patience), Readers(self.path, patience)
        self.figures, self.migrated = self.writer.figures, self.writer.migrated
        self.write, self.read, self.forget_deleted_pages = self.writer.write, self.readers.read, self.writer.forget_deleted_pages

    def waiting(self) -> int:
        """Changes that wait for the writer."""
        return len(self.writer.waiting)

    def close(self):
        self.readers.close()
        self.writer.close()
