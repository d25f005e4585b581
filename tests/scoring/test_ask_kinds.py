"""Every kind of ask marks its key fully, its known mistakes not, what lies between in part; blank cells are zero, slips are counted once, letters by what is found in them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from curriculum.ask import Ask
from scoring.ask_marks import mark_asks
from scoring.answers import LONGEST, SHORTEST
from tests.app.sheets import MODEL, sheet

ASKS = {ask.id: ask for ask in sheet().asks}
D = Decimal


def marked(id: str, answer: object):
    """The credits of one ask by itself."""
    return mark_asks((replace(ASKS[id], carry=None),), {id: answer}).credits


@pytest.mark.parametrize("id, answer, earned", [
    ("queue", ["a", "b", "c"], 1), ("queue", "a,b,c", 1), ("queue", ["a", "c", "b"], D("0.3333")), ("queue", ["c", "b", "a"], 0),
    ("true", ["pr"], 1), ("true", ["pr", "none"], 0), ("true", "pr", 1), ("carc", "197", 1), ("carc", "15", D("0.5")), ("carc", "16", 0), ("paid-1", "", 0), ("paid-1", "10", 1), ("paid-1", "$10.00", 1)])
def test_an_answer_earns_its_share(id, answer, earned):
    assert marked(id, answer)[0].earned == earned


def test_several_choices_earn_right_less_wrong_over_right():
    ask = Ask("q", "multiple", "?", "a,b,c,d", "", "x.y", tuple((id, id) for id in "abcdef"))
    assert [mark_asks((ask,), {"q": list(given)}).credits[0].earned for given in ("abcd", "abc", "abcf", "ef")] == [1, D("0.75"), D("0.5"), 0]


def test_a_known_mistake_is_named_and_one_against_the_law_is_a_breach():
    credit = marked("true", ["pr", "co"])[0]
    assert (credit.earned, credit.misconception, credit.severity) == (0, "balance-billed", "unlawful") and "You billed what the contract takes off" in credit.reason


def test_a_blank_cell_is_zero_and_a_blank_amount_elsewhere_is_unreadable():
    asks = sheet().rounds[0].asks
    given = {ask.id: "" for ask in asks}
    assert set(mark_asks(asks, given)) == {"total-paid"}


def test_a_slip_in_a_cell_is_counted_once():
    asks = sheet().rounds[0].asks
    given = {ask.id: ask.key for ask in asks} | {"paid-1": "11.00", "total-paid": "31.00"}
    marks = mark_asks(asks, given)
    assert marks.possible - marks.earned == 1 and {credit.part: credit.misconception for credit in marks.credits}["total-paid"] == "carried-forward"


@pytest.mark.parametrize("answer", [["a", "b"], ["a", "a", "b"], "", None])
def test_an_order_with_an_entry_left_out_or_twice_is_unreadable(answer):
    assert "place of its own" in mark_asks((ASKS["queue"],), {"queue": answer})["queue"].sentence


def test_a_letter_earns_each_element_that_is_found_and_the_required_ones_double():
    assert [(credit.part, credit.earned, credit.possible) for credit in marked("letter", MODEL)] == [("letter:number", 2, 2), ("letter:day", 1, 1)]
    lacking = marked("letter", MODEL.replace("A-77", "ours"))
    assert (lacking[0].earned, lacking[1].earned) == (0, 1) and "Not found" in lacking[0].reason


@pytest.mark.parametrize("words", [SHORTEST - 1, LONGEST + 1])
def test_a_letter_too_short_or_too_long_is_no_answer(words):
    assert str(words) in mark_asks((ASKS["letter"],), {"letter": "word " * words})["letter"].sentence
