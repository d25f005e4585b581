"""The Part A amounts published year after year: a coinsurance day is a quarter of the deductible, a reserve day a half, a nursing day an eighth."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.institutional.cost_sharing import DaysUsed, days_used, nursing_coinsurance
from billing.institutional.member import BenefitPeriod
from tests.institutional.made import PART_A, answer, member, payer, stay

D = Decimal
RULE = payer(PART_A).rule("institutional-benefits")


@pytest.mark.parametrize("day, deductible, coinsurance, reserve, nursing", [("2026-01-01", "1736", "434", "868", "217.00"), ("2025-01-01", "1676", "419", "838", "209.50")])
def test_47_the_amounts_of_a_year(day, deductible, coinsurance, reserve, nursing):
    held = RULE.on(date.fromisoformat(day))
    assert (held.deductible, held.coinsurance, held.reserve_coinsurance, held.nursing_coinsurance) == tuple(map(D, (deductible, coinsurance, reserve, nursing)))


@pytest.mark.parametrize("deductible, coinsurance, reserve, nursing", [("1736", "434", "868", "217.00"), ("1676", "419", "838", "209.50"), ("1288", "322", "644", "161.00"),
                                                                      ("1068", "267", "534", "133.50"), ("776", "194", "388", "97.00"), ("676", "169", "338", "84.50")])
def test_47_a_quarter_a_half_and_an_eighth(deductible, coinsurance, reserve, nursing):
    assert (D(deductible) / 4, D(deductible) / 2, D(deductible) / 8) == (D(coinsurance), D(reserve), D(nursing))


@pytest.mark.parametrize("used, borne", [(0, "1736.00"), (60, "1736.00"), (90, "3472.00")])
def test_47_four_days_in_2026_cost_the_patient(used, borne):
    known = member(period=BenefitPeriod(used, D("0.00") if not used else D("1736.00")))
    assert answer(stay(), known).adjusted("PR") == D(borne)


@pytest.mark.parametrize("before, days, cost", [(0, 20, "0.00"), (0, 21, "217.00"), (20, 10, "2170.00"), (0, 100, "17360.00")])
def test_47_days_in_a_nursing_facility(before, days, cost):
    assert nursing_coinsurance(RULE.on(date(2026, 3, 1)), before, days) == D(cost)


def test_47_ninety_days_and_sixty_of_the_reserve():
    held = RULE.on(date(2026, 3, 1))
    assert days_used(held, BenefitPeriod(), 90) == DaysUsed(60, 30, 0)
    assert days_used(held, BenefitPeriod(days_used=90), 60) == DaysUsed(0, 0, 60)
    assert days_used(replace(held, reserve_days=0), BenefitPeriod(days_used=90), 60) == DaysUsed(0, 0, 0)
