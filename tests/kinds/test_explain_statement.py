"""A statement explained: each flaw has its sum and its answer, and a flaw that the sums do not bear out is told to the author."""

from decimal import Decimal

import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.explain_statement import KIND
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISE = next(one for one in CATALOGUE.exercises.values() if one.slug == "what-is-this-bill")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def drawn(shelf, seed=0, **changes):
    world = draw_exercise(EXERCISE, KIND, seed).world
    return KIND.sheet(world.model_copy(update=changes), shelf)


def keys(sheet) -> dict[str, str]:
    return {ask.id: ask.key for ask in sheet.asks}


def test_each_flaw_has_its_sum_and_its_answer(shelf):
    found = [(held["flaw"], held["owes"], held["say"]) for held in (keys(drawn(shelf, seed)) for seed in range(6))]
    assert found == [("balance-billed", "71.38", "corrected"), ("right", "71.38", "explain"), ("payment-missing", "71.38", "corrected"), ("sequestration", "71.38", "corrected"), ("too-early", "0.00", "withdraw"), ("protected", "0.00", "withdraw")]


def test_the_statement_asks_for_what_its_flaw_makes_of_it(shelf):
    stated = [dict(drawn(shelf, seed).file[0].boxes)["Please pay"] for seed in range(6)]
    assert stated == ["186.47", "71.38", "91.38", "72.05", "91.38", "91.38"]


def test_passing_the_bill_of_a_protected_patient_is_told_as_unlawful(shelf):
    flaw = next(ask for ask in drawn(shelf, 5).asks if ask.id == "flaw")
    assert mark_asks((flaw,), {"flaw": "right"}).credits[0].severity == "unlawful"


def test_a_flaw_without_a_difference_is_told_to_the_author(shelf):
    with pytest.raises(ValueError, match="do not go together"):
        drawn(shelf, flaw="payment-missing", paid=Decimal("0.00"))
