"""What is counted of the writing: answers saved, handed in again and refused by reason, how long changes took; on both engines."""

import threading

import pytest

from records import BOUNDS, REASONS, Finished, Histogram, Locked, NotSaved, Records, TooNew, reason
from records.failures import failure
from records.migrations import migrations
from tests.records import made


def test_an_answer_is_counted_once_and_handed_in_again_apart(started):
    for _ in range(3):
        started.append(made.step(), made.grading())
    assert (started.figures.saved, started.figures.repeated) == (1, 2)


def test_what_is_no_answer_is_not_counted_as_one(started):
    started.append(made.step(kind="hint"))
    started.note("a1", "q1", "flag", {}, 3_000)
    started.save_draft("a1", "q1", {}, 3_000)
    assert (started.figures.saved, started.figures.refused.total()) == (0, 0)


def test_a_refused_answer_is_counted_by_its_reason(started):
    started.finish("a1", 4_000)
    with pytest.raises(Finished):
        started.append(made.step(), made.grading())
    with pytest.raises(NotSaved):
        started.append(made.step(attempt="none"))
    assert started.figures.refused == {"finished": 1, "unknown": 1} == started.figures.failed and started.figures.saved == 0


def test_every_change_is_timed_and_none_is_lost_between_threads(started):
    before = sum(started.figures.changes.counts)

    def answer(name):
        for number in range(25):
            started.append(made.step(slot=f"{name}{number}"), made.grading(slot=f"{name}{number}"))
    threads = [threading.Thread(target=answer, args=(name,)) for name in "abcd"]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert sum(started.figures.changes.counts) - before == 100 == started.figures.saved
    assert 0 < sum(started.figures.commits.counts) <= sum(started.figures.changes.counts) and started.figures.changes.seconds > 0
    assert started.engine.waiting() == 0


def test_a_time_counts_up_to_its_bound():
    found = Histogram()
    for seconds in (0.0, BOUNDS[0], BOUNDS[0] + 1e-9, BOUNDS[-1], BOUNDS[-1] + 1):
        found.add(seconds)
    assert (found.counts[0], found.counts[1], found.counts[-2], found.counts[-1], sum(found.counts)) == (2, 1, 1, 1, 5)


@pytest.mark.parametrize("cause, word", REASONS.items(), ids=REASONS.values())
def test_each_cause_has_its_word(cause, word):
    assert reason(failure(cause, NotSaved, "x") if hasattr(cause, "cause") else cause("x")) == word


def test_what_has_no_word_is_other():
    assert reason(NotSaved("x")) == "other" and reason(TooNew("x")) == "other" and reason(Locked("x")) == "locked"


def test_asking_whether_they_can_be_written_changes_nothing(started):
    started.append(made.step(), made.grading())
    before = started.attempt("a1"), started.figures.saved, sum(started.figures.changes.counts)
    assert [started.cannot_write() for _ in range(3)] == ["", "", ""]
    assert before == (started.attempt("a1"), started.figures.saved, sum(started.figures.changes.counts)) and started.projections_equal_fold() == []


def test_asking_it_writes_for_real(place):
    with Records.open(place) as records:
        before = sum(records.figures.commits.counts)
        wal = place.with_name(f"{place.name}-wal") if records.engine.dialect == "sqlite" else None
        held = wal and wal.read_bytes()
        assert records.cannot_write() == "" and sum(records.figures.commits.counts) == before + 1 and (not wal or wal.read_bytes() != held)


def test_the_engine_says_its_version(records):
    assert records.runs_on().split(" ")[0] in ("SQLite", "PostgreSQL") and records.runs_on().split(" ")[1][0].isdigit()


def test_the_shape_is_the_number_of_steps_and_a_first_opening_says_which_it_took(place):
    with Records.open(place) as records:
        assert records.shape() == len(migrations._migrations) and records.engine.migrated == tuple(each.name for each in migrations._migrations)
    with Records.open(place) as records:
        assert records.engine.migrated == ()
