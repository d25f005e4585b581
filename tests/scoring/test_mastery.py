"""Mastery of competencies: its three conditions, and "not seen" apart from "weak"."""

from datetime import date, timedelta

import pytest

from scoring.ability import Answer, Evidence, fold_all
from scoring.mastery import mastery

DAY = date(2026, 3, 2)
SKILLS = ("claims.appeals", "claims.clean", "coding.modifiers")


def known(right: dict[str, tuple[int, int]]) -> Evidence:
    """So many right of so many, by competency."""
    return fold_all(Answer(skill, 0.0, 0.8, 0.25, float(place < hits), DAY) for skill, (hits, of) in right.items() for place in range(of))


def test_many_right_answers_master_a_competency():
    assert [one.mastered for one in mastery(known({SKILLS[0]: (15, 15)}), SKILLS, 0.7, DAY)] == [True, False, False]


def test_four_answers_never_master_a_competency():
    rest = {SKILLS[1]: (40, 40), SKILLS[2]: (40, 40)}
    found = mastery(known({SKILLS[0]: (4, 4), **rest}), SKILLS, 0.7, DAY)[0]
    assert found.probability >= 0.9 and not found.mastered


def test_half_a_year_later_it_has_to_be_shown_again():
    state = known({SKILLS[0]: (40, 40)})
    assert mastery(state, SKILLS, 0.7, DAY + timedelta(days=180))[0].mastered and not mastery(state, SKILLS, 0.7, DAY + timedelta(days=181))[0].mastered


def test_not_seen_is_not_weak():
    weak, unseen, _ = mastery(known({SKILLS[0]: (2, 12)}), SKILLS, 0.7, DAY)
    assert weak.seen and not unseen.seen and unseen.last is None and unseen.probability > weak.probability


def test_a_higher_mark_is_mastered_less():
    state = known({SKILLS[0]: (15, 15)})
    assert mastery(state, SKILLS, 0.9, DAY)[0].probability < mastery(state, SKILLS, 0.7, DAY)[0].probability


def test_the_expected_share_lies_in_its_interval():
    assert all(one.low < one.ability < one.high for one in mastery(known({SKILLS[0]: (9, 12)}), SKILLS, 0.7, DAY))


def test_nothing_asked_is_nothing_told():
    assert mastery(Evidence(), (), 0.7, DAY) == ()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_mark_at_either_end_is_met_always_or_never(share):
    assert mastery(Evidence(), SKILLS, share, DAY)[0].probability == pytest.approx(1 - share, abs=0.01)
