"""What the patient bears of a hospital bill: a benefit period's deductible and days, an outpatient's capped coinsurance, or a plan's deductible and coinsurance."""

from dataclasses import dataclass, field
from decimal import Decimal

from billing.adjudication.cost_sharing import COINSURANCE, DEDUCTIBLE, plan_named, used
from billing.answer import Adjustment, TraceStep
from billing.institutional.member import BenefitPeriod
from billing.institutional.review import HospitalReview
from billing.institutional_values import HospitalBenefits
from billing.money import ZERO
from billing.share import deductible_and_coinsurance


@dataclass(frozen=True)
class DaysUsed:
    """How the days of a stay fall: full, with coinsurance, of the lifetime reserve."""
    full: int
    coinsurance: int
    reserve: int


def days_used(benefits: HospitalBenefits, period: BenefitPeriod, days: int) -> DaysUsed:
    """The period's own days first. The reserve is drawn on only by a stay that begins when none of those are left: the group's payment covers the rest of a stay."""
    full = min(max(benefits.full_days - period.days_used, 0), days)
    own = max(benefits.full_days + benefits.coinsurance_days - period.days_used, 0)
    if own:
        return DaysUsed(full, min(own, days) - full, 0)
    return DaysUsed(0, 0, min(max(benefits.reserve_days - period.reserve_used, 0), days))


@dataclass
class Shares:
    """Shares in the order of the lines: each uses up deductible and limit for the next."""
    review: HospitalReview
    _deductible: Decimal | None = field(default=None)
    _borne: Decimal = field(default=ZERO)

    def of(self, number: int, allowed: Decimal) -> tuple[tuple[Adjustment, ...], tuple[TraceStep, ...]]:
        """The patient's part of one allowed amount (line 0: the stay), under PR, with its steps."""
        if self.review.inpatient and self.review.policy.rule("institutional-benefits"):
            return self._stay(allowed)
        if not self.review.inpatient and self.review.policy.rule("institutional-outpatient-benefits"):
            return self._outpatient(number, allowed)
        return self._plan(number, allowed)

    def _stay(self, allowed: Decimal) -> tuple[tuple[Adjustment, ...], tuple[TraceStep, ...]]:
        benefits, period = self.review.value("institutional-benefits"), self.review.coverage.period
        reference = self.review.reference("institutional-benefits")
        fall = days_used(benefits, period, self.review.days)
        left = max(benefits.deductible - period.deductible_met, ZERO) if fall.full else ZERO
        deductible = min(left, allowed)
        days = fall.coinsurance * benefits.coinsurance + fall.reserve * benefits.reserve_coinsurance
        coinsurance = min(days, allowed - deductible)
        return _parts(deductible, coinsurance), (
            TraceStep("deductible", 0, f"{left} of the benefit period's {benefits.deductible} left: {deductible}.", deductible, reference),
            TraceStep("coinsurance days", 0, f"{fall.full} full days, {fall.coinsurance} at {benefits.coinsurance}, {fall.reserve} of the reserve at {benefits.reserve_coinsurance} = {coinsurance}.", coinsurance, reference))

    def _outpatient(self, number: int, allowed: Decimal) -> tuple[tuple[Adjustment, ...], tuple[TraceStep, ...]]:
        benefits, reference = self.review.value("institutional-outpatient-benefits"), self.review.reference("institutional-outpatient-benefits")
        left = self._left(benefits.deductible)
        deductible, coinsurance = deductible_and_coinsurance(allowed, left, benefits.coinsurance_percent)
        capped = min(coinsurance, benefits.coinsurance_limit)
        self._deductible = left - deductible
        limit = f", at most {benefits.coinsurance_limit}" if capped < coinsurance else ""
        return _parts(deductible, capped), (
            TraceStep("deductible", number, f"{left} of {benefits.deductible} left: {deductible} to the deductible.", deductible, reference),
            TraceStep("coinsurance", number, f"{benefits.coinsurance_percent} % of {allowed - deductible}{limit} = {capped}.", capped, reference))

    def _plan(self, number: int, allowed: Decimal) -> tuple[tuple[Adjustment, ...], tuple[TraceStep, ...]]:
        review, reference = self.review, self.review.reference("benefits")
        plan = plan_named(review.value("benefits").plans, review.coverage.plan, review.policy.name)
        left = self._left(plan.deductible)
        deductible, coinsurance = deductible_and_coinsurance(allowed, left, plan.coinsurance_percent)
        if plan.out_of_pocket_limit is not None:
            room = max(plan.out_of_pocket_limit - used(review.coverage.accumulators, review.first_day.year).out_of_pocket_met - self._borne, ZERO)
            deductible = min(deductible, room)
            coinsurance = min(coinsurance, room - deductible)
        self._deductible, self._borne = left - deductible, self._borne + deductible + coinsurance
        return _parts(deductible, coinsurance), (
            TraceStep("deductible", number, f"{left} of {plan.deductible} left: {deductible} to the deductible.", deductible, reference),
            TraceStep("coinsurance", number, f"{plan.coinsurance_percent} % of what is left, within the limit {plan.out_of_pocket_limit} = {coinsurance}.", coinsurance, reference))

    def _left(self, deductible: Decimal) -> Decimal:
        """What is left of the year's deductible, after the lines above."""
        if self._deductible is None:
            self._deductible = max(deductible - used(self.review.coverage.accumulators, self.review.first_day.year).deductible_met, ZERO)
        return self._deductible


def _parts(deductible: Decimal, coinsurance: Decimal) -> tuple[Adjustment, ...]:
    return tuple(Adjustment("PR", carc, amount) for carc, amount in ((DEDUCTIBLE, deductible), (COINSURANCE, coinsurance)) if amount)


def nursing_coinsurance(benefits: HospitalBenefits, days_used_before: int, days: int) -> Decimal:
    """What a stay in a skilled nursing facility costs the patient: nothing for the full days, the daily amount after them."""
    return max(days_used_before + days - max(benefits.nursing_days_full, days_used_before), 0) * benefits.nursing_coinsurance
