"""Tracing claims: each fate of a claim has its own way on, and the days go by the right clock."""

from datetime import date

import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds.trace_status import CALL, DENIAL, KIND, LATE, MEND, POST, SEND, WAIT
from tests import shipped

CATALOGUE = shipped.catalogue()
EXERCISE = next(one for one in CATALOGUE.exercises.values() if one.slug == "five-accounts-without-an-answer")
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def keys(shelf, **changes) -> dict[str, str]:
    """The keys of the exercise with fields of one account changed."""
    world = draw_exercise(EXERCISE, KIND, 0).world
    number = changes.pop("account", 0)
    today = changes.pop("today", world.today)
    accounts = tuple(each.model_copy(update=changes) if at == number else each for at, each in enumerate(world.accounts))
    return {ask.id: ask.key for ask in KIND.sheet(world.model_copy(update={"accounts": accounts, "today": today}), shelf).asks}


def test_every_way_is_called_for_somewhere(shelf):
    ways = {ask.key for seed in range(20) for ask in KIND.sheet(draw_exercise(EXERCISE, KIND, seed).world, shelf).asks if ask.id.startswith("way-")}
    assert ways == {WAIT, CALL, SEND, MEND, POST, DENIAL, LATE}


@pytest.mark.parametrize("today, way", [(date(2026, 7, 3), WAIT), (date(2026, 7, 4), CALL)])
def test_the_payers_days_are_over_on_the_thirty_first_day(shelf, today, way):
    assert keys(shelf, today=today)["way-BR-31001"] == way


@pytest.mark.parametrize("today, way", [(date(2026, 7, 11), MEND), (date(2026, 7, 12), LATE)])
def test_a_rejected_claim_can_be_mended_up_to_the_last_day_for_filing(shelf, today, way):
    assert keys(shelf, today=today)["way-BR-31003"] == way


def test_the_nearest_last_day_comes_first(shelf):
    assert keys(shelf)["first"] == "BR-31003"


def test_a_fate_that_the_front_end_contradicts_is_told_to_the_author(shelf):
    with pytest.raises(ValueError, match="BR-31001: its fate is refused, but the payer's front end takes the claim"):
        keys(shelf, fate="refused")
