"""The edits at the door: what a claim must have before a payer takes it into adjudication (answered by a 277CA).

Categories: A6 something is missing, A7 something is invalid. Status and entity codes are those of the 277CA;
codesets/claim-status.yaml says in our words what each asks of a biller.
"""

import re

from billing import npi
from billing.adjudication.review import Review, rejected
from billing.answer import Finding, Outcome

MISSING, INVALID = "A6", "A7"
BILLING, RENDERING, REFERRING, INSURED, PATIENT = "85", "82", "DN", "IL", "QC"
LETTERS = "ABCDEFGHIJKL"
"""The places of item 21."""


def required_items(review: Review) -> list[Finding]:
    """Name, birth date's order, a diagnosis, lines with units and charges: without them the claim cannot be read."""
    claim, found = review.claim, []
    if not claim.patient.last_name or not claim.patient.first_name:
        found.append(rejected("required_items", "The patient's name is incomplete (item 2).", MISSING, "125", PATIENT))
    if claim.patient.birth_date > min(line.service_date for line in claim.lines):
        found.append(rejected("required_items", "The patient's birth date lies after the service (item 3).", INVALID, "158", PATIENT))
    if not claim.diagnoses:
        found.append(rejected("required_items", "There is no diagnosis (item 21).", MISSING, "254"))
    if len(claim.diagnoses) > len(LETTERS):
        found.append(rejected("required_items", f"There are {len(claim.diagnoses)} diagnoses; item 21 holds {len(LETTERS)}.", INVALID, "255"))
    for number, line in review.numbered():
        if line.units < 1:
            found.append(rejected("required_items", f"Line {number} has no units (item 24G).", INVALID, "476", line=number))
        if line.charge <= 0:
            found.append(rejected("required_items", f"Line {number} has no charge (item 24F).", INVALID, "178", line=number))
    return found


def provider_identifiers(review: Review) -> list[Finding]:
    """Each NPI has ten digits and a check digit that fits."""
    claim = review.claim
    named = [("billing provider's NPI (item 33a)", claim.billing.npi, BILLING), ("rendering provider's NPI (item 24J)", claim.rendering.npi, RENDERING)]
    if claim.referring:
        named.append(("referring provider's NPI (item 17b)", claim.referring.npi, REFERRING))
    return [rejected("provider_identifiers", f"The {what} is {'missing' if not number else 'not a valid NPI: ' + number}.",
                     INVALID if number else MISSING, "562", entity) for what, number, entity in named if not npi.valid(number)]


def member_identifier(review: Review) -> list[Finding]:
    """The member id has the payer's shape."""
    shape, claim = review.value("identifiers"), review.claim
    if shape is None or re.fullmatch(shape.member_id_pattern, claim.member_id):
        return []
    rule = review.policy.rule("identifiers")
    finding = rejected("member_identifier", f"The member id {claim.member_id or '(blank)'} is not {shape.member_id_in_words} (item 1a).",
                       INVALID if claim.member_id else MISSING, "164", INSURED)
    return [Finding(**{**vars(finding), "rule": rule.reference(review.day(rule))})]


def member_found(review: Review) -> list[Finding]:
    """The payer's records hold that member, under that name and birth date."""
    claim, known = review.claim, review.coverage
    if known is None or known.member_id != claim.member_id:
        return [rejected("member_found", f"The payer has no member {claim.member_id}.", INVALID, "33", INSURED)]
    found = []
    if _name(claim.patient.last_name, claim.patient.first_name) != _name(known.last_name, known.first_name):
        found.append(rejected("member_found", "The patient's name is not the one in the payer's records (item 2).", INVALID, "125", PATIENT))
    if claim.patient.birth_date != known.birth_date:
        found.append(rejected("member_found", "The birth date is not the one in the payer's records (item 3).", INVALID, "158", PATIENT))
    return found


def _name(*parts: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^A-Z]", "", part.upper()) for part in parts)


def service_dates(review: Review) -> list[Finding]:
    """No service lies after the day the claim was received."""
    return [rejected("service_dates", f"Line {number} is dated {line.service_date}, after the claim was received (item 24A).", INVALID, "187", line=number)
            for number, line in review.numbered() if line.service_date > review.received]


def diagnosis_codes(review: Review) -> list[Finding]:
    """Each diagnosis is a billable code of the ICD-10-CM release in force on the day of service."""
    day = min(line.service_date for line in review.claim.lines)
    found = []
    for letter, code in zip(LETTERS, review.claim.diagnoses):
        entry = review.books.diagnosis(code, day)
        if entry is None:
            why = f"{code} is no ICD-10-CM code on {day} (item 21{letter})."
        elif not entry.billable:
            why = f"{code} is a category: it needs more characters on {day} (item 21{letter})."
        else:
            continue
        rule = review.value("diagnosis-validity")
        found.append(review.found("diagnosis_codes", "diagnosis-validity", rule.reason, why) if rule else
                     rejected("diagnosis_codes", why, INVALID, "254" if letter == LETTERS[0] else "255"))
    return found


def diagnosis_pointers(review: Review) -> list[Finding]:
    """Each line points to at least one diagnosis, and only to diagnoses that are there."""
    letters = set(LETTERS[:len(review.claim.diagnoses)])
    return [rejected("diagnosis_pointers", f"Line {number} points to {', '.join(line.diagnosis_pointers) or 'no diagnosis'} (item 24E).", INVALID, "477", line=number)
            for number, line in review.numbered() if not line.diagnosis_pointers or not set(line.diagnosis_pointers) <= letters]


def places_known(review: Review) -> list[Finding]:
    """Each place of service is a code of the national set."""
    return [rejected("places_known", f"Line {number}: {line.place_of_service or '(blank)'} is no place of service (item 24B).", INVALID, "249", line=number)
            for number, line in review.numbered() if review.books.place_of_service(line.place_of_service, line.service_date) is None]


def procedures_known(review: Review) -> list[Finding]:
    """Each procedure is one the payer has on file."""
    found = []
    for number, line in review.numbered():
        schedule = review.value("fee-schedule", line)
        barred = review.value("not-covered", line)
        if line.procedure not in schedule.procedures and not (barred and line.procedure in barred.procedures):
            found.append(rejected("procedures_known", f"Line {number}: {line.procedure or '(blank)'} is no procedure code this payer knows (item 24D).", INVALID, "454", line=number))
    return found


def frequency_code(review: Review) -> list[Finding]:
    """A replacement (7) goes only to a payer that takes corrected claims, and names the claim it replaces (item 22). Reversals of voided claims (8) are not modelled."""
    claim = review.claim
    if claim.frequency_code == "1":
        return []
    remedies = review.value("remedies")
    if remedies is None or remedies.correction != "corrected-claim":
        return [rejected("frequency_code", f"{review.policy.name} takes no replacement or void on this claim form (item 22).", INVALID, "535")]
    if claim.frequency_code != "7":
        return [rejected("frequency_code", f"Frequency {claim.frequency_code} is not taken here: 1 is an original, 7 a replacement (item 22).", INVALID, "535")]
    if not claim.original_reference:
        return [rejected("frequency_code", "A replacement names the payer's number of the claim it replaces (item 22).", MISSING, "464")]
    known = {line.control_number for line in review.coverage.earlier_lines if line.control_number} if review.coverage else set()
    if known and claim.original_reference not in known:
        return [rejected("frequency_code", f"The payer has adjudicated no claim {claim.original_reference} of this member (item 22).", INVALID, "464")]
    return []


def excludes1(review: Review) -> list[Finding]:
    """Two diagnoses that an Excludes1 note keeps apart: a warning only, since guideline I.A.12.a permits unrelated conditions."""
    day = min(line.service_date for line in review.claim.lines)
    entries = [entry for entry in (review.books.diagnosis(code, day) for code in review.claim.diagnoses) if entry]
    return [Finding("excludes1", Outcome.WARNING, 0, f"{one.code} has an Excludes1 note against {other.code}: right only when the two are unrelated.", None)
            for one in entries for other in entries if one is not other and other.code.startswith(one.excludes1)]


EDITS = (required_items, provider_identifiers, member_identifier, service_dates, diagnosis_pointers, places_known, procedures_known, frequency_code, diagnosis_codes)
"""In the order of the desk; `member_found` follows only when the identifier has the right shape."""
