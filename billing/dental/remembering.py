"""What a dental plan's records hold of a member after an answer: the services, what the year and the lifetime have used, the predeterminations."""

from dataclasses import replace
from datetime import timedelta

from billing.answer import Answer, Outcome, Remittance
from billing.dental.claim import DentalClaim
from billing.dental.member import DentalAccumulator, DentalMember, EarlierDentalLine, Predetermination
from billing.money import ZERO
from billing.policy import PayerPolicy


def remember(known: DentalMember, claim: DentalClaim, answer: Answer, policy: PayerPolicy, stands_days: int = 0) -> DentalMember:
    """The member after the answer. A rejection leaves no trace; a predetermination uses up nothing and stands for so many days from its answer."""
    if not isinstance(answer, Remittance):
        return known
    if answer.predetermination:
        ends = answer.adjudicated + timedelta(days=stands_days)
        asked = tuple(Predetermination(answer.control_number, each.procedure, ends, each.tooth) for each in answer.lines if each.outcome is Outcome.PAID)
        return replace(known, predeterminations=(*known.predeterminations, *asked))
    earlier = tuple(EarlierDentalLine(line.service_date, line.procedure, line.tooth, line.surfaces, line.area, line.charge, claim.treating.npi, answer.control_number,
                                      answer.adjudicated, counted=each.outcome is Outcome.PAID) for line, each in zip(claim.lines, answer.lines))
    known = replace(known, earlier_lines=(*known.earlier_lines, *earlier))
    for each in answer.lines:
        known = _used(known, each, policy)
    return known


def _used(known: DentalMember, line, policy: PayerPolicy) -> DentalMember:
    """Deductible and maximum less what the line took."""
    if line.outcome is not Outcome.PAID:
        return known
    category = policy.rule("dental-services").on(line.service_date).of[line.procedure].category
    plan = next(each for each in policy.rule("dental-plans").on(line.service_date).plans if each.plan == known.plan)
    maximum, year = plan.benefit(category).maximum, line.service_date.year
    if maximum == "lifetime":
        return replace(known, orthodontic_used=known.orthodontic_used + line.paid)
    spent = known.used(year)
    now = DentalAccumulator(year, spent.deductible_met + line.adjusted("PR", "1"), spent.maximum_used + (line.paid if maximum == "annual" else ZERO))
    return replace(known, accumulators=(*(each for each in known.accumulators if each.year != year), now))
