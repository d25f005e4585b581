"""Estimates before a visit: the share of a plan's member, and the good-faith estimate of one who pays without insurance."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds import KINDS
from curriculum.kinds.good_faith_estimate import after, business_days
from tests import shipped

CATALOGUE = shipped.catalogue()
HELD = {one.slug: one for one in CATALOGUE.exercises.values()}
SHARE, FAITH = HELD["what-the-visit-will-cost"], HELD["a-patient-who-pays-without-insurance"]
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def keys(shelf, item, words):
    seed = next(place for place, each in enumerate(item.vary.cases) if words in each.name)
    return {ask.id: ask.key for ask in KINDS[item.kind].sheet(draw_exercise(item, KINDS[item.kind], seed).world, shelf).asks}


@pytest.mark.parametrize("words, first", [("end of a deductible", "nothing"), ("has to be authorized", "authorization"), ("scan that is authorized", "nothing"), ("nobody has referred", "referral"), ("has ended", "not-active"), ("another plan", "other-payer"), ("left out", "not-covered")])
def test_what_is_to_be_settled_follows_from_the_plans_edits(shelf, words, first):
    assert keys(shelf, SHARE, words)["first"] == first


def test_a_share_that_rests_on_another_payers_answer_is_not_reckoned(shelf):
    assert keys(shelf, SHARE, "another plan") == {"first": "other-payer", "next": "both"}


def test_the_yearly_limit_caps_the_estimate(shelf):
    assert keys(shelf, SHARE, "yearly limit")["estimate"] == "25.00"


def test_a_protected_patient_is_told_that_nothing_is_asked_for(shelf):
    got = keys(shelf, SHARE, "a QMB")
    assert got["estimate"] == "0.00" and got["say"] == "protected"


def test_a_service_the_plan_leaves_out_is_told_as_owed_in_full(shelf):
    got = keys(shelf, SHARE, "left out")
    assert got["say"] == "before" and got["estimate"] == got["owes-1"]


def test_a_visit_refused_for_what_no_estimate_settles_is_the_authors_mistake(shelf):
    world = draw_exercise(SHARE, KINDS[SHARE.kind], 0).world
    with pytest.raises(ValueError, match="refused by medical_necessity, which no estimate can settle"):
        KINDS[SHARE.kind].sheet(world.model_copy(update={"diagnoses": ("I10", "M25.562")}), shelf)


@pytest.mark.parametrize("words, by", [("tenth business day", "2026-05-28"), ("the ninth", "2026-05-26"), ("nothing booked", "2026-05-28")])
def test_the_clock_of_a_good_faith_estimate_goes_by_how_far_ahead_it_is_booked(shelf, words, by):
    assert keys(shelf, FAITH, words)["by"] == by


def test_no_estimate_is_owed_on_short_notice_nor_where_the_plan_gets_the_claim(shelf):
    assert keys(shelf, FAITH, "day after next") == {"owed": "soon", "instead": "offer"} and keys(shelf, FAITH, "plan gets the claim") == {"owed": "insured", "instead": "share"}


def test_a_dispute_opens_at_the_threshold_and_not_a_cent_before(shelf):
    assert keys(shelf, FAITH, "over by enough")["dispute"] == "may" and keys(shelf, FAITH, "a cent less")["dispute"] == "may-not"


def test_the_discount_of_those_who_pay_themselves_comes_off(shelf):
    assert Decimal(keys(shelf, FAITH, "three weeks")["total"]) == Decimal("228.00") and keys(shelf, FAITH, "no claim sent")["total"] == "285.00"


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_a_day_so_many_business_days_on_is_so_many_business_days_away(start, days):
    assert business_days(start, after(start, days, ()), ()) == days
