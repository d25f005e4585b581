"""Every figure that a scraper gets: of the answers, of the records, of this process. None has a person in it; all labels are words of a closed list."""

import os
import platform
import resource
import shutil
import threading
import time
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from streamlit import runtime

from app.door import entering
from app.door.exposition import Metric
from app.event_log import EVENTS, TOLD
from app.exam_desk import LATE
from app.gate import now
from app.guarded import EXAM_RUNNING, NOT_ALLOWED, SIGNED_OUT
from app.place import ROOT
from app.session import catalogue, ledger
from curriculum.fingerprint import fingerprint
from records import OTHER, REASONS, Records, RecordsError

STARTED = time.monotonic()
ACTIVE = "active_sessions"


@cache
def content() -> str:
    """The name of the content that was read; asked for right after it was."""
    return fingerprint(ROOT)


def everything(cannot_write: str) -> list[Metric]:
    """All that there is to say; where the records do not answer, all the rest."""
    made = [*of_process(), *of_content()]
    try:
        return [Metric("up", "gauge", "1 while the records answer.", 1), Metric("writable", "gauge", "1 while an answer could be saved: tried for real, at most every five seconds.", not cannot_write),
                *of_answers(ledger().unguarded), *of_records(ledger().unguarded), *made]
    except RecordsError:
        return [Metric("up", "gauge", "1 while the records answer.", 0), Metric("writable", "gauge", "1 while an answer could be saved: tried for real, at most every five seconds.", 0), *made]


def of_answers(held: Records) -> list[Metric]:
    """What was counted since the start."""
    found = held.figures
    return [Metric("answers_saved_total", "counter", "Answers acknowledged as saved by this process.", found.saved),
            Metric("answers_repeated_total", "counter", "Answers handed in again that were stored before.", found.repeated),
            Metric("answers_refused_total", "counter", "Answers not saved, by reason; the person was told.", zeros(found.refused, SIGNED_OUT, NOT_ALLOWED, EXAM_RUNNING, LATE), "reason"),
            Metric("changes_failed_total", "counter", "Changes of any kind not saved, answers among them, by reason.", zeros(found.failed), "reason"),
            Metric("change_seconds", "histogram", "From asking for a change until it was on the disk, waiting included.", found.changes),
            Metric("commit_seconds", "histogram", "One transaction, for all who waited together.", found.commits),
            Metric("changes_waiting", "gauge", "Changes that wait for the writer, or for a connection.", held.engine.waiting())]


def zeros(counted, *more: str) -> dict[str, int]:
    """Every reason, so that a first refusal is an increase and not a new series."""
    return {word: counted.get(word, 0) for word in (*REASONS.values(), OTHER, *more)}


def of_records(held: Records) -> list[Metric]:
    """What stands in the records, and how much room they have."""
    def counted(db):
        one = lambda sql, *values: db.execute(sql, list(values)).fetchone()[0]     # noqa: E731
        return (one("SELECT count(*) FROM session WHERE revoked_at IS NULL AND expires_at > ?", now()), one("SELECT coalesce(max(serial), 0) FROM step"),
                one("SELECT count(*) FROM sign_in_failure WHERE at > ?", now() - entering.WINDOW))
    sessions, steps, failures = held.engine.read(counted)
    return [Metric("sessions", "gauge", "Sign-ins that have not ended or run out, at every replica together.", sessions),
            Metric("steps_total", "counter", "Steps in the records: answers, hints, flags, finishes.", steps),
            Metric("sign_in_failures", "gauge", "Failed attempts to sign in of the last quarter of an hour, counted up to three times each: by account, by address and by both.", failures),
            Metric("engine_info", "gauge", "Always 1; the label names what keeps the records.", {held.runs_on(): 1}, "engine"),
            Metric("schema_version", "gauge", "Migrations that made the records what they are.", held.shape()), *of_file(held)]


def of_file(held: Records) -> list[Metric]:
    """Sizes, where the records are a file."""
    if held.engine.dialect != "sqlite":
        return []
    size = lambda path: path.stat().st_size if path.exists() else 0     # noqa: E731
    return [Metric("records_bytes", "gauge", "Size of the file of records.", size(held.path)),
            Metric("records_log_bytes", "gauge", "Size of the write-ahead log beside it.", size(held.path.with_name(f"{held.path.name}-wal"))),
            Metric("disk_free_bytes", "gauge", "Room left on the disk that holds the records.", shutil.disk_usage(held.path.parent).free)]


def of_content() -> list[Metric]:
    wrong = sum(not getattr(mistake, "warning", False) for mistake in catalogue().mistakes)
    return [Metric("content_info", "gauge", "Always 1; the label names the content as a whole, another for any other.", {content(): 1}, "hash"),
            Metric("content_mistakes", "gauge", "Mistakes for which content was left out.", wrong)]


def of_process() -> list[Metric]:
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    return [Metric("version_info", "gauge", "Always 1; the label names what runs.", {versions(): 1}, "runs"),
            Metric("uptime_seconds", "gauge", "How long this process has run.", time.monotonic() - STARTED),
            Metric("open_pages", "gauge", "Tabs that are connected to this process.", open_pages()),
            Metric("sign_ins_refused_total", "counter", "Attempts to sign in that this process refused, by reason.", {word: entering.REFUSED[word] for word in ("wrong", "too-many")}, "reason"),
            Metric("events_total", "counter", "Lines of the event log, by event; failed is what nobody caught.", {event: TOLD[event] for event in EVENTS}, "event"),
            Metric("cpu_seconds_total", "counter", "Processor time of this process.", cpu.ru_utime + cpu.ru_stime),
            Metric("resident_bytes", "gauge", "Memory of this process.", resident()),
            Metric("threads", "gauge", "Threads of this process.", threading.active_count()), Metric("open_files", "gauge", "Files and connections that this process has open.", open_files())]


def versions() -> str:
    return f"Python {platform.python_version()}, Streamlit {metadata.version('streamlit')}"


def open_pages() -> int:
    found = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE]) if runtime.exists() else {}
    return sum(each.value for each in found.get(ACTIVE, ()))


def resident() -> int:
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


def open_files() -> int:
    with suppress(OSError):
        return len(os.listdir("/proc/self/fd"))
    return 0
