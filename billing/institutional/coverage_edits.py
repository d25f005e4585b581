"""The edits on whether a bill that reads well is payable: in time, once, for a covered member, authorized, needed, and not part of a stay."""

from dataclasses import replace
from datetime import timedelta

from billing.adjudication.claim_edits import filing_limit
from billing.answer import Finding
from billing.institutional.member import EarlierBill
from billing.institutional.review import INPATIENT, OUTPATIENT, HospitalReview


def timely_filing(review: HospitalReview) -> list[Finding]:
    """Received by the last day, counted from the statement's last day; a professional claim counts from each service."""
    rule, claim = review.value("timely-filing"), review.claim
    if rule is None:
        return []
    prior = claim.prior_payment.adjudicated if claim.prior_payment else None
    last = filing_limit(rule, claim.statement_through, prior)
    remedies = review.value("remedies")
    answered = [each.adjudicated for each in _earlier(review) if each.control_number == claim.control_number and each.adjudicated]
    if claim.frequency in review.bills.adjustments and answered and remedies and remedies.correction_days:
        last = max(last, max(answered) + timedelta(days=remedies.correction_days))
    return [] if review.received <= last else [review.found("timely_filing", "timely-filing", rule.reason, f"Received {review.received}; the last day was {last}.")]


def _earlier(review: HospitalReview) -> tuple[EarlierBill, ...]:
    return review.coverage.earlier_bills


def duplicate(review: HospitalReview) -> list[Finding]:
    """A bill of the same hospital, type and statement was answered before."""
    rule, claim = review.value("duplicate"), review.claim
    mine = (claim.billing.npi, claim.facility, claim.statement_from, claim.statement_through, claim.charge)
    if rule is None or claim.frequency not in review.bills.frequencies:
        return []
    seen = [each for each in _earlier(review) if mine == (each.billing_npi, each.type_of_bill[:-1], each.statement_from, each.statement_through, each.charge)]
    return [review.found("duplicate", "duplicate", rule.reason, f"The same bill was answered under {seen[0].control_number}.")] if seen else []


def eligibility(review: HospitalReview) -> list[Finding]:
    """The member was covered on the day of admission, or, of outpatient services, on every day of the statement."""
    rule, known = review.value("eligibility"), review.coverage
    if rule is None:
        return []
    last = review.first_day if review.inpatient else review.claim.statement_through
    if review.first_day < known.begins:
        return [review.found("eligibility", "eligibility", rule.before, f"Coverage began on {known.begins}, after {review.first_day}.")]
    if known.ends and last > known.ends:
        return [review.found("eligibility", "eligibility", rule.after, f"Coverage ended on {known.ends}, before {last}.")]
    return []


def other_payer_first(review: HospitalReview) -> list[Finding]:
    """Where the records know a payer that pays first, its answer must be on the claim."""
    rule, day = review.value("secondary"), review.first_day
    first = [each for each in review.coverage.primary_elsewhere if each.begins <= day and (each.ends is None or day <= each.ends)]
    if rule is None or not first or review.claim.prior_payment:
        return []
    return [review.found("other_payer_first", "secondary", rule.missing, f"The records show {first[0].name} as the first payer on {day}.")]


def stay_authorization(review: HospitalReview) -> list[Finding]:
    """Where this payer authorizes stays beforehand, the bill names an authorization on file that holds on the first day and for as many days."""
    rule, claim = review.value("institutional-stay-authorization"), review.claim
    if rule is None or (INPATIENT if review.inpatient else OUTPATIENT) not in rule.settings or claim.admission_type in rule.exempt_admission_types:
        return []
    held = [each for each in review.coverage.authorizations if each.number == claim.prior_authorization and each.procedure == rule.service]
    if any(each.begins <= review.first_day <= each.ends and review.days <= each.units for each in held):
        return []
    why = f"Authorization {claim.prior_authorization} does not cover {review.days} days from {review.first_day}." if held else "No authorization on file stands in FL63."
    return [review.found("stay_authorization", "institutional-stay-authorization", rule.reason, why)]


def benefit_days_left(review: HospitalReview) -> list[Finding]:
    """On the day of admission the benefit period or the lifetime reserve has a day left."""
    rule = review.value("institutional-benefits")
    if rule is None or not review.inpatient:
        return []
    used = review.coverage.period
    if used.days_used < rule.full_days + rule.coinsurance_days or used.reserve_used < rule.reserve_days:
        return []
    return [review.found("benefit_days_left", "institutional-benefits", rule.exhausted, "Every hospital day of the benefit period and of the lifetime reserve is used.")]


def payment_window(review: HospitalReview) -> list[Finding]:
    """A test, or a service not said to be unrelated, shortly before an admission to the same hospital is part of the stay."""
    rule, claim = review.value("institutional-payment-window"), review.claim
    if rule is None or review.inpatient:
        return []
    known = review.value("institutional-revenue-codes").of
    stays = [each.admission_date for each in _earlier(review) if each.admission_date and each.billing_npi == claim.billing.npi]
    found = []
    for number, line in review.numbered():
        near = [day for day in stays if timedelta(0) <= day - line.service_date <= timedelta(days=rule.days)]
        if near and (known[line.revenue_code].diagnostic or rule.unrelated not in claim.condition_codes):
            found.append(review.found("payment_window", "institutional-payment-window", rule.reason, f"The patient was admitted here on {near[0]}: bill the service of {line.service_date} with the stay.", number))
    return found


def medical_necessity(review: HospitalReview) -> list[Finding]:
    """A diagnosis on the bill is on the coverage list, where the payer has one for an outpatient procedure."""
    found, codes = [], [each.code for each in review.claim.diagnoses]
    for number, line in review.numbered():
        rule = None if review.inpatient else review.value("medical-necessity", line)
        for covered in rule.of.get(line.procedure, ()) if rule else ():
            if any(code == each or (each.endswith("*") and code.startswith(each[:-1])) for each in covered.diagnoses for code in codes):
                continue
            reason = rule.with_waiver if rule.with_waiver and set(line.modifiers) & set(rule.waiver_modifiers) else rule.reason
            found.append(review.found("medical_necessity", "medical-necessity", replace(reason, rarcs=covered.rarcs or reason.rarcs), f"No diagnosis on the bill is on the coverage list for {line.procedure}.", number))
    return found


EDITS = (timely_filing, duplicate, eligibility, other_payer_first, stay_authorization, benefit_days_left, payment_window, medical_necessity)
