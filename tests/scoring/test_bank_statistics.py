"""Items that persons met one by one: discrimination against the rest, gaps apart from wrong, thirds by what else a person can, difficulties on the labels' scale."""

import math
from dataclasses import replace

import numpy as np
import pytest

from scoring.bank_statistics import Asked, Meeting, bank_statistics, difficulties
from scoring.calibration import calibrate
from scoring.item_flags import flags
from scoring.response_table import ANSWERED, NOT_REACHED, OMITTED

CHOICE = Asked(("a", "b", "c", "d"), frozenset("a"), 0.25)


def bank(persons=400, items=20, met=12, slope=1.0, seed=3, guess=0.25, labels=None):
    """Meetings of persons with some of the items each; the first item is as the others."""
    rng = np.random.default_rng(seed)
    ability, hard = rng.normal(size=persons), np.linspace(-1.5, 1.5, items)
    made = []
    for person in range(persons):
        for item in rng.choice(items, met, replace=False):
            p = guess + (1 - guess) / (1 + math.exp(-slope * (ability[person] - hard[item])))
            right = rng.random() < p
            made.append(Meeting(str(person), f"q{item}", ANSWERED, float(right), frozenset("a" if right else rng.choice(list("bcd"))), 20.0 + item))
    return made, {f"q{item}": replace(CHOICE, label=(labels or [3] * items)[item]) for item in range(items)}, hard


def test_each_item_has_its_facility_with_an_interval_and_its_n():
    made, asked, _ = bank()
    found = {one.item: one for one in bank_statistics(made, asked)}
    easy, hard = found["q0"], found["q19"]
    assert easy.facility > hard.facility + 0.3 and easy.facility_interval[0] < easy.facility < easy.facility_interval[1]
    assert sum(one.n for one in found.values()) == len(made) and easy.median_seconds == 20


def test_able_persons_do_better_wherever_the_item_measures():
    made, asked, _ = bank(slope=2.0)
    assert all(one.discrimination > 5 for one in bank_statistics(made, asked))


def test_an_item_with_a_wrong_key_runs_backwards_and_its_flag_says_what_the_best_choose():
    made, asked, _ = bank(slope=2.5)
    wrong = [replace(one, mark=float("b" in one.chosen)) if one.item == "q5" else one for one in made]
    asked["q5"] = replace(CHOICE, key=frozenset("b"))
    found = next(one for one in bank_statistics(wrong, asked) if one.item == "q5")
    kinds = {flag.kind: flag.sentence for flag in flags(found)}
    assert found.discrimination < 0 and "The best learners choose a" in kinds["best-choose-another"]


def test_omitted_and_not_reached_are_no_wrong_answers():
    made = [Meeting("x", "q", ANSWERED, 1.0), Meeting("y", "q", OMITTED), Meeting("z", "q", NOT_REACHED)]
    found, = bank_statistics(made, {"q": Asked()})
    assert (found.n, found.facility, found.omitted, found.not_reached, found.persons) == (1, 1.0, 1, 1, 3)


def test_whoever_met_too_few_other_items_says_nothing_of_discrimination():
    made = [Meeting(str(at), "q", ANSWERED, float(at % 2)) for at in range(40)]
    found, = bank_statistics(made, {"q": Asked()})
    assert found.discrimination is None and found.n == 40


def test_which_other_items_a_person_met_is_allowed_for():
    """Half meet easy items, half hard ones; on the one they share both do alike, and being served hard items is no sign of being less able."""
    made = []
    for person in range(200):
        for other in range(8):
            made.append(Meeting(str(person), f"{'easy' if person % 2 else 'hard'}{other}", ANSWERED, float((person // 2 + other) % 10 < (9 if person % 2 else 2))))
        made.append(Meeting(str(person), "q", ANSWERED, float(person % 4 < 2)))
    found = next(one for one in bank_statistics(made, {name: Asked() for name in dict.fromkeys(one.item for one in made)}) if one.item == "q")
    assert abs(found.discrimination) < 15


def test_variants_are_told_apart():
    made = [Meeting(str(at), "q", ANSWERED, float(at % 2), drawn={"rate": "10" if at % 2 else "20"}) for at in range(20)]
    found, = bank_statistics(made, {"q": Asked()})
    assert {(one.value, one.facility) for one in found.slices} == {("10", 1.0), ("20", 0.0)}


def test_difficulties_come_out_as_they_were_put_in():
    made, asked, hard = bank(persons=1500)
    found, _ = difficulties(made, asked, 50)
    told = np.array([one.logits for one in found])
    assert len(found) == 20 and np.corrcoef(told, hard)[0, 1] > 0.97 and max(one.se for one in found) < 0.25


def test_the_whole_is_moved_to_where_the_labels_lie():
    made, asked, _ = bank(labels=[4] * 20)
    found, _ = difficulties(made, asked, 50)
    assert np.mean([one.logits for one in found]) == pytest.approx(0.5, abs=1e-6)


def test_an_item_with_few_answers_or_that_all_get_right_keeps_its_label():
    made, asked, _ = bank()
    made += [Meeting(str(at), "rare", ANSWERED, float(at % 2)) for at in range(49)] + [Meeting(str(at), "sure", ANSWERED, 1.0) for at in range(80)]
    found, _ = difficulties(made, {**asked, "rare": CHOICE, "sure": CHOICE}, 50)
    assert not {"rare", "sure"} & {one.item for one in found}


def test_nothing_is_calibrated_where_nobody_answered_enough():
    assert difficulties([Meeting("x", "q", ANSWERED, 1.0)], {"q": CHOICE}, 50) == ((), None)


def test_one_guess_for_all_and_the_same_for_each_calibrate_alike():
    table = (np.random.default_rng(1).random((300, 8)) < np.linspace(0.4, 0.9, 8)).astype(float)
    one, each = calibrate(table, "rasch", 0.2), calibrate(table, "rasch", np.full(8, 0.2))
    assert np.allclose(one.difficulty, each.difficulty) and np.allclose(one.difficulty_se, each.difficulty_se)
