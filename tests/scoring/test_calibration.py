"""Calibration finds what made the responses, with gaps in them, and says when it cannot."""

import numpy as np
import pytest

from scoring.calibration import calibrate, expected_abilities

RNG = np.random.default_rng(7)
ABILITY, DIFFICULTY = RNG.normal(size=800), np.linspace(-1.8, 1.8, 25)


def drawn(guess: float = 0.0, missing: float = 0.5) -> np.ndarray:
    p = guess + (1 - guess) / (1 + np.exp(-(ABILITY[:, None] - DIFFICULTY)))
    marks = (RNG.random(p.shape) < p).astype(float)
    marks[RNG.random(p.shape) < missing] = np.nan
    return marks


@pytest.mark.parametrize("guess", [0.0, 0.25])
def test_difficulties_are_found_though_half_is_missing(guess):
    found = calibrate(drawn(guess), "rasch", guess)
    off = (found.difficulty - DIFFICULTY) / found.difficulty_se
    assert np.abs(off).max() < 4 and 0.6 < np.sqrt(np.mean(off ** 2)) < 1.5


def test_slopes_are_found():
    found = calibrate(drawn(missing=0.0), "2pl")
    assert found.slope.mean() == pytest.approx(1, abs=0.1) and found.parameters == 50


def test_an_item_counts_its_own_answers():
    marks = drawn()
    assert list(calibrate(marks).n) == list((~np.isnan(marks)).sum(0))


def test_an_item_that_everyone_gets_right_has_no_standard_error_to_rely_on():
    marks = drawn(missing=0.0)
    marks[:, 0] = 1
    found = calibrate(marks)
    assert found.difficulty[0] < -6 and not found.difficulty_se[0] < 1


def test_an_unanswered_item_is_no_failure():
    marks = drawn()
    marks[:, 3] = np.nan
    found = calibrate(marks)
    assert np.isnan(found.difficulty_se[3]) and found.n[3] == 0 and np.isfinite(found.loglik)


def test_a_person_without_answers_is_expected_in_the_middle():
    found = calibrate(drawn())
    mean, error = expected_abilities(np.full((1, 25), np.nan), found)
    assert mean[0] == pytest.approx(0, abs=1e-9) and error[0] == pytest.approx(1, abs=1e-3)


def test_the_order_of_persons_does_not_count():
    marks = drawn()
    assert calibrate(marks[::-1]).difficulty == pytest.approx(calibrate(marks).difficulty, abs=1e-9)


def test_a_2pl_with_guessing_is_refused():
    with pytest.raises(ValueError, match="slopes and guessing cannot be told apart"):
        calibrate(drawn(), "2pl", 0.25)
