"""The price of a line while it is worked out: what one unit costs, what all cost, and the steps that led there."""

from dataclasses import dataclass, replace
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import RuleInForce, TraceStep
from billing.claim import ServiceLine


@dataclass(frozen=True)
class Price:
    """A line's fee and what is allowed, in dollars, with the steps that led there.

    one: the fee of one unit as it is ranked; multiple: the indicator of the relative values (see RelativeValue); units: how many are ranked.
    """
    line: int
    fee: Decimal
    allowed: Decimal
    steps: tuple[TraceStep, ...]
    one: Decimal
    units: int = 1
    multiple: str = "0"

    def changed(self, stage: str, text: str, fee: Decimal, rule: RuleInForce | None, one: Decimal | None = None) -> "Price":
        """The price after a step; one: the fee of a unit where the step changes it too."""
        step = TraceStep(stage, self.line, text, fee, rule)
        return replace(self, fee=fee, allowed=fee, one=self.one if one is None else one, steps=(*self.steps, step))


def reference(review: Review, kind: str, line: ServiceLine) -> RuleInForce | None:
    """What a step under this kind of rule points to."""
    rule = review.policy.rule(kind)
    return rule.reference(review.day(rule, line)) if rule else None
