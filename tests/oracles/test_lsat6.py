"""Calibration held to the published estimates of LSAT6: ltm 1.2-0 and its listings, log-likelihoods, standard errors and expected abilities."""

import numpy as np
import pytest

from scoring.calibration import calibrate, expected_abilities
from tests.oracles.lsat6 import table

TABLE = table()
FOUND = {model: calibrate(TABLE, model) for model in ("rasch", "1pl", "2pl")}


def test_the_table_is_the_published_one():
    assert TABLE.shape == (1000, 5) and list(TABLE.mean(0)) == [0.924, 0.709, 0.553, 0.763, 0.870]


@pytest.mark.parametrize("model, difficulty", [
    ("rasch", [-2.8719712, -1.0630294, -0.2576109, -1.3880588, -2.2187785]),
    ("1pl", [-3.6152665, -1.3224208, -0.3176306, -1.7300903, -2.7801716]),
    ("2pl", [-3.3597341, -1.3696497, -0.2798983, -1.8659189, -3.1235725])])
def test_difficulties(model, difficulty):
    assert FOUND[model].difficulty == pytest.approx(difficulty, abs=0.005)


@pytest.mark.parametrize("model, loglik", [("rasch", -2473.054), ("1pl", -2466.938), ("2pl", -2466.653)])
def test_log_likelihoods(model, loglik):
    assert FOUND[model].loglik == pytest.approx(loglik, abs=0.01) and FOUND[model].converged


def test_slopes():
    assert FOUND["1pl"].slope == pytest.approx([0.7551347] * 5, abs=0.005)
    assert FOUND["2pl"].slope == pytest.approx([0.8253715, 0.7229499, 0.8904748, 0.6885502, 0.6574516], abs=0.005)
    assert list(FOUND["rasch"].slope) == [1] * 5


def test_standard_errors_of_difficulties():
    assert FOUND["rasch"].difficulty_se == pytest.approx([0.1287, 0.0821, 0.0766, 0.0865, 0.1048], abs=0.0005)
    assert FOUND["2pl"].difficulty_se == pytest.approx([0.867, 0.307, 0.100, 0.434, 0.870], abs=0.005)


def test_standard_errors_of_slopes():
    assert FOUND["1pl"].slope_se[0] == pytest.approx(0.0694, abs=0.0005)
    assert FOUND["2pl"].slope_se == pytest.approx([0.258, 0.187, 0.233, 0.185, 0.210], abs=0.002)
    assert np.isnan(FOUND["rasch"].slope_se).all()


@pytest.mark.parametrize("pattern, ability, error", [("00000", -1.8969, 0.8012), ("00001", -1.4746, 0.8022), ("11011", 0.0084, 0.8338), ("11111", 0.6456, 0.8590)])
def test_expected_abilities_under_2pl(pattern, ability, error):
    mean, se = expected_abilities(np.array([[float(mark) for mark in pattern]]), FOUND["2pl"])
    assert (mean[0], se[0]) == (pytest.approx(ability, abs=0.001), pytest.approx(error, abs=0.001))


def test_expected_abilities_by_raw_score_under_1pl():
    scores = np.tril(np.ones((6, 5)), -1)
    mean, se = expected_abilities(scores, FOUND["1pl"])
    assert mean == pytest.approx([-1.91012, -1.42881, -0.94056, -0.43867, 0.08353, 0.63221], abs=0.001)
    assert se == pytest.approx([0.7973, 0.8003, 0.8088, 0.8226, 0.8413, 0.8640], abs=0.001)


@pytest.mark.parametrize("pattern, persons", [("00000", 2.277), ("11011", 173.310), ("11111", 296.693)])
def test_expected_frequencies_under_2pl(pattern, persons):
    from scoring.calibration import Rows, weights
    rows = Rows(np.array([[float(mark) for mark in pattern]]), np.ones((1, 5)), np.ones(1))
    loglik = weights(rows, FOUND["2pl"].difficulty, FOUND["2pl"].slope)[1][0]
    assert 1000 * np.exp(loglik) == pytest.approx(persons, abs=0.02)
