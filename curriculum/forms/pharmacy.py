"""The pharmacy claim: the fields of an NCPDP D.0 billing that are filled in, and how a pharmacy benefit manager answers it.

A paid answer is kept as the remittance that tells of it later, a rejected one as a rejection whose statuses are the reject codes.
"""

from datetime import date
from typing import Any

from billing.answer import Answer, Finding, Outcome, Rejection, Remittance
from billing.next_step import Action, NextStep
from billing.pharmacy.answer import PharmacyAnswer, Status, as_remittance
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.member import PharmacyMember
from billing.pharmacy.pipeline import adjudicate_pharmacy
from billing.policy import PayerPolicy
from curriculum.forms.form import ClaimForm, Field, Rows, Section, Sent

BENEFIT, ACCESS, UNITS, PROVIDERS = "drugs.medical-or-pharmacy-benefit", "patient-access.registration", "drugs.drug-units-and-waste", "claim-submission.provider-identifiers"

PARTS = (
    Section("Card", (
        Field("bin_number", "101-A1", "BIN", "code", competency=ACCESS), Field("pcn", "104-A4", "PCN", "code", competency=ACCESS), Field("group_number", "301-C1", "Group", "code", competency=ACCESS),
        Field("cardholder_id", "302-C2", "Cardholder id", competency=ACCESS), Field("person_code", "303-C3", "Person code", "code", competency=ACCESS),
        Field("relationship", "306-C6", "Relationship", "code", competency=ACCESS))),
    Section("Patient", (
        Field("patient.last_name", "311-CB", "Last name", competency=ACCESS), Field("patient.first_name", "310-CA", "First name", competency=ACCESS),
        Field("patient.birth_date", "304-C4", "Birth date", "date", competency=ACCESS))),
    Section("Prescription", (
        Field("prescription", "402-D2", "Prescription number", "code"), Field("fill_number", "403-D3", "Fill number", "units"), Field("service_date", "401-D1", "Date of fill", "date", "same"),
        Field("ndc", "407-D7", "NDC, eleven digits", "code", "same", UNITS), Field("quantity", "442-E7", "Quantity dispensed", "number", "within", UNITS),
        Field("unit_of_measure", "600-28", "Unit of measure", "code", "", UNITS), Field("days_supply", "405-D5", "Days' supply", "units", "", UNITS),
        Field("date_written", "414-DE", "Date written", "date"), Field("refills_authorized", "415-DF", "Refills authorized", "units"), Field("dispense_as_written", "408-D8", "Dispense as written", "code", "same"),
        Field("origin", "419-DJ", "Origin", "code"), Field("prior_authorization", "462-EV", "Authorization number", competency="patient-access.prior-authorization"),
        Field("submission_clarifications", "420-DK", "Clarification codes", "codes", "within"))),
    Section("Pharmacy and prescriber", (Field("pharmacy_npi", "201-B1", "Pharmacy NPI", "code", "", PROVIDERS), Field("prescriber_npi", "411-DB", "Prescriber NPI", "code", "", PROVIDERS))),
    Section("Price", (
        Field("ingredient_cost", "409-D9", "Ingredient cost", "money", "", BENEFIT), Field("dispensing_fee", "412-DC", "Dispensing fee", "money", "", BENEFIT),
        Field("usual_and_customary", "426-DQ", "Usual and customary", "money", "", BENEFIT), Field("gross_due", "430-DU", "Gross amount due", "money", "", BENEFIT),
        Field("basis_of_cost", "423-DN", "Basis of cost", "code", "", BENEFIT), Field("other_coverage", "308-C8", "Other coverage code", "code", "", "patient-access.coordination-of-benefits"))),
    Rows("What was done about a warning", "reviews", "review", (
        Field("reason", "439-E4", "Reason", "code"), Field("service", "440-E5", "Service", "code", "same"), Field("result", "441-E6", "Result", "code")), 1, 3, ("reason",)))


def answer(sent: Sent) -> Answer:
    """The answer, at once, on the day the claim is sent."""
    came = adjudicate_pharmacy(sent.claim, sent.policy, sent.member, sent.received)
    if came.status is Status.PAID:
        return as_remittance(came, sent.claim)
    return Rejection(came.payer, came.account, came.answered, tuple(_finding(each) for each in came.findings), came.trace)


def _finding(each) -> Finding:
    """A reject code as a status; its category is the answer's own, R."""
    return Finding(each.edit, Outcome.REJECTED, 0, " ".join(filter(None, (each.message, each.why))), each.rule, category=Status.REJECTED.value, status=each.code)


def remember(member: PharmacyMember, claim: PharmacyClaim, came: Answer, policy: PayerPolicy) -> Any:
    """The records with the fill and what it used."""
    if not isinstance(came, Remittance):
        return member
    paid = adjudicate_pharmacy(claim, policy, member, came.received)
    return member.with_fill(claim, paid) if isinstance(paid, PharmacyAnswer) else member


def step(came: Answer, claim: PharmacyClaim, policy: PayerPolicy, mended_pays_more: bool = False, payer_is_wrong: bool = False, overpaid: bool = False) -> NextStep:
    """A rejected fill is mended and sent again while the patient waits; one that paid too much is reversed and sent anew; a reject that stands leaves the patient to pay or to go without."""
    if overpaid or (isinstance(came, Rejection) and mended_pays_more):
        return NextStep(Action.NEW_CLAIM, None, "More was paid than the record supports: reverse the claim and send it as it should be." if overpaid else "The fill was not adjudicated: mend what the codes name and send it again.", None)
    if isinstance(came, Rejection):
        first = came.findings[0]
        return NextStep(Action.APPEAL if payer_is_wrong else Action.BILL_PATIENT, None, "The payer's records are wrong: call its help desk." if payer_is_wrong else first.why, first.rule)
    return NextStep(Action.POST, None, "The fill is paid: collect the patient's part.", None)


def first_day(claim: PharmacyClaim) -> date:
    """The day of the fill."""
    return claim.service_date


FORM = ClaimForm("pharmacy", "Pharmacy claim (NCPDP D.0)", PharmacyClaim, PharmacyMember, PARTS, answer, remember, step, first_day, BENEFIT, rejects_after=0)
