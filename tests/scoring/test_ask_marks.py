"""What a scenario asks is marked against the truth first, then against the learner's own earlier answers, then against known mistakes."""

import pytest

from curriculum.ask import Ask, Carry, Wrong
from scoring.ask_marks import mark_asks
from scoring.marks import Marks

DEDUCTIBLE = Ask("deductible-left", "money", "How much is left?", "50.00", "It is 50.", "payers.cost-sharing", wrong=(Wrong("500.00", "year-for-remaining", "gave the year's whole amount"),))
ESTIMATE = Ask("estimate", "money", "What is owed?", "80.00", "50 and a fifth of 150.", "payers.cost-sharing", wrong=(Wrong("40.00", "deductible-forgotten", "left the deductible out"),),
               carry=Carry("patient-share", {"allowed": "200.00", "deductible_left": "50.00", "coinsurance_percent": "20"}, {"deductible_left": "deductible-left"}))
CHOICE = Ask("action", "choice", "What now?", "appeal", "It was right.", "denials.choosing-the-action", options=(("appeal", "Appeal"), ("write-off", "Write off")),
             rule={"rule": "remedies", "citations": ["cfr-42-405 §405.942"]})
LAST = Ask("deadline", "date", "By when?", "2026-05-05", "120 days.", "denials.appeal-levels", wrong=(Wrong("2026-05-04", "first-day-counted", "counted the first day itself"),))


def credits(asks, **responses):
    return {credit.part: credit for credit in mark_asks(asks, {name.replace("_", "-"): value for name, value in responses.items()}).credits}


def test_the_truth_earns_the_credit_and_its_reason():
    got = credits((DEDUCTIBLE, ESTIMATE), deductible_left="$50", estimate="80")
    assert all(each.earned == 1 and not each.misconception for each in got.values()) and got["estimate"].reason == "50 and a fifth of 150."


def test_a_slip_is_counted_once_when_the_next_answer_follows_from_it():
    got = credits((DEDUCTIBLE, ESTIMATE), deductible_left="100.00", estimate="120.00")   # 100 and a fifth of the other 100
    assert (got["deductible-left"].earned, got["estimate"].earned, got["estimate"].misconception) == (0, 1, "carried-forward")


def test_a_slip_does_not_excuse_an_answer_that_does_not_follow_from_it():
    assert credits((DEDUCTIBLE, ESTIMATE), deductible_left="100.00", estimate="110.00")["estimate"].earned == 0


def test_the_truth_counts_even_after_a_slip():
    got = credits((DEDUCTIBLE, ESTIMATE), deductible_left="100.00", estimate="80.00")["estimate"]
    assert got.earned == 1 and got.misconception == ""


@pytest.mark.parametrize("text, slug", [("500", "year-for-remaining"), ("501", "")])
def test_a_known_mistake_is_named_and_another_number_is_only_wrong(text, slug):
    got = credits((DEDUCTIBLE,), deductible_left=text)["deductible-left"]
    assert (got.earned, got.misconception) == (0, slug)


def test_a_total_follows_from_the_learners_own_parts():
    parts = tuple(Ask(f"patient-{n}", "money", "?", key, "w", "c") for n, key in ((1, "10.00"), (2, "20.00")))
    total = Ask("patient-balance", "money", "?", "30.00", "w", "c", carry=Carry("total", {}, {"1": "patient-1", "2": "patient-2"}))
    got = credits((*parts, total), patient_1="15", patient_2="20", patient_balance="35")
    assert (got["patient-1"].earned, got["patient-balance"].earned, got["patient-balance"].misconception) == (0, 1, "carried-forward")


def test_a_day_counted_in_is_named():
    assert credits((LAST,), deadline="5/4/2026")["deadline"].misconception == "first-day-counted"


def test_one_unreadable_answer_marks_nothing_and_is_named():
    got = mark_asks((DEDUCTIBLE, ESTIMATE), {"deductible-left": "50", "estimate": "some"})
    assert not isinstance(got, Marks) and got.keys() == {"estimate"}


def test_an_answer_left_out_is_unreadable():
    assert mark_asks((CHOICE,), {}).keys() == {"action"}


def test_the_credit_says_where_the_rule_is_written():
    assert credits((CHOICE,), action="write-off")["action"].citations == ("cfr-42-405 §405.942",)


def test_an_ask_comes_back_whole_from_what_is_kept():
    assert all(Ask.from_plain(ask.plain()) == ask for ask in (DEDUCTIBLE, ESTIMATE, CHOICE, LAST))
