"""Exams and corrections in the records: graded in one transaction at the end, marked anew on record, taken back; on both engines."""

from dataclasses import replace
from decimal import Decimal

import pytest

from records import WHOLE, Ending, Finished, RegradeRun, Step, Unknown
from tests.records import made


@pytest.fixture
def sat(records):
    """An exam under way with one answer, kept and not graded."""
    records.start(replace(made.attempt(behaviour="exam"), item_kind="exam", item="exam:cpb"))
    records.append(made.step(answer="a"))
    return records


def graded_end(attempt) -> Ending:
    """Marks the answer right and a second question as left."""
    blank = made.step(slot="q2", kind="omit", at=9_000)
    return Ending(((attempt.steps[0], made.grading()), (blank, replace(made.grading(slot="q2", earned="0"), evidence=()))), {"expired": False}, 9_000)


def run(id="run-1", policy="drop", item="q1", at=20_000, undoes=None):
    return RegradeRun(id, item, policy, "terry", "It asks two things.", {}, undoes, at)


def dropped(attempt):
    return tuple(replace(grading, earned=Decimal(0), possible=Decimal(0), evidence=()) for grading in attempt.gradings if grading.slot == "q1")


def test_an_exam_is_graded_and_finished_at_once(sat):
    receipt = sat.close_attempt("a1", graded_end)
    found = sat.attempt("a1")
    assert receipt.stored and receipt.step.payload == {"expired": False}
    assert (found.score, found.possible, found.finished_at) == (1, 2, 9_000)
    assert sat.evidence("ann")["modifiers"].n == 1 and sat.projections_equal_fold() == []


def test_an_end_that_fails_leaves_nothing_of_itself(sat):
    def fails(attempt):
        ending = graded_end(attempt)
        return replace(ending, steps=(*ending.steps, (made.step(slot="q3", kind="omit"), replace(made.grading(slot="q3"), credits=(object(),)))))
    with pytest.raises(TypeError):
        sat.close_attempt("a1", fails)
    assert sat.attempt("a1").gradings == () and sat.attempt("a1").finished_at is None and len(sat.attempt("a1").steps) == 1


def test_a_second_end_changes_nothing(sat):
    sat.close_attempt("a1", graded_end)
    before = sat.attempt("a1")
    assert sat.close_attempt("a1", lambda attempt: pytest.fail("it is not asked again")).already
    assert sat.attempt("a1") == before


def test_after_the_end_no_answer_is_taken(sat):
    sat.close_attempt("a1", graded_end)
    with pytest.raises(Finished):
        sat.append(made.step(sequence=2, answer="b"))


def test_notes_are_numbered_by_the_records(sat):
    sat.note("a1", WHOLE, "navigate", {"to": "q1"}, 1)
    assert sat.note("a1", WHOLE, "flag", {"slot": "q1", "on": True}, 2) == Step("a1", WHOLE, 2, "flag", {"slot": "q1", "on": True}, 2)


def test_the_log_is_the_attempt_without_its_form(sat):
    log = sat.log("a1")
    assert log.steps == sat.attempt("a1").steps and (log.profile, log.item, log.finished_at) == ("ann", "exam:cpb", None)
    assert sat.log("nothing") is None and sat.open_of_kind("ann", "exam") == ("a1",)


def test_what_was_answered_or_left_was_met(sat):
    sat.close_attempt("a1", graded_end)
    assert sat.met("ann") == {"q1": 3_000, "q2": 9_000}


def test_a_run_supersedes_and_its_undo_restores(sat):
    sat.close_attempt("a1", graded_end)
    before = sat.attempt("a1")
    sat.regrade(run(), dropped)
    assert (sat.attempt("a1").score, sat.attempt("a1").possible) == (0, 1) and sat.evidence("ann") == {}
    assert [(change.before.earned, change.after.possible) for change in sat.regrade_changes("run-1")] == [(1, 0)]
    sat.undo_regrade("run-1", run("undo-1", at=30_000))
    after = sat.attempt("a1")
    assert (after.score, after.possible) == (before.score, before.possible) and sat.evidence("ann")["modifiers"].n == 1
    assert sat.projections_equal_fold() == [] and [one.undone_at for one in sat.regrade_runs("q1")] == [None, 30_000]


def test_only_corrections_that_stand_are_told(sat):
    sat.close_attempt("a1", graded_end)
    sat.regrade(run(), dropped)
    assert [told.id for told, _ in sat.corrections_of("ann")] == ["run-1"]
    sat.undo_regrade("run-1", run("undo-1"))
    assert sat.corrections_of("ann") == ()


def test_an_undo_is_not_undone(sat):
    sat.close_attempt("a1", graded_end)
    sat.regrade(run(), dropped)
    sat.undo_regrade("run-1", run("undo-1"))
    with pytest.raises(Unknown, match="took another one back"):
        sat.undo_regrade("undo-1", run("undo-2"))


@pytest.mark.parametrize("change", ["UPDATE regrade_run SET reason = ''", "DELETE FROM regrade_run", "UPDATE regrade_change SET after = 1", "DELETE FROM regrade_change"])
def test_no_statement_changes_what_a_run_did(sat, change):
    sat.close_attempt("a1", graded_end)
    sat.regrade(run(), dropped)
    with pytest.raises(Exception, match="append-only"):
        sat.write(lambda db: db.execute(change))


def test_more_time_is_kept_with_the_person(records):
    records.update_profile(replace(made.profile(), time_percent=150))
    assert records.profile("ann").time_percent == 150
