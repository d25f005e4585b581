"""Readiness: what moves it, what it is silent about, and what an exam that publishes little is taken for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ability import Answer, Evidence, fold, fold_all, guess_of, labelled
from scoring.readiness import NotEnough, Offset, Readiness, readiness, told
from scoring.readiness_model import MODEL, Model
from scoring.shares import Share, Shares, shares_of
from tests import shipped

DAY = date(2026, 3, 2)
STEADY = Model(rates=(0.0,), rate_weights=(1.0,), half_life_answers=float("inf"))
EXAM = Shares((Share("a", 20), Share("b", 10), Share("c", 2)), ((23, 1.0),))
BLUEPRINTS = shipped.catalogue().blueprints


def answer(domain: str = "a", right: float = 1.0, day: date = DAY, difficulty: float = 0.0) -> Answer:
    return Answer(domain, difficulty, 0.8, 0.25, right, day)


def many(domains: str, right: float = 1.0) -> list[Answer]:
    return [answer(domain, right) for domain in domains]


logs = st.lists(st.builds(answer, st.sampled_from("abc"), st.sampled_from([0.0, 0.5, 1.0]), st.just(DAY), st.sampled_from([-1.0, 0.0, 1.0])), min_size=1, max_size=25)


@settings(max_examples=40, deadline=None)
@given(logs, st.data())
def test_a_right_answer_turned_wrong_lowers_the_chance(log, data):
    place = data.draw(st.integers(0, len(log) - 1))
    right, wrong = ([*log[:place], replace(log[place], right=mark), *log[place + 1:]] for mark in (1.0, 0.0))
    for model in (MODEL, STEADY):
        assert told(fold_all(wrong, model), EXAM, DAY, model=model).probability < told(fold_all(right, model), EXAM, DAY, model=model).probability


@settings(max_examples=40, deadline=None)
@given(logs)
def test_the_distribution_of_scores_sums_to_one_and_holds_its_interval(log):
    found = told(fold_all(log), EXAM, DAY)
    assert abs(sum(found.counts) - 1) < 1e-9 and min(found.counts) >= 0
    assert 0 <= found.low <= found.expected <= found.high <= 1 and 0 <= found.probability <= 1


@settings(max_examples=40, deadline=None)
@given(logs.flatmap(lambda log: st.tuples(st.just(log), st.permutations(log))))
def test_where_nobody_learns_and_nothing_fades_the_order_of_answers_does_not_count(both):
    one, other = (told(fold_all(log, STEADY), EXAM, DAY, model=STEADY).probability for log in both)
    assert one == pytest.approx(other, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(logs)
def test_a_harder_exam_lowers_the_chance(log):
    state = fold_all(log)
    assert told(state, EXAM, DAY, Offset(-0.3, 40)).probability < told(state, EXAM, DAY).probability


@settings(max_examples=25, deadline=None)
@given(logs)
def test_a_state_that_was_kept_is_the_state(log):
    state = fold_all(log)
    again = Evidence.from_plain(state.plain())
    assert told(again, EXAM, DAY) == told(state, EXAM, DAY)


def test_a_state_of_another_version_is_not_read():
    assert Evidence.from_plain({**fold_all([answer()]).plain(), "version": "0"}) is None


def test_a_fold_leaves_the_state_before_it_alone():
    before = fold_all(many("ab"))
    kept = before.plain()
    fold(before, answer())
    assert before.plain() == kept


def test_errors_at_first_and_right_answers_later_promise_more_than_the_other_way_round():
    early, late = ([answer("a", float(right)) for right in order] for order in ([0] * 15 + [1] * 25, [1] * 25 + [0] * 15))
    assert told(fold_all(early), EXAM, DAY).probability > told(fold_all(late), EXAM, DAY).probability + 0.1


def test_after_a_long_pause_the_belief_goes_back_towards_where_it_began():
    state = fold_all(many("a" * 30 + "b" * 15))
    now, later, never = (told(one, EXAM, day).probability for one, day in ((state, DAY), (state, DAY + timedelta(days=365)), (Evidence(), DAY)))
    assert now > later > never


def test_a_harder_question_right_says_more():
    assert told(fold_all([answer(difficulty=1.0)] * 9), EXAM, DAY).probability > told(fold_all([answer(difficulty=-1.0)] * 9), EXAM, DAY).probability


def test_answers_in_one_domain_say_something_of_another():
    assert told(fold_all(many("a" * 20)), EXAM, DAY).domains[1].ability > told(Evidence(), EXAM, DAY).domains[1].ability + 0.03


def test_below_thirty_first_answers_nothing_is_said():
    found = readiness(fold_all(many("a" * 19 + "b" * 10)), EXAM, DAY)
    assert isinstance(found, NotEnough) and found.sentence == "Not enough evidence yet: 1 first answer to go."


def test_below_three_in_a_weighty_domain_nothing_is_said():
    found = readiness(fold_all(many("a" * 40 + "b")), EXAM, DAY)
    assert found == NotEnough(41, 0, (("b", 2.0),))
    assert found.sentence == "Not enough evidence yet: 2 first answers to go in parts of the exam that you have hardly met."


def test_a_small_domain_may_be_unmet():
    found = readiness(fold_all(many("a" * 27 + "b" * 3)), EXAM, DAY)
    assert isinstance(found, Readiness) and found.answers == 30 and [one.n for one in found.domains] == [27, 3, 0]


def test_answers_outside_of_the_exam_do_not_count():
    assert isinstance(readiness(fold_all(many("z" * 60)), EXAM, DAY), NotEnough)


def test_an_answer_that_serves_two_domains_counts_half_in_each():
    half = [replace(answer(domain), weight=0.5) for domain in "ab"]
    assert fold_all(half).answers == 1


def test_a_weighty_weak_domain_raises_the_chance_most():
    state = fold_all([*many("a" * 20, 0.0), *many("a" * 10), *many("b" * 30), *many("c" * 10)])
    found = readiness(state, EXAM, DAY)
    assert found.raise_most == "a" and found.domains[0].raises > found.domains[1].raises > found.domains[2].raises > 0


def test_more_answers_narrow_a_domains_interval():
    few, more = (told(fold_all([*many("a" * n), *many("a" * n, 0.0)], STEADY), EXAM, DAY, model=STEADY).domains[0] for n in (5, 50))
    assert more.high - more.low < 0.6 * (few.high - few.low) and more.n == 100


def test_guesses_are_one_in_the_ways_to_choose():
    assert (guess_of(4), guess_of(2), guess_of(5, 2), guess_of(0)) == (0.25, 0.5, 0.1, 0.0)


def test_labels_run_from_minus_one_to_one_logit():
    assert [labelled(label)[0] for label in range(1, 6)] == [-1, -0.5, 0, 0.5, 1] and labelled(3)[1] == 0.8


def test_published_numbers_are_taken_as_published():
    exam = shares_of(BLUEPRINTS["cpb"])
    assert [part.questions for part in exam.parts] == [29, 17, 7, 19, 19, 10, 34] and exam.cuts == ((95, 1.0),) and exam.estimates == ()


def test_unpublished_numbers_are_split_evenly_and_said_to_be_an_estimate():
    exam = shares_of(BLUEPRINTS["cmrs"])
    assert [part.questions for part in exam.parts] == [10] * 16 and exam.cuts == ((136, 1.0),)
    assert exam.estimates == ("AMBA publishes no number of questions for the parts of this exam: each counts the same here, which is an estimate.",
                              "AMBA does not publish how long this exam is: 160 questions are assumed.")


def test_an_even_split_loses_no_question():
    assert [part.questions for part in shares_of(BLUEPRINTS["crcs"]).parts] == [34, 33, 33]


def test_a_scaled_pass_mark_is_every_cut_between_its_two_readings():
    exam = shares_of(BLUEPRINTS["cbcs"])
    assert exam.cuts[0][0] == 64 and exam.cuts[-1][0] == 78 and sum(weight for _, weight in exam.cuts) == pytest.approx(1)
    assert "does not publish how many right answers that takes: anything from 64 to 78 of 100" in exam.estimates[0]


def test_the_chance_under_unsure_cuts_lies_between_the_easiest_and_the_hardest():
    state, sure = fold_all(many("a" * 20 + "b" * 10)), EXAM
    easy, hard, unsure = (told(state, replace(sure, cuts=cuts), DAY).probability for cuts in (((20, 1.0),), ((26, 1.0),), ((20, 0.5), (26, 0.5))))
    assert unsure == pytest.approx((easy + hard) / 2)


@pytest.mark.parametrize("right", [Decimal("0.5"), 0.5])
def test_a_share_of_the_marks_may_be_a_decimal(right):
    assert fold_all([replace(answer(), right=right)]).strands["a"].right == 0.5


def test_a_passed_cut_beyond_the_exam_is_never_reached():
    assert replace(EXAM, cuts=((33, 1.0),)).passing(np.ones(33) / 33) == 0


@pytest.mark.parametrize("probability, band", [(0.0, (0.0, 0.2)), (0.199, (0.0, 0.2)), (0.2, (0.2, 0.4)), (0.8, (0.8, 1.0)), (1.0, (0.8, 1.0))])
def test_the_chance_is_told_in_fifths(probability, band):
    assert replace(told(Evidence(), EXAM, DAY), probability=probability).band == pytest.approx(band)


def test_older_answers_in_a_domain_count_less_even_where_nobody_learns():
    fading = replace(STEADY, half_life_answers=30.0)
    early, late = ([answer("a", float(right)) for right in order] for order in ([0] * 15 + [1] * 25, [1] * 25 + [0] * 15))
    first, last = (told(fold_all(log, fading), EXAM, DAY, model=fading).probability for log in (early, late))
    assert first > last + 0.05
    assert told(fold_all(early, STEADY), EXAM, DAY, model=STEADY).probability == pytest.approx(told(fold_all(late, STEADY), EXAM, DAY, model=STEADY).probability)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(-2, 2), st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 1), st.integers(0, 300), st.floats(0.1, 1)), max_size=12))
def test_the_log_in_one_sweep_is_the_log_answer_by_answer(rows):
    log = [Answer(domain, b, s, c, r, DAY - timedelta(days=300 - day), w) for domain, b, s, c, r, day, w in rows]
    state = Evidence()
    for each in log:
        state = fold(state, each)
    swept = fold_all(log)
    assert {d: (s.answers, s.right, s.last) for d, s in swept.strands.items()} == {d: (pytest.approx(s.answers), pytest.approx(s.right), s.last) for d, s in state.strands.items()}
    for domain, strand in state.strands.items():
        assert swept.strands[domain].likelihood == pytest.approx(strand.likelihood, abs=1e-9)
