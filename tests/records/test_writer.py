"""The thread that writes for all: what was handed over is written, what was taken back is not, and nobody waits for ever."""

import threading
import time

import pytest

from records import Closed, Locked, NotSaved, Records
from records.failures import Busy
from records.sqlite import GROUP, Writer
from tests.records import made


@pytest.fixture
def records(tmp_path):
    with Records.open(tmp_path / "records.sqlite", patience=5) as opened:
        opened.add_profile(made.profile())
        opened.start(made.attempt())
        yield opened


def sequences(records) -> list[int]:
    return [step.sequence for step in records.attempt("a1").steps]


def handing_over(records, numbers) -> list[threading.Thread]:
    threads = [threading.Thread(target=records.append, args=(made.step(sequence=number),)) for number in numbers]
    for thread in threads:
        thread.start()
    return threads


def until(true, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_whoever_only_reads_has_no_writing_thread(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as records:
        assert records.attempt("a1") is None and records.engine.writer.thread is None


def test_what_waits_when_the_records_are_closed_is_written_first(records):
    writer = records.engine.writer
    with writer.turn:
        threads = handing_over(records, range(1, 6))
        until(lambda: records.engine.waiting() == 4)             # and one in the thread's hand
        closing = [threading.Thread(target=records.close) for _ in range(2)]
        for thread in closing:
            thread.start()
        until(lambda: writer.shut)
    for thread in [*threads, *closing]:
        thread.join()
    assert not writer.thread.is_alive()
    with Records.open(writer.path) as again:
        assert sorted(sequences(again)) == [1, 2, 3, 4, 5]


def test_after_closing_a_change_is_refused_at_once(records):
    records.close()
    begun = time.monotonic()
    with pytest.raises(Closed):
        records.append(made.step())
    assert time.monotonic() - begun < 1


def test_what_was_taken_back_is_never_written(tmp_path, records):
    with Records.open(records.engine.path, patience=0.2) as hurried:
        with hurried.engine.writer.turn:
            with pytest.raises(Locked):
                hurried.append(made.step())
            with pytest.raises(Locked):
                hurried.append(made.step(slot="q2"))
        assert hurried.append(made.step(slot="q3")).stored
        assert [step.slot for step in hurried.attempt("a1").steps] == ["q3"]


def test_a_change_that_was_begun_is_seen_through_and_what_waits_behind_it_is_told_so(records):
    with Records.open(records.engine.path, patience=0.1) as hurried:
        begun, told = threading.Event(), []

        def long(db):
            begun.set()
            time.sleep(0.6)
            return db.execute("UPDATE profile SET name = 'Anna'").rowcount

        thread = threading.Thread(target=lambda: told.append(hurried.write(long)))
        thread.start()
        begun.wait(5)
        with pytest.raises(Busy, match="handed in before it"):
            hurried.append(made.step())
        thread.join()
        assert told == [1] and [profile.name for profile in hurried.profiles()] == ["Anna"] and sequences(records) == []


def test_whoever_waits_is_told_where_the_thread_breaks_with_their_change_in_its_hands(records, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Writer, "_write_group", lambda *_: 1 / 0)
        with pytest.raises(NotSaved, match="broke off"):
            records.append(made.step())
    assert records.append(made.step()).stored


def test_no_more_than_a_group_is_committed_together_and_all_of_them_are(records):
    commits = records.engine.figures.commits
    with records.engine.writer.turn:
        before = sum(commits.counts)
        threads = handing_over(records, range(1, GROUP + 11))
        until(lambda: records.engine.waiting() == GROUP + 9)
    for thread in threads:
        thread.join()
    assert sum(commits.counts) - before == 2 and len(sequences(records)) == GROUP + 10


def test_a_thread_that_broke_is_followed_by_another(records, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    records.append(made.step())
    writer, broken = records.engine.writer, records.engine.writer.thread
    writer.line.put("no job")
    broken.join()
    assert records.append(made.step(sequence=2)).stored and writer.thread is not broken


def test_a_group_that_finds_the_file_locked_waits_once_and_not_once_for_each(records, monkeypatch):
    runs, commit = [], Writer._commit
    monkeypatch.setattr(Writer, "_commit", lambda self, *values, **named: (runs.append(1), commit(self, *values, **named))[1])
    with Records.open(records.engine.path, patience=0.2) as hurried, records.engine.writer.turn:
        records.engine.writer.db.execute("BEGIN IMMEDIATE")
        refused = []

        def handing(number):
            with pytest.raises(Locked):
                hurried.append(made.step(sequence=number), made.grading(sequence=number))
            refused.append(number)
        with hurried.engine.writer.turn:
            threads = [threading.Thread(target=handing, args=(number,)) for number in range(1, 5)]
            for thread in threads:
                thread.start()
            until(lambda: hurried.engine.waiting() == 3)
        for thread in threads:
            thread.join()
        records.engine.writer.db.execute("ROLLBACK")
    assert sorted(refused) == [1, 2, 3, 4] and len(runs) == 1 and sequences(records) == []
