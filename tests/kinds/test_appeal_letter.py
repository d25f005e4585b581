"""The appeal letter: when an appeal is the way, what of a letter is found, and what is not."""


import pytest

from billing.next_step import Action
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.appeal_letter import KIND
from scoring.answers import Unreadable
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISES = [one for one in CATALOGUE.exercises.values() if one.kind == KIND.name]
FIRST = next(one for one in EXERCISES if one.slug == "the-scan-that-was-authorized")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def sheet(shelf, seed=0, exercise=FIRST):
    return KIND.sheet(draw_exercise(exercise, KIND, seed).world, shelf)


def letter(shelf):
    return next(ask for ask in sheet(shelf).asks if ask.kind == "letter")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.slug)
def test_each_variant_has_its_way_and_only_an_appeal_has_a_letter(shelf, exercise):
    ways = set()
    for seed in range(20):
        drawn = sheet(shelf, seed, exercise)
        way = next(ask for ask in drawn.asks if ask.id == "way")
        ways.add(way.key)
        assert any(ask.kind == "letter" for ask in drawn.asks) is (way.key == Action.APPEAL.value)
    assert len(ways) >= 3


def test_the_model_letter_holds_everything(shelf):
    ask = letter(shelf)
    assert mark_asks((ask,), {ask.id: ask.model}).full


@pytest.mark.parametrize("element, without", [("member", "CMP660274419"), ("claim", None), ("denial", "CO-197"), ("amount", "1,150.00"), ("authorization", "AU8804127"), ("enclosed", "Enclosed")])
def test_a_letter_without_an_element_is_told_which(shelf, element, without):
    ask = letter(shelf)
    number = next(line for line in ask.model.splitlines() if line.startswith("Your claim number")).split(": ")[1]
    marks = mark_asks((ask,), {ask.id: ask.model.replace(without or number, "…")})
    lost = [credit.part for credit in marks.credits if not credit.earned]
    assert lost == [f"letter:{element}"]


def test_a_line_is_no_letter(shelf):
    ask = letter(shelf)
    assert isinstance(mark_asks((ask,), {ask.id: "Please pay."})[ask.id], Unreadable)
