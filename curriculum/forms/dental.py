"""The dental claim form: the items of the ADA form that are filled in, and how a dental plan answers it."""

from datetime import date

from billing.answer import Answer
from billing.dental.claim import DentalClaim
from billing.dental.member import DentalMember
from billing.dental.next_step import next_dental_step
from billing.dental.pipeline import adjudicate_dental
from billing.dental.remembering import remember
from curriculum.forms.form import ClaimForm, Field, Rows, Section, Sent

CODES, ACCESS, PROVIDERS = "dental.dental-codes-and-limits", "patient-access.registration", "claim-submission.provider-identifiers"
AUTHORIZATION = "patient-access.prior-authorization"

PARTS = (
    Section("Header and plan", (
        Field("predetermination", "1", "Predetermination", "yes", competency="dental.dental-benefits"),
        Field("predetermination_number", "2", "Predetermination number", competency=AUTHORIZATION),
        Field("member_id", "15", "Subscriber id", competency=ACCESS), Field("group_number", "16", "Group number", competency=ACCESS),
        Field("relationship", "18", "Relationship to subscriber", competency=ACCESS))),
    Section("Patient", (
        Field("patient.last_name", "20", "Patient's last name", competency=ACCESS), Field("patient.first_name", "20", "Patient's first name", competency=ACCESS),
        Field("patient.birth_date", "21", "Date of birth", "date", competency=ACCESS))),
    Rows("Record of services", "lines", "line", (
        Field("service_date", "24", "Date", "date", "same", "coding.charge-capture", width=1.5), Field("area", "25", "Area", "code", "same", CODES, width=0.8),
        Field("tooth", "27", "Tooth", "code", "same", CODES, width=0.8), Field("surfaces", "28", "Surfaces", "codes", "within", CODES),
        Field("procedure", "29", "Code", "code", "same", CODES, width=1.1), Field("diagnosis_pointers", "29a", "Ptrs", "codes", "", CODES, width=0.8),
        Field("quantity", "29b", "Qty", "units", "within", CODES, blank_row=True, width=0.7), Field("charge", "31", "Fee", "money", "within", "coding.charge-capture", width=1.1)),
        4, 10, ("procedure", "tooth", "area")),
    Section("Teeth and treatment", (
        Field("missing_teeth", "33", "Missing teeth", "codes", "", CODES), Field("diagnoses", "34a", "Diagnoses", "codes", "within", CODES),
        Field("place_of_service", "38", "Place of treatment", "code", "", CODES), Field("enclosures", "39", "Enclosures", "yes", "", CODES),
        Field("replaces_prosthesis", "43", "Replaces a prosthesis", "yes", "", CODES), Field("prior_placement", "44", "Date of prior placement", "date", "", CODES),
        Field("remarks", "35", "Remarks"))),
    Section("Providers", (
        Field("billing.npi", "49", "Billing NPI", "code", "", PROVIDERS), Field("treating.npi", "54", "Treating dentist's NPI", "code", "same", PROVIDERS),
        Field("treating_specialty", "56a", "Treating dentist's specialty", "code", "", PROVIDERS), Field("assigned", "37", "Pay the dentist", "yes"))),
    Section("A claim sent before", (
        Field("frequency_code", "837D", "Frequency code", "code"),
        Field("original_reference", "35", "Plan's number of the claim before"))))


def answer(sent: Sent) -> Answer:
    """The plan's answer to a claim or a predetermination."""
    return adjudicate_dental(sent.claim, sent.policy, sent.member, sent.received, sent.adjudicated, sent.books, sent.participates)


def first_day(claim: DentalClaim) -> date:
    """The first day of service."""
    return min(line.service_date for line in claim.lines)


FORM = ClaimForm("dental", "Dental claim (ADA)", DentalClaim, DentalMember, PARTS, answer, remember, next_dental_step, first_day, "claim-submission.dental-claim", ("frequency_code", "original_reference"))
