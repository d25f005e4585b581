"""A cohort's practice corrects what is believed of a beginner, once there are enough learners."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from scoring.ability import Answer, chance, fold_all
from scoring.cohort import fitted
from scoring.readiness_model import MODEL

DAY = date(2026, 3, 2)
DOMAINS = ("a", "b", "c")


def learners(many: int, mean: float, rate: float, answers: int = 90) -> list:
    """So many, their abilities about a mean, each learning at one rate."""
    rng = np.random.default_rng(4)
    states = []
    for _ in range(many):
        ability = {domain: shared for shared in [rng.normal(mean, 0.8)] for domain in DOMAINS}
        log = []
        for place in range(answers):
            domain = DOMAINS[place % 3]
            p = chance(np.array(ability[domain]), 0.0, 0.0, 0.25)
            log.append(Answer(domain, 0.0, 0.0, 0.25, float(rng.random() < p), DAY))
            ability[domain] += rate
        states.append(fold_all(log))
    return states


@pytest.fixture(scope="module")
def able():
    return learners(200, 0.8, 0.0)


def test_two_hundred_learners_correct_the_mean_and_the_spread(able):
    found = fitted(able, DOMAINS, DAY)
    assert found.mean == pytest.approx(0.8, abs=0.2) and found.shared_sd == pytest.approx(0.8, abs=0.25)


def test_where_nobody_learns_the_rate_of_nothing_is_believed(able):
    assert fitted(able, DOMAINS, DAY).rate_weights[0] > MODEL.rate_weights[0] + 0.2


def test_where_all_learn_fast_it_is_not():
    found = fitted(learners(200, 0.0, 0.03), DOMAINS, DAY)
    assert found.rate_weights[0] < 0.12 and np.dot(found.rate_weights, found.rates) > np.dot(MODEL.rate_weights, MODEL.rates) + 0.005


def test_below_two_hundred_the_model_stays(able):
    assert fitted(able[:199], DOMAINS, DAY) == MODEL


def test_learners_with_few_answers_do_not_count(able):
    few = learners(30, 0.8, 0.0, answers=20)
    assert fitted([*able[:190], *few], DOMAINS, DAY) == MODEL


def test_rates_still_sum_to_one(able):
    assert sum(fitted(able, DOMAINS, DAY).rate_weights) == pytest.approx(1)


def test_only_the_beliefs_about_a_beginner_change(able):
    found = fitted(able, DOMAINS, DAY)
    assert replace(found, mean=MODEL.mean, shared_sd=MODEL.shared_sd, rate_weights=MODEL.rate_weights) == MODEL
