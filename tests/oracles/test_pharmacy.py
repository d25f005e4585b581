"""Worked pharmacy examples published by others: AWP less a per cent and a fee, and the lowest of the prices that may decide."""

from decimal import Decimal

import pytest

from billing.pharmacy.answer import Basis
from tests.pharmacy.made import APIXORA, LISINOPRIL, answer, changed, claim

D = Decimal


def contract(brand, brand_fee, generic, generic_fee, mac=()):
    return changed("pharmacy-prices", brand_discount=D(brand), brand_fee=D(brand_fee), generic_discount=D(generic), generic_fee=D(generic_fee), mac=mac)


def of_awp_100(product, policy, usual="200.00"):
    """A quantity whose AWP is 100.00, submitted far above it."""
    awp = policy.rule("drug-file").values[-1].value.of[product].awp
    got = answer(claim(product, str(D(100) / awp), 30, "150.00", "9.00", usual_and_customary=D(usual)), policy=policy)
    return got.amounts


@pytest.mark.parametrize("product, terms, allowed", [
    (APIXORA, ("12", "4.00", "20", "5.00"), "92.00"), (LISINOPRIL, ("12", "4.00", "20", "5.00"), "85.00"),
    (APIXORA, ("17", "1.25", "72", "1.15"), "84.25"), (LISINOPRIL, ("17", "1.25", "72", "1.15"), "29.15")])
def test_53_awp_less_a_per_cent_and_a_fee(product, terms, allowed):
    got = of_awp_100(product, contract(*terms))
    assert (got.basis, got.allowed) == (Basis.AWP_LESS, D(allowed))


def test_53_usual_and_customary_less_the_fee_is_paid_where_it_is_lowest():
    got = of_awp_100(APIXORA, contract("12", "4.00", "20", "5.00"), usual="91.99")
    assert (got.basis, got.ingredient_cost, got.allowed) == (Basis.USUAL_AND_CUSTOMARY, D("87.99"), D("91.99"))
