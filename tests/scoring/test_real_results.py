"""The offset between bank and exam: only real results move it, and in the direction that they say."""

from datetime import date

import pytest

from scoring.ability import Answer, fold_all
from scoring.readiness import Offset, told
from scoring.readiness_model import MODEL
from scoring.real_results import Result, chances, offset_of, offsets
from scoring.shares import Share, Shares

DAY = date(2026, 3, 2)
EXAM = Shares((Share("a", 20), Share("b", 10)), ((21, 1.0),))
STATE = fold_all(Answer(domain, 0.0, 0.8, 0.25, float(place % 4 > 0), DAY) for domain in "ab" for place in range(20))
GIVEN = chances(STATE, EXAM, DAY)


def test_without_results_there_is_no_offset():
    found = offset_of(())
    assert found.results == 0 and abs(found.logits) < 1e-12 and found.sd == pytest.approx(MODEL.offset_sd, abs=0.01)


def test_results_narrow_the_interval():
    few, many = (offset_of([Result(place % 2 == 0, GIVEN) for place in range(number)]) for number in (2, 100))
    assert many.sd < 0.6 * few.sd
    one, other = (told(STATE, EXAM, DAY, Offset(0.0, each.results, each.sd)) for each in (few, many))
    assert sum((place / 30 - other.expected) ** 2 * p for place, p in enumerate(other.counts)) < sum((place / 30 - one.expected) ** 2 * p for place, p in enumerate(one.counts))


def test_the_chance_rises_with_the_offset_and_is_the_readiness_at_none():
    assert list(GIVEN) == sorted(GIVEN)
    assert GIVEN[len(GIVEN) // 2] == pytest.approx(told(STATE, EXAM, DAY, Offset(sd=0.0)).probability, abs=1e-9)


def test_a_moved_belief_is_a_moved_exam():
    assert GIVEN[-2] == pytest.approx(told(STATE, EXAM, DAY, Offset(float(offsets()[-2]), sd=0.0)).probability, abs=0.002)


@pytest.mark.parametrize("passed, sign", [(True, 1), (False, -1)])
def test_results_move_the_offset_to_where_they_were_less_surprising(passed, sign):
    few, many = (offset_of([Result(passed, GIVEN)] * number) for number in (3, 40))
    assert 0 < sign * few.logits < sign * many.logits and (few.results, many.results) == (3, 40)


def test_results_as_foretold_leave_the_offset_alone():
    p = GIVEN[len(GIVEN) // 2]
    passes = round(p * 100)
    assert abs(offset_of([Result(True, GIVEN)] * passes + [Result(False, GIVEN)] * (100 - passes)).logits) < 0.05


def test_a_certain_forecast_that_failed_is_not_the_end_of_the_world():
    assert -1 < offset_of([Result(False, (1.0,) * len(GIVEN))]).logits < 1
