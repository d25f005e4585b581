"""Two tabs at once, each at a process of its own, on both engines: each is told what is stored of it, and nothing is lost or counted twice."""

import threading

import pytest

from records import Finished, Records, appending
from records.events import WHOLE
from tests.records import made

ROUNDS = 25


@pytest.fixture
def other(records, place):
    """The same records, as another process has them open."""
    with Records.open(place) as opened:
        yield opened


def at_once(*acts) -> list:
    """What came of each, begun together."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            results[number] = act()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            results[number] = error
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("processes", [1, 2])
def test_of_two_different_answers_to_one_question_one_is_stored_and_the_other_told_of_it(started, other, processes):
    theirs = other if processes == 2 else started
    for number in range(ROUNDS):
        slot = f"q{number}"
        receipts = at_once(*(lambda tab=tab, answer=answer, earned=earned: tab.append(made.step(slot=slot, answer=answer), made.grading(slot=slot, earned=earned))
                             for tab, answer, earned in ((started, "a", "1"), (theirs, "b", "0"))))
        first, second = sorted(receipts, key=lambda receipt: receipt.already)
        assert (first.stored, first.same, second.stored, second.same) == (True, True, False, False)
        assert second.step == first.step and first.step.payload in ({"answer": "a"}, {"answer": "b"})
    kept = started.attempt("a1")
    assert len(kept.steps) == len(kept.gradings) == ROUNDS and kept.possible == ROUNDS
    assert kept.score == sum(step.payload == {"answer": "a"} for step in kept.steps)
    assert started.evidence("ann")["modifiers"].n == ROUNDS and started.projections_equal_fold() == []


def test_whoever_brings_the_last_answer_ends_the_attempt(records, other):
    for number in range(ROUNDS):
        attempt = f"race{number}"
        records.start(made.attempt(attempt))
        receipts = at_once(*(lambda tab=tab, slot=slot: tab.append(made.step(attempt, slot), made.grading(attempt, slot), asked=("q1", "q2")) for tab, slot in ((records, "q1"), (other, "q2"))))
        kept = records.attempt(attempt)
        assert all(receipt.stored for receipt in receipts) and kept.finished_at == 3_000
        assert [step.kind for step in kept.steps] == ["submit", "submit", "finish"]
    assert records.projections_equal_fold() == []


def test_an_attempt_with_a_slot_left_goes_on(started):
    started.append(made.step(), made.grading(), asked=("q1", "q2"))
    assert started.attempt("a1").finished_at is None


def test_an_end_that_cannot_be_written_takes_the_answer_back_and_both_come_with_the_next_try(started, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError
    with monkeypatch.context() as then:
        then.setattr(appending, "finish", broken)
        with pytest.raises(ZeroDivisionError):
            started.append(made.step(), made.grading(), asked=("q1",))
    assert started.attempt("a1").steps == ()
    assert started.append(made.step(), made.grading(), asked=("q1",)).stored
    again = started.append(made.step(), made.grading(), asked=("q1",))
    assert again.already and [step.kind for step in started.attempt("a1").steps] == ["submit", "finish"] and started.projections_equal_fold() == []


def test_an_answer_handed_in_again_ends_what_was_left_open(started):
    started.append(made.step(), made.grading())
    assert started.append(made.step(), made.grading(), asked=("q1",)).already and started.attempt("a1").finished_at == 3_000


def test_two_ends_at_once_are_one(records, other):
    for number in range(ROUNDS):
        records.start(made.attempt(f"race{number}"))
        receipts = at_once(lambda: records.finish(f"race{number}", 4_000), lambda: other.finish(f"race{number}", 5_000))
        assert sorted(receipt.stored for receipt in receipts) == [False, True] and len(records.attempt(f"race{number}").steps) == 1
        assert receipts[0].step == receipts[1].step


def after(first: Records, change, second):
    """What comes of `second`, begun while `change` is written and not yet committed; and of the change."""
    written, go = threading.Event(), threading.Event()

    def held(db):
        done = change(db)
        written.set()
        go.wait(10)
        return done

    def late():
        written.wait(10)
        threading.Timer(0.3, go.set).start()
        return second()
    return at_once(lambda: first.write(held), late)


def test_two_flags_at_once_have_each_a_number_of_their_own(started, other):
    one, two = after(started, lambda db: appending.note(db, "a1", WHOLE, "flag", {"slot": "q1", "on": True}, 3_000),
                     lambda: other.note("a1", WHOLE, "flag", {"slot": "q2", "on": True}, 3_001))
    assert (one.sequence, one.payload["slot"], two.sequence, two.payload["slot"]) == (1, "q1", 2, "q2")
    assert started.attempt("a1").steps == (one, two) and started.projections_equal_fold() == []


def test_a_flag_that_comes_as_the_attempt_ends_does_not_keep_it_open(started, other):
    _, end = after(started, lambda db: appending.note(db, "a1", WHOLE, "flag", {"slot": "q1", "on": True}, 3_000), lambda: other.finish("a1", 4_000))
    assert end.stored and end.step.kind == "finish" and started.attempt("a1").finished_at == 4_000
    with pytest.raises(Finished):
        started.append(made.step(), made.grading())
