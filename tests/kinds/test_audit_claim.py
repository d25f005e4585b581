"""An audit: each slip of a claim has its verdict, the money goes both ways, and time decides what can still be done."""

from dataclasses import replace
from datetime import date

import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.audit_claim import ABSENT, KIND, MODIFIER, OVER, SUPPORTED, UNDER, UNITS
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISE = next(one for one in CATALOGUE.exercises.values() if one.slug == "a-paid-claim-looked-at-again")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def keys(shelf, visit=None, **changes) -> dict[str, str]:
    """The keys with fields of the billed visit changed."""
    world = draw_exercise(EXERCISE, KIND, 0).world
    if visit:
        sent = replace(world.sent, lines=(replace(world.sent.lines[0], **visit), world.sent.lines[1]))
        world = world.model_copy(update={"sent": sent})
    return {ask.id: ask.key for ask in KIND.sheet(world.model_copy(update=changes), shelf).asks}


@pytest.mark.parametrize("visit, verdict", [({}, OVER), ({"procedure": "TX112"}, UNDER), ({"procedure": "TX113"}, SUPPORTED), ({"procedure": "TX113", "units": 2}, UNITS), ({"procedure": "TX113", "modifiers": ("25", "24")}, MODIFIER), ({"procedure": "TX401"}, ABSENT)])
def test_each_slip_has_its_verdict(shelf, visit, verdict):
    assert keys(shelf, visit or {"procedure": "TX114"})["line-1"] == verdict


@pytest.mark.parametrize("today, way", [(date(2026, 8, 26), "correct"), (date(2026, 8, 27), "refund")])
def test_after_the_days_for_a_correction_an_overpayment_still_goes_back(shelf, today, way):
    assert keys(shelf, today=today)["way"] == way


@pytest.mark.parametrize("today, way", [(date(2026, 8, 26), "correct"), (date(2026, 8, 27), "late")])
def test_an_underpayment_is_lost_with_the_days_for_a_correction(shelf, today, way):
    assert keys(shelf, {"procedure": "TX112"}, today=today)["way"] == way


def test_passing_an_unsupported_line_is_told_as_unlawful(shelf):
    sheet = KIND.sheet(draw_exercise(EXERCISE, KIND, 0).world, shelf)
    assert mark_asks((sheet.asks[0],), {"line-1": SUPPORTED}).credits[0].severity == "unlawful"
