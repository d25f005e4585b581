"""How an allowed amount becomes a payment, for a stay or a line alike: what is not covered, what is over, the share, an earlier payer, sequestration; balanced to the cent."""

from dataclasses import dataclass
from decimal import Decimal

from billing.adjudication.cost_sharing import COINSURANCE
from billing.adjudication.payment import CONTRACT
from billing.answer import Adjustment, TraceStep
from billing.claim import PriorLine
from billing.institutional.review import HospitalReview
from billing.money import ZERO, percent_of

IN_EXCESS, EARLIER_PAYER = "94", "23"


@dataclass(frozen=True)
class Settled:
    """Dollars paid, the adjustments that balance them, and the steps."""
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    steps: tuple[TraceStep, ...]


def settle(review: HospitalReview, number: int, charge: Decimal, not_covered: Decimal, allowed: Decimal, share: tuple[Adjustment, ...]) -> Settled:
    """The payment of a stay (number 0) or a line."""
    benefit = allowed - sum((each.amount for each in share), ZERO)
    prior = _prior(review, number)
    refused = _not_covered(review, not_covered)
    if prior:
        paid, adjustments, steps = _after_another(review, number, charge - not_covered, allowed, benefit, prior)
    else:
        over = charge - not_covered - allowed
        paid, steps = benefit, ()
        adjustments = (*((Adjustment("CO", CONTRACT, over),) if over > ZERO else (Adjustment("OA", IN_EXCESS, over),) if over else ()), *share)
    cut = _sequestered(review, number, paid)
    if cut:
        adjustments, steps, paid = (*adjustments, cut[0]), (*steps, cut[1]), paid - cut[0].amount
    return Settled(paid, (*refused, *adjustments), (*steps, TraceStep("payment", number, f"Paid {paid}.", paid)))


def _not_covered(review: HospitalReview, amount: Decimal) -> tuple[Adjustment, ...]:
    reason = review.bills.not_covered
    return (Adjustment(reason.group, reason.carc, amount, reason.rarcs, review.reference("institutional-bills")),) if amount else ()


def _sequestered(review: HospitalReview, number: int, benefit: Decimal) -> tuple[Adjustment, TraceStep] | None:
    rule, reference = review.value("sequestration"), review.reference("sequestration")
    if rule is None or not (cut := percent_of(benefit, rule.percent)):
        return None
    return Adjustment("CO", rule.carc, cut, rule=reference), TraceStep("sequestration", number, f"{rule.percent} % of {benefit} = {cut}.", cut, reference)


def _prior(review: HospitalReview, number: int) -> PriorLine | None:
    """The earlier payer's answer on the line; for a stay, on all of its lines together."""
    if review.claim.prior_payment is None:
        return None
    lines = [each for each in review.claim.prior_payment.lines if number in (0, each.line)]
    return PriorLine(number, sum((each.paid for each in lines), ZERO), tuple(a for each in lines for a in each.adjustments)) if lines else None


def _after_another(review: HospitalReview, number: int, charge: Decimal, allowed: Decimal, benefit: Decimal, prior: PriorLine) -> tuple[Decimal, tuple[Adjustment, ...], tuple[TraceStep, ...]]:
    """four-limbs: the least of own benefit, own payment less the earlier one, the owed charge less the earlier one, the owed charge less the patient's share;
    standard: the own benefit, at most what the patient still owes.
    """
    method, reference = review.value("secondary").method, review.reference("secondary")
    share = allowed - benefit
    owed_charge = charge - sum((a.amount for a in prior.adjustments if a.group == "CO"), ZERO)
    still_owed = owed_charge - prior.paid
    limbs = (benefit, allowed - prior.paid, still_owed, owed_charge - share) if method == "four-limbs" else (benefit, still_owed)
    paid = max(min(limbs), ZERO)
    rest = max(still_owed, ZERO) - paid
    patients = min(rest, max(share - prior.paid, ZERO)) if method == "four-limbs" else rest
    parts = (("OA", EARLIER_PAYER, charge - max(still_owed, ZERO)), ("PR", COINSURANCE, patients), ("CO", CONTRACT, rest - patients))
    step = TraceStep("coordination", number, f"{method}: the least of {', '.join(map(str, limbs))} = {paid}.", paid, reference)
    return paid, tuple(Adjustment(group, carc, amount, rule=reference) for group, carc, amount in parts if amount), (step,)
