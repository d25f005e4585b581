"""What a fill costs and who pays: the lowest of four prices, each plan's share worked by hand, brands asked for, a second payer; and that every answer balances."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.answer import Outcome
from billing.coverage import Accumulator, OtherCoverage
from billing.money import ZERO
from billing.pharmacy.answer import Basis, as_remittance
from billing.pharmacy.claim import EarlierPayer, PharmacyReversal
from tests.pharmacy.made import APIXORA, ATORVASTATIN, DAY, GLARVIA, LIPIVANCE, LISINOPRIL, ZOLPIDEM, answer, claim, ndc, member

D = Decimal
BEHIND = {"primary_elsewhere": (OtherCoverage("other", "Other Rx", date(2020, 1, 1)),)}


def used(deductible: str, out_of_pocket: str, plan="saver"):
    return member(plan, accumulators=(Accumulator(DAY.year, D(deductible), D(out_of_pocket)),))


def money(got):
    """Basis, ingredient, fee, what the patient pays, what the payer pays."""
    paid = got.amounts
    return (paid.basis, *(str(amount) for amount in (paid.ingredient_cost, paid.dispensing_fee, paid.patient_pay, paid.total_paid)))


@pytest.mark.parametrize("changes, expected", [
    ({}, (Basis.MAC, "0.75", "1.15", "1.90", "0.00")),                                                # 30 x 0.025; a copay of 10.00 is never more than the price
    ({"product": APIXORA, "quantity": "60", "cost": "600.00", "usual_and_customary": D("700.00")}, (Basis.AWP_LESS, "517.92", "1.25", "35.00", "484.17")),   # 624.00 x 83 %
    ({"product": APIXORA, "quantity": "60", "cost": "500.00", "usual_and_customary": D("700.00")}, (Basis.SUBMITTED, "500.00", "1.25", "35.00", "466.25")),
    ({"product": APIXORA, "quantity": "60", "cost": "600.00", "usual_and_customary": D("480.00")}, (Basis.USUAL_AND_CUSTOMARY, "478.75", "1.25", "35.00", "445.00")),
    ({"product": ZOLPIDEM, "fee": "0.50"}, (Basis.MAC, "1.65", "0.50", "2.15", "0.00")),             # no more fee than was asked for
    ({"product": ZOLPIDEM, "usual_and_customary": D("1.00")}, (Basis.USUAL_AND_CUSTOMARY, "0.00", "1.00", "1.00", "0.00")),
], ids=["MAC", "AWP less", "submitted", "usual and customary", "fee as submitted", "usual and customary below the fee"])
def test_the_lowest_price_is_paid(changes, expected):
    assert money(answer(claim(**changes))) == expected


BRAND = {"product": APIXORA, "quantity": "60", "cost": "600.00", "usual_and_customary": D("700.00")}
"""Allowed 517.92 + 1.25 = 519.17."""


@pytest.mark.parametrize("plan, known, parts", [
    ("copay", None, ("0.00", "35.00", "0.00")),
    ("saver", None, ("150.00", "0.00", "92.29")),                                  # 25 % of 369.17
    ("saver", used("150.00", "150.00"), ("0.00", "0.00", "100.00")),               # 129.79, at most 100.00
    ("saver", used("150.00", "3990.00"), ("0.00", "0.00", "10.00")),               # ten dollars left of the year's limit
    ("one", None, ("519.17", "0.00", "0.00")),
    ("one", used("1400.00", "1400.00", "one"), ("300.00", "0.00", "43.83")),       # 20 % of 219.17
    ("part-d", None, ("519.17", "0.00", "0.00")),
    ("part-d", used("500.00", "500.00", "part-d"), ("115.00", "0.00", "101.04")),  # 25 % of 404.17
    ("part-d", used("615.00", "615.00", "part-d"), ("0.00", "0.00", "129.79")),
    ("part-d", used("615.00", "2050.00", "part-d"), ("0.00", "0.00", "50.00")),
    ("part-d", used("615.00", "2100.00", "part-d"), ("0.00", "0.00", "0.00")),
])
def test_the_patients_share_of_each_plan(plan, known, parts):
    paid = answer(claim(plan=plan, **BRAND), known).amounts
    assert tuple(str(each) for each in (paid.deductible, paid.copay, paid.coinsurance)) == parts


def test_the_out_of_pocket_limit_comes_before_the_deductible_too():
    paid = answer(claim(plan="part-d", **BRAND), used("100.00", "2000.00", "part-d")).amounts
    assert (paid.deductible, paid.coinsurance) == (D("100.00"), ZERO)


@pytest.mark.parametrize("days, share", [(30, "35.00"), (31, "70.00")])
def test_insulin_costs_no_deductible_and_at_most_35_for_each_begun_month_under_part_d(days, share):
    got = answer(claim(GLARVIA, "15", days, cost="300.00", unit_of_measure="ML", usual_and_customary=D("330.00"), plan="part-d")).amounts
    assert (got.deductible, got.patient_pay) == (ZERO, min(D(share), D("67.23")))   # allowed 267.68 + 1.25; a quarter of it is 67.23


def test_a_copay_is_for_each_begun_month():
    assert [answer(claim(APIXORA, "60", days, cost="600.00", usual_and_customary=D("700.00"))).amounts.copay for days in (30, 31, 61)] == [D("35.00"), D("70.00"), D("105.00")]


LIPIVANCE_30 = {"product": LIPIVANCE, "quantity": "30", "cost": "420.00", "usual_and_customary": D("450.00")}
"""AWP 426.00 x 83 % = 353.58; the generic's MAC 30 x 0.09 = 2.70."""


@pytest.mark.parametrize("selection, penalty, patient", [("1", "0.00", "35.00"), ("2", "350.88", "354.83"), ("8", "0.00", "35.00")])
def test_who_asked_for_the_brand_decides_what_the_patient_pays(selection, penalty, patient):
    """The patient who asks for it owes the difference to the generic, and a copay at most of the rest: 2.70 + 1.25."""
    paid = answer(claim(dispense_as_written=selection, **LIPIVANCE_30)).amounts
    assert (paid.ingredient_cost, paid.product_selection, paid.patient_pay) == (D("353.58"), D(penalty), D(patient))


def test_the_difference_for_a_brand_counts_towards_no_limit():
    known = member()
    sent = claim(dispense_as_written="2", **LIPIVANCE_30)
    assert known.with_fill(sent, answer(sent, known)).used(DAY.year) == Accumulator(DAY.year, ZERO, D("3.95"))


@pytest.mark.parametrize("code, earlier, patient, paid", [
    ("2", EarlierPayer("610999", DAY, D("400.00")), "0.00", "119.17"),    # 119.17 left; own benefit 484.17
    ("2", EarlierPayer("610999", DAY, D("20.00")), "15.00", "484.17"),    # 499.17 left
    ("2", EarlierPayer("610999", DAY, D("600.00")), "0.00", "0.00"),
    ("4", EarlierPayer("610999", DAY, ZERO), "35.00", "484.17"),
    ("3", EarlierPayer("610999", DAY, reject_codes=("70",)), "35.00", "484.17"),
    ("8", EarlierPayer("610999", DAY, patient_responsibility=D("60.00")), "0.00", "60.00"),
    ("8", EarlierPayer("610999", DAY, patient_responsibility=D("500.00")), "15.83", "484.17"),
])
def test_a_second_payer_pays_its_own_benefit_at_most_what_is_left(code, earlier, patient, paid):
    got = answer(claim(other_coverage=code, earlier_payers=(earlier,), **BRAND), member(**BEHIND)).amounts
    assert (got.patient_pay, got.total_paid) == (D(patient), D(paid))


def test_a_reversal_gives_the_year_back_what_the_fill_took():
    known, sent = used("20.00", "30.00"), claim(plan="saver", **BRAND)
    after = known.with_fill(sent, answer(sent, known))
    assert after.used(DAY.year).deductible_met == D("150.00")
    assert after.without(PharmacyReversal.of(sent)).used(DAY.year) == known.used(DAY.year)


def test_the_835_tells_the_paid_claim_and_balances():
    told = as_remittance(answer(claim(plan="saver", **BRAND)), claim(plan="saver", **BRAND))
    assert told.outcome is Outcome.PAID and told.charge == told.paid + sum(a.amount for a in told.lines[0].adjustments)
    assert (told.adjusted("CO", "90"), told.adjusted("CO", "91"), told.adjusted("PR", "1"), told.adjusted("PR", "2")) == (D("82.08"), D("1.75"), D("150.00"), D("92.29"))


def test_no_835_tells_a_reject():
    with pytest.raises(ValueError, match="was not paid"):
        as_remittance(answer(claim(days=0)), claim(days=0))


dollars = st.integers(1, 90000).map(lambda n: D(n) / 100)
PRODUCTS = [ATORVASTATIN, LIPIVANCE, LISINOPRIL, APIXORA, ZOLPIDEM, ndc(23)]


@settings(max_examples=250, deadline=None)
@given(product=st.sampled_from(PRODUCTS), plan=st.sampled_from(["copay", "saver", "one", "part-d"]), days=st.integers(1, 30), cost=dollars, fee=dollars, usual=dollars, selection=st.sampled_from("128"),
       other=st.sampled_from(["0", "2", "3", "4", "8"]), before=dollars, met=dollars)
def test_every_paid_claim_balances(product, plan, days, cost, fee, usual, selection, other, before, met):
    earlier = {"0": (), "2": (EarlierPayer("1", DAY, before),), "3": (EarlierPayer("1", DAY, reject_codes=("70",)),), "4": (EarlierPayer("1", DAY, ZERO),),
               "8": (EarlierPayer("1", DAY, patient_responsibility=before),)}[other]
    sent = claim(product, str(days), days, str(cost), str(fee), plan, usual_and_customary=usual, dispense_as_written=selection, other_coverage=other, earlier_payers=earlier)
    got = answer(sent, replace(member(plan), accumulators=(Accumulator(DAY.year, met, met),)))
    paid = got.amounts
    assert paid.total_paid == paid.ingredient_cost + paid.dispensing_fee - paid.patient_pay - paid.other_payer
    assert min(paid.total_paid, paid.patient_pay, paid.other_payer, paid.deductible, paid.copay, paid.coinsurance, paid.product_selection, paid.ingredient_cost) >= 0
    assert paid.allowed <= min(sent.gross_due, sent.usual_and_customary)
    told = as_remittance(got, sent)
    assert told.charge == told.paid + sum(a.amount for a in told.lines[0].adjustments)
