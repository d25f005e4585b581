"""What the file itself holds to: append-only logs, durable commits, read-only readers, public views, an old release."""

import _sqlite3
import ctypes
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from records import NotSaved, Records, backup, examine, restore
from records.connections import connect
from tests.records import made

FIXTURE = Path(__file__).parent / "fixtures" / "v1.sql"
VIEWS = {
    "v_attempt": ["attempt", "profile", "item", "item_kind", "title", "behaviour", "content_hash", "seed", "started_at", "finished_at",
                  "score", "possible", "slots_graded"],
    "v_answer": ["profile", "item", "attempt", "slot", "sequence", "kind", "payload", "at", "grader", "score", "possible", "credits"],
    "v_mastery": ["profile", "competency", "n", "items", "score", "possible", "last_at"],
}


@pytest.fixture
def place(tmp_path):
    """A file: what these tests ask is about files."""
    return tmp_path / "records.sqlite"


@pytest.mark.parametrize("change", [
    "UPDATE step SET payload = '{}'", "DELETE FROM step", "UPDATE grading SET earned = 0", "DELETE FROM grading",
    "UPDATE attempt SET form = '{}'", "DELETE FROM attempt"])
def test_no_statement_changes_the_logs(started, change):
    started.append(made.step(), made.grading())
    with pytest.raises(NotSaved, match="append-only"):
        started.write(lambda db: db.execute(change))


def test_payloads_are_checked_to_be_json(started):
    with pytest.raises(NotSaved, match="json_valid"):
        started.write(lambda db: db.execute("INSERT INTO step (attempt, slot, sequence, kind, payload, at) VALUES ('a1','q',1,'k','{',1)"))


def test_the_writer_is_durable_and_the_readers_cannot_write(records):
    def pragmas(db):
        return [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert records.write(lambda db: [db.execute(f"PRAGMA {n}").fetchone()[0] for n in ("journal_mode", "synchronous", "foreign_keys")]) \
        == ["wal", 2, 1]
    with pytest.raises(Exception, match="cannot be read"):
        records.engine.read(lambda db: db.execute("DELETE FROM profile"))
    assert pragmas(connect(records.path, "ro", 1))[0] == "wal"


def held_by_sqlite() -> int:
    """Bytes, of all connections of this process."""
    used = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
    used.restype = ctypes.c_int64
    return used()


def test_what_was_read_and_written_is_let_go_of_and_read_again(started):
    for number in range(60):
        started.append(made.step(slot=f"q{number}", answer="a" * 20_000), made.grading(slot=f"q{number}"))
    threads = [Thread(target=started.attempt, args=("a1",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before, idle = held_by_sqlite(), len(started.engine.readers.idle)
    started.engine.forget_pages()
    assert before - held_by_sqlite() > 1_000_000 and len(started.engine.readers.idle) == idle >= 1
    assert len(started.attempt("a1").steps) == 60 and started.append(made.step(slot="later")).stored


def test_pages_are_not_let_go_of_while_somebody_writes(started):
    with started.engine.writer.turn:
        started.engine.forget_pages()            # and nobody waits for it
    assert started.append(made.step()).stored


def test_the_tables_are_strict(records):
    kinds = records.write(lambda db: db.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE '%sqlite%'").fetchall())
    assert {row["name"] for row in kinds} >= {"profile", "attempt", "step", "grading", "draft"}
    assert all(row["strict"] for row in kinds)


@pytest.mark.parametrize("view", VIEWS)
def test_the_public_views_keep_their_columns(started, view):
    started.append(made.step(), made.grading(earned="0.5"))
    with closing(sqlite3.connect(f"file:{started.path}?mode=ro", uri=True)) as anybody:
        found = anybody.execute(f"SELECT * FROM {view}")
        assert [column[0] for column in found.description] == VIEWS[view]
        row = dict(zip(VIEWS[view], found.fetchone()))
    assert (row["score"], row["possible"]) == (0.5, 1.0)


def test_two_servers_may_share_the_file(started):
    with Records.open(started.path) as other:
        other.append(made.step(), made.grading())
        assert not started.append(made.step(answer="b")).same
        started.append(made.step(slot="q2"), made.grading(slot="q2"))
        assert other.attempt("a1").score == 2


def test_threads_racing_for_a_slot_get_one_winner_and_all_see_it(started):
    receipts = []
    threads = [Thread(target=lambda n=n: receipts.append(started.append(made.step(answer=n)))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(receipt.stored for receipt in receipts) == 1
    assert {receipt.step.payload["answer"] for receipt in receipts} == {started.attempt("a1").steps[0].payload["answer"]}


def test_threads_that_start_together_on_a_new_file_all_open_it(tmp_path):
    opened = []
    threads = [Thread(target=lambda: opened.append(Records.open(tmp_path / "new.sqlite"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    for records in opened:
        records.close()


def test_a_closed_record_book_says_so(records):
    records.close()
    with pytest.raises(NotSaved, match="has closed"):
        records.add_profile(made.profile("bea"))
    with pytest.raises(Exception, match="has closed"):
        records.profiles()


def test_an_old_file_takes_exams_after_its_table_was_made_anew(tmp_path):
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(FIXTURE.read_text())
        kept = old.execute("SELECT id, form FROM attempt ORDER BY id").fetchall()
    with Records.open(path) as records:
        assert records.write(lambda db: [tuple(row) for row in db.execute("SELECT id, form FROM attempt ORDER BY id")]) == kept
        assert records.write(lambda db: db.execute("PRAGMA foreign_key_check").fetchall()) == []
        person = records.profiles()[0].id
        records.start(replace(made.attempt("new", person), item_kind="exam"))
        with pytest.raises(NotSaved, match="append-only"):
            records.write(lambda db: db.execute("DELETE FROM attempt"))
        with pytest.raises(NotSaved):
            records.write(lambda db: db.execute("INSERT INTO step (attempt, slot, sequence, kind, payload, at) VALUES ('nobody','q',1,'k','{}',1)"))
        assert records.projections_equal_fold() == []


# Who may read the files

def test_what_is_made_is_for_its_owner_alone(place, tmp_path):
    """The records hold what people did and, in a team, the hashes of their passwords."""
    before = os.umask(0)
    try:
        with Records.open(place) as records:
            records.add_profile(made.profile())
            backup(place, tmp_path / "backups" / "copy.sqlite")
            rights = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.rglob("*") if file.is_file()}
        restore(tmp_path / "backups" / "copy.sqlite", tmp_path / "drill.sqlite", erasures_from=[place], at=9_000)
    finally:
        os.umask(before)
    assert {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm", "records.sqlite.lock", "copy.sqlite"} <= set(rights) and set(rights.values()) == {0o600}
    assert (tmp_path / "drill.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_can_read_is_told_of(place):
    Records.open(place).close()
    assert not [each for each in examine(place).warnings if "Others" in each]
    place.chmod(0o644)
    assert [each for each in examine(place).warnings if each.startswith("Others on this machine can read") and "chmod 600" in each]
    Records.open(place).close()
    assert place.stat().st_mode & 0o777 == 0o644     # whoever set it so may have had a reason
