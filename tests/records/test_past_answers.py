"""What the records tell of past answers: each as it counts now, with how sure one was, what hints cost and how long it took."""

from dataclasses import replace
from decimal import Decimal

from tests.records import made


def practised(records, **payload):
    """An answer in a practice session that says these things of itself."""
    records.start(replace(made.attempt(id="p1"), item="practice", item_kind="practice"))
    records.append(replace(made.step(attempt="p1"), sequence=100, payload={"response": "b", **payload}), replace(made.grading(), attempt="p1", sequence=100))


def test_an_answer_of_a_quiz_has_the_seed_of_its_attempt_and_nothing_else_is_known(started):
    started.append(made.step(), made.grading())
    told, = started.answers_of("ann")
    assert (told.attempt, told.slot, told.seed, told.sure, told.hints, told.cost, told.taken, told.usual) == ("a1", "q1", 7, 0, 0, Decimal(0), 0, 0)


def test_an_answer_of_practice_tells_how_it_came_about(started):
    practised(started, sure=3, hints=1, cost="0.25", seed=41, milliseconds=9_000, usual=30_000)
    told, = started.answers_of("ann")
    assert (told.seed, told.sure, told.hints, told.cost, told.taken, told.usual) == (41, 3, 1, Decimal("0.25"), 9_000, 30_000)


def test_a_regraded_answer_counts_as_it_is_now(started):
    started.append(made.step(), made.grading())
    started.append_grading(replace(made.grading(), earned=Decimal(0), at=9_000))
    assert [answer.earned for answer in started.answers_of("ann")] == [0]


def test_how_sure_one_was_in_an_exam_is_found_by_its_question_and_the_last_word_counts(started):
    started.start(replace(made.attempt(id="e1"), item="exam:cpb", item_kind="exam", behaviour="exam"))
    for level in (3, 2):
        started.note("e1", "attempt", "confidence", {"slot": "q1", "level": level}, 4_000)
    started.append(replace(made.step(attempt="e1")), replace(made.grading(), attempt="e1"))
    assert [answer.sure for answer in started.answers_of("ann")] == [2]


def test_the_times_of_a_question_leave_out_the_unknown(started):
    practised(started, milliseconds=9_000)
    started.append(made.step(), made.grading())
    assert started.times_of("q1") == (9_000,)


def test_the_marker_moves_with_every_step_and_every_grading(started):
    seen = {started.marker("ann")}
    started.append(made.step(), made.grading())
    seen.add(started.marker("ann"))
    started.append_grading(replace(made.grading(), earned=Decimal(0), at=9_000))
    seen.add(started.marker("ann"))
    assert len(seen) == 3


def test_the_marker_of_one_learner_is_not_moved_by_another(started):
    before = started.marker("ann")
    started.add_profile(made.profile("bea", "Bea"))
    started.start(replace(made.attempt(id="b1"), profile="bea"))
    assert started.marker("ann") == before


def test_a_question_answered_in_a_quiz_and_in_practice_is_one_question(started):
    same = "6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b7a02"
    started.start(replace(made.attempt(id="p1"), item="practice", item_kind="practice"))
    for attempt in ("a1", "p1"):
        started.append(made.step(attempt=attempt, slot=same), made.grading(attempt=attempt, slot=same))
    assert (started.evidence("ann")["modifiers"].n, started.evidence("ann")["modifiers"].items, started.domain_evidence("ann")["cpb:cpb1"].items) == (2, 1, 1)


def look(records):
    return records.answers_since("ann")


def test_only_the_answers_since_the_last_look_are_told(started):
    started.append(made.step(), made.grading())
    before = look(started)
    started.append(made.step(slot="q2"), made.grading(slot="q2"))
    after = started.answers_since("ann", before.marker, before.reaches)
    assert [answer.slot for answer in before.answers] == ["q1"] and [answer.slot for answer in after.answers] == ["q2"]
    assert after.marker == started.marker("ann") and started.answers_since("ann", after.marker, after.reaches).answers == ()


def test_an_older_answer_marked_anew_is_never_taken_for_nothing(started):
    started.append(made.step(), made.grading())
    before = look(started)
    started.append(made.step(slot="q2"), made.grading(slot="q2"))
    started.append_grading(replace(made.grading(), earned=Decimal(0), at=9_000))
    assert started.answers_since("ann", before.marker, before.reaches) is None


def test_an_exam_marked_at_its_end_is_never_taken_for_nothing(started):
    started.start(replace(made.attempt(id="e1"), item="exam:cpb", item_kind="exam", behaviour="exam"))
    started.append(made.step(attempt="e1", slot="q7"))
    started.append(made.step(), made.grading())
    before = look(started)
    started.append_grading(replace(made.grading(slot="q7"), attempt="e1"))
    assert started.answers_since("ann", before.marker, before.reaches) is None
    assert {answer.slot for answer in look(started).answers} == {"q1", "q7"}
