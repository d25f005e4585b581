"""What can go wrong with the records, each as a sentence that says what happened and what to do about it."""

import sqlite3
from contextlib import contextmanager
from functools import cache
from json import JSONDecodeError


class RecordsError(Exception):
    """Its text is meant for the person at the screen."""


class CannotOpen(RecordsError):
    """The records were not opened; nothing in the file was changed."""
    opening = "The records cannot be opened"


class CannotRead(RecordsError):
    """The records were open and could not be read."""
    opening = "The records cannot be read"


class NotSaved(RecordsError):
    """Nothing of what was handed in is stored; it is safe to hand it in again."""
    opening = "Not saved"


class Locked(RecordsError):
    cause = ("another program has kept {path} locked for more than {patience:g} seconds. Close whatever else has it open "
             "(a backup, a database browser, a second server), then try again; an answer handed in twice is stored once.")


class Busy(Locked):
    cause = ("what was handed in before it, to {path}, has taken more than {patience:g} seconds. Try again in a moment; an answer handed in twice is stored once.")


class ReadOnly(RecordsError):
    cause = ("{path} cannot be written by this user. Give the user who runs the app permission to write the file and the folder "
             "it is in, or name another place in CLEAN_CLAIM_DB, then try again.")


class DiskFull(RecordsError):
    cause = "the disk that holds {path} is full or refuses to write. Free some space, then try again."


class Unsynced(RecordsError):
    cause = ("the disk that holds {path} failed to keep what was written, so nothing it says from now on can be relied on. What was saved before is there to be read. "
             "Nothing more is saved until whoever runs the app has looked at the disk and started the app again.")


class Damaged(RecordsError):
    cause = ("{path} is damaged, or is no database ({detail}). Stop the app, keep the file together with the files beside it "
             "whose names end in -wal and -shm, and put a good backup in its place.")


class NoPlace(RecordsError):
    cause = "{path} cannot be made or reached ({detail}). Check that its folder exists, is a folder, and is on a local disk."


class Closed(RecordsError):
    cause = "the app is shutting down and has closed {path}. Start it again, then try once more."


class Unreachable(RecordsError):
    cause = ("the database at {path} does not answer ({detail}). It may be restarting, or the network is cut: wait a moment and try again; "
             "an answer handed in twice is stored once.")


class Outdated(RecordsError):
    cause = ("{path} has been brought to the shape of a later version of Clean Claim ({detail}) while this process ran. Nothing more is saved by it: "
             "whoever runs the app must start it again, with that version.")


class Refused(RecordsError):
    cause = "{path} refused it ({detail}). Please report this sentence; what was saved before is untouched."


class TooNew(CannotOpen):
    """The file was written by a later version of the program."""


class Foreign(CannotOpen):
    """The file is a database of some other program."""


class Unknown(NotSaved):
    """The profile, attempt or step it belongs to is not in the records."""


class Finished(NotSaved):
    """The attempt was finished before."""


class TooLarge(NotSaved):
    """More than one step may hold."""


class Erased(NotSaved):
    """The profile was deleted at its owner's wish and does not come back."""


CAUSES = {
    sqlite3.SQLITE_BUSY: Locked, sqlite3.SQLITE_LOCKED: Locked,
    sqlite3.SQLITE_READONLY: ReadOnly, sqlite3.SQLITE_PERM: ReadOnly, sqlite3.SQLITE_AUTH: ReadOnly,
    sqlite3.SQLITE_FULL: DiskFull, sqlite3.SQLITE_IOERR: DiskFull,
    sqlite3.SQLITE_CORRUPT: Damaged, sqlite3.SQLITE_NOTADB: Damaged,
    sqlite3.SQLITE_CANTOPEN: NoPlace,
}
REASONS = {Busy: "busy", Locked: "locked", ReadOnly: "read-only", DiskFull: "disk-full", Unsynced: "disk-failed", Damaged: "damaged", NoPlace: "no-place", Closed: "closed", Unreachable: "unreachable",
           Outdated: "outdated", Refused: "refused", Unknown: "unknown", Finished: "finished", Erased: "erased"}
OTHER = "other"
SYNC_ERRORS = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
READ_ERRORS = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


@cache
def failure_class(cause: type, moment: type) -> type:
    """The class that is both, so that a caller may catch either `NotSaved` or `Locked`."""
    return type(f"{cause.__name__}When{moment.__name__}", (cause, moment), {})


def failure(cause: type, moment: type, path, patience: float = 0, detail="") -> RecordsError:
    """The sentence for `cause` at `moment` (one of CannotOpen, CannotRead, NotSaved)."""
    told = cause.cause.format(path=path, patience=patience, detail=detail)
    return failure_class(cause, moment)(f"{moment.opening}: {told}")


def reason(refusal: RecordsError) -> str:
    """What stands behind a refusal, in a word that is the same for everybody: for counts and logs, where its sentence may say too much."""
    return next((word for cause, word in REASONS.items() if isinstance(refusal, cause)), OTHER)


def cause_of(error: Exception) -> type:
    """Which of our causes stands behind an error of SQLite or of the operating system."""
    if isinstance(error, PermissionError):
        return ReadOnly
    if isinstance(error, (UnicodeDecodeError, JSONDecodeError)):
        return Damaged           # a text that was written is none any more
    if isinstance(error, OSError):
        return DiskFull if error.errno in (5, 27, 28, 122) else ReadOnly if error.errno == 30 else NoPlace   # EIO, EFBIG, ENOSPC, EDQUOT; EROFS
    code = getattr(error, "sqlite_errorcode", None)
    if code in READ_ERRORS:
        return Damaged
    if code in SYNC_ERRORS:
        return Unsynced
    if code is None:             # the driver itself refused: the connection is closed, or a value does not fit
        return Closed if isinstance(error, sqlite3.ProgrammingError) else Refused
    return CAUSES.get(code & 0xFF, Refused)


@contextmanager
def told(moment: type, path, patience: float):
    """Turns any error of SQLite or the operating system inside the block into a sentence of ours."""
    try:
        yield
    except (sqlite3.Error, OSError, OverflowError, UnicodeDecodeError, JSONDecodeError) as error:
        raise failure(cause_of(error), moment, path, patience, error) from error
