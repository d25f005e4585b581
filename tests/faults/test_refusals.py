"""A database that cannot be used is refused in a sentence that says what happened and what to do, and is left as it was."""

import fcntl
import os
import resource
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from records import CannotOpen, Damaged, DiskFull, Foreign, Locked, NoPlace, NotSaved, Outdated, ReadOnly, Records, RecordsError, TooNew, examine
from records.migrations import migrations
from tests.faults.children import as_nobody, needs_fork, result_in_child
from tests.records import made


@pytest.fixture
def kept(tmp_path):
    """A closed database with one answer in it."""
    path = tmp_path / "records.sqlite"
    with Records.open(path) as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        records.append(made.step(), made.grading())
    return path


def refusal(path, kind, moment=CannotOpen) -> str:
    with pytest.raises(moment) as raised:
        Records.open(path, patience=0.2).close()
    assert isinstance(raised.value, kind) and not isinstance(raised.value, sqlite3.Error)
    assert str(raised.value).startswith("The records cannot be opened: ") and str(raised.value).endswith(".")
    return str(raised.value)


def test_a_locked_database_refuses_the_answer_and_takes_the_retry(kept):
    with Records.open(kept, patience=0.2) as records, closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match="locked for more than 0.2 seconds. Close whatever else has it open") as raised:
            records.append(made.step(sequence=2))
        assert isinstance(raised.value, Locked)
        assert records.attempt("a1").steps == (made.step(),), "reading goes on meanwhile"
        other.execute("ROLLBACK")
        assert records.append(made.step(sequence=2)).stored


def test_a_short_lock_is_waited_for_and_nobody_notices(kept):
    with Records.open(kept, patience=5) as records, closing(sqlite3.connect(kept, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        letting_go = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
        letting_go.start()
        begun = time.monotonic()
        assert records.append(made.step(sequence=2), made.grading(sequence=2)).stored
        assert 0.3 < time.monotonic() - begun < 4, "the lock was in the way, and was waited for"
        letting_go.join()
        assert [step.sequence for step in records.attempt("a1").steps] == [1, 2]


def test_an_older_version_that_still_runs_writes_nothing_into_records_of_a_later_shape(kept):
    """As when a newer version is started beside it: that one migrates, and this one is told so at its next change."""
    with Records.open(kept, patience=0.2) as older:
        assert older.append(made.step(sequence=2)).stored
        with closing(sqlite3.connect(kept)) as newer:
            newer.executescript("BEGIN; ALTER TABLE step ADD COLUMN dream TEXT; INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('records', 'v99_dreams', 'later'); COMMIT")
        with pytest.raises(NotSaved, match="later version of Clean Claim .it has v99_dreams.*must start it again, with that version") as refused:
            older.append(made.step(sequence=3))
        assert isinstance(refused.value, Outdated) and older.cannot_write() == "outdated"
        assert [step.sequence for step in older.attempt("a1").steps] == [1, 2], "reading goes on"


def test_a_writer_of_ours_that_takes_too_long_is_no_deadlock(kept):
    with Records.open(kept, patience=0.2) as records, records.engine.writer.turn:
        with pytest.raises(Locked):
            records.append(made.step(sequence=2))


def test_a_database_held_by_another_program_is_not_opened(kept):
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program" in refusal(kept, Locked)


def test_a_server_that_is_migrating_is_waited_for_and_then_named(kept):
    with open(f"{kept}.lock", "a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "another program" in refusal(kept, Locked)


@pytest.mark.parametrize("spoil", ["header", "text", "truncated", "middle"])
def test_a_damaged_database_is_refused(kept, spoil):
    whole = kept.read_bytes()
    middle = whole[:4096 * 3] + os.urandom(4096 * 8) + whole[4096 * 11:]
    spoilt = {"header": b"\0" * 100 + whole[100:], "text": b"name,goal\nAnn,cpb\n" * 50, "truncated": whole[:len(whole) // 2],
              "middle": middle}[spoil]
    kept.write_bytes(spoilt)
    assert "put a good backup in its place" in refusal(kept, Damaged)
    assert kept.read_bytes() == spoilt
    assert examine(kept).faults


def test_a_database_of_a_later_version_is_refused_and_untouched(kept):
    with closing(sqlite3.connect(kept)) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('records', 'v99_dreams', 'later')")
        db.commit()
    before = kept.read_bytes()
    assert "later version of Clean Claim (it has v99_dreams). Update the program" in refusal(kept, TooNew)
    assert kept.read_bytes() == before
    assert "later version" in examine(kept).faults[0]


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE invoices (id)")
    before = path.read_bytes()
    assert "another program" in refusal(path, Foreign)
    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_said(tmp_path):
    (tmp_path / "records.sqlite").mkdir()
    refusal(tmp_path / "records.sqlite", NoPlace)


def test_a_file_in_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    assert "Check that its folder exists" in refusal(tmp_path / "data" / "records.sqlite", NoPlace)


def refused_as_nobody(path) -> tuple[bool, str]:
    def question():
        as_nobody()
        try:
            Records.open(path, patience=0.2)
        except RecordsError as error:
            return isinstance(error, CannotOpen) and isinstance(error, ReadOnly), str(error)
        return False, "it opened"
    return result_in_child(question)


@needs_fork
@pytest.mark.parametrize("place", ["no file, folder read-only", "file and folder read-only", "file read-only"])
def test_a_place_that_may_not_be_written_is_refused(kept, place):
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "records.sqlite"
        if not place.startswith("no file"):
            shutil.copy(kept, path)
            path.chmod(0o444)
        folder.chmod(0o777 if place == "file read-only" else 0o555)
        right, sentence = refused_as_nobody(path)
        assert right and "Give the user who runs the app permission" in sentence, sentence
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def fill(records) -> tuple[int, str]:
    """Answers until the disk refuses: how many were acknowledged, and what was said then."""
    for number in range(1, 5_000):
        try:
            records.append(made.step(slot=f"full{number}", answer="x" * 500), made.grading(slot=f"full{number}"))
        except NotSaved as error:
            assert isinstance(error, DiskFull), repr(error)
            return number - 1, str(error)
    raise AssertionError("the disk never filled")


def readable(records, acknowledged: int) -> bool:
    """Whether everything acknowledged is read, and its sums."""
    return len([step for step in records.attempt("a1").steps if step.slot.startswith("full")]) == acknowledged and records.projections_equal_fold() == [] and len(records.profiles()) == 1


def all_there(records, acknowledged: int) -> bool:
    """Every acknowledged answer and not one more, and the next one is taken again."""
    found = {step.slot for step in records.attempt("a1").steps if step.slot.startswith("full")}
    retried = records.append(made.step(slot=f"full{acknowledged + 1}", answer="x" * 500)).stored
    return found == {f"full{n}" for n in range(1, acknowledged + 1)} and retried and records.projections_equal_fold() == []


@needs_fork
def test_a_disk_that_stops_taking_bytes_loses_no_acknowledged_answer(kept):
    def question():
        with Records.open(kept) as records:
            before = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
            acknowledged, sentence = fill(records)
            assert readable(records, acknowledged), "reading goes on while no byte is taken"
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            return acknowledged, sentence, all_there(records, acknowledged)
    acknowledged, sentence, whole = result_in_child(question)
    assert acknowledged > 3 and whole
    assert "is full or refuses to write. Free some space" in sentence


def test_a_full_database_loses_no_acknowledged_answer(kept):
    with Records.open(kept) as records:
        pages = records.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
        records.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages + 10}").fetchone())
        acknowledged, sentence = fill(records)
        assert "is full" in sentence and readable(records, acknowledged), "reading goes on while it is full"
        records.write(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone())
        assert acknowledged > 3 and all_there(records, acknowledged)


def test_a_file_spoilt_under_a_running_server_raises_nothing_but_our_sentences(kept):
    with Records.open(kept) as records:
        for number in range(40):
            records.append(made.step(slot=f"s{number}", answer="x" * 900))
        records.engine.forget_deleted_pages()
        size = kept.stat().st_size
        with open(kept, "r+b") as file:
            file.seek(4096)
            file.write(os.urandom(size - 4096))
        records.engine.readers.close()
        with pytest.raises(RecordsError) as raised:
            with Records.open(kept, patience=0.2):
                pass
        assert isinstance(raised.value, Damaged)
        with suppress(RecordsError):
            records.append(made.step(sequence=50))


def test_examining_writes_nothing_and_tells_what_is_there(kept):
    before = kept.read_bytes(), kept.stat().st_mtime_ns
    found = examine(kept)
    assert found.faults == () and found.counts["step"] == 1 and found.migrations == tuple(step.name for step in migrations._migrations)
    assert (kept.read_bytes(), kept.stat().st_mtime_ns) == before
    assert examine(kept.with_name("none.sqlite")).exists is False
