"""What the patient bears of each allowed amount: copay, deductible, coinsurance, within the out-of-pocket limit, line by line as processed."""

from dataclasses import dataclass
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import Adjustment, TraceStep
from billing.claim import ServiceLine
from billing.coverage import Accumulator
from billing.money import ZERO
from billing.policy import Benefit
from billing.share import deductible_and_coinsurance

DEDUCTIBLE, COINSURANCE, COPAY = "1", "2", "3"


@dataclass(frozen=True)
class Share:
    """A line's patient part in dollars by CARC (1 deductible, 2 coinsurance, 3 copay), with the steps."""
    deductible: Decimal
    coinsurance: Decimal
    copay: Decimal
    steps: tuple[TraceStep, ...]

    @property
    def total(self) -> Decimal:
        return self.deductible + self.coinsurance + self.copay

    def adjustments(self) -> tuple[Adjustment, ...]:
        """As group PR adjustments, those of zero left out."""
        parts = ((DEDUCTIBLE, self.deductible), (COINSURANCE, self.coinsurance), (COPAY, self.copay))
        return tuple(Adjustment("PR", carc, amount) for carc, amount in parts if amount)


def benefit_of(review: Review, line: ServiceLine) -> Benefit:
    """The member's plan as in force on the day of service."""
    return plan_named(review.value("benefits", line).plans, review.coverage.plan, review.policy.name)


def plan_named(plans: tuple[Benefit, ...], name: str, payer: str) -> Benefit:
    """That plan; LookupError where the payer has none of that name."""
    for plan in plans:
        if plan.plan == name:
            return plan
    raise LookupError(f"{payer} has no plan {name}; it has {', '.join(p.plan for p in plans)}.")


def used(accumulators: tuple[Accumulator, ...], year: int) -> Accumulator:
    """What is used of that year's limits; nothing where the records are silent."""
    return next((a for a in accumulators if a.year == year), Accumulator(year))


class Sharing:
    """Shares in the order of processing: each line uses up deductible, copay and limit for the next. Years go by the day of service."""

    def __init__(self, review: Review):
        self._review = review
        self._spent: dict[int, tuple[Decimal, Decimal]] = {}
        self._copaid: set = set()

    def share(self, number: int, allowed: Decimal) -> Share:
        """The patient's part of one line's allowed amount."""
        line = self._review.claim.lines[number - 1]
        benefit = benefit_of(self._review, line)
        if line.procedure in benefit.exempt:
            return Share(ZERO, ZERO, ZERO, (TraceStep("cost sharing", number, f"{line.procedure} bears no deductible and no coinsurance."),))
        start = used(self._review.coverage.accumulators, line.service_date.year)
        met, out = self._spent.get(start.year, (start.deductible_met, start.out_of_pocket_met))
        copay, steps = self._copay(benefit, line, number, allowed)
        rest = ZERO if copay is not None and benefit.copay_waives_deductible else allowed - (copay or ZERO)
        left = max(benefit.deductible - met, ZERO)
        deductible, coinsurance = deductible_and_coinsurance(rest, left, ZERO if copay is not None else benefit.coinsurance_percent)
        if rest:
            steps.append(TraceStep("deductible", number, f"{left} of {benefit.deductible} left: {deductible} to the deductible.", deductible, self._rule(line)))
            steps.append(TraceStep("coinsurance", number, f"{benefit.coinsurance_percent} % of {rest - deductible} = {coinsurance}.", coinsurance, self._rule(line)))
        share = self._capped(benefit, number, Share(deductible, coinsurance, copay or ZERO, tuple(steps)), out)
        self._spent[start.year] = (met + share.deductible, out + share.total)
        return share

    def _rule(self, line: ServiceLine):
        rule = self._review.policy.rule("benefits")
        return rule.reference(self._review.day(rule, line))

    def _copay(self, benefit: Benefit, line: ServiceLine, number: int, allowed: Decimal) -> tuple[Decimal | None, list[TraceStep]]:
        for copay in benefit.copays:
            if line.procedure in copay.procedures:
                due = ZERO if (copay.name, line.service_date) in self._copaid else min(copay.dollars, allowed)
                self._copaid.add((copay.name, line.service_date))
                return due, [TraceStep("copay", number, f"Copay for {copay.name}: {due}.", due, self._rule(line))]
        return None, []

    @staticmethod
    def _capped(benefit: Benefit, number: int, share: Share, out: Decimal) -> Share:
        """Within the limit: what is over comes off coinsurance first, then the copay, then the deductible."""
        if benefit.out_of_pocket_limit is None or out + share.total <= benefit.out_of_pocket_limit:
            return share
        left = max(benefit.out_of_pocket_limit - out, ZERO)
        deductible = min(share.deductible, left)
        copay = min(share.copay, left - deductible)
        coinsurance = min(share.coinsurance, left - deductible - copay)
        step = TraceStep("out-of-pocket limit", number, f"{left} of the limit {benefit.out_of_pocket_limit} left: the patient bears {deductible + copay + coinsurance}.", left)
        return Share(deductible, coinsurance, copay, (*share.steps, step))
