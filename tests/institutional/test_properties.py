"""What holds of every answer to a hospital's claim: it balances to the cent, pays nothing below zero, and what a void takes back is what was given."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from billing.answer import Rejection
from billing.coverage import Accumulator
from billing.institutional.claim import ValueAmount
from billing.institutional.member import BenefitPeriod
from tests.institutional.made import CEDAR, D, IN, PART_A, accommodation, answer, balances, dx, earlier, member, payer, prior, service, stay, visit

MONEY = some.decimals(min_value=Decimal("0.01"), max_value=Decimal("900000"), places=2)
RATES = [each.procedure for each in payer(PART_A).rule("institutional-outpatient-rates").values[-1].value.rates if each.procedure not in ("TX420", "TX430", "TX440")]
ILLNESS = some.sampled_from(["J18.9", "I50.23", "A41.9", "S72.001A", "N39.0", "R07.9", "I63.9"])
PERIODS = some.builds(BenefitPeriod, some.integers(0, 90), some.decimals(min_value=0, max_value=1736, places=2), some.integers(0, 59))
EARLIER = some.none() | some.builds(lambda paid, off: prior(str(paid), ("CO", "45", str(off))), MONEY, MONEY)


@settings(max_examples=150, deadline=None)
@given(some.sampled_from([PART_A, CEDAR]), ILLNESS, some.integers(1, 95), MONEY, some.sampled_from(["01", "02", "03", "06", "62"]), PERIODS, EARLIER)
def test_a_stay_balances_and_nothing_is_below_zero(name, illness, days, charge, status, period, before):
    sent = stay(name, days=days, principal_diagnosis=dx(illness), other_diagnoses=(), discharge_status=status, lines=(accommodation(days, str(charge)),), prior_payment=before)
    got = answer(sent, replace(member(name), period=period))
    assert balances(got) and 0 <= got.paid <= got.allowed
    assert all(a.amount >= 0 or a.carc == "94" for a in got.whole.adjustments)


@settings(max_examples=150, deadline=None)
@given(some.sampled_from([PART_A, CEDAR]), some.lists(some.tuples(some.sampled_from(RATES), MONEY, some.integers(1, 4), some.integers(0, 2)), min_size=1, max_size=6), some.decimals(min_value=0, max_value=300, places=2))
def test_every_outpatient_line_balances(name, services, met):
    lines = tuple(service(procedure, str(charge), "0450", units=units, service_date=IN + timedelta(days=later)) for procedure, charge, units, later in services)
    got = answer(visit(*lines, name=name, statement_through=IN + timedelta(days=2)), member(name, accumulators=(Accumulator(2026, met, met),)))
    assert not isinstance(got, Rejection) and balances(got) and all(0 <= line.paid <= line.allowed for line in got.lines)
    left = max(D("283.00") - met, D("0.00"))
    assert name == CEDAR or got.adjusted("PR", "1") <= left


@settings(max_examples=40, deadline=None)
@given(ILLNESS, MONEY)
def test_what_a_void_takes_back_is_what_was_given(illness, charge):
    sent = stay(principal_diagnosis=dx(illness), lines=(accommodation(4, str(charge)),))
    first = answer(sent)
    known = member(earlier_bills=(earlier(sent, paid=first.paid, adjustments=first.whole.adjustments),))
    back = answer(replace(sent, type_of_bill="0118", condition_codes=("D6",), control_number="26100000000001"), known)
    assert (back.charge + first.charge, back.paid + first.paid, back.adjusted("PR") + first.adjusted("PR")) == (0, 0, 0) and balances(back)


def test_two_stays_use_the_days_of_one_period():
    first = answer(stay(days=60, values=(ValueAmount("80", D(60)),)))
    second = answer(stay(), member(period=BenefitPeriod(60, first.adjusted("PR", "1"))))
    assert (first.adjusted("PR"), second.adjusted("PR", "1"), second.adjusted("PR", "2")) == (D("1736.00"), D("0.00"), D("1736.00"))
