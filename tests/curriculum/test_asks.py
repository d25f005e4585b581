"""What a scenario asks, on both sides of where its key turns; read from the scenarios as they are shipped."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from curriculum.asks import allowed_of
from curriculum.code_books import DEFAULT, CodeBooks
from scoring.ask_marks import mark_asks
from scoring.course import Course
from tests import shipped

pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")


@pytest.fixture(scope="module")
def catalogue():
    return shipped.catalogue()


@pytest.fixture(scope="module")
def asks(catalogue):
    """The first asks of a scenario by its slug, by id: of the branch of that name, or with world fields set."""
    def drawn(slug: str, branch: str = "", **world):
        scenario = next(one for one in catalogue.scenarios.values() if one.slug == slug)
        if world:
            bare = scenario.vary.model_copy(update={"cases": (), "draw": {}})
            scenario = scenario.model_copy(update={"world": type(scenario.world).model_validate({**scenario.world.model_dump(mode="json"), **world}), "vary": bare})
        names = [case.name for case in scenario.vary.cases]
        course = Course.begin(scenario, names.index(branch) if branch else 0, catalogue.policies[scenario.world.payer], CodeBooks.open())
        return {ask.id: ask for ask in course.first_asks}
    return drawn


def test_what_the_earlier_payer_adjusted_is_not_written_off_again(asks):
    """Charge 210.00, of which Medicare left 24.98: only that is Prairie's to take off."""
    ask = asks("medicaid-after-medicare")["write-off-1"]
    assert ask.key == "24.98"
    assert [(wrong.slug, wrong.value) for wrong in ask.wrong] == [("first-payer-posted-twice", "210.00")]


def test_an_estimate_past_the_out_of_pocket_limit_is_named_and_earns_nothing(asks):
    """20 per cent of 89.28 is 17.86; 10.00 of the limit is left."""
    found = asks("injection-before-the-deductible-is-met", "the out-of-pocket limit is nearly reached")
    answers = {id: ask.key for id, ask in found.items()} | {"estimate": "17.86"}
    credit = next(credit for credit in mark_asks(tuple(found.values()), answers).credits if credit.part == "estimate")
    assert (credit.earned, credit.misconception) == (0, "limit-forgotten")


def test_an_estimate_follows_from_the_limit_the_learner_read(asks):
    found = asks("injection-before-the-deductible-is-met", "the out-of-pocket limit is nearly reached")
    answers = {id: ask.key for id, ask in found.items()} | {"limit-left": "12.00", "estimate": "12.00"}
    credit = next(credit for credit in mark_asks(tuple(found.values()), answers).credits if credit.part == "estimate")
    assert (credit.earned, credit.misconception) == (1, "carried-forward")


@pytest.mark.parametrize("ends, asked", [("2026-04-21", True), ("2026-04-20", False)])
def test_nobody_is_billed_first_where_no_payer_covers_the_day(asks, ends, asked):
    coverage = {"member_id": "CMP518204466", "plan": "choice-1500", "begins": "2025-01-01", "ends": ends}
    assert ("first-payer" in asks("injection-before-the-deductible-is-met", coverage=coverage)) is asked


@pytest.mark.parametrize("today, action", [("2026-09-26", "corrected-claim"), ("2026-09-27", "write-off")])
def test_a_correction_is_right_through_its_last_day_though_the_filing_limit_has_passed(asks, today, action):
    """Service 2026-03-09 and 180 days to file; remittance 2026-03-30 and 180 days to correct."""
    assert asks("visit-denied-beside-a-procedure", today=today)["action"].key == action


@pytest.mark.parametrize("today, action", [("2027-05-06", "reopening"), ("2027-05-07", "write-off")])
def test_a_reopening_is_right_through_its_last_day(asks, today, action):
    """Determination 2026-05-06; the calendar year to file ended on 2027-04-14."""
    assert asks("counselling-denied-as-not-necessary", today=today)["action"].key == action


def test_the_fee_sheet_prices_anesthesia_by_units_and_not_by_the_minute(catalogue):
    """7 base units and 90 minutes at 15 are 13 units of 20.4976."""
    scenario = next(one for one in catalogue.scenarios.values() if one.world.payer == "medicare-part-b")
    course = Course.begin(scenario, 0, catalogue.policies["medicare-part-b"], CodeBooks.open())
    line = replace(course.case.clean.lines[0], service_date=date(2026, 3, 3), procedure="TX902", units=90, modifiers=("AA",))
    case = replace(course.case, clean=replace(course.case.clean, lines=(line,)))
    assert allowed_of(case, course.policy, course.books) == (("TX902", Decimal("266.47")),)
