"""Whose a credit is: each origin has its owner and its way, and an account without one, or with two, is told to the author."""

from decimal import Decimal

import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.find_credit import KIND
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISE = next(one for one in CATALOGUE.exercises.values() if one.slug == "a-credit-on-the-account")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def keys(shelf, seed=0, **changes) -> dict[str, str]:
    world = draw_exercise(EXERCISE, KIND, seed).world
    return {ask.id: ask.key for ask in KIND.sheet(world.model_copy(update=changes), shelf).asks}


def test_each_origin_has_its_owner_and_its_way(shelf):
    found = [(held["owner"], held["way"]) for held in (keys(shelf, seed) for seed in range(5))]
    assert found == [("medicare-part-b", "refund-payer"), ("patient", "refund-patient"), ("nobody", "correct"), ("nobody", "correct"), ("prairie-medicaid", "refund-payer")]


def test_only_money_that_goes_back_has_a_last_day(shelf):
    assert "last-day" in keys(shelf, 0) and "last-day" in keys(shelf, 1) and "last-day" not in keys(shelf, 2)


def test_an_account_without_a_credit_is_told_to_the_author(shelf):
    world = draw_exercise(EXERCISE, KIND, 0).world
    with pytest.raises(ValueError, match="no credit on it"):
        keys(shelf, entries=world.entries[:4])


def test_a_credit_of_two_parties_is_told_to_the_author(shelf):
    world = draw_exercise(EXERCISE, KIND, 0).world
    both = (*world.entries, world.entries[4].model_copy(update={"kind": "patient-payment", "by": "", "amount": Decimal("5.00")}))
    with pytest.raises(ValueError, match="not one party's"):
        keys(shelf, entries=both)


def test_keeping_a_credit_is_told_as_unlawful(shelf):
    world = draw_exercise(EXERCISE, KIND, 0).world
    way = next(ask for ask in KIND.sheet(world, shelf).asks if ask.id == "way")
    assert mark_asks((way,), {"way": "write-off"}).credits[0].severity == "unlawful"
