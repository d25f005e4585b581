"""Every edit of a pharmacy claim on both sides of its boundary; and that taking an edit out fails a case named for it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.claim import Person
from billing.coverage import OtherCoverage
from billing.npi import with_check_digit
from billing.pharmacy import door, drug_edits, member_edits
from billing.pharmacy.claim import DrugReview, EarlierPayer, PharmacyReversal
from billing.pharmacy.member import DrugAuthorization
from billing.pharmacy.pipeline import reverse_pharmacy
from tests.pharmacy.made import (
    ADALORA, ALBUTEROL, AMOXICILLIN, APIXORA, ATORVASTATIN, BORN, CLARITHROMYCIN, CRESTAREL, DAY, ESOPRAZA, FINASTERIDE, IBUPROFEN, LIPIVANCE, LISINOPRIL, METFORMIN, PHENTERMINE,
    PRESCRIBER, SEVANTA, SIMVASTATIN, TRETINOIN, WARFARIN, ZOLPIDEM, answer, claim, fill, member, ndc, payer, said,
)

D = Decimal


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def aged(years: int) -> Person:
    """Born so many years before the day of the fill."""
    return Person("Marchetti", "Noor", date(DAY.year - years, DAY.month, DAY.day), "F")


def off_by_one(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def approved(product: str, ends=DAY):
    return member(authorizations=(DrugAuthorization("PA771", product, ago(30), ends),))


def had(product: str, days_ago: int, days=30, **more):
    return member(fills=(fill(product, ago(days_ago), days, **more),))


def first_paid(paid=None, owed=None, rejects=()):
    return (EarlierPayer("610999", DAY, None if paid is None else D(paid), None if owed is None else D(owed), rejects),)


FIRST = OtherCoverage("other", "Other Rx", date(2020, 1, 1))
BEHIND = member(primary_elsewhere=(FIRST,))
EXCLUDED = with_check_digit("290000666")
ADALORA_FILL = {"product": ADALORA, "quantity": "2", "days": 28, "cost": "6000.00"}
SEVANTA_FILL = {"product": SEVANTA, "quantity": "3", "days": 28, "cost": "900.00", "unit_of_measure": "ML"}
BLEEDING = DrugReview("DD", "M0", "1G")

CASES = [
    ("routed", "the payer's BIN and control number", claim(), None, "paid"),
    ("routed", "another BIN", claim(bin_number="999002"), None, "01"),
    ("routed", "another control number", claim(pcn="OTHER"), None, "04"),
    ("pharmacy_identifier", "checks", claim(), None, "paid"),
    ("pharmacy_identifier", "off by one", claim(pharmacy_npi=off_by_one(claim().pharmacy_npi)), None, "05"),
    ("prescriber_identifier", "checks", claim(), None, "paid"),
    ("prescriber_identifier", "off by one", claim(prescriber_npi=off_by_one(PRESCRIBER)), None, "25"),
    ("cardholder", "of the payer's shape", claim(), None, "paid"),
    ("cardholder", "a digit short", claim(cardholder_id="HRX2041770"), None, "07"),
    ("cardholder", "no group", claim(group_number=""), None, "06"),
    ("coded", "known codes", claim(), None, "paid"),
    ("coded", "no such relationship", claim(relationship="5"), None, "11"),
    ("coded", "no such other coverage code", claim(other_coverage="7"), None, "13"),
    ("coded", "no such selection code", claim(dispense_as_written="A"), None, "22"),
    ("clarifications", "three", claim(submission_clarifications=("1", "2", "5")), None, "paid"),
    ("clarifications", "four", claim(submission_clarifications=("1", "2", "5", "6")), None, "34"),
    ("product_identifier", "eleven digits", claim(), None, "paid"),
    ("product_identifier", "ten digits", claim(product=LISINOPRIL[:10]), None, "21"),
    ("counted", "one day and a bit", claim(quantity="0.001", days=1), None, "paid"),
    ("counted", "no quantity", claim(quantity="0"), None, "E7"),
    ("counted", "no days", claim(days=0), None, "19"),
    ("counted", "a letter in the prescription's number", claim(prescription="44O1187"), None, "16"),
    ("dated", "written that day", claim(), None, "paid"),
    ("dated", "written a day later", claim(date_written=DAY + timedelta(days=1)), None, "28"),
    ("priced", "cost and fee add up", claim(), None, "paid"),
    ("priced", "a cent more than they are", claim(gross_due=D("23.01")), None, "DU"),
    ("priced", "no usual and customary price", claim(usual_and_customary=D("0.00")), None, "DQ"),
    ("member_known", "on file", claim(), None, "paid"),
    ("member_known", "another id", claim(cardholder_id="HRX20417702"), None, "52"),
    ("group_matched", "the member's", claim(), None, "paid"),
    ("group_matched", "another group of the payer", claim(group_number="HWSAVER"), member(), "51"),
    ("person_matched", "the person on file", claim(), None, "paid"),
    ("person_matched", "another person code", claim(person_code="02"), None, "53"),
    ("person_matched", "another birth date", claim(patient=Person("Marchetti", "Noor", BORN + timedelta(days=1), "F")), None, "53"),
    ("person_matched", "another name", claim(patient=Person("Marchetti", "Nora", BORN, "F")), None, "62"),
    ("covered_that_day", "on the first day", claim(), member(begins=DAY), "paid"),
    ("covered_that_day", "a day before it", claim(), member(begins=DAY + timedelta(days=1)), "67"),
    ("covered_that_day", "on the last day", claim(), member(ends=DAY), "paid"),
    ("covered_that_day", "a day after it", claim(), member(ends=ago(1)), "69"),
    ("other_payer_first", "another that ended", claim(), member(primary_elsewhere=(replace(FIRST, ends=ago(1)),)), "paid"),
    ("other_payer_first", "another in force", claim(), BEHIND, "41"),
    ("other_payer_first", "another that has paid", claim(other_coverage="2", earlier_payers=first_paid("5.00")), BEHIND, "paid"),
    ("coordination_told", "code 2 with a payment", claim(other_coverage="2", earlier_payers=first_paid("0.01")), None, "paid"),
    ("coordination_told", "code 2 without one", claim(other_coverage="2", earlier_payers=first_paid("0.00")), None, "13 DV"),
    ("coordination_told", "code 4 with nothing paid", claim(other_coverage="4", earlier_payers=first_paid("0.00")), None, "paid"),
    ("coordination_told", "code 4 with a payment", claim(other_coverage="4", earlier_payers=first_paid("0.01")), None, "13 DV"),
    ("coordination_told", "code 3 with the reject codes", claim(other_coverage="3", earlier_payers=first_paid(rejects=("70",))), None, "paid"),
    ("coordination_told", "code 3 without them", claim(other_coverage="3", earlier_payers=first_paid("0.00")), None, "13 6E"),
    ("coordination_told", "code 8 with what is owed", claim(other_coverage="8", earlier_payers=first_paid(owed="12.00")), None, "paid"),
    ("coordination_told", "code 8 without it", claim(other_coverage="8", earlier_payers=first_paid("12.00")), None, "13 DV"),
    ("coordination_told", "code 0 with another payer's answer", claim(earlier_payers=first_paid("5.00")), None, "13"),
    ("same_fill", "the fill before", claim(fill_number=1), had(LISINOPRIL, 30, prescription="4401187"), "paid"),
    ("same_fill", "this very fill", claim(), had(IBUPROFEN, 0, prescription="4401187"), "83"),
    ("sent_in_time", "on the 90th day", (claim(), DAY + timedelta(days=90)), None, "paid"),
    ("sent_in_time", "on the 91st", (claim(), DAY + timedelta(days=91)), None, "81"),
    ("sent_in_time", "a day before the fill", (claim(), ago(1)), None, "82"),
    ("prescription_good", "365 days old", claim(date_written=ago(365)), None, "paid"),
    ("prescription_good", "366 days old", claim(date_written=ago(366)), None, "M4"),
    ("refills_left", "the last refill", claim(fill_number=5), None, "paid"),
    ("refills_left", "one more", claim(fill_number=6), None, "73"),
    ("product_known", "in the drug file", claim(), None, "paid"),
    ("product_known", "not there", claim(product=ndc(99)), None, "54"),
    ("unit_fits", "whole bottles", claim(AMOXICILLIN, "200", 10, unit_of_measure="ML"), None, "paid"),
    ("unit_fits", "half a bottle", claim(AMOXICILLIN, "150", 10, unit_of_measure="ML"), None, "55"),
    ("unit_fits", "an inhaler by the gram", claim(ALBUTEROL, "8.5", 30, cost="50.00", unit_of_measure="GM"), None, "paid"),
    ("unit_fits", "an inhaler as one", claim(ALBUTEROL, "1", 30, cost="50.00"), None, "26"),
    ("on_formulary", "listed", claim(), None, "paid"),
    ("on_formulary", "not listed", claim(ESOPRAZA), None, "MR"),
    ("on_formulary", "excluded", claim(PHENTERMINE), None, "70"),
    ("authorized", "on the authorization's last day", claim(**ADALORA_FILL), approved(ADALORA), "paid"),
    ("authorized", "a day after it", claim(**ADALORA_FILL), approved(ADALORA, ago(1)), "75"),
    ("authorized", "with the number on file", claim(**ADALORA_FILL, prior_authorization="PA771"), approved(ADALORA), "paid"),
    ("authorized", "with another number", claim(**ADALORA_FILL, prior_authorization="PA772"), approved(ADALORA), "75 EV"),
    ("step_taken", "atorvastatin 365 days before", claim(CRESTAREL), had(ATORVASTATIN, 365), "paid"),
    ("step_taken", "366 days before", claim(CRESTAREL), had(ATORVASTATIN, 366), "608"),
    ("step_taken", "neither step nor authorization", claim(**SEVANTA_FILL), None, "75 608"),
    ("step_taken", "an authorization instead", claim(**SEVANTA_FILL), approved(SEVANTA), "paid"),
    ("not_too_soon", "on the 23rd of 30 days", claim(), had(LISINOPRIL, 23), "paid"),
    ("not_too_soon", "on the 22nd", claim(), had(LISINOPRIL, 22), "79"),
    ("not_too_soon", "on the 22nd, going on vacation", claim(submission_clarifications=("3",)), had(LISINOPRIL, 22), "paid"),
    ("not_too_soon", "on the 22nd, therapy changed", claim(submission_clarifications=("5",)), had(LISINOPRIL, 22), "79"),
    ("not_too_soon", "the brand after the generic", claim(LIPIVANCE, dispense_as_written="1"), had(ATORVASTATIN, 5), "79"),
    ("quantity_within", "30 for 30", claim(ZOLPIDEM), None, "paid"),
    ("quantity_within", "31 for 30", claim(ZOLPIDEM, "31"), None, "76"),
    ("quantity_within", "30 for 15", claim(ZOLPIDEM, "30", 15), None, "76"),
    ("days_within", "34 days", claim(IBUPROFEN, "34", 34), None, "paid"),
    ("days_within", "35 days", claim(IBUPROFEN, "35", 35), None, "7X"),
    ("days_within", "90 days of what is taken for good", claim(LISINOPRIL, "90", 90), None, "paid"),
    ("days_within", "91 days of it", claim(LISINOPRIL, "91", 91), None, "7X"),
    ("fits_person", "35 years old", claim(TRETINOIN, "45", patient=aged(35), unit_of_measure="GM"), member(birth_date=aged(35).birth_date), "paid"),
    ("fits_person", "36 years old", claim(TRETINOIN, "45", patient=aged(36), unit_of_measure="GM"), member(birth_date=aged(36).birth_date), "60"),
    ("fits_person", "a man", claim(FINASTERIDE), member(sex="M"), "paid"),
    ("fits_person", "a woman", claim(FINASTERIDE), None, "61"),
    ("prescriber_paid", "a prescriber", claim(), None, "paid"),
    ("prescriber_paid", "one the plan does not pay for", claim(prescriber_npi=EXCLUDED), None, "71"),
    ("selection_said", "the generic", claim(ATORVASTATIN), None, "paid"),
    ("selection_said", "the brand, by nobody's wish", claim(LIPIVANCE), None, "22"),
    ("selection_said", "the brand, by the prescriber's", claim(LIPIVANCE, dispense_as_written="1"), None, "paid"),
    ("selection_said", "a brand without generics", claim(APIXORA, "60"), None, "paid"),
    ("interactions_reviewed", "warfarin used up the day before", claim(IBUPROFEN), had(WARFARIN, 30), "paid"),
    ("interactions_reviewed", "a day of warfarin left", claim(IBUPROFEN), had(WARFARIN, 29), "88"),
    ("interactions_reviewed", "prescriber asked, filled", claim(IBUPROFEN, reviews=(BLEEDING,)), had(WARFARIN, 29), "paid"),
    ("interactions_reviewed", "a result that is no answer", claim(IBUPROFEN, reviews=(replace(BLEEDING, result="2A"),)), had(WARFARIN, 29), "88"),
    ("interactions_reviewed", "the pair the other way round", claim(SIMVASTATIN), had(CLARITHROMYCIN, 3, 10), "88"),
]
EDITS = [(module, name, edit) for module, name in ((door, "EDITS"), (member_edits, "WHO"), (member_edits, "EDITS"), (drug_edits, "EDITS")) for edit in getattr(module, name)]
"""product_known stands by itself: nothing can be said of a product that is not there."""


def outcome(case) -> str:
    _, _, sent, known, _ = case
    sent, on = sent if isinstance(sent, tuple) else (sent, None)
    return said(answer(sent, known, on))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]}: {c[1]}")
def test_boundary(case):
    assert outcome(case) == case[4]


@pytest.mark.parametrize("module, stage, edit", [*EDITS, (drug_edits, "", drug_edits.product_known)], ids=lambda e: getattr(e, "__name__", ""))
def test_taking_an_edit_out_fails_a_case_named_for_it(module, stage, edit, monkeypatch):
    if stage:
        monkeypatch.setattr(module, stage, tuple(each for each in getattr(module, stage) if each is not edit))
    else:
        monkeypatch.setattr(module, edit.__name__, lambda review: [])
    failing = []
    for case in (each for each in CASES if each[0] == edit.__name__):
        try:
            failing += [case[1]] if outcome(case) != case[4] else []
        except Exception:   # an edit that guards the rest from what cannot be read
            failing.append(case[1])
    assert failing


def test_every_edit_has_two_sides():
    for _, _, edit in EDITS:
        outcomes = {case[4] for case in CASES if case[0] == edit.__name__}
        assert "paid" in outcomes and len(outcomes) > 1, edit.__name__


def test_fields_are_asked_before_the_member_and_the_member_before_the_drug():
    assert said(answer(claim(ESOPRAZA, days=0, person_code="02"))) == "19"
    assert said(answer(claim(ESOPRAZA, person_code="02"))) == "53"


def test_an_answer_holds_five_codes_at_most():
    got = answer(claim(bin_number="1", pcn="", pharmacy_npi="", prescriber_npi="", group_number="", days=0))
    assert got.codes == ("01", "04", "05", "25", "06")


def test_a_reject_names_its_rule_and_the_payers_words():
    finding = answer(claim(), had(LISINOPRIL, 22)).findings[0]
    assert (finding.rule.rule, finding.message) == ("refill-too-soon", "REFILL TOO SOON")
    assert str(ago(22) + timedelta(days=23)) in finding.why


@pytest.mark.parametrize("days, codes", [(90, ()), (91, ("87",))])
def test_a_paid_claim_is_taken_back_within_the_window(days, codes):
    known = member().with_fill(claim(), answer(claim()))
    assert reverse_pharmacy(PharmacyReversal.of(claim()), payer(), known, DAY + timedelta(days=days)).codes == codes


def test_what_was_never_paid_cannot_be_taken_back():
    known = member().with_fill(claim(), answer(claim()))
    for changes in ({"fill_number": 1}, {"ndc": METFORMIN}, {"service_date": ago(1)}):
        assert reverse_pharmacy(replace(PharmacyReversal.of(claim()), **changes), payer(), known, DAY).codes == ("84",)


def test_a_reversal_names_the_number_it_takes_back_and_clears_the_way():
    paid = answer(claim())
    known = member().with_fill(claim(), paid)
    got = reverse_pharmacy(PharmacyReversal.of(claim()), payer(), known, DAY)
    assert got.authorization == paid.authorization and said(answer(claim(), known)) == "83"
    assert said(answer(claim(), known.without(PharmacyReversal.of(claim())))) == "paid"
