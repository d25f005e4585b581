"""Readiness on a small simulated world: the bounds of docs/readiness.md, loosened for 160 learners; bench/bench_readiness.py has the real sizes."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from readiness_naive import beta_binomial, hard_rule  # noqa: E402
from readiness_trial import Practice, brier, by_label, calibration_error, coverage, forecasts, told_of  # noqa: E402
from readiness_world import World, items_of, practise  # noqa: E402

AT = (50, 100)


@pytest.fixture(scope="module")
def trial():
    """A world practised adaptively on authors' labels; forecasts and outcomes at each checkpoint."""
    world, rng = World(), np.random.default_rng(20)
    items = items_of(world, rng)
    known = by_label(items)
    log = practise(world, items, 160, AT, Practice("adaptive", world, known, 160, rng), rng, forms=8)
    return world, log, forecasts(world, known, log, AT)


@pytest.mark.parametrize("at, brier_most", [(50, 0.145), (100, 0.135)])
def test_the_chance_is_near_what_comes(trial, at, brier_most):
    world, log, counts = trial
    p = counts[at][:, world.cut:].sum(1)
    assert brier(p, log.passed[at]) < brier_most and calibration_error(p, log.passed[at]) < 0.12


@pytest.mark.parametrize("at", AT)
def test_it_beats_the_percentages(trial, at):
    world, log, counts = trial
    p = counts[at][:, world.cut:].sum(1)
    ours, soft, hard = (brier(one, log.passed[at]) for one in (p, beta_binomial(world, log.right[:, :at]), hard_rule(log.right[:, :at])))
    assert ours < soft - 0.015 and ours < 0.75 * hard


@pytest.mark.parametrize("at", AT)
def test_the_interval_holds_most_scores_and_is_no_wider_than_it_must_be(trial, at):
    _, log, counts = trial
    held, wide = coverage(counts[at], log.score[at])
    assert 0.88 < held < 0.985 and wide < 0.30


def test_those_told_eighty_per_cent_mostly_pass_and_those_told_twenty_do_not(trial):
    world, log, counts = trial
    p = counts[100][:, world.cut:].sum(1)
    (passing, sure), (failing, doomed) = told_of(p, log.passed[100]), told_of(1 - p, ~log.passed[100])
    assert passing > 0.82 and failing > 0.85 and sure > 15 and doomed > 15
