"""The institutional claim form: the locators of the UB-04 that are filled in, and how a payer of hospitals answers it."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from billing.answer import Answer, Remittance
from billing.institutional.claim import InstitutionalClaim
from billing.institutional.grouping import Grouper
from billing.institutional.member import EarlierBill, HospitalMember
from billing.institutional.next_step import next_institutional_step
from billing.institutional.pipeline import adjudicate_institutional
from billing.policy import PayerPolicy
from curriculum.forms.form import ClaimForm, Field, Rows, Section, Sent

BILL, ACCESS, PROVIDERS = "claim-submission.institutional-claim", "patient-access.registration", "claim-submission.provider-identifiers"
DIAGNOSES, CHARGES = "coding.icd-10-cm", "coding.charge-capture"
POA = Field("present_on_admission", "67", "POA", "code", "", DIAGNOSES, width=0.6)

PARTS = (
    Section("Bill and patient", (
        Field("type_of_bill", "4", "Type of bill", "code"), Field("statement_from", "6", "Statement from", "date"), Field("statement_through", "6", "Statement through", "date"),
        Field("patient.last_name", "8", "Patient's last name", competency=ACCESS), Field("patient.first_name", "8", "Patient's first name", competency=ACCESS),
        Field("patient.birth_date", "10", "Birth date", "date", competency=ACCESS),
        Field("admission_date", "12", "Admission date", "date"), Field("admission_hour", "13", "Admission hour", "code"), Field("admission_type", "14", "Priority of the visit", "code"),
        Field("admission_source", "15", "Point of origin", "code"), Field("discharge_hour", "16", "Discharge hour", "code"), Field("discharge_status", "17", "Discharge status", "code", "same"),
        Field("condition_codes", "18-28", "Condition codes", "codes", "within"))),
    Rows("Occurrences", "occurrences", "occurrence", (Field("code", "31-34", "Occurrence", "code"), Field("on", "31-34", "Date", "date")), 2, 8, ("code",)),
    Rows("Spans", "occurrence_spans", "span", (Field("code", "35-36", "Span", "code"), Field("first", "35-36", "From", "date"), Field("last", "35-36", "Through", "date")), 1, 4, ("code",)),
    Rows("Values", "values", "value", (Field("code", "39-41", "Value", "code"), Field("amount", "39-41", "Amount", "money")), 2, 12, ("code",)),
    Rows("Revenue lines", "lines", "line", (
        Field("revenue_code", "42", "Revenue", "code", "same", BILL), Field("procedure", "44", "HCPCS", "code", "same", "coding.procedures-and-hcpcs", width=1.1),
        Field("modifiers", "44", "Modifiers", "codes", "within", "coding.modifiers"), Field("rate", "44", "Rate", "money", "", CHARGES, width=1.1),
        Field("service_date", "45", "Date", "date", "same", CHARGES, width=1.5), Field("units", "46", "Units", "units", "within", CHARGES, blank_row=True, width=0.8),
        Field("charge", "47", "Charges", "money", "within", CHARGES, width=1.3), Field("non_covered", "48", "Not covered", "money", "", CHARGES, blank_row=True, width=1.1)),
        4, 22, ("revenue_code", "procedure", "service_date")),
    Section("Payer", (
        Field("member_id", "60", "Insured's id", competency=ACCESS), Field("group_number", "62", "Group number", competency=ACCESS), Field("relationship", "59", "Relationship", competency=ACCESS),
        Field("prior_authorization", "63", "Authorization", competency="patient-access.prior-authorization"), Field("control_number", "64", "Document control number"),
        Field("accepts_assignment", "53", "Benefits assigned", "yes"))),
    Section("Diagnosis", (
        Field("principal_diagnosis.code", "67", "Principal diagnosis", "diagnosis", "same", DIAGNOSES), Field("principal_diagnosis.present_on_admission", "67", "Principal diagnosis POA", "code", "", DIAGNOSES),
        Field("admitting_diagnosis", "69", "Admitting diagnosis", "diagnosis", "", DIAGNOSES), Field("reasons_for_visit", "70", "Reasons for the visit", "codes", "", DIAGNOSES))),
    Rows("Other diagnoses", "other_diagnoses", "diagnosis", (Field("code", "67A-Q", "Code", "diagnosis", "same", DIAGNOSES), POA), 4, 17, ("code",)),
    Rows("Causes", "external_causes", "cause", (Field("code", "72", "Code", "diagnosis", "same", DIAGNOSES), replace(POA, box="72")), 1, 3, ("code",)),
    Rows("Procedures", "procedures", "procedure", (Field("code", "74", "Code", "code", "same", "coding.procedures-and-hcpcs"), Field("on", "74", "Date", "date")), 2, 6, ("code",)),
    Section("Providers", (
        Field("billing.npi", "56", "Billing NPI", "code", "", PROVIDERS), Field("attending.npi", "76", "Attending NPI", "code", "", PROVIDERS),
        Field("operating.npi", "77", "Operating NPI", "code", "", PROVIDERS), Field("remarks", "80", "Remarks"))))


@cache
def grouper() -> Grouper:
    """The grouper of stays, opened when the first hospital claim is answered."""
    from curriculum.grouping import MsDrg
    return MsDrg()


def answer(sent: Sent) -> Answer:
    """The payer's answer to a hospital claim."""
    return adjudicate_institutional(sent.claim, sent.policy, sent.member, sent.received, sent.adjudicated, sent.books, grouper())


def remember(member: HospitalMember, claim: InstitutionalClaim, came: Answer, policy: PayerPolicy) -> Any:
    """The records with the bill as an earlier one; a bill rejected or returned leaves no trace."""
    if not isinstance(came, Remittance) or came.outcome.value not in ("paid", "denied"):
        return member
    adjustments = came.whole.adjustments if came.whole else tuple(each for line in came.lines for each in line.adjustments)
    bill = EarlierBill(came.control_number, claim.type_of_bill, claim.billing.npi, claim.statement_from, claim.statement_through, claim.charge, came.paid, adjustments, came.adjudicated, claim.admission_date)
    return replace(member, earlier_bills=(*member.earlier_bills, bill))


def first_day(claim: InstitutionalClaim) -> date:
    """The last day of the statement, from which filing limits run."""
    return claim.statement_through


FORM = ClaimForm("institutional", "Institutional claim (UB-04)", InstitutionalClaim, HospitalMember, PARTS, answer, remember, next_institutional_step, first_day, BILL, ("control_number", "remarks"))
