"""Posting a batch: the transfer agrees with the remittance over the wire, and each kind of slip is told apart."""

from decimal import Decimal

import pytest

from billing.x12.remittance import read_remittance
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.post_batch import KIND, Beside
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISE = next(one for one in CATALOGUE.exercises.values() if one.slug == "forty-claims-and-one-transfer")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def drawn(shelf, seed=0, **changes):
    world = draw_exercise(EXERCISE, KIND, seed).world
    return KIND.sheet(world.model_copy(update=changes), shelf)


def asked(sheet, id):
    return next(ask for ask in sheet.asks if ask.id == id)


@pytest.mark.parametrize("seed", range(6))
def test_the_wire_says_what_the_transfer_must_be(shelf, seed):
    sheet = drawn(shelf, seed)
    read = read_remittance(sheet.file[1].wire)
    assert [str(fault) for fault in read.faults] == [] and str(read.opening.amount) == asked(sheet, "transfer").key
    assert len(read.claims) >= 40


@pytest.mark.parametrize("bank, way", [("2678.55", "agrees"), ("2678.54", "short"), ("2678.56", "over")])
def test_a_cent_decides_whether_the_bank_agrees(shelf, bank, way):
    assert asked(drawn(shelf, bank=Decimal(bank)), "match").key == way


@pytest.mark.parametrize("slug, value", [("provider-adjustments-left-out", "2715.34"), ("takeback-left-out", "2829.44"), ("claims-alone", "2866.23"), ("sign-turned", "2752.13")])
def test_each_slip_in_the_transfer_is_named(shelf, slug, value):
    ask = asked(drawn(shelf), "transfer")
    assert mark_asks((ask,), {"transfer": value}).credits[0].misconception == slug


def test_a_transfer_below_nothing_is_told_to_the_author(shelf):
    with pytest.raises(ValueError, match="no transfer is below nothing"):
        drawn(shelf, beside=(type(draw_exercise(EXERCISE, KIND, 0).world.beside[0])(reason="WO", reference="1", amount=Decimal("9000.00")),))


def test_a_refund_that_was_sent_is_acknowledged_below_zero(shelf):
    world = draw_exercise(EXERCISE, KIND, 0).world
    wrong = world.model_copy(update={"beside": (Beside(reason="72", reference="R1", amount="40.00"),)})
    with pytest.raises(ValueError, match="its amount is below zero"):
        KIND.sheet(wrong, shelf)
