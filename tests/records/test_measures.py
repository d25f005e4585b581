"""What the records measure: first meetings alone, difficulties kept whole, and how a real exam went; on both engines."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from records import ItemDifficulty, RealExam, Records, Unknown
from tests.records import made

DAY = date(2026, 11, 20)
TOLD = RealExam("ann", "cpb", DAY, "failed", "66 %", (0.4, 0.5), 5_000)


def practised(records, attempt: str, earned="1", **payload):
    records.start(replace(made.attempt(id=attempt), item="practice", item_kind="practice"))
    records.append(replace(made.step(attempt=attempt), sequence=100, payload={"response": "b", **payload}), replace(made.grading(earned=earned), attempt=attempt, sequence=100))


def test_only_the_first_answer_to_an_item_is_a_first_meeting(started):
    started.append(made.step(), made.grading(earned="0"))
    practised(started, "p1")
    met, = started.first_meetings("ann")
    assert (met.attempt, met.state, met.share, met.domains) == ("a1", "answered", 0.0, ("cpb:cpb1",))


def test_a_first_answer_tells_how_it_came_about(started):
    practised(started, "p1", earned="0.75", sure=3, hints=1, seed=41, milliseconds=9_000)
    met, = started.first_meetings("ann")
    assert (met.share, met.sure, met.hints, met.seed, met.taken, met.response) == (0.75, 3, 1, 41, 9_000, "b")


def test_a_first_answer_corrected_later_counts_as_it_is_now(started):
    started.append(made.step(), made.grading(earned="0"))
    started.append_grading(replace(made.grading(), at=9_000))
    assert [met.share for met in started.first_meetings("ann")] == [1.0]


def test_first_meetings_come_in_the_order_of_writing(started):
    for slot in ("q2", "q1", "q3"):
        started.append(made.step(slot=slot, at=3_000), made.grading(slot=slot))
    assert [met.item for met in started.first_meetings("ann")] == ["q2", "q1", "q3"]


@pytest.mark.parametrize("kind, state", [("omit", "omit"), ("unreached", "answered")])
def test_what_was_left_in_an_exam_was_seen_and_what_was_not_reached_was_not(started, kind, state):
    started.append(made.step(kind=kind), replace(made.grading(earned="0"), evidence=()))
    practised(started, "p1")
    assert [met.state for met in started.first_meetings("ann")] == [state]


def test_a_question_that_does_not_count_in_its_exam_is_evidence_all_the_same(started):
    started.append(made.step(), replace(made.grading(), earned=Decimal(0), possible=Decimal(0)))
    assert [met.share for met in started.first_meetings("ann")] == [1.0]


def test_a_dropped_question_is_no_evidence(started):
    started.append(made.step(), replace(made.grading(), earned=Decimal(0), possible=Decimal(0), evidence=()))
    assert started.first_meetings("ann") == ()


def test_a_claim_is_no_meeting(records):
    records.start(replace(made.attempt(), item_kind="scenario"))
    records.append(made.step(), made.grading())
    assert records.first_meetings("ann") == ()


def test_the_time_of_an_exam_is_read_from_its_openings(records):
    records.start(replace(made.attempt(behaviour="exam"), item_kind="exam"))
    records.note("a1", "attempt", "navigate", {"to": "q1"}, 3_000)
    assert records.openings_of("ann") == {}
    records.finish("a1", 9_000)
    assert records.openings_of("ann") == {"a1": ((("navigate", 3_000, "q1", False), ("finish", 9_000, "", False)), 9_000)}


def test_a_calibration_takes_the_place_of_the_one_before(records):
    records.keep_difficulties([ItemDifficulty("q1", 0.5, 0.2, 60, 1), ItemDifficulty("q2", -1.25, 0.3, 55, 1)])
    records.keep_difficulties([ItemDifficulty("q1", 0.251, 0.15, 90, 2)])
    assert records.difficulties() == {"q1": ItemDifficulty("q1", 0.251, 0.15, 90, 2)}
    assert records.calibrated() == (1, 2)


def test_nothing_is_calibrated_at_first(records):
    assert records.difficulties() == {} and records.calibrated() == (0, 0)


def test_how_an_exam_went_is_kept_once_and_can_be_changed(records):
    records.report_exam(TOLD)
    records.report_exam(replace(TOLD, outcome="passed", score=""))
    assert records.real_exams("ann") == (replace(TOLD, outcome="passed", score=""),)


def test_how_an_exam_went_can_be_taken_back(records):
    records.report_exam(TOLD)
    records.take_back_exam("ann", "cpb", DAY)
    assert records.real_exams("ann") == ()


def test_results_count_without_a_name_and_only_where_something_was_foretold(records):
    for at, (outcome, chances) in enumerate((("passed", (0.7,)), ("not-taken", (0.7,)), ("failed", ()), ("failed", (0.2,)))):
        records.report_exam(replace(TOLD, sat_on=date(2026, 1, 1 + at), outcome=outcome, chances=chances))
    assert records.results_of_exam("cpb") == ((True, (0.7,)), (False, (0.2,)))
    assert records.results_of_exam("cmrs") == ()


def test_nobody_reports_for_a_profile_that_is_not_there(records):
    with pytest.raises(Unknown, match="this profile is not in the records"):
        records.report_exam(replace(TOLD, profile="nobody"))


def test_what_was_reported_goes_with_its_person(records):
    records.report_exam(TOLD)
    assert records.delete_profile("ann")
    assert records.results_of_exam("cpb") == ()


def test_results_and_difficulties_are_copied_with_the_records(records, tmp_path):
    from records import copy
    records.report_exam(TOLD)
    records.keep_difficulties([ItemDifficulty("q1", 0.5, 0.2, 60, 1)])
    with Records.open(tmp_path / "other.sqlite") as other:
        copy(records.engine, other)
        assert other.real_exams("ann") == (TOLD,) and other.difficulties()["q1"].n == 60
