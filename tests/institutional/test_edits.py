"""Every edit on a hospital's bill, on both sides of its line; and that no case holds without its edit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.claim import Provider
from billing.coverage import Authorization, OtherCoverage
from billing.institutional import bill_edits, coverage_edits, door
from billing.institutional.claim import Occurrence, RevenueLine, SurgicalProcedure, ValueAmount
from billing.institutional.member import BenefitPeriod
from tests.institutional.made import (ATTENDING, BORN, CEDAR, D, HOSPITAL, IN, OUT, accommodation, answer, dx, earlier, member, prior, said, service, stay, visit)

MODULES = (door, bill_edits, coverage_edits)
ADJUSTS = {"type_of_bill": "0117", "condition_codes": ("D1",), "control_number": "26100000000001"}
HAD = member(earlier_bills=(earlier(),))
GRANTED = Authorization("A7", "stay", IN, IN + timedelta(days=9), 4)
ELECTIVE = {"admission_type": "3", "prior_authorization": "A7"}
BEFORE_STAY = earlier(stay(admission_date=IN + timedelta(days=3), statement_from=IN + timedelta(days=3)))
LEAP = date(2024, 2, 29)


def cedar(**changes):
    return stay(CEDAR, **{**ELECTIVE, **changes})


def granted(**changes):
    return member(CEDAR, authorizations=(replace(GRANTED, **changes),))


# edit, what is tried, the claim (or the claim and the day it came), the member, the answer
CASES = [
    ("bill_type", "a stay", stay(), None, "paid"),
    ("bill_type", "a nursing facility's bill", stay(type_of_bill="0211"), None, "rejected A7 228"),
    ("bill_type", "an interim bill", stay(type_of_bill="0112"), None, "rejected A7 535"),
    ("bill_type", "blank", stay(type_of_bill=""), None, "rejected A6 228"),
    ("required_items", "born on the day of admission", stay(patient=replace(stay().patient, birth_date=IN)), member(birth_date=IN), "paid"),
    ("required_items", "born a day later", stay(patient=replace(stay().patient, birth_date=IN + timedelta(days=1))), member(birth_date=IN + timedelta(days=1)), "rejected A7 158 QC"),
    ("required_items", "no units", stay(lines=(accommodation(0),)), None, "rejected A7 476"),
    ("required_items", "more not covered than charged", stay(lines=(replace(accommodation(), non_covered=D("6000.01")),)), None, "rejected A7 178"),
    ("required_items", "all of it not covered", stay(lines=(replace(accommodation(), non_covered=D("6000.00")),)), None, "paid"),
    ("provider_identifiers", "valid", stay(operating=Provider("Dr Sato", ATTENDING)), None, "paid"),
    ("provider_identifiers", "no attending physician", stay(attending=Provider("", "")), None, "rejected A6 562 71"),
    ("provider_identifiers", "an operating physician mistyped", stay(operating=Provider("Dr Sato", ATTENDING[:-1] + str((int(ATTENDING[-1]) + 1) % 10))), None, "rejected A7 562 72"),
    ("member_identifier", "the payer's shape", stay(), None, "paid"),
    ("member_identifier", "with an S", stay(member_id="2S34D56EF78"), None, "rejected A7 164 IL"),
    ("member_found", "as in the records", stay(), None, "paid"),
    ("member_found", "another birth date", stay(), member(birth_date=BORN + timedelta(days=1)), "rejected A7 158 QC"),
    ("statement_dates", "received on the last day", (stay(), OUT), None, "paid"),
    ("statement_dates", "received the day before", (stay(), OUT - timedelta(days=1)), None, "rejected A7 188"),
    ("statement_dates", "ends before it begins", (stay(statement_through=IN - timedelta(days=1)), OUT), None, "rejected A7 188"),
    ("revenue_codes", "known", stay(), None, "paid"),
    ("revenue_codes", "not known", stay(lines=(accommodation(), RevenueLine("0999", D("5.00")))), None, "rejected A7 455"),
    ("procedures_known", "with a rate", visit(), None, "paid"),
    ("procedures_known", "without", visit(service("TX999")), None, "rejected A7 454"),
    ("diagnosis_codes", "billable", stay(), None, "paid"),
    ("diagnosis_codes", "a heading", stay(principal_diagnosis=dx("E11")), None, "rejected A7 254"),
    ("diagnosis_codes", "none such, beside the principal one", stay(other_diagnoses=(dx("ZZZ"),)), None, "rejected A7 255"),
    ("procedure_shape", "seven characters", stay(procedures=(SurgicalProcedure("0SR90JZ", IN),)), None, "paid"),
    ("procedure_shape", "six", stay(procedures=(SurgicalProcedure("0SR90J", IN),)), None, "rejected A7 490"),
    ("procedure_shape", "an O for a zero", stay(procedures=(SurgicalProcedure("OSR90JZ", IN),)), None, "rejected A7 490"),
    ("procedure_shape", "on an outpatient bill", visit(procedures=(SurgicalProcedure("0SR90JZ", IN),)), None, "rejected A7 490"),
    ("admission_stated", "all told", stay(), None, "paid"),
    ("admission_stated", "no admitting diagnosis", stay(admitting_diagnosis=""), None, "RTP CO-16 MA40"),
    ("admission_stated", "no admission date", stay(admission_date=None), None, "RTP CO-16 MA40"),
    ("admission_stated", "no admission hour", stay(admission_hour=""), None, "RTP CO-16 MA40"),
    ("admission_stated", "no discharge hour", stay(discharge_hour=""), None, "RTP CO-16 MA40"),
    ("admission_stated", "an outpatient has none", visit(), None, "paid"),
    ("codes_carried", "died, with the day", stay(discharge_status="20", occurrences=(Occurrence("55", OUT),)), None, "paid"),
    ("codes_carried", "died, without", stay(discharge_status="20"), None, "RTP CO-16 M45"),
    ("codes_carried", "no covered days", stay(values=()), None, "RTP CO-16 MA32"),
    ("present_on_admission", "exempt", stay(other_diagnoses=(dx("Z79.4", "1"),)), None, "paid"),
    ("present_on_admission", "blank", stay(other_diagnoses=(dx("J96.01", ""),)), None, "RTP CO-16 N434"),
    ("present_on_admission", "blank for an outpatient", visit(), None, "paid"),
    ("days_agree", "covered and not covered together", stay(values=(ValueAmount("80", D(3)), ValueAmount("81", D(1)))), None, "paid"),
    ("days_agree", "a day short", stay(values=(ValueAmount("80", D(3)),)), None, "RTP CO-16 MA32"),
    ("days_agree", "accommodation a day over", stay(lines=(accommodation(5),)), None, "RTP CO-16 MA32"),
    ("days_agree", "still a patient: a day more", stay(discharge_status="30", lines=(accommodation(5),), values=(ValueAmount("80", D(5)),)), None, "paid"),
    ("days_agree", "in and out on one day", stay(days=0, lines=(accommodation(1),), values=(ValueAmount("80", D(1)),)), None, "paid"),
    ("lines_within", "on the last day", visit(service(service_date=OUT), statement_through=OUT), None, "paid"),
    ("lines_within", "a day after", visit(service(service_date=OUT + timedelta(days=1)), statement_through=OUT), None, "RTP CO-16 MA31"),
    ("lines_within", "undated", visit(service(service_date=None)), None, "RTP CO-16 MA31"),
    ("procedure_with_revenue", "drugs need none", visit(service(), service("", code="0250")), None, "paid"),
    ("procedure_with_revenue", "a scan does", visit(service("")), None, "RTP CO-16 M20"),
    ("adjustment_stated", "what changed, and which claim", stay(**ADJUSTS), HAD, "paid"),
    ("adjustment_stated", "two reasons", stay(**{**ADJUSTS, "condition_codes": ("D1", "D9")}), HAD, "RTP CO-16 M44"),
    ("adjustment_stated", "a reason of a void", stay(**{**ADJUSTS, "condition_codes": ("D6",)}), HAD, "RTP CO-16 M44"),
    ("adjustment_stated", "no control number", stay(**{**ADJUSTS, "control_number": ""}), HAD, "RTP CO-16 M44"),
    ("adjustment_stated", "another claim's", stay(**{**ADJUSTS, "control_number": "1"}), HAD, "RTP CO-16 M44"),
    ("codes_edited", "an illness", stay(), None, "paid"),
    ("codes_edited", "a cause of injury as principal", stay(principal_diagnosis=dx("V00.01XA")), None, "RTP CO-16 MA63"),
    ("codes_edited", "a manifestation as principal", stay(principal_diagnosis=dx("F02.80")), None, "RTP CO-16 MA63"),
    ("timely_filing", "a year after the last day", (stay(), date(2027, 3, 14)), None, "paid"),
    ("timely_filing", "a day later", (stay(), date(2027, 3, 15)), None, "CO-29 N211"),
    ("timely_filing", "Cedar: 180 days after the last", (cedar(), OUT + timedelta(days=180)), granted(), "paid"),
    ("timely_filing", "Cedar: 181", (cedar(), OUT + timedelta(days=181)), granted(), "CO-29"),
    ("timely_filing", "Cedar: an adjustment counts from the answer", (cedar(**ADJUSTS), date(2026, 10, 7)), replace(granted(), earlier_bills=(earlier(),)), "paid"),
    ("duplicate", "another charge", stay(), member(earlier_bills=(earlier(charge=D("1.00")),)), "paid"),
    ("duplicate", "the same", stay(), HAD, "OA-18"),
    ("eligibility", "covered from the day of admission", stay(), member(begins=IN), "paid"),
    ("eligibility", "from the day after", stay(), member(begins=IN + timedelta(days=1)), "PR-26"),
    ("eligibility", "a stay goes by its admission", stay(), member(ends=IN), "paid"),
    ("eligibility", "ended the day before", stay(), member(ends=IN - timedelta(days=1)), "PR-27"),
    ("eligibility", "an outpatient by the whole statement", visit(statement_through=OUT), member(ends=IN), "PR-27"),
    ("other_payer_first", "ended before", stay(), member(primary_elsewhere=(OtherCoverage("x", "Group plan", BORN, IN - timedelta(days=1)),)), "paid"),
    ("other_payer_first", "on the day", stay(), member(primary_elsewhere=(OtherCoverage("x", "Group plan", BORN, IN),)), "CO-22"),
    ("other_payer_first", "with its answer", stay(prior_payment=prior("100.00")), member(primary_elsewhere=(OtherCoverage("x", "Group plan", BORN),)), "paid"),
    ("stay_authorization", "for as many days", cedar(), granted(), "paid"),
    ("stay_authorization", "a day short", cedar(), granted(units=3), "CO-197"),
    ("stay_authorization", "from the next day", cedar(), granted(begins=IN + timedelta(days=1)), "CO-197"),
    ("stay_authorization", "an emergency needs none", cedar(admission_type="1", prior_authorization=""), member(CEDAR), "paid"),
    ("benefit_days_left", "the last reserve day", stay(), member(period=BenefitPeriod(90, D("1736.00"), 59)), "paid"),
    ("benefit_days_left", "none", stay(), member(period=BenefitPeriod(90, D("1736.00"), 60)), "PR-119"),
    ("payment_window", "four days before", visit(), member(earlier_bills=(replace(BEFORE_STAY, admission_date=IN + timedelta(days=4)),)), "paid"),
    ("payment_window", "three", visit(), member(earlier_bills=(BEFORE_STAY,)), "CO-60"),
    ("payment_window", "at another hospital", visit(), member(earlier_bills=(replace(BEFORE_STAY, billing_npi="2"),)), "paid"),
    ("payment_window", "a test is never unrelated", visit(condition_codes=("51",)), member(earlier_bills=(BEFORE_STAY,)), "CO-60"),
    ("payment_window", "a visit may be", visit(service("TX834", code="0450"), condition_codes=("51",)), member(earlier_bills=(BEFORE_STAY,)), "paid"),
    ("payment_window", "and is not without the code", visit(service("TX834", code="0450")), member(earlier_bills=(BEFORE_STAY,)), "CO-60"),
    ("medical_necessity", "listed", visit(), None, "paid"),
    ("medical_necessity", "not listed", visit(principal_diagnosis=dx("I10", "")), None, "CO-50 N115"),
    ("medical_necessity", "with a notice on file", visit(service(modifiers=("GA",)), principal_diagnosis=dx("I10", "")), None, "PR-50 N115"),
]
NAMED = {edit.__name__ for module in MODULES for edit in module.EDITS} | {"member_found"}


def decided(case) -> str:
    _, _, sent, known, _ = case
    sent, received = sent if isinstance(sent, tuple) else (sent, None)
    return said(answer(sent, known, received))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]}: {c[1]}")
def test_boundary(case):
    assert decided(case) == case[-1]


def test_every_edit_has_cases_on_both_sides():
    sides = {edit: {case[-1] == "paid" for case in CASES if case[0] == edit} for edit in NAMED}
    assert {edit for edit, seen in sides.items() if seen != {True, False}} == set()
    assert {case[0] for case in CASES} == NAMED


@pytest.mark.parametrize("edit", sorted(NAMED))
def test_taking_an_edit_out_fails_a_case_of_its_own(edit, monkeypatch):
    for module in MODULES:
        monkeypatch.setattr(module, "EDITS", tuple(each for each in module.EDITS if each.__name__ != edit))
    if edit == "member_found":
        monkeypatch.setattr(door, "member_found", lambda review: [])
    failing = []
    for case in CASES:
        if case[0] == edit:
            try:
                failing += [case] if decided(case) != case[-1] else []
            except Exception:   # an edit that guards the rest from what cannot be read
                failing.append(case)
    assert failing


def test_a_bill_that_reads_badly_is_returned_before_anything_is_decided_about_coverage():
    got = answer(stay(values=()), HAD)
    assert said(got) == "RTP CO-16 MA32" and [f.edit for f in got.findings] == ["codes_carried"]


def test_one_refused_line_leaves_the_others_payable():
    got = answer(visit(service(), service("TX401", code="0324"), principal_diagnosis=dx("I10", "")))
    assert [said(got, number) for number in (1, 2)] == ["CO-50 N115", "paid"]
