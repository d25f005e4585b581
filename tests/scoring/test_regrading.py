"""What each policy of a correction makes of an answer, and what must hold of every one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import Option
from scoring.marks import mark_question
from scoring.regrading import NEED_A_KEY, POLICIES, Standing, lowers, mark_anew
from tests.curriculum.exam_pool import content

ASKED = next(question for question in content().questions.values() if question.kind == "single-choice")
KEY = next(option.id for option in ASKED.options if option.correct)
OTHERS = [option.id for option in ASKED.options if not option.correct]


def keyed(right: str):
    """The question with another option as its key."""
    return ASKED.model_copy(update={"options": tuple(Option(**{**option.model_dump(), "correct": option.id == right}) for option in ASKED.options)})


CORRECTED = keyed(OTHERS[0])
responses = st.sampled_from([KEY, *OTHERS])
standings = st.builds(Standing, st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]), st.sampled_from([Decimal(1), Decimal(0)]), st.booleans(), st.booleans())


def standing(response: str | None, scored: bool = True) -> Standing:
    """How the answer stands as it was first marked."""
    earned = Decimal(int(response == KEY and scored))
    return Standing(earned, Decimal(int(scored)), response is None, scored)


def points(policy, response, corrected=CORRECTED):
    found = mark_anew(policy, ASKED, corrected, {}, response, standing(response))
    return (found.earned, found.possible) if found else None


@pytest.mark.parametrize("policy, old_key, new_key, neither, blank", [
    ("replace", (0, 1), (1, 1), (0, 1), None), ("never-lower", None, (1, 1), (0, 1), None), ("accept-both", (1, 1), (1, 1), (0, 1), None),
    ("full-credit", (1, 1), (1, 1), (1, 1), (1, 1)), ("drop", (0, 0), (0, 0), (0, 0), (0, 0))])
def test_what_a_policy_makes_of_each_answer(policy, old_key, new_key, neither, blank):
    assert (points(policy, KEY), points(policy, OTHERS[0]), points(policy, OTHERS[1]), points(policy, None)) == (old_key, new_key, neither, blank)


@given(st.sampled_from(NEED_A_KEY), responses)
def test_the_same_version_marks_as_it_was_marked(policy, response):
    found = mark_anew(policy, ASKED, ASKED, {}, response, standing(response))
    assert found.credits == mark_question(ASKED, {}, response).credits
    assert (found.earned, found.possible) == (standing(response).earned, standing(response).possible)


@given(responses, standings, st.sampled_from([KEY, *OTHERS]))
def test_never_lower_lowers_neither_points_nor_their_share(response, before, right):
    found = mark_anew("never-lower", ASKED, keyed(right), {}, response, before)
    if found:
        assert found.earned >= before.earned and not lowers(before, found)
        rest = Decimal(10), Decimal(13)      # whatever else was earned of whatever else was possible
        assert (rest[0] + found.earned) / (rest[1] + found.possible) >= (rest[0] + before.earned) / (rest[1] + before.possible)


@given(st.sampled_from(sorted(POLICIES)), st.one_of(st.none(), responses))
def test_what_never_counted_still_counts_for_nothing(policy, response):
    found = mark_anew(policy, ASKED, CORRECTED, {}, response, standing(response, scored=False))
    assert found is None or (found.earned, found.possible) == (0, 0)


@given(st.sampled_from(sorted(POLICIES)), responses)
def test_a_point_given_to_everyone_is_evidence_of_nothing(policy, response):
    found = mark_anew(policy, ASKED, CORRECTED, {}, response, standing(response))
    assert found is None or (found.shown is None) is (policy in ("drop", "full-credit"))


@pytest.mark.parametrize("policy", NEED_A_KEY)
def test_an_option_that_the_correction_no_longer_has_leaves_the_answer_as_it_stands(policy):
    fewer = ASKED.model_copy(update={"options": tuple(option for option in CORRECTED.options if option.id != OTHERS[2])})
    assert points(policy, OTHERS[2], fewer) is None
