"""A line's remittance from its price and its share: contractual adjustment, patient's part, sequestration, earlier payer, payment; balanced to the cent."""

from decimal import Decimal

from billing.adjudication.coordination import after_another, prior_line
from billing.adjudication.cost_sharing import Share
from billing.adjudication.network_payment import capitated, protected_share
from billing.adjudication.pricing import Price, limiting_charge
from billing.adjudication.review import Review
from billing.answer import Adjustment, Finding, Outcome, RemittanceLine, TraceStep
from billing.money import ZERO, percent_of

CONTRACT, PAID_TO_PATIENT = "45", "100"


def refused_line(review: Review, number: int, finding: Finding) -> RemittanceLine:
    """A line not paid: the whole charge under the finding's group and CARC."""
    line = review.claim.lines[number - 1]
    adjustment = Adjustment(finding.group, finding.carc, line.charge, finding.rarcs, finding.rule)
    return _line(review, number, ZERO, ZERO, (adjustment,), finding.outcome)


def paid_line(review: Review, price: Price, share: Share) -> tuple[RemittanceLine, tuple[TraceStep, ...]]:
    """A line allowed, and the steps of its payment."""
    line = review.claim.lines[price.line - 1]
    steps = [*price.steps, *share.steps]
    if settled := capitated(review, price.line, share):
        return _line(review, price.line, share.copay, ZERO, settled[0], Outcome.PAID), (*share.steps, settled[1])
    if prior := prior_line(review, price.line):
        paid, adjusted, more = after_another(review, price, share, prior)
        return _line(review, price.line, price.allowed, paid, adjusted, Outcome.PAID), (*steps, *more)
    unassigned = not review.participates and not line_assigned(review)
    adjustments = [*_over_allowed(review, price, unassigned), *protected_share(review, line, share)]
    benefit = price.allowed - share.total
    rule = review.value("sequestration", line)
    if rule and rule.percent and (cut := percent_of(benefit, rule.percent)):
        reference = review.policy.rule("sequestration").reference(review.day(review.policy.rule("sequestration"), line))
        adjustments.append(Adjustment("CO", rule.carc, cut, rule=reference))
        steps.append(TraceStep("sequestration", price.line, f"{rule.percent} % of {benefit} = {cut}.", cut, reference))
        benefit -= cut
    steps.append(TraceStep("payment", price.line, f"Paid {benefit}.", benefit))
    if unassigned and benefit:
        adjustments.append(Adjustment("PR", PAID_TO_PATIENT, benefit))
        benefit = ZERO
    return _line(review, price.line, price.allowed, benefit, tuple(adjustments), Outcome.PAID), tuple(steps)


def line_assigned(review: Review) -> bool:
    """The provider takes assignment of this claim, or must: participating ones always do."""
    return review.participates or review.claim.accepts_assignment


def _over_allowed(review: Review, price: Price, unassigned: bool) -> list[Adjustment]:
    """Charge over allowed: written off under contract or assignment; else the patient's, for Medicare up to the limiting charge."""
    line = review.claim.lines[price.line - 1]
    over = line.charge - price.allowed
    if over <= ZERO:
        return []
    if named := review.value("fee-difference", line):
        return [Adjustment(named.group, named.carc, over)]
    if review.participates or (review.value("participation", line) and not unassigned):
        return [Adjustment("CO", CONTRACT, over)]
    limit = limiting_charge(review, price)
    patients = over if limit is None else max(min(over, limit - price.allowed), ZERO)
    parts = (("PR", patients), ("CO", over - patients))
    return [Adjustment(group, CONTRACT, amount) for group, amount in parts if amount]


def _line(review: Review, number: int, allowed: Decimal, paid: Decimal, adjustments: tuple[Adjustment, ...], outcome: Outcome) -> RemittanceLine:
    line = review.claim.lines[number - 1]
    return RemittanceLine(number, line.service_date, line.procedure, line.modifiers, line.units, line.charge, allowed, paid, adjustments, outcome)
