"""Readiness held to values worked out elsewhere: exact sums on grids, binomial tails, the Poisson-binomial."""

from datetime import date

import numpy as np
import pytest

from scoring.ability import Answer, Evidence, fold_all
from scoring.counts import binomial, poisson_binomial, tail
from scoring.readiness import told
from scoring.readiness_model import Model
from scoring.shares import Share, Shares

PLAIN = Model(rates=(0.0,), rate_weights=(1.0,), half_life_answers=float("inf"), half_life_days=float("inf"), exam_sd=0.0, offset_sd=0.0)
"""Nobody learns, nothing fades, the exam is the bank."""
CPB = (29, 17, 7, 19, 19, 10, 34)
DAY = date(2026, 3, 2)
EXAM = Shares(tuple(Share(str(place), questions, ((0.0, 0.0, 0.25),)) for place, questions in enumerate(CPB)), ((95, 1.0),))


def answers(right: int, of: int) -> list[Answer]:
    """So many right of so many in each domain."""
    return [Answer(part.domain, 0.0, 0.0, 0.25, float(number < right), DAY) for part in EXAM.parts for number in range(of)]


def test_without_answers_the_chance_is_the_priors():
    found = told(Evidence(), EXAM, DAY, model=PLAIN)
    assert found.probability == pytest.approx(0.365114, abs=1e-6)
    assert found.expected * 135 == pytest.approx(84.375, abs=1e-9)


def test_a_finer_grid_changes_the_fifth_place():
    fine = Model(rates=(0.0,), rate_weights=(1.0,), exam_sd=0.0, offset_sd=0.0, nodes=401, shared_nodes=201, lowest=-8, highest=8)
    assert told(Evidence(), EXAM, DAY, model=fine).probability == pytest.approx(0.365127, abs=5e-6)


def test_seven_of_ten_right_in_each_domain():
    assert told(fold_all(answers(7, 10), PLAIN), EXAM, DAY, model=PLAIN).probability == pytest.approx(0.441270, abs=1e-6)


def test_the_poisson_binomial_of_five_questions():
    counts = poisson_binomial(np.array([0.9, 0.8, 0.7, 0.6, 0.5]))
    assert counts == pytest.approx([0.0012, 0.0214, 0.1274, 0.3274, 0.3714, 0.1512], abs=1e-12)
    assert tail(counts, 4) == pytest.approx(0.5226, abs=1e-12)


@pytest.mark.parametrize("fewest, questions, probability, chance", [
    (95, 135, 0.70, 0.505015), (95, 135, 0.75, 0.908270), (95, 135, 0.65, 0.110663), (340, 400, 0.85, 0.534376), (340, 400, 0.87, 0.895102)])
def test_binomial_tails(fewest, questions, probability, chance):
    assert tail(binomial(questions, probability), fewest) == pytest.approx(chance, abs=5e-7)


@pytest.mark.parametrize("ability", [0.5, 1.0])
def test_with_ever_more_answers_the_chance_becomes_the_binomials(ability):
    """Each answer earns the share of marks that the ability expects, so that the likelihood peaks there."""
    fine = Model(rates=(0.0,), rate_weights=(1.0,), half_life_answers=float("inf"), exam_sd=0.0, offset_sd=0.0, nodes=501)
    p = EXAM.parts[0].ease(np.array(ability)).item()
    many = fold_all([Answer(part.domain, 0.0, 0.0, 0.25, p, DAY, weight=4000.0) for part in EXAM.parts], fine)
    assert told(many, EXAM, DAY, model=fine).probability == pytest.approx(tail(binomial(135, p), 95), abs=0.01)
