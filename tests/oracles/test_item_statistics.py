"""Item and form statistics held to values of LSAT6 worked out with Moodle's definitions, and to a textbook trap."""

import numpy as np
import pytest

from scoring.form_statistics import alpha, form_statistics
from scoring.intervals import wilson
from scoring.item_statistics import item_statistics
from scoring.response_table import Responses
from tests.oracles.lsat6 import table

RESPONSES = Responses(("1", "2", "3", "4", "5"), table())
ITEMS, FORM = item_statistics(RESPONSES), form_statistics(RESPONSES)


@pytest.mark.parametrize("field, figures", [
    ("facility", [0.924, 0.709, 0.553, 0.763, 0.870]),
    ("discrimination", [11.283269, 15.317812, 17.277894, 14.442810, 12.159640]),
    ("efficiency", [18.481722, 20.002667, 21.889954, 17.720196, 18.774771]),
    ("weight", [13.883094, 22.742770, 24.854852, 21.367968, 17.151316]),
    ("item_total", [0.3620104, 0.5667721, 0.6184398, 0.5344183, 0.4353664]),
    ("alpha_without", [0.27535621, 0.23758390, 0.21679946, 0.24593271, 0.26629441])])
def test_items(field, figures):
    assert [getattr(item, field) for item in ITEMS] == pytest.approx(figures, abs=1e-6)


@pytest.mark.parametrize("field, figure", [
    ("alpha", 0.2949971922), ("consistency", 29.49971922), ("error_ratio", 83.96445), ("standard_error", 0.8690666), ("mean", 3.819), ("variance", 1.07131031),
    ("skewness", -0.6910109), ("kurtosis", 0.07817855)])
def test_the_form(field, figure):
    assert getattr(FORM, field) == pytest.approx(figure, abs=5e-6)


def test_alpha_of_marks_of_nothing_and_one_is_kr_20_with_one_divisor_throughout():
    scored = RESPONSES.scored
    share, population = scored.mean(0), scored.sum(1).var()
    assert alpha(scored) == pytest.approx(5 / 4 * (1 - (share * (1 - share)).sum() / population), abs=1e-12)
    mixed = 5 / 4 * (1 - (share * (1 - share)).sum() / scored.sum(1).var(ddof=1))
    assert mixed == pytest.approx(0.295952, abs=1e-3) and abs(mixed - alpha(scored)) > 1e-4


def test_wilsons_interval_at_its_edges():
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20 and 29 of 29."""
    for right, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (29, 29, 0.8830, 1.0)):
        assert wilson(right, n) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_the_weights_of_items_sum_to_a_hundred():
    assert sum(item.weight for item in ITEMS) == pytest.approx(100)


def test_whole_marks_and_halved_marks_discriminate_alike():
    halved = item_statistics(Responses(RESPONSES.items, np.array(RESPONSES.marks) / 2))
    assert [one.discrimination for one in halved] == pytest.approx([one.discrimination for one in ITEMS])
