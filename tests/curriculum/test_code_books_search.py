"""Searching the code books: what is found first, and that nothing typed makes it fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.code_books import DEFAULT, CodeBooks, advice, prepare


@pytest.fixture(scope="module")
def books() -> CodeBooks:
    prepare(DEFAULT)
    return CodeBooks.open(DEFAULT)


def codes(hits, code_set="icd-10-cm") -> list[str]:
    return [hit.code for hit in hits if hit.code_set == code_set]


@pytest.mark.parametrize("typed, first", [
    ("E11.9", "E11.9"), ("e119", "E11.9"), ("E11", "E11"), ("I10", "I10"), ("m54.5", "M54.5"), ("S00.01XA", "S00.01XA"),
    ("type 2 diabetes", "E11"), ("knee pain left", "M25.562"), ("covid", "U09"), ("acute bronchitis", "J20"), ("COPD", "J44"),
])
def test_the_likeliest_code_comes_first(books, typed, first):
    assert codes(books.search(typed))[0] == first


@pytest.mark.parametrize("typed, among", [
    ("hypertension", "I10"), ("HTN", "I10"), ("diabeti", "E11.36"), ("injuries of thumb", "S60.3"), ("injury thumb", "S67.0"),
    ("fractures femur right initial", "S72.001A"), ("urinary infection", "N39.0"), ("UTI", "N39.0"), ("CKD stage 3", "N18.30"),
])
def test_plural_beginning_and_abbreviation_find_their_code(books, typed, among):
    assert among in codes(books.search(typed, 100))


@pytest.mark.parametrize("typed, code_set, code", [
    ("office", "places-of-service", "11"), ("59", "modifiers", "59"), ("GA", "modifiers", "GA"), ("16", "carc", "16"), ("MA130", "rarc", "MA130"),
    ("J1100", "hcpcs", "J1100"), ("sequestration", "carc", "253"), ("TX114", "training-codes", "TX114"), ("modifier 25", "modifiers", "25"), ("CO-45", "carc", "45"),
    ("PR 96", "carc", "96"),
])
def test_the_lists_are_searched_too(books, typed, code_set, code):
    assert code in codes(books.search(typed), code_set)


def test_a_word_too_many_still_finds(books):
    assert "J20.9" in codes(books.search("acute grumpy bronchitis"))


def test_only_the_sets_asked_for_are_searched(books):
    assert {hit.code_set for hit in books.search("16", sets=("carc",))} == {"carc"}
    assert {hit.code_set for hit in books.search("pain", sets=("icd-10-cm",))} == {"icd-10-cm"}


def test_a_code_that_ended_is_found_and_says_so(books):
    ended = books.search("T78.07XA")[0]
    assert (ended.code, str(ended.until)) == ("T78.07XA", "2025-09-30")


def test_a_new_code_says_since_when(books):
    assert str(books.search("G35.A")[0].since) == "2025-10-01"


@pytest.mark.parametrize("typed", [
    "", " ", '"', "'", "*", "AND", "OR NOT", "E11.9 OR", "NEAR(", "a AND b OR (c", "title:x", "^x", "x*y", "-", "--;", "%", "\0", "é" * 300, "🩺",
    "' UNION SELECT 1", '"a" "b', "{x}", "+", "x" * 5000, "a " * 500, ".", "E.1.1",
])
def test_nothing_typed_makes_the_search_fail(books, typed):
    assert isinstance(books.search(typed), list)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.integers(-3, 30))
def test_no_text_at_all_makes_the_search_fail(text, limit):
    assert len(CodeBooks.open(DEFAULT).search(text, limit)) <= max(limit, 0)


def test_never_more_than_asked_for(books):
    assert len(books.search("pain", 7)) == 7
    assert len(books.search("E11", 3)) == 3


@pytest.mark.parametrize("typed, says", [("12345", "CPT"), (" 1234F", "CPT"), ("D" + "1234", "CDT")])
def test_a_licensed_code_is_answered_with_advice(typed, says):
    assert f"That is a {says} code" in advice(typed)


@pytest.mark.parametrize("typed", ["E11.9", "J1100", "1234", "pain", ""])
def test_other_text_needs_no_advice(typed):
    assert advice(typed) == ""
