"""Worked dental examples published by others: a deductible taken first or last, and maintenance of benefits after another plan."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billing.dental.member import DentalAccumulator
from tests.dental.made import HAREBELL, answer, changed, claim, line, member, payer, prior

D = Decimal


def plan(deductible: str, percent: str, order: str = "before"):
    """Harebell's plan with one deductible and one per cent for everything, and no maximum in reach."""
    held = payer(HAREBELL).rule("dental-plans").values[-1].value.plans[0]
    benefits = tuple(replace(each, network_percent=D(percent), deductible=True) for each in held.benefits)
    return (replace(held, deductible=D(deductible), deductible_order=order, benefits=benefits),)


def fees(allowed: str):
    held = payer(HAREBELL).rule("dental-fees").values[-1].value.fees
    return tuple(replace(each, contracted=D(allowed)) for each in held)


def with_rules(allowed: str, plans, **secondary):
    """Harebell under other figures."""
    policy, one = changed(HAREBELL, "dental-plans", plans=plans), changed(HAREBELL, "dental-fees", fees=fees(allowed))
    rules = {**policy.rules, "dental-fees": one.rules["dental-fees"]}
    if secondary:
        rules["secondary"] = changed(HAREBELL, "secondary", **secondary).rules["secondary"]
    return replace(policy, rules=rules)


@pytest.mark.parametrize("order, benefit", [("before", "40.00"), ("after", "35.00")])
def test_41_the_deductible_comes_off_the_fee_or_off_the_benefit(order, benefit):
    got = answer(claim(line("TD003", "88.00")), policy=with_rules("75.00", plan("25.00", "80", order)))
    assert (got.paid, got.adjusted("CO", "45")) == (D(benefit), D("13.00"))


def test_43_maintenance_of_benefits_takes_the_per_cent_of_what_is_left():
    known = member(accumulators=(DentalAccumulator(2026, D("0.00")),))
    got = answer(claim(line("TD003", "125.00"), prior_payment=prior("75.00", "50.00")), known, policy=with_rules("125.00", plan("0.00", "75"), method="maintenance"))
    assert (got.paid, got.adjusted("PR")) == (D("37.50"), D("12.50"))
