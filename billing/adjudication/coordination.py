"""A line after another payer: what was paid before, what this payer adds by its method, and who bears the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from billing import coordination_methods as methods
from billing import msp
from billing.adjudication.cost_sharing import COINSURANCE, COPAY, DEDUCTIBLE, Share, benefit_of, used
from billing.adjudication.pricing import Price
from billing.adjudication.review import Review
from billing.answer import Adjustment, TraceStep
from billing.claim import PriorLine
from billing.money import ZERO, percent_of

CONTRACT, EARLIER_PAYER, OVER_THE_CHARGE, NOT_THE_PATIENTS = "45", "23", "94", "209"


@dataclass(frozen=True)
class Second:
    """A line on the second payer's desk. benefit: what it would pay alone."""
    review: Review
    price: Price
    share: Share
    prior: PriorLine

    @property
    def charge(self) -> Decimal:
        return self.review.claim.lines[self.price.line - 1].charge

    @property
    def benefit(self) -> Decimal:
        return self.price.allowed - self.share.total

    @property
    def owed(self) -> Decimal:
        """What the earlier payer left: to the patient, or to the next payer alone."""
        return sum((each.amount for each in self.prior.adjustments if each.group == "PR" or each.carc == NOT_THE_PATIENTS), ZERO)

    @property
    def prior_allowed(self) -> Decimal:
        """What the earlier payer allowed: its payment, and the cost sharing it left."""
        shared = (DEDUCTIBLE, COINSURANCE, COPAY, NOT_THE_PATIENTS)
        return self.prior.paid + sum((each.amount for each in self.prior.adjustments if each.carc in shared), ZERO)


def prior_line(review: Review, number: int) -> PriorLine | None:
    """What the earlier payer did with the line, where the claim carries it."""
    prior = review.claim.prior_payment
    return next((each for each in prior.lines if each.line == number), None) if prior else None


def after_another(review: Review, price: Price, share: Share, prior: PriorLine) -> tuple[Decimal, tuple[Adjustment, ...], tuple[TraceStep, ...]]:
    """The payment, the line's adjustments and the steps; LookupError where there is no method of that name.

    What was paid and written off before is OA-23; adjustments and payment make up the charge to the cent.
    """
    second = Second(review, price, share, prior)
    line = review.claim.lines[price.line - 1]
    rule = review.policy.rule("secondary")
    method, reference = rule.on(review.day(rule, line)).method, rule.reference(review.day(rule, line))
    if method not in METHODS:
        raise LookupError(f"There is no method of coordination {method}; there are {', '.join(METHODS)}.")
    paid, text = METHODS[method](second)
    owed = second.owed
    step = TraceStep("coordination", price.line, f"{method}: {owed} is owed after {prior.paid} paid; {text}: pays {paid}.", paid, reference)
    adjustments = [Adjustment("OA", EARLIER_PAYER, line.charge - owed, rule=reference)]
    adjustments += [Adjustment(group, carc, amount, rule=reference) for group, carc, amount in _rest(method, second, owed - paid)]
    cut = _sequestered(second, paid) if method in MEDICARES else None
    if cut:
        adjustments.append(cut)
        paid -= cut.amount
    return paid, tuple(each for each in adjustments if each.amount), (step,)


def _rest(method: str, second: Second, rest: Decimal) -> list[tuple[str, str, Decimal]]:
    """What neither payer pays: the patient's by this plan's terms, or written off; below zero, what was paid beyond the charge."""
    if rest < ZERO:
        return [("OA", OVER_THE_CHARGE, rest)]
    if method in MEDICARES:
        patients = min(rest, msp.patient_owes(second.share.total, second.prior.paid))
        return [("PR", COINSURANCE, patients), ("CO", CONTRACT, rest - patients)]
    if method == "up-to-allowed":
        patients = min(rest, max(second.price.allowed - second.prior.paid - (second.owed - rest), ZERO))
        return [("PR", COINSURANCE, patients), ("CO", CONTRACT, rest - patients)]
    return [("CO", CONTRACT, rest)] if method in WRITTEN_OFF else [("PR", COINSURANCE, rest)]


def _sequestered(second: Second, paid: Decimal) -> Adjustment | None:
    """The reduction by law, taken after the amounts of a second payer are known."""
    rule, line = second.review.policy.rule("sequestration"), second.review.claim.lines[second.price.line - 1]
    value = second.review.value("sequestration", line)
    return Adjustment("CO", value.carc, percent_of(paid, value.percent), rule=rule.reference(second.review.day(rule, line))) if value and value.percent else None


def _standard(second: Second) -> tuple[Decimal, str]:
    return methods.standard(second.benefit, second.owed), f"its own benefit is {second.benefit}"


def _lesser_of(second: Second) -> tuple[Decimal, str]:
    ceiling = max(second.price.allowed - second.prior.paid, ZERO)
    return methods.lesser_of(second.price.allowed, second.benefit, second.prior.paid, second.owed), f"its own allowed amount {second.price.allowed} leaves {ceiling}"


def _carve_out(second: Second) -> tuple[Decimal, str]:
    return methods.carve_out(second.benefit, second.prior.paid, second.owed), f"its own benefit {second.benefit} less what was paid"


def _maintenance(second: Second) -> tuple[Decimal, str]:
    """Copays, where a service has one, stay due as they are."""
    line = second.review.claim.lines[second.price.line - 1]
    benefit, year = benefit_of(second.review, line), used(second.review.coverage.accumulators, line.service_date.year)
    remains = max(second.price.allowed - second.prior.paid, ZERO)
    if second.share.copay or not second.share.total:
        return methods.standard(max(remains - second.share.total, ZERO), second.owed), f"{remains} of its allowed amount remains, less the copay {second.share.copay}"
    left = min(max(benefit.deductible - year.deductible_met, ZERO), second.share.deductible)
    paid = methods.maintenance(second.price.allowed, second.prior.paid, left, benefit.coinsurance_percent, second.owed)
    return paid, f"{remains} of its allowed amount {second.price.allowed} remains for its deductible and per cent"


def _by_contract(second: Second) -> tuple[Decimal, str]:
    return methods.by_contract(second.benefit, second.prior.paid), f"its contract's {second.benefit} less what was paid, whatever the charge"


def _lowest_of_three(second: Second) -> tuple[Decimal, str]:
    written_off = sum((each.amount for each in second.prior.adjustments if each.group == "CO" and each.carc == CONTRACT), ZERO)
    limbs = msp.part_b_limbs(second.charge - written_off, second.price.fee, second.benefit, second.prior_allowed, second.prior.paid)
    lowest = msp.lowest(limbs)
    listed = "; ".join(f"{each.at} {each.says}: {each.amount}" for each in limbs)
    return methods.standard(lowest.amount, second.owed), f"the lowest of three: {listed}"


METHODS: dict[str, Callable[[Second], tuple[Decimal, str]]] = {
    "standard": _standard, "lesser-of": _lesser_of, "up-to-allowed": _lesser_of, "carve-out": _carve_out, "non-duplication": _carve_out, "maintenance": _maintenance,
    "by-contract": _by_contract, "lowest-of-three": _lowest_of_three}
"""By the name in the payer's `secondary` rule."""
WRITTEN_OFF, MEDICARES = ("lesser-of",), ("lowest-of-three",)
"""Methods after which nobody may be billed for the rest, and those of Medicare's own law."""
