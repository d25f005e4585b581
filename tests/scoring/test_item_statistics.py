"""Item statistics: left out and not reached apart from wrong, options by ability, variants, times, and what is flagged in which words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.calibration import calibrate, rest_correlations
from scoring.form_statistics import form_statistics
from scoring.intervals import of_alpha, of_correlation, wilson
from scoring.item_flags import flags
from scoring.item_statistics import item_statistics, slices
from scoring.response_table import Responses, thirds

NAN = float("nan")


def marks(*rows: str) -> Responses:
    """One row a person: 1, 0, and a point where nothing was answered."""
    return Responses.of_marks([f"i{place}" for place in range(1, len(rows[0]) + 1)], [[None if mark == "." else float(mark) for mark in row] for row in rows])


def chosen(*rows: str, key: str) -> Responses:
    return Responses.of_choices([f"i{place}" for place in range(1, len(key) + 1)], [[cell.replace(".", "") for cell in row] for row in rows],
                                [frozenset(one) for one in key], ["ABCD"] * len(key))


def test_left_out_and_not_reached_are_told_apart():
    found = item_statistics(marks("1.0.", "111.", "....", "0111"))
    assert [(one.n, one.omitted, one.not_reached) for one in found] == [(3, 0, 1), (2, 1, 1), (3, 0, 1), (1, 0, 3)]


def test_facility_is_among_those_who_answered_and_the_score_counts_the_rest_as_nothing():
    first = item_statistics(marks("1", ".", "0", "1"))[0]
    assert first.facility == pytest.approx(2 / 3) and first.scored_facility == 0.5


def test_an_unanswered_item_has_no_facility_and_no_interval():
    first = item_statistics(marks(".1", ".0"))[0]
    assert first.facility is None and first.facility_interval is None and first.n == 0


def test_an_item_that_all_get_right_has_no_discrimination():
    assert item_statistics(marks("11", "10", "11"))[0].discrimination is None


def test_one_person_gives_no_spread():
    form, item = form_statistics(marks("10")), item_statistics(marks("10"))[0]
    assert form.alpha is None and form.variance is None and item.discrimination is None and item.weight is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=4, max_size=4), min_size=4, max_size=20))
def test_whatever_the_table_shares_lie_in_their_intervals(rows):
    for one in item_statistics(Responses(tuple("abcd"), np.array(rows))):
        assert one.n + one.omitted + one.not_reached == one.persons
        assert one.facility is None or one.facility_interval[0] <= one.facility <= one.facility_interval[1]
        assert one.discrimination is None or -100 <= one.discrimination <= 100
        assert one.efficiency is None or one.discrimination is None or one.efficiency * one.discrimination >= 0


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_persons_does_not_count(order):
    table = np.array([[float((person * 7 + item * 3) % 5 < 3) for item in range(5)] for person in range(12)])
    straight, mixed = (form_statistics(Responses(tuple("abcde"), rows)) for rows in (table, table[list(order)]))
    assert straight.alpha == pytest.approx(mixed.alpha) and straight.skewness == pytest.approx(mixed.skewness)


def test_equal_scores_are_in_one_third():
    assert list(thirds(np.array([3, 1, 1, 2, 2, 3]))) == [2, 0, 0, 1, 1, 2] and set(thirds(np.ones(7))) == {1}


def test_options_are_counted_by_third_with_those_who_chose_none():
    item = item_statistics(chosen("AA", "AB", "BA", ".A", "A.", "..", key="AA"))[0]
    assert [(one.option, one.right, one.n) for one in item.options] == [("A", True, 3), ("B", False, 1), ("C", False, 0), ("D", False, 0), ("", False, 1)]
    assert all(sum(one.thirds) == one.n for one in item.options)


def test_several_options_count_in_each():
    table = Responses.of_choices(["i1"], [["A|C"], ["A"], ["C|A"]], [frozenset("AC")])
    assert list(table.marks[:, 0]) == [1, 0, 1]
    assert [(one.option, one.n) for one in item_statistics(table)[0].options] == [("A", 3), ("C", 2), ("", 0)]


def test_times_are_told_by_their_median_and_quartiles():
    table = Responses(("i1",), np.ones((4, 1)), seconds=np.array([[10.0], [20.0], [90.0], [NAN]]))
    item = item_statistics(table)[0]
    assert item.median_seconds == 20 and item.quartile_seconds == (15, 55)


def test_a_variants_values_are_told_apart():
    found = slices(np.array([1, 1, 0, 0, NAN]), [{"plan": "HMO"}, {"plan": "HMO"}, {"plan": "PPO"}, {"plan": "PPO"}, {"plan": "PPO"}])
    assert [(one.value, one.n, one.facility) for one in found] == [("HMO", 2, 1), ("PPO", 2, 0)]


def test_a_number_with_many_values_is_told_by_thirds():
    found = slices(np.array([1.0] * 4 + [0.0] * 8), [{"charge": str(100 + number)} for number in range(12)])
    assert [(one.value, one.n, one.facility) for one in found] == [("100 to 103", 4, 1), ("104 to 107", 4, 0), ("108 to 111", 4, 0)]


def able(*columns: str) -> Responses:
    """Sixty persons from the weakest to the ablest: twelve other items show the ability, one more for each six persons; then the columns, each for them in order."""
    others = [[("A" if 60 * item < 12 * person + 30 else "B") for item in range(12)] for person in range(60)]
    return Responses.of_choices([f"i{place}" for place in range(1, 13 + len(columns))], [[*row, *(column[person] for column in columns)] for person, row in enumerate(others)],
                                [frozenset("A")] * (12 + len(columns)), ["ABCD"] * (12 + len(columns)))


def said(column: str) -> dict[str, str]:
    return {flag.kind: flag.sentence for flag in flags(item_statistics(able(column))[-1])}


def test_the_best_learners_choosing_another_option_is_said_in_words():
    assert said("A" * 25 + "C" * 10 + "B" * 25)["best-choose-another"].startswith("The best learners choose B (2")


def test_a_key_that_only_the_weak_choose_is_looked_at():
    assert "look whether the key is right" in said("A" * 30 + "B" * 30)["backwards"]


def test_an_option_that_nobody_chose_is_named():
    assert said("B" * 10 + "C" * 10 + "A" * 40) == {"unused-option": "Nobody chose D: it only makes the question longer to read."}


def test_fewer_right_than_by_guessing_is_said():
    assert "than guessing would be (25 %)" in said("B" * 20 + "C" * 20 + "D" * 17 + "A" * 3)["below-chance"]


def test_an_item_that_nearly_everyone_gets_right_is_said_to_say_little():
    assert "too-easy" in said("B" + "A" * 59)


def test_items_left_out_or_not_reached_are_said():
    gaps = marks(*["1.1"] * 12, *["111"] * 28, *["10."] * 20)
    kinds = [[flag.kind for flag in flags(one)] for one in item_statistics(gaps)]
    assert "left-out" in kinds[1] and "not-reached" in kinds[2] and "left-out" not in kinds[2]


def test_a_label_that_the_answers_refute_is_said():
    item = item_statistics(able("A" * 60))[-1]
    assert [flag.sentence for flag in flags(item, (0.9, 0.2), 2) if flag.kind == "other-than-labelled"] == ["Its label says 2, its answers say 5: change the label."]
    assert [flag for flag in flags(item, (0.9, 0.9), 2) if flag.kind == "other-than-labelled"] == []


def test_below_thirty_answers_nothing_is_flagged():
    assert flags(item_statistics(marks(*["0"] * 29))[0]) == () and flags(item_statistics(marks(*["0"] * 30))[0])[0].n == 30


def test_discrimination_where_persons_met_different_items():
    rng = np.random.default_rng(3)
    ability = rng.normal(size=600)
    p = 1 / (1 + np.exp(-np.array([1.5] * 19)[None, :] * (ability[:, None] - np.linspace(-1, 1, 19))))
    table = np.column_stack([rng.random((600, 19)) < p, rng.random(600) < 0.5]).astype(float)
    table[rng.random(table.shape) < 0.6] = NAN
    found = rest_correlations(table, calibrate(table))
    assert found[:19].min() > 0.2 and abs(found[19]) < 0.15


def test_intervals_narrow_with_persons():
    assert wilson(8, 10)[1] - wilson(8, 10)[0] > wilson(80, 100)[1] - wilson(80, 100)[0]
    assert of_correlation(0.3, 30)[0] < of_correlation(0.3, 300)[0] < 0.3 < of_correlation(0.3, 300)[1]
    assert of_alpha(0.8, 30, 20)[0] < of_alpha(0.8, 300, 20)[0] < 0.8 < of_alpha(0.8, 300, 20)[1]
    assert wilson(0, 0) is None and of_correlation(0.5, 3) is None and of_alpha(0.5, 2, 5) is None
