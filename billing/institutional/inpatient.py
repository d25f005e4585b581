"""What a stay is worth: the group's weight × wage-adjusted amounts, by the day for a transfer, more for a costly outlier; or a contract's days.

Operating and capital payments are each rounded once. Left out: teaching, low-income and new-technology additions, and quality programs.
"""

from dataclasses import dataclass
from decimal import Decimal

from billing.answer import TraceStep
from billing.institutional.grouping import Grouping, stay_of
from billing.institutional.review import HospitalReview
from billing.institutional_values import DrgRates, DrgWeight, Hospital, PerDiem
from billing.money import HUNDRED, ZERO, cents, percent_of

ONE = Decimal(1)
HALF = ONE / 2


@dataclass(frozen=True)
class StayPrice:
    """Dollars allowed for the whole stay, its group (blank under a contract), and the steps."""
    allowed: Decimal
    drg: str
    steps: tuple[TraceStep, ...]


@dataclass(frozen=True)
class Parts:
    """Operating and capital dollars, kept apart until the end as the payer keeps them."""
    operating: Decimal
    capital: Decimal

    @property
    def total(self) -> Decimal:
        return self.operating + self.capital


def price_stay(review: HospitalReview) -> StayPrice:
    """By the contract where the payer has one; else by the group. LookupError where the payer has no weight for the group."""
    return _by_contract(review) if review.policy.rule("institutional-contract") else _by_group(review)


def labor_adjusted(amount: Decimal, labor_percent: Decimal, wage_index: Decimal) -> Decimal:
    """The part that is wages times the wage index, and the rest as it is; not rounded."""
    return amount * (labor_percent * wage_index + HUNDRED - labor_percent) / HUNDRED


def _by_group(review: HospitalReview) -> StayPrice:
    grouping = review.grouper.group(stay_of(review.claim))
    group = review.value("institutional-group-weights").of.get(grouping.drg)
    if group is None:
        raise LookupError(f"{review.policy.name} has no weight for group {grouping.drg}.")
    rates, hospital = review.value("institutional-group-rates"), review.value("institutional-hospitals").of(review.claim.billing.npi)
    labor = rates.labor_percent if hospital.wage_index > ONE else rates.low_labor_percent
    full = Parts(cents(labor_adjusted(rates.operating, labor, hospital.wage_index) * group.weight), cents(rates.capital * hospital.capital_factor * group.weight))
    steps = [*_grouped(review, grouping, group),
             TraceStep("operating", 0, f"{rates.operating} × ({labor} % × {hospital.wage_index} + {HUNDRED - labor} %) × {group.weight} = {full.operating}.", full.operating, review.reference("institutional-group-rates")),
             TraceStep("capital", 0, f"{rates.capital} × {hospital.capital_factor} × {group.weight} = {full.capital}.", full.capital, review.reference("institutional-group-rates"))]
    share, base = ONE, full
    if way := _transferred(review, group):
        share = _transfer_share(review.days, group, way)
        base = Parts(cents(full.operating * share), cents(full.capital * share))
        steps.append(_transfer_step(review, group, way, base))
    extra, step = _outlier(review, rates, hospital, base, labor, min(_days_share(review.days, group), ONE) if way else ONE)
    return StayPrice(base.total + extra, grouping.drg, (*steps, step))


def _grouped(review: HospitalReview, grouping: Grouping, group: DrgWeight) -> list[TraceStep]:
    weighed = f"Group {grouping.drg}, {grouping.title} (version {grouping.version}, by the day of discharge): weight {group.weight}, {group.days} days on average."
    steps = [TraceStep("group", 0, weighed, rule=review.reference("institutional-group-weights"))]
    if grouping.conditions:
        steps.append(TraceStep("hospital-acquired", 0, f"Not present on admission: {', '.join(grouping.conditions)}. With it the group would have been {grouping.before}; it does not count."))
    return steps


def _transferred(review: HospitalReview, group: DrgWeight) -> str:
    """How the discharge is paid by the day: acute, special or post-acute; blank where it is paid in full."""
    rule, status = review.value("institutional-transfers"), review.claim.discharge_status
    if rule is None or status not in (*rule.acute, *rule.post_acute):
        return ""
    if status in rule.acute:
        return "acute"
    return ("special" if group.special else "post-acute") if group.post_acute else ""


def _days_share(days: int, group: DrgWeight) -> Decimal:
    """Each day is worth one part of the average stay, the first day two."""
    return (days + 1) / group.days


def _transfer_share(days: int, group: DrgWeight, way: str) -> Decimal:
    """The part of the full payment; the special method gives half of it at once. Never more than the whole."""
    by_day = _days_share(days, group)
    return min(HALF + HALF * by_day if way == "special" else by_day, ONE)


def _transfer_step(review: HospitalReview, group: DrgWeight, way: str, base: Parts) -> TraceStep:
    how = "half at once and half by the day" if way == "special" else "by the day"
    return TraceStep("transfer", 0, f"Discharge status {review.claim.discharge_status}: paid {how}, {review.days} days and one for the first, of {group.days}, at most the whole = {base.total}.",
                     base.total, review.reference("institutional-transfers"))


def _outlier(review: HospitalReview, rates: DrgRates, hospital: Hospital, base: Parts, labor: Decimal, share: Decimal) -> tuple[Decimal, TraceStep]:
    """Cost by the hospital's ratios over the payment and the threshold, at the outlier's per cent; the threshold of a transfer is shared as its days are."""
    covered = review.claim.charge - review.claim.non_covered
    ratio = hospital.operating_cost_ratio + hospital.capital_cost_ratio
    cost = Parts(cents(covered * hospital.operating_cost_ratio), cents(covered * hospital.capital_cost_ratio))
    loss = rates.fixed_loss * share
    bar = Parts(base.operating + cents(labor_adjusted(loss, labor, hospital.wage_index) * hospital.operating_cost_ratio / ratio),
                base.capital + cents(loss * hospital.capital_factor * hospital.capital_cost_ratio / ratio))
    extra = ZERO
    if cost.total > bar.total:
        extra = sum((percent_of(max(one - other, ZERO), rates.outlier_percent) for one, other in ((cost.operating, bar.operating), (cost.capital, bar.capital))), ZERO)
    return extra, TraceStep("outlier", 0, f"Cost {covered} × {ratio} = {cost.total}; payment and threshold {bar.total}: {f'{rates.outlier_percent} % of what is over' if extra else 'no outlier'} = {extra}.",
                            extra, review.reference("institutional-group-rates"))


def _by_contract(review: HospitalReview) -> StayPrice:
    """Days × the day's rate of each accommodation, and a part of the charges carved out; never more than the charge."""
    rule, reference = review.value("institutional-contract"), review.reference("institutional-contract")
    steps, total = [], ZERO
    for number, line in review.numbered():
        if rate := _per_diem(rule.per_diems, line.revenue_code):
            amount, text = rate.dollars * line.units, f"{line.units} days under {line.revenue_code} × {rate.dollars}"
        elif line.revenue_code in rule.carved_out:
            amount, text = percent_of(line.charge - line.non_covered, rule.carved_out_percent), f"{line.revenue_code} is carved out: {rule.carved_out_percent} % of the charge"
        else:
            continue
        total += amount
        steps.append(TraceStep("contract", number, f"{text} = {amount}.", amount, reference))
    covered = review.claim.charge - review.claim.non_covered
    if total > covered:
        steps.append(TraceStep("lesser of", 0, f"The charge {covered} is less than {total}: {covered} is allowed.", covered))
    return StayPrice(min(total, covered), "", tuple(steps))


def _per_diem(rates: tuple[PerDiem, ...], revenue_code: str) -> PerDiem | None:
    return next((each for each in rates if revenue_code in each.revenue_codes), None)
