"""What an exam comes to: points, pass or not, time and confidence."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.exam_result import Outcome, by_domain, missing, passed, sureness, time_spent, total

ONE, NONE = Decimal(1), Decimal(0)


def outcome(item="q", domain="d1", state="right", scored=True, earned=ONE, possible=ONE, sure=None):
    return Outcome(item, domain, scored, state, earned, possible, sure)


def test_blanks_are_told_apart_from_wrong_answers():
    whole = total([outcome(), outcome(state="wrong", earned=NONE), outcome(state="omit", earned=NONE), outcome(state="unreached", earned=NONE)])
    assert (whole.earned, whole.possible, whole.omitted, whole.unreached) == (1, 4, 1, 1)


def test_unscored_questions_count_nowhere():
    assert total([outcome(), outcome(scored=False, possible=NONE, earned=NONE)]).asked == 1


def test_domains_come_in_the_blueprints_order_and_only_those_asked():
    assert list(by_domain([outcome(domain="d2"), outcome(domain="d1")], ["d1", "d2", "d3"])) == ["d1", "d2"]


def test_seventy_per_cent_exactly_passes():
    points = total([outcome(earned=ONE if n < 7 else NONE) for n in range(10)])
    assert passed("percent", Decimal(70), points) is True and missing(Decimal(70), points) == 0
    assert passed("percent", Decimal("70.1"), points) is False and missing(Decimal(75), points) == Decimal("0.5")


def test_a_scaled_mark_gives_no_verdict():
    assert passed("scaled", Decimal(390), total([outcome()])) is None


def test_a_question_has_the_time_until_the_next_is_opened():
    steps = [("navigate", 0, "a", True), ("submit", 4, "", False), ("navigate", 10, "b", False), ("finish", 25, "", False)]
    assert time_spent(steps, 25) == {"a": 10, "b": 15}


def test_time_away_belongs_to_no_question():
    steps = [("navigate", 0, "a", True), ("submit", 5, "", False), ("navigate", 86_400_000, "a", True), ("finish", 86_400_003, "", False)]
    assert time_spent(steps, 86_400_003) == {"a": 8}


@given(st.lists(st.tuples(st.sampled_from(["navigate", "submit", "flag"]), st.integers(0, 1000), st.sampled_from("abc"), st.booleans()), max_size=30))
def test_the_times_never_add_up_to_more_than_the_exam_took(steps):
    steps = sorted(steps, key=lambda step: step[1])
    assert sum(time_spent(steps, 1000).values()) <= 1000 - (steps[0][1] if steps else 0)


def test_confidence_is_held_against_the_truth_and_blanks_have_none():
    found = sureness([outcome(sure=3), outcome(sure=3, state="wrong"), outcome(sure=1, state="omit"), outcome()])
    assert found == {3: (2, 1)}
