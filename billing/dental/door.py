"""The edits at the door of a dental plan: what a claim must have before it is taken into adjudication (answered by a 277CA)."""

import re

from billing import npi
from billing.adjudication.front_end import BILLING, INSURED, INVALID, MISSING, PATIENT, RENDERING
from billing.adjudication.review import Review, rejected
from billing.answer import Finding, Outcome

LETTERS = "ABCD"
"""The places of item 34a."""


def required_items(review: Review) -> list[Finding]:
    """The patient's name and birth date's order, and lines with a quantity and a fee."""
    claim, found = review.claim, []
    if not claim.patient.last_name or not claim.patient.first_name:
        found.append(rejected("required_items", "The patient's name is incomplete (item 20).", MISSING, "125", PATIENT))
    if claim.patient.birth_date > review.first_day:
        found.append(rejected("required_items", "The patient's birth date lies after the service (item 21).", INVALID, "158", PATIENT))
    for number, line in review.numbered():
        if line.quantity < 1:
            found.append(rejected("required_items", f"Line {number} has no quantity (item 29b).", INVALID, "476", line=number))
        if line.charge <= 0:
            found.append(rejected("required_items", f"Line {number} has no fee (item 31).", INVALID, "178", line=number))
    return found


def provider_identifiers(review: Review) -> list[Finding]:
    """The billing and the treating dentist's NPI have ten digits and a check digit that fits."""
    claim = review.claim
    named = (("billing dentist's NPI (item 49)", claim.billing.npi, BILLING), ("treating dentist's NPI (item 54)", claim.treating.npi, RENDERING))
    return [rejected("provider_identifiers", f"The {what} is {'not a valid NPI: ' + number if number else 'missing'}.", INVALID if number else MISSING, "562", entity)
            for what, number, entity in named if not npi.valid(number)]


def member_identifier(review: Review) -> list[Finding]:
    """The subscriber's id has the payer's shape."""
    shape, given = review.value("identifiers"), review.claim.member_id
    if shape is None or re.fullmatch(shape.member_id_pattern, given):
        return []
    rule = review.policy.rule("identifiers")
    return [Finding("member_identifier", Outcome.REJECTED, 0, f"The member id {given or '(blank)'} is not {shape.member_id_in_words} (item 15).",
                    rule.reference(review.day(rule)), category=INVALID if given else MISSING, status="164", entity=INSURED)]


def member_found(review: Review) -> list[Finding]:
    """The plan's records hold that member, under that name and birth date."""
    claim, known = review.claim, review.coverage
    if known is None or known.member_id != claim.member_id:
        return [rejected("member_found", f"The plan has no member {claim.member_id} (item 15).", INVALID, "33", INSURED)]
    found = []
    if _name(claim.patient.last_name, claim.patient.first_name) != _name(known.last_name, known.first_name):
        found.append(rejected("member_found", "The patient's name is not the one in the plan's records (item 20).", INVALID, "125", PATIENT))
    if claim.patient.birth_date != known.birth_date:
        found.append(rejected("member_found", "The birth date is not the one in the plan's records (item 21).", INVALID, "158", PATIENT))
    return found


def _name(*parts: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^A-Z]", "", part.upper()) for part in parts)


def service_dates(review: Review) -> list[Finding]:
    """No service that is claimed as done lies after the day the claim came in; a predetermination is of days to come."""
    if review.claim.predetermination:
        return []
    return [rejected("service_dates", f"Line {number} is dated {line.service_date}, after the claim was received (item 24).", INVALID, "187", line=number)
            for number, line in review.numbered() if line.service_date > review.received]


def diagnosis_pointers(review: Review) -> list[Finding]:
    """A dental line needs no diagnosis; where it points to one, that one stands in item 34a."""
    letters = set(LETTERS[:len(review.claim.diagnoses)])
    return [rejected("diagnosis_pointers", f"Line {number} points to {', '.join(line.diagnosis_pointers)}, which item 34a does not hold (item 29a).", INVALID, "477", line=number)
            for number, line in review.numbered() if not set(line.diagnosis_pointers) <= letters]


def procedures_known(review: Review) -> list[Finding]:
    """Each procedure is one the payer has on file."""
    return [rejected("procedures_known", f"Line {number}: {line.procedure or '(blank)'} is no procedure code this payer knows (item 29).", INVALID, "454", line=number)
            for number, line in review.numbered() if line.procedure not in review.value("dental-services", line).of]


def frequency_code(review: Review) -> list[Finding]:
    """An original, or a replacement (7) that names the payer's number of the claim it replaces. Reversals of voided claims (8) are not modelled."""
    claim = review.claim
    if claim.frequency_code == "1":
        return []
    remedies = review.value("remedies")
    if claim.frequency_code != "7" or remedies is None or remedies.correction != "corrected-claim":
        return [rejected("frequency_code", f"{review.policy.name} does not take frequency code {claim.frequency_code}.", INVALID, "535")]
    if not claim.original_reference:
        return [rejected("frequency_code", "A replacement names the payer's number of the claim it replaces.", MISSING, "464")]
    known = {line.control_number for line in review.coverage.earlier_lines if line.control_number} if review.coverage else set()
    if known and claim.original_reference not in known:
        return [rejected("frequency_code", f"The payer has adjudicated no claim {claim.original_reference} of this member.", INVALID, "464")]
    return []


EDITS = (required_items, provider_identifiers, member_identifier, service_dates, diagnosis_pointers, procedures_known, frequency_code)
"""In the order of the desk; `member_found` follows only when the identifier has the right shape."""
