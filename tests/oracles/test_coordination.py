"""Worked examples of coordination published by others: what the second payer pays, to the cent; the numbers are those of the list they were collected in."""

import pytest

from billing import coordination_methods as methods
from billing import formulas, msp
from billing.claim import PriorAdjustment, PriorLine, PriorPayment
from billing.policy import Benefit, Benefits, Reason, Secondary, Sequestration
from tests.billing.made import DAY, claim, dollars, flat, line, policy
from tests.billing.test_adjudication import answer

MISSING = Reason("CO", "22")


def after(charge, paid, *adjustments):
    """A claim of one line with the first payer's answer on it; an adjustment is (group, CARC, dollars)."""
    prior = PriorPayment("first", DAY, (PriorLine(1, dollars(paid), tuple(PriorAdjustment(group, carc, dollars(amount)) for group, carc, amount in adjustments)),))
    return claim(line(charge=charge), prior_payment=prior)


def second(method, fee, percent="0", deductible="0", **more):
    return policy(fee_schedule=flat(("TX113", fee)), benefits=Benefits((Benefit("plain", dollars(deductible), dollars(percent)),)), secondary=Secondary(method, MISSING), **more)


def test_1_medicare_pays_the_lowest_of_three():
    limbs = msp.part_b_limbs(accepted=dollars("175"), fee=dollars("125"), medicare_alone=dollars("100"), prior_allowed=dollars("150"), prior_paid=dollars("120"))
    assert [limb.amount for limb in limbs] == [55, 100, 30] and msp.lowest(limbs).amount == dollars("30")


def test_1_the_engine_finds_the_three_amounts_on_the_claim():
    sent = after("175.00", "120.00", ("PR", "45", "25.00"), ("PR", "2", "30.00"))
    got = answer(sent, second("lowest-of-three", "125.00", "20"))
    assert (got.paid, got.adjusted("OA", "23"), got.adjusted("PR"), got.adjusted("CO", "45")) == tuple(map(dollars, ("30.00", "120.00", "0.00", "25.00")))


def test_1_sequestration_comes_off_what_medicare_pays_as_second():
    sent = after("175.00", "120.00", ("PR", "45", "25.00"), ("PR", "2", "30.00"))
    got = answer(sent, second("lowest-of-three", "125.00", "20", sequestration=Sequestration(dollars("2"))))
    assert (got.paid, got.adjusted("CO", "253")) == (dollars("29.40"), dollars("0.60"))


def test_a_supplier_that_takes_the_first_payment_as_full_payment_gets_nothing_more():
    assert answer(after("175.00", "120.00", ("CO", "45", "55.00")), second("lowest-of-three", "150.00", "20")).paid == 0


def test_the_patient_owes_medicares_share_as_far_as_the_first_payer_paid_less():
    got = answer(after("125.00", "10.00", ("PR", "1", "115.00")), second("lowest-of-three", "125.00", "20", "100"))
    assert (got.paid, got.adjusted("PR"), got.adjusted("CO", "45")) == tuple(map(dollars, ("20.00", "95.00", "0.00")))


@pytest.mark.parametrize("gross, share, accepted, paid, lowest, at", [
    ("1000", "300", "2000", "200", "700", "(1)"), ("1000", "100", "2000", "600", "400", "(2)"), ("1000", "100", "900", "600", "300", "(3)"), ("1000", "300", "500", "100", "200", "(4)")])
def test_each_of_the_four_limbs_of_a_provider_can_be_the_lowest(gross, share, accepted, paid, lowest, at):
    limb = msp.lowest(msp.provider_limbs(*map(dollars, (gross, share, accepted, paid))))
    assert limb.amount == dollars(lowest) and limb.at.endswith(at)
    assert formulas.medicare_secondary_provider(*map(dollars, (gross, share, accepted, paid))) == dollars(lowest)


@pytest.mark.parametrize("charge, prior, left, paid", [("166.50", "136.50", "30.00", "30.00"), ("585.00", "0.00", "585.00", "280.00"), ("10323.64", "9411.64", "912.00", "912.00")])
def test_36_claims_of_a_remittance_of_second_payments(charge, prior, left, paid):
    assert methods.standard(dollars(paid), dollars(left)) == dollars(paid) and dollars(charge) - dollars(prior) == dollars(left)


def test_36_what_a_second_payer_leaves_of_a_claim():
    assert dollars("585") - dollars("150") - dollars("70") - dollars("85") == dollars("280")


def test_38_a_contract_that_pays_beyond_the_charge_shows_it_as_a_negative_adjustment():
    got = answer(after("541.00", "450.00", ("CO", "45", "66.00"), ("PR", "2", "25.00")), second("by-contract", "484.00"))
    assert (got.adjusted("OA", "23"), got.adjusted("OA", "94"), got.paid) == tuple(map(dollars, ("516.00", "-9.00", "34.00")))
    assert got.charge == got.paid + got.adjusted("OA")


def test_43_maintenance_of_benefits():
    assert methods.maintenance(dollars("125"), dollars("75"), dollars("0"), dollars("25"), dollars("50")) == dollars("37.50")


BEFORE = (("CO", "45", "20.00"), ("PR", "1", "40.00"))


@pytest.mark.parametrize("method, paid, patient, off", [
    ("standard", "40.00", "0.00", "0.00"), ("carve-out", "12.00", "28.00", "0.00"), ("non-duplication", "12.00", "28.00", "0.00"), ("maintenance", "24.00", "16.00", "0.00"),
    ("lesser-of", "30.00", "0.00", "10.00"), ("up-to-allowed", "30.00", "0.00", "10.00")])
def test_each_method_of_one_claim(method, paid, patient, off):
    """120 charged, 60 paid, 40 owed; the second allows 90 and pays 80 per cent of it, 72, alone."""
    got = answer(after("120.00", "60.00", *BEFORE), second(method, "90.00", "20"))
    assert (got.paid, got.adjusted("PR"), got.adjusted("CO"), got.adjusted("OA", "23")) == tuple(map(dollars, (paid, patient, off, "80.00")))


def test_a_method_that_there_is_not_is_named():
    with pytest.raises(LookupError, match="no method of coordination guess; there are standard"):
        answer(after("120.00", "60.00", *BEFORE), second("guess", "90.00"))
