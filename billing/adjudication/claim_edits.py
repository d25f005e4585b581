"""The edits on the claim as a whole: when it came, whether the member was covered, who pays first, whether it came before."""

from datetime import date, timedelta

from billing.adjudication.review import Review
from billing.answer import Finding
from billing.claim import ServiceLine
from billing.formulas import years_after
from billing.policy import TimelyFiling


def filing_limit(rule: TimelyFiling, service: date, primary_adjudicated: date | None = None) -> date:
    """The last day the payer may receive the claim."""
    if primary_adjudicated and rule.secondary_days:
        return max(_from_service(rule, service), primary_adjudicated + timedelta(days=rule.secondary_days))
    return _from_service(rule, service)


def _from_service(rule: TimelyFiling, service: date) -> date:
    return years_after(service, rule.calendar_years) if rule.calendar_years else service + timedelta(days=rule.days)


def timely_filing(review: Review) -> list[Finding]:
    """Received by the last day the payer's rule gives; what counts is receipt, not dispatch. A corrected claim has its own clock."""
    found = []
    for number, line in review.numbered():
        rule = review.value("timely-filing", line)
        if rule and review.received > (last := _last_day(review, rule, line)):
            found.append(review.found("timely_filing", "timely-filing", rule.reason, f"Received {review.received}; the last day was {last}.", number))
    return found


def _last_day(review: Review, rule: TimelyFiling, line: ServiceLine) -> date:
    """The filing limit; for a corrected claim, where that is later, the days the payer gives from its remittance."""
    prior = review.claim.prior_payment.adjudicated if review.claim.prior_payment else None
    last = filing_limit(rule, line.service_date, prior)
    remedies = review.value("remedies")
    answered = [each.adjudicated for each in review.coverage.earlier_lines if each.adjudicated and each.control_number in ("", review.claim.original_reference)]
    if review.claim.frequency_code == "1" or not answered or not remedies or not remedies.correction_days:
        return last
    return max(last, max(answered) + timedelta(days=remedies.correction_days))


def eligibility(review: Review) -> list[Finding]:
    """The member was covered on the day of service."""
    known, found = review.coverage, []
    for number, line in review.numbered():
        rule = review.value("eligibility", line)
        if rule is None:
            continue
        if line.service_date < known.begins:
            found.append(review.found("eligibility", "eligibility", rule.before, f"Coverage began on {known.begins}, after the service on {line.service_date}.", number))
        elif known.ends and line.service_date > known.ends:
            found.append(review.found("eligibility", "eligibility", rule.after, f"Coverage ended on {known.ends}, before the service on {line.service_date}.", number))
    return found


def other_payer_first(review: Review) -> list[Finding]:
    """Where the records know a payer that pays first, its answer must be on the claim."""
    found = []
    for number, line in review.numbered():
        rule = review.value("secondary", line)
        first = [o for o in review.coverage.primary_elsewhere if o.begins <= line.service_date and (o.ends is None or line.service_date <= o.ends)]
        if rule and first and review.claim.prior_payment is None:
            found.append(review.found("other_payer_first", "secondary", rule.missing, f"The records show {first[0].name} as the first payer on {line.service_date}.", number))
    return found


def duplicate(review: Review) -> list[Finding]:
    """The same member, rendering provider, day, procedure, modifiers, units and charge were adjudicated before."""
    if review.claim.frequency_code != "1":
        return []
    found = []
    for number, line in review.numbered():
        rule = review.value("duplicate", line)
        if rule and any(_same(review, line, earlier) for earlier in review.coverage.earlier_lines):
            found.append(review.found("duplicate", "duplicate", rule.reason, "The same service has been adjudicated before.", number))
    return found


def _same(review: Review, line: ServiceLine, earlier) -> bool:
    return (review.claim.member_id, review.claim.rendering.npi, line.service_date, line.procedure, line.modifiers, line.units, line.charge) == (
        earlier.member_id, earlier.rendering_npi, earlier.service_date, earlier.procedure, earlier.modifiers, earlier.units, earlier.charge)


def repeated_lines(review: Review) -> list[Finding]:
    """The same day, place, procedure, modifiers, units and charge twice on one claim: the second is a duplicate, unless it says that it was done again."""
    found, seen = [], set()
    for number, line in review.numbered():
        rule = review.value("repeated-lines", line)
        same = (line.service_date, line.place_of_service, line.procedure, frozenset(line.modifiers), line.units, line.charge)
        if rule and same in seen and not set(line.modifiers) & set(rule.repeats):
            found.append(review.found("repeated_lines", "repeated-lines", rule.reason, f"Line {number} repeats an earlier line of this claim.", number))
        seen.add(same)
    return found


EDITS = (timely_filing, duplicate, repeated_lines, eligibility, other_payer_first)
