"""The edits at the door of a hospital claim: what it must have before a payer takes it into adjudication (answered by a 277CA)."""

import re

from billing import npi
from billing.adjudication.front_end import BILLING, INSURED, INVALID, MISSING, PATIENT
from billing.adjudication.review import rejected
from billing.answer import Finding, Outcome
from billing.institutional.review import HospitalReview

ATTENDING, OPERATING = "71", "72"


def bill_type(review: HospitalReview) -> list[Finding]:
    """The type of bill is one this payer takes, and so is its frequency."""
    claim, bills = review.claim, review.bills
    if claim.facility not in bills.setting:
        return [rejected("bill_type", f"{claim.type_of_bill or '(blank)'} is no type of bill this payer takes (FL4).", INVALID if claim.type_of_bill else MISSING, "228")]
    if claim.frequency not in (*bills.frequencies, *bills.adjustments, bills.void):
        return [rejected("bill_type", f"Frequency {claim.frequency} is not taken here (the last digit of FL4).", INVALID, "535")]
    return []


def required_items(review: HospitalReview) -> list[Finding]:
    """The patient's name and birth date's order, and lines with units and charges."""
    claim, found = review.claim, []
    if not claim.patient.last_name or not claim.patient.first_name:
        found.append(rejected("required_items", "The patient's name is incomplete (FL8).", MISSING, "125", PATIENT))
    if claim.patient.birth_date > review.first_day:
        found.append(rejected("required_items", "The patient's birth date lies after the first day of the bill (FL10).", INVALID, "158", PATIENT))
    for number, line in review.numbered():
        if line.units < 1:
            found.append(rejected("required_items", f"Line {number} has no units (FL46).", INVALID, "476", line=number))
        if line.charge <= 0 or not 0 <= line.non_covered <= line.charge:
            found.append(rejected("required_items", f"Line {number} has no charge, or more not covered than charged (FL47, FL48).", INVALID, "178", line=number))
    return found


def provider_identifiers(review: HospitalReview) -> list[Finding]:
    """The hospital's, the attending's and the operating physician's NPI have ten digits and a check digit that fits."""
    claim = review.claim
    named = [("hospital's NPI (FL56)", claim.billing.npi, BILLING), ("attending physician's NPI (FL76)", claim.attending.npi, ATTENDING)]
    if claim.operating:
        named.append(("operating physician's NPI (FL77)", claim.operating.npi, OPERATING))
    return [rejected("provider_identifiers", f"The {what} is {'not a valid NPI: ' + number if number else 'missing'}.", INVALID if number else MISSING, "562", entity)
            for what, number, entity in named if not npi.valid(number)]


def member_identifier(review: HospitalReview) -> list[Finding]:
    """The member id has the payer's shape."""
    shape, given = review.value("identifiers"), review.claim.member_id
    if shape is None or re.fullmatch(shape.member_id_pattern, given):
        return []
    return [Finding("member_identifier", Outcome.REJECTED, 0, f"The member id {given or '(blank)'} is not {shape.member_id_in_words} (FL60).",
                    review.reference("identifiers"), category=INVALID if given else MISSING, status="164", entity=INSURED)]


def member_found(review: HospitalReview) -> list[Finding]:
    """The payer's records hold that member, under that name and birth date."""
    claim, known = review.claim, review.coverage
    if known is None or known.member_id != claim.member_id:
        return [rejected("member_found", f"The payer has no member {claim.member_id} (FL60).", INVALID, "33", INSURED)]
    found = []
    if _name(claim.patient.last_name, claim.patient.first_name) != _name(known.last_name, known.first_name):
        found.append(rejected("member_found", "The patient's name is not the one in the payer's records (FL8).", INVALID, "125", PATIENT))
    if claim.patient.birth_date != known.birth_date:
        found.append(rejected("member_found", "The birth date is not the one in the payer's records (FL10).", INVALID, "158", PATIENT))
    return found


def _name(*parts: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^A-Z]", "", part.upper()) for part in parts)


def statement_dates(review: HospitalReview) -> list[Finding]:
    """The statement begins before it ends, and ends before it is received."""
    claim = review.claim
    if claim.statement_from > claim.statement_through:
        return [rejected("statement_dates", f"The statement runs from {claim.statement_from} to {claim.statement_through} (FL6).", INVALID, "188")]
    if claim.statement_through > review.received:
        return [rejected("statement_dates", f"The statement ends on {claim.statement_through}, after the claim was received (FL6).", INVALID, "188")]
    return []


def revenue_codes(review: HospitalReview) -> list[Finding]:
    """Each revenue code is one the payer knows."""
    known = review.value("institutional-revenue-codes").of
    return [rejected("revenue_codes", f"Line {number}: {line.revenue_code or '(blank)'} is no revenue code this payer knows (FL42).", INVALID, "455", line=number)
            for number, line in review.numbered() if line.revenue_code not in known]


def procedures_known(review: HospitalReview) -> list[Finding]:
    """Where the payer has a rate for each outpatient procedure, it knows the procedure of each line."""
    rule = review.value("institutional-outpatient-rates")
    if rule is None or review.inpatient:
        return []
    return [rejected("procedures_known", f"Line {number}: {line.procedure} is no procedure code this payer knows (FL44).", INVALID, "454", line=number)
            for number, line in review.numbered() if line.procedure and line.procedure not in rule.of]


def diagnosis_codes(review: HospitalReview) -> list[Finding]:
    """Each diagnosis is a billable code of the ICD-10-CM release in force on the last day of the statement."""
    day, found = review.claim.statement_through, []
    for place, each in enumerate(review.claim.diagnoses):
        entry = review.books.diagnosis(each.code, day)
        if entry is None or not entry.billable:
            what = "is no ICD-10-CM code" if entry is None else "is a heading and not billable"
            found.append(rejected("diagnosis_codes", f"{each.code or '(blank)'} {what} on {day} (FL67).", INVALID if each.code else MISSING, "255" if place else "254"))
    return found


def procedure_shape(review: HospitalReview) -> list[Finding]:
    """A hospital procedure has seven characters, never I or O, and stands on an inpatient bill alone."""
    found = []
    for each in review.claim.procedures:
        if not review.inpatient:
            found.append(rejected("procedure_shape", f"{each.code} stands on an outpatient bill; ICD-10-PCS is for stays (FL74).", INVALID, "490"))
        elif not re.fullmatch(r"[0-9A-HJ-NP-Z]{7}", each.code):
            found.append(rejected("procedure_shape", f"{each.code} has not the seven characters of an ICD-10-PCS code (FL74).", INVALID, "490"))
    return found


EDITS = (bill_type, required_items, provider_identifiers, member_identifier, statement_dates, revenue_codes, procedures_known, diagnosis_codes, procedure_shape)
"""In the order of the desk; `member_found` follows only when the identifier has the right shape."""
