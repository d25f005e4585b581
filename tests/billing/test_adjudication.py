"""The engine's stages on a made payer: each fact in a test, the invariants by property."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.adjudication import adjudicate
from billing.answer import Outcome, Rejection, Remittance
from billing.codes import OutsideKnownDates
from billing.coverage import Accumulator
from billing.edit_values import MedicalNecessity, PriorAuthorization
from billing.npi import valid, with_check_digit
from billing.policy import Benefit, Benefits, Copay, Participation, Reason, Secondary, Sequestration
from billing.claim import PriorAdjustment, PriorLine, PriorPayment
from tests.billing.made import DAY, Books, claim, coverage, dollars, line, policy, relative


def answer(sent=None, payer=None, member=None, received=DAY, **more):
    return adjudicate(sent or claim(), payer or policy(), member or coverage(), received, received + timedelta(days=14), Books(), **more)


def test_an_allowed_line_is_paid_less_the_patients_part_and_the_rest_is_contractual():
    paid = answer().lines[0]
    assert (paid.allowed, paid.paid, paid.adjusted("CO", "45"), paid.adjusted("PR", "2")) == (dollars("100.00"), dollars("80.00"), dollars("20.00"), dollars("20.00"))


def test_the_lesser_of_charge_and_fee_is_allowed():
    assert answer(claim(line(charge="70.00"))).allowed == dollars("70.00")


def test_the_second_line_of_a_claim_uses_the_deductible_the_first_left():
    payer = policy(benefits=Benefits((Benefit("plain", dollars("130.00"), dollars("20")),)))
    first, second = answer(claim(line(), line("TX202", "90.00")), payer).lines
    assert (first.adjusted("PR", "1"), second.adjusted("PR", "1"), second.adjusted("PR", "2")) == (dollars("100.00"), dollars("30.00"), dollars("10.00"))


def test_the_deductible_of_the_year_of_service_counts_not_of_the_year_received():
    payer = policy(benefits=Benefits((Benefit("plain", dollars("50.00"), dollars("0")),)))
    member = coverage(accumulators=(Accumulator(2025, dollars("50.00")), Accumulator(2026, dollars("0.00"))))
    late = claim(line(service_date=date(2025, 12, 30)))
    assert answer(late, payer, member).adjusted("PR") == dollars("0.00")


def test_a_copay_is_taken_once_a_day():
    payer = policy(benefits=Benefits((Benefit("plain", dollars("0"), dollars("20"), copays=(Copay(dollars("25.00"), ("TX113", "TX201")),)),)))
    assert answer(claim(line(), line("TX201", "60.00")), payer).adjusted("PR", "3") == dollars("25.00")


def test_the_out_of_pocket_limit_caps_the_share_from_coinsurance_up():
    payer = policy(benefits=Benefits((Benefit("plain", dollars("10.00"), dollars("20"), dollars("500.00")),)))
    member = coverage(accumulators=(Accumulator(2026, dollars("0.00"), dollars("485.00")),))
    paid = answer(payer=payer, member=member).lines[0]
    assert (paid.adjusted("PR", "1"), paid.adjusted("PR", "2"), paid.paid) == (dollars("10.00"), dollars("5.00"), dollars("85.00"))


def test_sequestration_comes_off_what_is_left_after_the_patients_part():
    paid = answer(payer=policy(sequestration=Sequestration(dollars("2")))).lines[0]
    assert (paid.adjusted("CO", "253"), paid.paid) == (dollars("1.60"), dollars("78.40"))


def test_facility_places_are_paid_the_facility_practice_expense():
    payer = policy(**relative(("TX113", "2", "3", "1", "0.5", {}), facility=("22",)))
    office, hospital = (answer(claim(line(charge="500.00", place_of_service=place)), payer).allowed for place in ("11", "22"))
    assert (office, hospital) == (dollars("55.00"), dollars("35.00"))


def test_geography_weighs_each_component():
    payer = policy(**relative(("TX113", "2", "3", "1", "0.5", {}), locality=("1.1", "0.9", "2"), factor="32.3465"))
    assert answer(claim(line(charge="500.00")), payer).allowed == dollars("190.84")   # (2.2 + 2.7 + 1.0) × 32.3465 = 190.84435


def test_professional_and_technical_components_have_their_own_values():
    rows = (("TX401", "1", "2", "2", "0", {}), ("TX401", "1", "0", "0", "0", {"component": "26"}), ("TX401", "0", "2", "2", "0", {"component": "TC"}))
    payer = policy(**relative(*rows))
    whole, read, taken = (answer(claim(line("TX401", "90.00", modifiers=m)), payer).allowed for m in ((), ("26",), ("TC",)))
    assert whole == read + taken == dollars("30.00")


@pytest.mark.parametrize("bilateral, allowed", [("0", "10.00"), ("1", "15.00"), ("3", "10.00")])
def test_modifier_50_prices_at_the_bilateral_per_cent_only_under_indicator_1(bilateral, allowed):
    payer = policy(**relative(("TX210", "1", "0", "0", "0", {"bilateral": bilateral})))
    assert answer(claim(line("TX210", "90.00", modifiers=("50",))), payer).allowed == dollars(allowed)


def test_multiple_procedures_are_ranked_by_fee_whatever_the_claims_order():
    rows = tuple((code, work, "0", "0", "0", {"multiple": "2"}) for code, work in (("TX201", "4"), ("TX301", "9"), ("TX302", "6")))
    paid = answer(claim(line("TX201", "99.00"), line("TX301", "99.00"), line("TX302", "99.00")), policy(**relative(*rows)))
    assert [each.allowed for each in paid.lines] == [dollars("20.00"), dollars("90.00"), dollars("30.00")]


def test_modifier_51_changes_nothing_of_itself():
    rows = (("TX301", "9", "0", "0", "0", {"multiple": "2"}),)
    assert answer(claim(line("TX301", "99.00", modifiers=("51",))), policy(**relative(*rows))).allowed == dollars("90.00")


def test_a_nonparticipating_provider_with_assignment_is_allowed_95_per_cent_and_writes_off_the_rest():
    payer = policy(participation=Participation(dollars("95"), dollars("115")))
    paid = answer(payer=payer, participates=False).lines[0]
    assert (paid.allowed, paid.paid, paid.adjusted("CO", "45"), paid.adjusted("PR", "2")) == (dollars("95.00"), dollars("76.00"), dollars("25.00"), dollars("19.00"))


def test_without_assignment_the_patient_is_paid_and_owes_up_to_the_limiting_charge():
    payer = policy(participation=Participation(dollars("95"), dollars("115")))
    got = answer(claim(line(charge="120.00"), accepts_assignment=False), payer, participates=False)
    paid = got.lines[0]
    assert got.pays_patient and paid.paid == 0
    assert (paid.adjusted("PR", "45"), paid.adjusted("CO", "45"), paid.adjusted("PR", "100")) == (dollars("14.25"), dollars("10.75"), dollars("76.00"))


def test_out_of_network_over_the_allowed_is_not_contractual():
    assert answer(participates=False).lines[0].adjusted("PR", "45") == dollars("20.00")


def second_claim(**changes):
    prior = PriorPayment("first", DAY, (PriorLine(1, dollars("70.00"), (PriorAdjustment("CO", "45", dollars("20.00")), PriorAdjustment("PR", "1", dollars("30.00")))),))
    return claim(line(), prior_payment=prior, **changes)


def test_a_standard_second_payer_pays_at_most_what_the_patient_owes():
    payer = policy(secondary=Secondary("standard", Reason("CO", "22")))
    paid = answer(second_claim(), payer).lines[0]
    assert (paid.paid, paid.adjusted("OA", "23")) == (dollars("30.00"), dollars("90.00"))


def test_a_lesser_of_second_payer_writes_the_rest_off():
    payer = policy(secondary=Secondary("lesser-of", Reason("CO", "22")))
    paid = answer(second_claim(), policy(secondary=Secondary("lesser-of", Reason("CO", "22")), benefits=Benefits((Benefit("plain", dollars("0"), dollars("0")),)),
                  fee_schedule=payer.rules["fee-schedule"].values[0].value.__class__((), (replace(payer.rules["fee-schedule"].values[0].value.flat_fees[0], fee=dollars("85.00")),)))).lines[0]
    assert (paid.paid, paid.adjusted("CO", "45"), paid.adjusted("PR")) == (dollars("15.00"), dollars("15.00"), dollars("0.00"))


def test_a_replacement_goes_only_to_a_payer_that_takes_it_and_names_the_original():
    named = claim(frequency_code="7", original_reference="260691234")
    assert isinstance(answer(named), Remittance)
    assert answer(replace(named, original_reference="")).findings[0].status == "464"


def test_excludes1_warns_and_denies_nothing():
    got = answer(claim(diagnoses=("E11.9", "E10.9")))
    assert got.outcome is Outcome.PAID and {f.edit for f in got.findings} == {"excludes1"}


def test_a_day_before_the_rules_begin_fails_with_a_sentence():
    early = claim(line(service_date=date(1999, 1, 5)))
    with pytest.raises(OutsideKnownDates, match="known from 2000-01-01"):
        answer(early, received=date(1999, 2, 1))


def test_a_check_digit_that_fits_is_valid_and_no_other():
    whole = with_check_digit("234567890")
    assert [valid(whole[:9] + str(digit)) for digit in range(10)].count(True) == 1 and valid(whole)


amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)


@settings(max_examples=150, deadline=None)
@given(charges=st.lists(amounts, min_size=1, max_size=5), deductible=amounts, coinsurance=st.integers(0, 100), met=amounts, limit=amounts,
       cut=st.sampled_from(("0", "2")), assigned=st.booleans(), participates=st.booleans(), codes=st.lists(st.sampled_from(("TX113", "TX201", "TX202")), min_size=5, max_size=5))
def test_every_remittance_balances_on_every_line(charges, deductible, coinsurance, met, limit, cut, assigned, participates, codes):
    payer = policy(benefits=Benefits((Benefit("plain", deductible, Decimal(coinsurance), limit),)), sequestration=Sequestration(Decimal(cut)),
                   participation=Participation(dollars("95"), dollars("115")))
    sent = claim(*(line(code, str(charge)) for code, charge in zip(codes, charges)), accepts_assignment=assigned)
    got = answer(sent, payer, coverage(accumulators=(Accumulator(2026, met, dollars("0.00")),)), participates=participates)
    for each in got.lines:
        assert each.charge == each.paid + sum(a.amount for a in each.adjustments)
        assert each.paid >= 0 and all(a.amount > 0 for a in each.adjustments)
    assert got.charge == sent.charge


@settings(max_examples=60, deadline=None)
@given(days=st.integers(-400, 400))
def test_any_received_day_gets_an_answer_and_lateness_alone_decides(days):
    got = answer(received=DAY + timedelta(days=days))
    if days < 0:
        assert isinstance(got, Rejection)
    else:
        assert (got.outcome is Outcome.DENIED) == (days > 90)


SCAN = PriorAuthorization(Reason("CO", "197"), Reason("CO", "198"), ("TX113",), waived_after=("medicare",))


@pytest.mark.parametrize("first, outcome", [("medicare", Outcome.PAID), ("cedar", Outcome.DENIED)])
def test_an_authorization_is_not_asked_for_after_a_payer_that_the_rule_names(first, outcome):
    prior = PriorPayment(first, DAY, (PriorLine(1, dollars("60.00"), (PriorAdjustment("CO", "45", dollars("20.00")), PriorAdjustment("PR", "2", dollars("20.00")))),))
    payer = policy(prior_authorization=SCAN, secondary=Secondary("standard", Reason("CO", "22")))
    assert answer(claim(line("TX113", "100.00"), prior_payment=prior), payer).outcome is outcome


def test_what_the_payers_reviewer_did_not_find_necessary_is_refused_whatever_the_diagnosis():
    payer = policy(medical_necessity=MedicalNecessity(Reason("CO", "50"), ()))
    found = answer(member=coverage(found_unnecessary=("TX113",)), payer=payer)
    assert (found.outcome, found.findings[0].edit, found.findings[0].carc) == (Outcome.DENIED, "medical_necessity", "50") and answer(payer=payer).outcome is Outcome.PAID
