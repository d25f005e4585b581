"""What a learner types is read as the kind asked for, or answered with a sentence that says how to write it; never guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.answers import Unreadable, parse

KINDS = ("single-choice", "multiple-choice", "true-false", "numeric", "money", "date", "code-entry")


@pytest.mark.parametrize("text, amount", [("1,234.50", "1234.50"), ("$1234.5", "1234.50"), ("$ 12", "12.00"), ("0", "0.00"), (".5", "0.50"), ("-3.10", "-3.10"), ("$-3.10", "-3.10"),
                                          ("-$3.10", "-3.10"), ("12.300", "12.30"), ("1 234.50", "1234.50")])
def test_an_amount_is_read_however_it_is_written(text, amount):
    assert parse("money", text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "$", ".", "-", "twelve", "12.345", "1,23.00", "12,34", "12.", "--5", "-$-5", "1e3", "NaN", "Infinity", "1" * 21, "(12.00)", "1_000", "٣", "12 dollars", "\0", None, 12])
def test_what_is_no_amount_is_asked_for_again(text):
    assert isinstance(parse("money", text), Unreadable)


@pytest.mark.parametrize("text, value", [("12", "12"), ("12.5", "12.5"), ("12.5 %", "12.5"), ("12.5%", "12.5"), ("1,200", "1200"), ("-4", "-4"), ("+4", "4")])
def test_a_number_is_read(text, value):
    assert parse("numeric", text) == Decimal(value)


@pytest.mark.parametrize("text", ["12,5", "1e3", "nan", "inf", "1_0", "%", "a dozen", "1..2", "9" * 25])
def test_a_decimal_comma_or_no_number_is_asked_for_again(text):
    assert isinstance(parse("numeric", text), Unreadable)


@pytest.mark.parametrize("text", ["2026-03-31", "3/31/2026", "03/31/2026", "03-31-2026", "March 31, 2026", "Mar 31, 2026", "March 31 2026", "31 March 2026", "31 Mar 2026", " 2026-03-31 "])
def test_a_date_is_read_as_americans_write_it_and_as_computers_do(text):
    assert parse("date", text) == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["3/31/26", "31/3/2026", "2026-02-30", "2025-02-29", "March 31", "tomorrow", "0000-01-01"])
def test_a_date_without_its_year_or_that_does_not_exist_is_asked_for_again(text):
    assert isinstance(parse("date", text), Unreadable)


@pytest.mark.parametrize("text", ["E11.9", "e11.9", "E119", " E11.9 ", "E11. 9"])
def test_a_code_is_the_same_with_and_without_its_point(text):
    assert parse("code-entry", text) == "E119"


def test_a_modifier_may_be_written_with_its_hyphen():
    assert parse("code-entry", "-25") == "25"


@pytest.mark.parametrize("text", ["99" + "213", "0" + "001F", "0" + "075t"])
def test_a_cpt_code_is_told_apart_and_is_not_wrong(text):
    assert "CPT" in parse("code-entry", text).sentence


@pytest.mark.parametrize("text", ["E11.9, I10", "E11/I10", "ABCDEFGHI", "é", "<b>"])
def test_two_codes_or_none_are_asked_for_again(text):
    assert isinstance(parse("code-entry", text), Unreadable)


def test_a_choice_is_one_of_the_options():
    assert parse("single-choice", "b", frozenset("ab")) == "b"
    assert all(isinstance(parse("single-choice", given, frozenset("ab")), Unreadable) for given in ("c", "", None, ["a"], {"a": 1}))


def test_choices_are_a_set_of_options_and_at_least_one():
    assert parse("multiple-choice", ["a", "b", "a"], frozenset("abc")) == frozenset("ab")
    assert all(isinstance(parse("multiple-choice", given, frozenset("abc")), Unreadable) for given in ([], ["d"], "a", None, [1]))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KINDS), st.one_of(st.text(max_size=70), st.text("-$,.0123456789% /", max_size=12), st.none(), st.integers(), st.lists(st.text(max_size=2), max_size=3)))
def test_nothing_that_can_be_typed_breaks_the_reading(kind, typed):
    read = parse(kind, typed, frozenset(("a", "b")))
    assert not isinstance(read, Unreadable) or read.sentence.endswith(".")
