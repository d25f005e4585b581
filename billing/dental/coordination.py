"""What a dental plan pays after another, by its method: standard, maintenance of benefits, carve-out, non-duplication.

standard: the own benefit, at most what the patient still owes. maintenance: the first plan's payment comes off the allowed amount, then the
own deductible and per cent. carve-out and non-duplication: the own benefit less what the first plan paid, nothing where that was as much;
they are two names of one sum. None pays more than the patient still owes.
"""

from datetime import date
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import Adjustment, TraceStep
from billing.claim import PriorLine
from billing.dental.benefit import COINSURANCE, Benefit, figure, reference
from billing.money import ZERO

EARLIER_PAYER = "23"


def standard(benefit: Benefit, paid_before: Decimal) -> Decimal:
    """The own benefit in full."""
    return benefit.paid


def maintenance(benefit: Benefit, paid_before: Decimal) -> Decimal:
    """The benefit of the allowed amount less what was paid before."""
    return figure(benefit.fee, max(benefit.base - paid_before, ZERO), benefit.terms).paid


def non_duplication(benefit: Benefit, paid_before: Decimal) -> Decimal:
    """The own benefit less what was paid before."""
    return max(benefit.paid - paid_before, ZERO)


def own_plan_first(one: tuple[str, date], other: tuple[str, date]) -> bool:
    """The first of two plans pays first. Each is the patient's relationship to its subscriber and that person's birth date.

    The plan one has as oneself comes before the plan one has through another; a child's comes from the parent whose birthday falls earlier
    in the year. Custody, active and retired, and the longer coverage are other rules and not asked here.
    """
    if (one[0] == "self") != (other[0] == "self"):
        return one[0] == "self"
    return (one[1].month, one[1].day) <= (other[1].month, other[1].day)


METHODS = {"standard": standard, "maintenance": maintenance, "carve-out": non_duplication, "non-duplication": non_duplication}
"""By the name in the payer's `secondary` rule."""


def owed_after(prior: PriorLine) -> Decimal:
    """What the first plan left to the patient."""
    return sum((each.amount for each in prior.adjustments if each.group == "PR"), ZERO)


def second_payment(method: str, benefit: Benefit, paid_before: Decimal, owed: Decimal) -> Decimal:
    """What the second plan pays; LookupError where there is no such method."""
    if method not in METHODS:
        raise LookupError(f"There is no method of dental coordination {method}; there are {', '.join(METHODS)}.")
    return min(METHODS[method](benefit, paid_before), owed)


def after_another(review: Review, number: int, benefit: Benefit, own: tuple[Adjustment, ...], prior: PriorLine) -> tuple[Decimal, tuple[Adjustment, ...], TraceStep]:
    """The payment, the line's adjustments (what was paid and written off before is OA-23; the rest is the patient's, by this plan's own reasons), and the step."""
    line = review.claim.lines[number - 1]
    rule, owed = reference(review, "secondary", line), owed_after(prior)
    method = review.value("secondary", line).method
    paid = second_payment(method, benefit, prior.paid, owed)
    step = TraceStep("coordination", number, f"{method}: the patient owes {owed} after {prior.paid} paid; this plan's own benefit is {benefit.paid}: it pays {paid}.", paid, rule)
    adjustments = [Adjustment("OA", EARLIER_PAYER, line.charge - owed, rule=rule)]
    rest = owed - paid
    for each in own:
        if each.group == "PR" and rest:
            part = min(each.amount, rest)
            adjustments.append(Adjustment("PR", each.carc, part, each.rarcs, each.rule))
            rest -= part
    adjustments.append(Adjustment("PR", COINSURANCE, rest, rule=rule))
    return paid, _merged(adjustments), step


def _merged(adjustments: list[Adjustment]) -> tuple[Adjustment, ...]:
    """Each reason once, those of zero left out."""
    held: dict[tuple[str, str], Adjustment] = {}
    for each in adjustments:
        known = held.get((each.group, each.carc))
        held[each.group, each.carc] = Adjustment(each.group, each.carc, each.amount + (known.amount if known else ZERO), each.rarcs, known.rule if known else each.rule)
    return tuple(each for each in held.values() if each.amount)
