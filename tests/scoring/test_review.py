"""The memory of a card: read off the evidence, the same however it is folded, due when the aim says."""

from datetime import date, timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from scoring import review
from scoring.review import AWAY, CLOSE, LAST_LOOK, RETENTIONS, USUAL, Aim, Answer, Memory, aim_of, due, due_on, folded, forecast, interval, rating, recall

DAY = date(2026, 3, 2)
answers = st.lists(st.builds(Answer, card=st.sampled_from(["a", "b", "c"]), day=st.integers(0, 200).map(lambda n: DAY + timedelta(days=n)),
                             share=st.sampled_from([0.0, 0.5, 0.7, 1.0]), sure=st.integers(0, 3), hints=st.integers(0, 2), taken=st.integers(0, 100_000), usual=st.sampled_from([0, 30_000])),
                   max_size=30).map(lambda several: sorted(several, key=lambda answer: answer.day))


@pytest.mark.parametrize("evidence, grade", [
    ({"share": 0.0}, 1), ({"share": 0.5, "sure": 3}, 1), ({"share": 0.7, "sure": 3}, 2), ({"share": 1.0}, 3), ({"share": 1.0, "sure": 1}, 2), ({"share": 1.0, "sure": 2}, 3),
    ({"share": 1.0, "hints": 1, "sure": 3}, 2), ({"share": 1.0, "taken": 91_000, "usual": 30_000}, 2), ({"share": 1.0, "taken": 89_000, "usual": 30_000}, 3),
    ({"share": 1.0, "sure": 3, "taken": 22_000, "usual": 30_000}, 4), ({"share": 1.0, "sure": 3, "taken": 23_000, "usual": 30_000}, 3), ({"share": 1.0, "sure": 3}, 3),
    ({"share": 1.0, "sure": 2, "taken": 1_000, "usual": 30_000}, 3), ({"share": 1.0, "taken": AWAY + 1, "usual": 30_000}, 3)])
def test_the_rating_is_read_off_the_evidence(evidence, grade):
    assert rating(Answer("a", DAY, **evidence)) == Rating(grade)


@given(answers, st.integers(0, 30))
def test_folding_on_is_folding_anew(several, cut):
    assert folded(several[cut:], folded(several[:cut])) == folded(several)


@given(answers)
def test_a_fold_changes_nothing_it_was_given(several):
    before = folded(several[:5])
    kept = dict(before)
    folded(several[5:], before)
    assert before == kept


@given(answers)
def test_cards_do_not_touch_each_other(several):
    whole = folded(several)
    for card in {answer.card for answer in several}:
        assert whole[card] == folded(answer for answer in several if answer.card == card)[card]


@given(answers)
def test_memories_stay_within_fsrs_bounds(several):
    for memory in folded(several).values():
        assert memory.stability >= 0.001 and 1 <= memory.difficulty <= 10 and memory.lapses <= memory.reviews


@given(st.floats(0.05, 3000), st.sampled_from(RETENTIONS))
def test_on_the_day_it_is_due_recall_has_fallen_to_the_aim(stability, retention):
    memory = Memory(stability, 5, DAY)
    days = interval(stability, retention)
    assert days == 1 or recall(memory, DAY + timedelta(days=days - 1)) >= retention >= recall(memory, DAY + timedelta(days=days + 1))


def test_what_was_missed_while_sure_comes_before_what_is_more_forgotten():
    held = {"forgotten": Memory(1, 5, DAY), "sure": Memory(40, 5, DAY, sure_and_wrong=True), "fresh": Memory(500, 5, DAY)}
    assert due(held, Aim(0.9), DAY + timedelta(days=60)) == ("sure", "forgotten")


def test_an_answer_that_is_right_takes_the_mark_of_the_sure_mistake_away():
    wrong, right = Answer("a", DAY, 0, sure=3), Answer("a", DAY + timedelta(days=1), 1)
    assert folded([wrong])["a"].sure_and_wrong and not folded([wrong, right])["a"].sure_and_wrong


@given(st.integers(8, 300), st.text("abcdef", min_size=1, max_size=6), st.floats(1, 2000))
def test_everything_is_looked_at_once_more_in_the_week_before_the_exam(days, card, stability):
    exam = DAY + timedelta(days=days)
    day = due_on(card, Memory(stability, 5, DAY), Aim(0.9, exam))
    assert DAY < day <= exam - timedelta(days=1)


def test_after_the_last_look_nothing_is_forced():
    exam = DAY + timedelta(days=LAST_LOOK - 1)
    assert due_on("a", Memory(400, 5, DAY), Aim(0.9, exam)) > exam


@given(st.lists(st.floats(0.2, 400), min_size=1, max_size=60), st.integers(5, 60))
def test_more_minutes_never_aim_lower_and_the_load_fits_unless_nothing_does(stabilities, minutes):
    held = {str(at): Memory(each, 5, DAY) for at, each in enumerate(stabilities)}
    seconds = dict.fromkeys(held, 60)
    few, more = (aim_of(held, seconds, each, DAY).retention for each in (minutes, minutes * 2))
    assert more >= few
    load = sum(60 / interval(each, few) for each in stabilities)
    assert load <= minutes * 60 or few == RETENTIONS[-1]


@pytest.mark.parametrize("days, retention", [(CLOSE + 1, USUAL), (CLOSE, RETENTIONS[0])])
def test_close_to_the_exam_more_is_aimed_at_where_there_is_time(days, retention):
    assert aim_of({"a": Memory(9, 5, DAY)}, {}, 20, DAY, DAY + timedelta(days=days)).retention == retention


def test_a_forecast_counts_each_card_once_and_puts_what_is_overdue_on_today():
    held = {"late": Memory(1, 5, DAY), "soon": Memory(30, 5, DAY), "far": Memory(900, 5, DAY)}
    today = DAY + timedelta(days=28)
    assert forecast(held, Aim(0.9), today, 14) == (1, 0, 1, *[0] * 11)


def test_a_clock_that_went_back_does_not_break_the_fold():
    held = folded([Answer("a", DAY, 1), Answer("a", DAY - timedelta(days=3), 1)])["a"]
    assert held.last == DAY and held.reviews == 2


def test_nothing_draws_by_chance():
    assert not review.SCHEDULER.enable_fuzzing
