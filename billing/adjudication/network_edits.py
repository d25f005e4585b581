"""The edits of a network and of liability: who may be seen without a referral, who has a contract, and whose accident it was."""

from billing.adjudication.review import Review
from billing.answer import Finding
from billing.claim import ServiceLine
from billing.coverage import Referral


def accident_payer_first(review: Review) -> list[Finding]:
    """Where an accident makes another carrier liable, that one's answer must be on the claim."""
    accident, found = review.claim.accident, []
    if accident is None or review.claim.prior_payment:
        return []
    for number, line in review.numbered():
        rule = review.value("liable-first", line)
        reason = getattr(rule, accident.cause, None) if rule else None
        if reason:
            found.append(review.found("accident_payer_first", "liable-first", reason, f"Item 10 says {accident.cause} accident: its carrier pays first.", number))
    return found


def injury_on_file(review: Review) -> list[Finding]:
    """A carrier of injuries knows this one, and the service is for what it accepted."""
    found = []
    for number, line in review.numbered():
        rule = review.value("injuries-only", line)
        if rule is None:
            continue
        known = _injury(review, rule.cause, line)
        if known is None:
            found.append(review.found("injury_on_file", "injuries-only", rule.unknown, f"The carrier has no injury of that day by {rule.cause} on file.", number))
        elif not any(_accepted(code, known.diagnoses) for code in _pointed(review, line)):
            found.append(review.found("injury_on_file", "injuries-only", rule.unrelated, f"No diagnosis that line {number} points to is accepted for injury {known.number}.", number))
    return found


def _injury(review: Review, cause: str, line: ServiceLine):
    accident = review.claim.accident
    if accident is None or accident.cause != cause:
        return None
    return next((each for each in review.coverage.injuries if (each.cause, each.on) == (cause, accident.on) and line.service_date >= each.on
                 and (each.ends is None or line.service_date <= each.ends)), None)


def _pointed(review: Review, line: ServiceLine) -> list[str]:
    return [review.claim.diagnoses["ABCDEFGHIJKL".index(letter)] for letter in line.diagnosis_pointers]


def _accepted(code: str, accepted: tuple[str, ...]) -> bool:
    return any(code == entry or (entry.endswith("*") and code.startswith(entry[:-1])) for entry in accepted)


def in_network(review: Review) -> list[Finding]:
    """A plan without benefits outside its network pays nobody outside, but for emergencies."""
    found = []
    for number, line in review.numbered():
        rule = review.value("out-of-network", line)
        if rule and not review.participates and line.place_of_service not in rule.places:
            found.append(review.found("in_network", "out-of-network", rule.reason, "The provider has no contract with this plan.", number))
    return found


def referred(review: Review) -> list[Finding]:
    """The member's own primary care provider renders it, or has referred the member to whoever does."""
    found = []
    for number, line in review.numbered():
        rule = review.value("referrals", line)
        if rule is None or own_primary_care(review) or line.procedure in rule.exempt or line.place_of_service in rule.places:
            continue
        held = [each for each in review.coverage.referrals if each.to_npi in (review.claim.rendering.npi, review.claim.billing.npi)]
        if not held:
            found.append(review.found("referred", "referrals", rule.absent, "The primary care provider has referred the member to nobody of this claim.", number))
        elif not any(_covers(review, each, line) for each in held):
            found.append(review.found("referred", "referrals", rule.exceeded, f"Referral {held[0].number} does not cover this day, or its visits are used up.", number))
    return found


def own_primary_care(review: Review) -> bool:
    """The claim is of the member's primary care provider."""
    return review.coverage.primary_care_npi != "" and review.coverage.primary_care_npi in (review.claim.rendering.npi, review.claim.billing.npi)


def _covers(review: Review, referral: Referral, line: ServiceLine) -> bool:
    """The day lies within it, and the days seen under it before leave a visit."""
    seen = {each.service_date for each in review.coverage.earlier_lines if each.rendering_npi == review.claim.rendering.npi
            and referral.begins <= each.service_date <= referral.ends and each.service_date != line.service_date}
    return referral.begins <= line.service_date <= referral.ends and len(seen) < referral.visits


EDITS = (accident_payer_first, injury_on_file, in_network, referred)
