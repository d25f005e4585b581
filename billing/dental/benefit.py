"""What a dental plan pays for a service: the fee of the network, an alternate benefit, deductible and per cent by category, the year's maximum, and another plan's payment before.

Line by line in the claim's order: each line uses up deductible and maximum for the next. The allowed amount is what the benefit is figured on.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import Adjustment, RuleInForce, TraceStep
from billing.dental import mouth
from billing.dental.claim import DentalLine
from billing.dental.edits import plan_of
from billing.dental.form_edits import service
from billing.dental_values import CategoryBenefit, DentalPlan
from billing.money import ZERO, percent_of
from billing.share import deductible_and_coinsurance

DEDUCTIBLE, COINSURANCE, CONTRACT = "1", "2", "45"
ANNUAL, LIFETIME, AFTER = "annual", "lifetime", "after"


@dataclass(frozen=True)
class Terms:
    """What the plan says of a line: per cent it pays, deductible left and when it is taken, what is left of the maximum (None: none applies)."""
    percent: Decimal
    deductible_left: Decimal
    order: str
    room: Decimal | None
    maximum: str


@dataclass(frozen=True)
class Benefit:
    """One line, in dollars. fee: of the network the dentist is in, or the customary one, at most the charge; base: what the benefit is figured on.

    cut: what a maximum took off. paid is fee less downgrade, deductible, coinsurance and cut.
    """
    fee: Decimal
    base: Decimal
    deductible: Decimal
    coinsurance: Decimal
    cut: Decimal
    terms: Terms
    steps: tuple[TraceStep, ...] = ()

    @property
    def paid(self) -> Decimal:
        return self.base - self.deductible - self.coinsurance - self.cut

    @property
    def downgrade(self) -> Decimal:
        """What the patient owes because the plan figures on another service's fee."""
        return self.fee - self.base


def figure(fee: Decimal, base: Decimal, terms: Terms) -> Benefit:
    """Deductible, coinsurance and what is over the maximum, of a base under the terms of the plan."""
    if terms.order == AFTER:
        benefit = percent_of(base, terms.percent)
        deductible, coinsurance = min(terms.deductible_left, benefit), base - benefit
    else:
        deductible, benefit = deductible_and_coinsurance(base, terms.deductible_left, terms.percent)
        coinsurance = base - deductible - benefit
    cut = ZERO if terms.room is None else max(base - deductible - coinsurance - terms.room, ZERO)
    return Benefit(fee, base, deductible, coinsurance, cut, terms)


def fee_of(review: Review, line: DentalLine, procedure: str = "") -> Decimal:
    """The fee for the line's quantity of its procedure (or of another): contracted inside the network, customary outside."""
    fees = review.value("dental-fees", line).of
    wanted = procedure or line.procedure
    if wanted not in fees:
        raise LookupError(f"{review.policy.name} has no fee for {wanted}.")
    row = fees[wanted]
    return (row.contracted if review.participates else row.customary) * line.quantity


def alternate(review: Review, line: DentalLine) -> str:
    """The procedure the plan figures on in place of the line's; empty where it takes the line's own."""
    rule = review.value("alternate-benefits", line)
    for each in rule.alternates if rule else ():
        if each.procedure == line.procedure and (not each.teeth or mouth.known(line.tooth) and set(each.teeth) <= mouth.described(line.tooth)):
            return each.paid_as
    return ""


class Benefits:
    """Benefits in the order of processing; `use` says what the line has used up once another plan's payment is known."""

    def __init__(self, review: Review):
        self._review = review
        self._deductible: dict[int, Decimal] = {}
        self._annual: dict[int, Decimal] = {}
        self._lifetime = review.coverage.orthodontic_used

    def of(self, number: int) -> Benefit:
        """The line's benefit, as if no other plan had paid."""
        review = self._review
        line = review.claim.lines[number - 1]
        fee, other = min(line.charge, fee_of(review, line)), alternate(review, line)
        base = min(fee, fee_of(review, line, other)) if other else fee
        benefit = figure(fee, base, self._terms(line))
        return replace(benefit, steps=self._steps(number, line, benefit, other))

    def _terms(self, line: DentalLine) -> Terms:
        plan = plan_of(self._review, line)
        category = plan.benefit(service(self._review, line).category)
        percent = category.network_percent if self._review.participates else category.other_percent
        left = self._deductible_left(plan, line) if category.deductible else ZERO
        return Terms(percent, left, plan.deductible_order, self._room(plan, category, line), category.maximum)

    def use(self, number: int, deductible: Decimal, paid: Decimal, maximum: str) -> None:
        """The line's deductible and payment, off what is left for the lines below."""
        year = self._review.claim.lines[number - 1].service_date.year
        self._deductible[year] = self._deductible.get(year, ZERO) + deductible
        if maximum == ANNUAL:
            self._annual[year] = self._annual.get(year, ZERO) + paid
        elif maximum == LIFETIME:
            self._lifetime += paid

    def _deductible_left(self, plan: DentalPlan, line: DentalLine) -> Decimal:
        year = line.service_date.year
        return max(plan.deductible - self._review.coverage.used(year).deductible_met - self._deductible.get(year, ZERO), ZERO)

    def _room(self, plan: DentalPlan, category: CategoryBenefit, line: DentalLine) -> Decimal | None:
        """What is left of the maximum the category counts towards; None where it counts towards none."""
        year = line.service_date.year
        if category.maximum == ANNUAL:
            return max(plan.annual_maximum - self._review.coverage.used(year).maximum_used - self._annual.get(year, ZERO), ZERO)
        return max(plan.lifetime_maximum - self._lifetime, ZERO) if category.maximum == LIFETIME else None

    def _steps(self, number: int, line: DentalLine, benefit: Benefit, other: str) -> tuple[TraceStep, ...]:
        network, terms = "contracted" if self._review.participates else "customary", benefit.terms
        plans, fees = reference(self._review, "dental-plans", line), reference(self._review, "dental-fees", line)
        steps = [TraceStep("fee", number, f"The {network} fee, at most the charge: {benefit.fee}.", benefit.fee, fees)]
        if other:
            steps.append(TraceStep("alternate benefit", number, f"Figured on the fee of {other}: {benefit.base}; the patient owes the difference of {benefit.downgrade}.",
                                   benefit.base, reference(self._review, "alternate-benefits", line)))
        if benefit.deductible:
            steps.append(TraceStep("deductible", number, f"{benefit.deductible} of the {terms.deductible_left} left goes to the deductible.", benefit.deductible, plans))
        steps.append(TraceStep("benefit", number, f"The plan pays {terms.percent} %; that leaves the patient {benefit.coinsurance}.", benefit.coinsurance, plans))
        if benefit.cut:
            steps.append(TraceStep("maximum", number, f"{terms.room} of the maximum is left: {benefit.cut} is over it.", benefit.cut, plans))
        return tuple(steps)


def reference(review: Review, kind: str, line: DentalLine) -> RuleInForce:
    """The payer's rule in force for the line."""
    rule = review.policy.rule(kind)
    return rule.reference(review.day(rule, line))


def over_fee(review: Review, line: DentalLine, fee: Decimal) -> tuple[Adjustment, ...]:
    """The charge over the fee: written off under contract, the patient's outside of it."""
    over = line.charge - fee
    return (Adjustment("CO" if review.participates else "PR", CONTRACT, over, rule=reference(review, "dental-fees", line)),) if over > ZERO else ()


def patient_parts(review: Review, line: DentalLine, benefit: Benefit) -> tuple[Adjustment, ...]:
    """What the plan leaves to the patient of the fee, each part with its reason; those of zero left out."""
    plans = review.value("dental-plans", line)
    over = plans.over_lifetime if benefit.terms.maximum == LIFETIME else plans.over_annual
    rule, parts = reference(review, "dental-plans", line), []
    parts.append(Adjustment("PR", DEDUCTIBLE, benefit.deductible, rule=rule))
    parts.append(Adjustment("PR", COINSURANCE, benefit.coinsurance, rule=rule))
    parts.append(Adjustment(over.group, over.carc, benefit.cut, over.rarcs, rule))
    if benefit.downgrade:
        reason = review.value("alternate-benefits", line).reason
        parts.append(Adjustment(reason.group, reason.carc, benefit.downgrade, reason.rarcs, reference(review, "alternate-benefits", line)))
    return tuple(part for part in parts if part.amount)
