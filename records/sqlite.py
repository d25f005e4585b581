"""The SQLite engine: one thread that writes for all who wait, and readers beside it."""

import sqlite3
import threading
from contextlib import nullcontext, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from sqlite_utils import Database

from records.at_once import fit, kept, ready, together
from records.connections import Readers, connect_writer, later, prepare, transaction
from records.figures import Figures
from records.failures import SYNC_ERRORS, Busy, Closed, Locked, NotSaved, Outdated, Unsynced, failure, told

GROUP = 128                          # changes committed together at most: a bound on how long the first of them waits
CHECKPOINT = 1000                    # pages, about, after which the write-ahead log is carried over into the file; the more it holds, the longer a start takes after a crash
PAGES = 8                            # in the log for any commit; and about one more for each row
BROKE = "Not saved, so far as is known: the part of the app that writes broke off. Try again; an answer handed in twice is stored once."


class Job:
    """A change that waits to be written, and what came of it. Its gate opens when that is known."""
    __slots__ = ("change", "result", "error", "settled", "taken", "gate")

    def __init__(self, change):
        self.change, self.result, self.error, self.gate = change, None, None, threading.Lock()
        self.settled = False
        self.taken = False           # by the writer, or back by the thread that brought it
        self.gate.acquire()

    def settle(self, result=None, error: BaseException | None = None):
        self.result, self.error, self.settled = result, error, True

    def outcome(self):
        if self.error:
            raise self.error
        if not self.settled:
            raise NotSaved(BROKE)
        return self.result


class Writer:
    """The one connection that changes the file, and the thread that has it. Changes that arrive while it is busy are committed together: one sync to the disk for all of them."""

    def __init__(self, path: Path, patience: float):
        self.path, self.patience, self.figures = path, patience, Figures()
        self.turn = threading.Lock()         # held by whoever uses the connection
        self.entry = threading.Lock()        # held for the moment in which a job gets into the line or out of it
        self.line: SimpleQueue[Job | None] = SimpleQueue()
        self.thread: threading.Thread | None = None      # from the first change on
        self.shut = False                    # whether the line takes no more
        self.closed = False
        self.unsynced = False                # whether the disk has failed a sync: from then on this process acknowledges nothing
        self.carried, self.since = 0, 0      # rows changed by the connection as of the last commit; pages in its log, about
        self.shape = 0                       # what SQLite counts up at each change of the file's shape, as of the last look
        self.db: Database | None
        self.db, self.migrated = prepare(path, patience)

    def write(self, change):
        """Runs `change(db)` in a transaction and returns its result once that is on the disk. It may be run a second time when another one of its group failed: it must do nothing but write to `db`."""
        job = Job(change)
        with self.entry:
            if self.shut:
                raise failure(Closed, NotSaved, self.path)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._serve, name="records-writer", daemon=True)
                self.thread.start()
            self.line.put(job)
        if not job.gate.acquire(timeout=self.patience):
            self._withdraw(job)
        return job.outcome()

    def _withdraw(self, job: Job):
        """Takes back a change that waited too long for its turn; one that was begun is seen through, however long it takes."""
        with self.entry:
            begun, job.taken = job.taken, True
        if not begun:
            raise failure(Busy, NotSaved, self.path, self.patience)
        job.gate.acquire()

    def _serve(self):
        """Writes for all, group after group, until the line is shut and empty."""
        while self._serve_some():
            pass

    def _serve_some(self) -> bool:
        """Waits for the next group and writes it; False at the end of the line."""
        first = self.line.get()
        if first is None:
            return False
        group: list[Job] = []
        try:
            with self.turn:
                if group := self._take(first):
                    self._write_group(group)
        finally:
            for job in group:
                job.gate.release()
        return True

    def _take(self, first: Job) -> list[Job]:
        """The next group leaves the line, without those that were taken back."""
        jobs = [first]
        with suppress(Empty):
            while len(jobs) < GROUP:
                job = self.line.get_nowait()
                if job is None:              # the end of the line: it is met again at the next look
                    self.line.put(None)
                    break
                jobs.append(job)
        with self.entry:
            jobs = [job for job in jobs if not job.taken]
            for job in jobs:
                job.taken = True
        return jobs

    def _write_group(self, jobs: list[Job]):
        """One transaction for all of them; where one fails, each in a transaction of its own, so that none suffers for another."""
        changes = [job.change for job in jobs]
        usual = fit(changes)
        if len(jobs) == 1 and not usual:
            return self._write_alone(jobs[0])
        try:
            results = self._commit(lambda db: kept(db, changes, self.shape), by_itself=True) if usual else self._commit(lambda db: together(db, changes))
        except Locked as error:              # it would be for each of them
            for job in jobs:
                job.settle(error=error)
        except BaseException:  # noqa: BLE001 - whose change it was comes out when each is run alone
            for job in jobs:
                self._write_alone(job)
        else:
            for job, result in zip(jobs, results):
                job.settle(result)

    def _write_alone(self, job: Job):
        try:
            job.settle(self._commit(job.change))
        except BaseException as error:  # noqa: BLE001 - handed to the thread whose change it is
            job.settle(error=error)

    def _commit(self, change, by_itself: bool = False):
        """by_itself: the change is one statement, and so a transaction without our saying so; it looks at the file's shape too."""
        if self.closed:
            raise failure(Closed, NotSaved, self.path)
        if self.unsynced:
            raise failure(Unsynced, NotSaved, self.path)
        with told(NotSaved, self.path, self.patience):
            if self.db is None:
                self.db, self.carried, self.since = ready(connect_writer(self.path, self.patience)), 0, 0
            begun = monotonic()
            try:
                with nullcontext() if by_itself else transaction(self.db):
                    if not by_itself:
                        self._refuse_if_outdated()
                    result = change(self.db)
            except sqlite3.OperationalError as error:
                self._note(error)
                raise
            self.figures.committed(monotonic() - begun)
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
        """Brings what stands in the write-ahead log into the file, now and then. What was committed is safe in the log, whatever comes of this."""
        rows = self.db.conn.total_changes
        self.carried, self.since = rows, self.since + PAGES + rows - self.carried
        if self.since >= CHECKPOINT:
            self.since = 0
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

    def forget_pages(self):
        """Lets go of the pages held in memory, unless somebody writes."""
        if self.turn.acquire(blocking=False):
            try:
                if self.db is not None:
                    self.db.execute("PRAGMA shrink_memory")
            finally:
                self.turn.release()

    def close(self):
        """What was handed over before is written; what comes after is refused."""
        with self.entry:
            if self.thread is not None and not self.shut:
                self.line.put(None)
            self.shut = True
        if self.thread is not None:
            self.thread.join(self.patience)
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
        return self.writer.line.qsize()

    def forget_pages(self):
        """While nobody asks: up to two megabytes for each connection go back to the machine. The next to ask reads anew what it needs, from the system's memory."""
        self.readers.forget_pages()
        self.writer.forget_pages()

    def close(self):
        self.readers.close()
        self.writer.close()
