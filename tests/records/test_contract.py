"""What the records promise to the pages that use them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from records import Erased, Finished, NotSaved, Records, Unknown
from tests.records import made


def test_a_profile_comes_back_as_it_was_added(records):
    bea = made.profile("bea", "Bea", date(2027, 3, 1))
    records.add_profile(bea)
    assert records.profile("bea") == bea
    assert [profile.name for profile in records.profiles()] == ["Ann", "Bea"]


def test_a_profile_can_change_its_goal(records):
    changed = replace(made.profile(), goal_kind="track", goal="front-desk", exam_date=None)
    records.update_profile(changed)
    assert records.profile("ann") == changed


def test_adding_a_profile_twice_keeps_the_first(records):
    assert records.add_profile(replace(made.profile(), name="Other")).name == "Ann"


def test_what_is_not_there_is_none(records):
    assert records.profile("nobody") is None and records.attempt("none") is None
    assert records.draft("none", "q1") is None and records.open_attempt("ann", "item-1") is None


def test_an_attempt_keeps_everything_that_was_asked(started):
    assert started.attempt("a1").attempt == made.attempt()


def test_starting_twice_keeps_the_first_form(started):
    assert started.start(replace(made.attempt(), seed=99)).seed == 7


def test_a_step_is_there_after_closing_and_opening_again(tmp_path):
    path = tmp_path / "kept.sqlite"
    with Records.open(path) as first:
        first.add_profile(made.profile())
        first.start(made.attempt())
        first.append(made.step(), made.grading())
    with Records.open(path) as again:
        assert again.attempt("a1").steps == (made.step(),)
        assert again.attempt("a1").score == 1


def test_a_retry_is_told_that_the_step_is_stored_already(started):
    first = started.append(made.step(), made.grading())
    again = started.append(made.step(at=9_999), made.grading())
    assert (first.stored, first.already, first.same) == (True, False, True)
    assert (again.stored, again.already, again.same, again.step.at) == (False, True, True, 3_000)
    assert len(started.attempt("a1").gradings) == 1


def test_a_second_tab_sees_the_answer_that_was_there_first(started):
    started.append(made.step(answer="a"))
    receipt = started.append(made.step(answer="b"))
    assert receipt.already and not receipt.same
    assert receipt.step.payload == {"answer": "a"}


def test_the_order_of_fields_does_not_make_a_retry_another_answer(started):
    started.append(replace(made.step(), payload={"x": 1, "y": 2}))
    assert started.append(replace(made.step(), payload={"y": 2, "x": 1})).same


def test_a_then_b_then_a_is_three_steps(started):
    for answer in "aba":
        started.append(made.step(sequence=started.next_sequence("a1", "q1"), answer=answer))
    assert [step.payload["answer"] for step in started.attempt("a1").steps] == ["a", "b", "a"]
    assert started.next_sequence("a1", "q1") == 4


def test_the_event_id_names_attempt_slot_and_sequence():
    assert made.step(sequence=3).event == "a1/q1/3"


def test_the_score_is_that_of_the_latest_graded_step_of_each_slot(started):
    started.append(made.step(sequence=1), made.grading(earned="1"))
    started.append(made.step(sequence=2, answer="b"), made.grading(sequence=2, earned="0.25"))
    started.append(made.step(slot="q2"), made.grading(slot="q2", earned="0.5"))
    started.append(made.step(slot="q2", sequence=2, kind="note"))
    assert (started.attempt("a1").score, started.attempt("a1").possible) == (Decimal("0.75"), 2)


def test_in_practice_the_first_answer_is_the_evidence(started):
    started.append(made.step(), made.grading(earned="0"))
    started.append(made.step(sequence=2, answer="b"), made.grading(sequence=2, earned="1"))
    assert started.evidence("ann")["modifiers"].earned == 0
    assert started.attempt("a1").score == 1


def test_in_an_exam_the_last_answer_is_the_evidence(records):
    records.start(made.attempt(behaviour="exam"))
    records.append(made.step(), made.grading(earned="0"))
    records.append(made.step(sequence=2, answer="b"), made.grading(sequence=2, earned="1"))
    assert records.evidence("ann")["modifiers"].earned == 1


def test_evidence_counts_marks_and_different_slots(records):
    for id in ("a1", "a2"):
        records.start(made.attempt(id))
        records.append(made.step(id, at=3_000 if id == "a1" else 8_000), made.grading(id, earned="0.5", domains=("cpb:cpb1", "cmrs:6")))
    standing = records.evidence("ann")["modifiers"]
    assert (standing.n, standing.items, standing.earned, standing.possible, standing.last_at) == (2, 1, 1, 2, 8_000)
    assert {name: s.n for name, s in records.domain_evidence("ann").items()} == {"cpb:cpb1": 2, "cmrs:6": 2}


def test_nobody_sees_the_evidence_of_another(started):
    started.add_profile(made.profile("bea"))
    started.append(made.step(), made.grading())
    assert started.evidence("bea") == {} and started.attempts_of("bea") == () and started.item_states("bea") == {}


def test_an_item_not_yet_graded_has_no_ratio(started):
    state = started.item_states("ann")["item-1"]
    assert (state.attempts, state.last_score_ratio, state.best) == (1, None, None)


def test_an_item_knows_its_last_and_its_best_ratio(records):
    for id, earned, at in (("a1", "0.75", 3_000), ("a2", "0.25", 6_000)):
        records.start(made.attempt(id, started_at=at - 500))
        records.append(made.step(id, at=at), made.grading(id, earned=earned))
    state = records.item_states("ann")["item-1"]
    assert (state.last_score_ratio, state.best, state.first_at, state.last_at) == (Decimal("0.25"), Decimal("0.75"), 2_500, 6_000)


def test_attempts_are_listed_newest_first_even_when_the_clock_went_back(records):
    for id, at in (("a1", 9_000), ("a2", 5_000), ("a3", 7_000)):
        records.start(made.attempt(id, started_at=at))
    assert [line.attempt for line in records.attempts_of("ann", limit=2)] == ["a3", "a2"]
    assert [records.begun_before_the_last("ann", many) for many in range(4)] == [7_000, 5_000, 9_000, None] and records.begun_before_the_last("bea", 0) is None


def test_past_attempts_are_read_page_by_page_of_any_kind_and_state(records):
    for id, item in (("a1", "item-1"), ("a2", "item-2"), ("a3", "item-1"), ("a4", "item-3")):
        records.start(replace(made.attempt(id, item=item), item_kind="exam" if id == "a2" else "question-set"))
    for id in ("a2", "a3"):
        records.finish(id, 9_000)

    def ids(*asked, **more):
        return [line.attempt for line in records.history("ann", *asked, **more)]
    assert ids(limit=3) == ["a4", "a3", "a2"] and ids(limit=3, skipped=3) == ["a1"] and ids(skipped=4) == []
    assert ids(state="open") == ["a4", "a1"] and ids(state="ended") == ["a3", "a2"] and ids("exam") == ["a2"] and ids("exam", "open") == []
    assert [records.history_length("ann", *asked) for asked in ((), ("exam",), ("", "open"))] == [4, 1, 2] and records.history_length("bea") == 0


def test_the_open_attempt_is_the_latest_unfinished_one(records):
    for id in ("a1", "a2", "a3"):
        records.start(made.attempt(id))
    records.finish("a3", 9_000)
    assert records.open_attempt("ann", "item-1").attempt.id == "a2"


def test_finishing_twice_returns_the_first_finish(started):
    first, second = started.finish("a1", 9_000), started.finish("a1", 9_500)
    assert first.stored and second.already and second.step == first.step
    assert started.attempt("a1").finished_at == 9_000


def test_a_finish_in_another_slot_does_not_move_the_time(started):
    started.finish("a1", 9_000)
    started.append(made.step(slot="claim", kind="finish", at=9_900))
    assert started.attempt("a1").finished_at == 9_000 and started.projections_equal_fold() == []


def test_a_finished_attempt_takes_no_more_answers(started):
    started.append(made.step())
    started.finish("a1", 9_000)
    with pytest.raises(Finished, match="finished before"):
        started.append(made.step(sequence=2, answer="b"))
    with pytest.raises(Finished):
        started.save_draft("a1", "q1", {}, 9_100)
    assert started.append(made.step()).already, "a late retry of a stored answer is still acknowledged"
    assert started.append(made.step(slot="q2", kind="reveal")).stored


def test_a_step_and_a_draft_hold_no_more_than_any_form_asks_for(started):
    long = "x" * 500_000
    for write in (lambda: started.append(made.step(answer=long)), lambda: started.note("a1", "q1", "hint", {"text": long}, 4_000), lambda: started.save_draft("a1", "q1", {"text": long}, 4_000)):
        with pytest.raises(NotSaved, match="longer than 500,000 characters"):
            write()
    assert not started.attempt("a1").steps and started.draft("a1", "q1") is None


def test_a_draft_is_replaced_and_knows_which_step_it_follows(started):
    started.save_draft("a1", "q1", {"answer": "x"}, 3_100)
    started.append(made.step())
    assert started.draft("a1", "q1").after == 0
    started.save_draft("a1", "q1", {"answer": "y"}, 3_050)
    draft = started.draft("a1", "q1")
    assert (draft.payload, draft.after) == ({"answer": "y"}, 1)
    assert started.drafts("a1") == (draft,)


def test_a_regrade_supersedes_and_keeps_what_was_said_then(started):
    started.append(made.step(), made.grading(earned="0"))
    assert started.append_grading(made.grading(earned="1", grader="2")) is True
    kept = started.attempt("a1")
    assert [g.grader for g in kept.superseded] == ["1"] and [g.grader for g in kept.gradings] == ["2"]
    assert kept.score == 1 and started.evidence("ann")["modifiers"].earned == 1


def test_a_regrade_with_the_same_grading_changes_nothing(started):
    started.append(made.step(), made.grading())
    before = started.attempt("a1")
    assert started.append_grading(made.grading()) is False
    assert started.attempt("a1") == before


def test_scores_are_kept_to_the_ten_thousandth(started):
    started.append(made.step(), made.grading(earned="0.33335"))
    assert started.attempt("a1").score == Decimal("0.3334")


def test_what_belongs_to_nothing_is_refused_with_a_sentence(records):
    for wrong in (lambda: records.start(made.attempt(profile="nobody")), lambda: records.append(made.step("none")),
                  lambda: records.save_draft("none", "q1", {}, 1), lambda: records.append_grading(made.grading("none")),
                  lambda: records.finish("none", 1), lambda: records.update_profile(made.profile("nobody"))):
        with pytest.raises(Unknown, match="^Not saved: .*\\.$"):
            wrong()


def test_a_value_outside_the_contract_is_refused_whole(started):
    with pytest.raises(NotSaved, match="refused it"):
        started.append(made.step(), replace(made.grading(), possible=Decimal(-1)))
    assert started.attempt("a1").steps == ()


def test_deleting_a_profile_removes_every_trace_and_spares_the_others(started, tmp_path):
    started.add_profile(made.profile("bea", "Bea"))
    started.start(made.attempt("b1", "bea"))
    for id in ("a1", "b1"):
        started.append(made.step(id, answer=f"the words of {id}"), made.grading(id))
        started.save_draft(id, "q2", {"answer": f"the draft of {id}"}, 4_000)
    assert started.delete_profile("ann") is True and started.delete_profile("ann") is False
    assert started.profile("ann") is None and started.attempt("a1") is None and started.evidence("ann") == {}
    assert started.attempt("b1").score == 1 and started.projections_equal_fold() == []
    if on_disk := b"".join(file.read_bytes() for file in tmp_path.glob("records.sqlite*")):
        assert b"of a1" not in on_disk and b"the words of b1" in on_disk


def test_an_erased_profile_does_not_come_back(records):
    records.delete_profile("ann")
    with pytest.raises(Erased):
        records.add_profile(made.profile())


def test_a_sum_that_drifted_is_found_and_a_rebuild_mends_it(started):
    started.append(made.step(), made.grading())
    started.write(lambda db: db.execute("UPDATE slot_result SET earned = 5"))
    started.write(lambda db: db.execute("INSERT INTO slot_result VALUES ('gone', 'q', 1, 1, 1)"))
    assert len(started.projections_equal_fold()) == 2
    started.rebuild_projections()
    assert started.projections_equal_fold() == []


def test_a_change_that_fails_half_way_leaves_nothing(started):
    def change(db):
        db.execute("INSERT INTO step (attempt, slot, sequence, kind, payload, at) VALUES ('a1', 'q1', 1, 'submit', '{}', 1)")
        raise KeyError("half-way")
    with pytest.raises(KeyError):
        started.write(change)
    assert started.attempt("a1").steps == ()
    assert started.append(made.step()).stored
