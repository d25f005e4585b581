"""The teeth in code are the teeth of codesets/dental.yaml, and what procedures need is what their codes say."""

import pytest

from billing.dental import mouth
from curriculum.code_sets import code_lists
from tests.dental.made import HAREBELL, MILLRACE, ROOT, payer

LISTS = {each.set: each for each in code_lists(ROOT / "codesets")}
WORDS = {"upper right": "10", "upper left": "20", "lower left": "30", "lower right": "40"}


@pytest.mark.parametrize("entry", LISTS["dental-tooth"].entries, ids=lambda e: e.code)
def test_a_tooth_is_where_its_name_says(entry):
    assert mouth.known(entry.code)
    assert mouth.quadrant(entry.code) == next(code for words, code in WORDS.items() if entry.name.lower().startswith(words))
    assert (mouth.arch(entry.code) == mouth.UPPER) is entry.name.startswith("Upper")
    assert entry.family in mouth.described(entry.code)
    assert next(kind for kind in ("incisor", "canine", "premolar", "molar") if kind in entry.name) in mouth.described(entry.code)


@pytest.mark.parametrize("tooth, words", [("3", "permanent molar posterior"), ("5", "permanent premolar posterior"), ("6", "permanent canine anterior"), ("9", "permanent incisor anterior"),
                                          ("19", "permanent molar posterior"), ("24", "permanent incisor anterior"), ("A", "primary molar posterior"), ("S", "primary molar posterior"),
                                          ("M", "primary canine anterior"), ("P", "primary incisor anterior")])
def test_teeth_that_everyone_knows(tooth, words):
    assert mouth.described(tooth) == set(words.split())


def test_every_tooth_of_both_numberings_is_listed_and_no_other():
    assert {each.code for each in LISTS["dental-tooth"].entries} == {*mouth.PERMANENT, *mouth.PRIMARY} and len(mouth.PERMANENT) == 32 and len(mouth.PRIMARY) == 20


def test_surfaces_and_areas_are_those_listed():
    assert {each.code for each in LISTS["dental-surface"].entries} == mouth.SURFACES
    assert {each.code for each in LISTS["dental-area"].entries} == {mouth.WHOLE, mouth.UPPER, mouth.LOWER, *mouth.QUADRANTS}
    assert mouth.surfaces_of("8") == set("MDILF") and mouth.surfaces_of("A") == set("MODBL")


@pytest.mark.parametrize("name", [HAREBELL, MILLRACE])
def test_a_payers_procedures_are_the_training_codes_with_what_they_need(name):
    codes = {each.code: each.indicators for each in LISTS["dental-training-codes"].entries}
    known = payer(name).rule("dental-services").values[-1].value.of
    assert {code: (one.needs, f"{one.surfaces}{'+' if one.many else ''}" if one.surfaces else "", " ".join(one.teeth)) for code, one in known.items()} == {
        code: (held.get("needs", ""), held.get("surfaces", ""), held.get("teeth", "")) for code, held in codes.items()}
    assert set(payer(name).rule("dental-fees").values[-1].value.of) == set(codes)
