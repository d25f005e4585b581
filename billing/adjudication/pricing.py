"""What the payer allows for each service: relative values × geography × conversion factor, modifiers that price, ranking, and the lesser of that and the charge."""

from dataclasses import dataclass, replace
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import TraceStep
from billing.claim import ServiceLine
from billing.money import HUNDRED, cents, percent_of
from billing.policy import FeeSchedule, RelativeValue

COMPONENTS = ("26", "TC")


@dataclass(frozen=True)
class Price:
    """A line's fee and what is allowed, in dollars, with the steps that led there."""
    line: int
    fee: Decimal
    allowed: Decimal
    steps: tuple[TraceStep, ...]
    multiple: bool = False


def price(review: Review, numbers: frozenset[int]) -> dict[int, Price]:
    """The price of each line that is still payable, by line number."""
    priced = [_fee(review, number, line) for number, line in review.numbered() if number in numbers]
    ranked = _multiple_procedures(review, priced)
    return {each.line: _allowed(review, _participation(review, each)) for each in ranked}


def unit_fee(review: Review, line: ServiceLine) -> tuple[Decimal, str, RelativeValue | None]:
    """Dollars for one unit, how they came about, and the relative values used (None: a flat fee)."""
    schedule: FeeSchedule = review.value("fee-schedule", line)
    component = next((m for m in line.modifiers if m in COMPONENTS), "")
    row = schedule.relative.get((line.procedure, component))
    if row is None:
        fee = schedule.flat.get(line.procedure)
        if fee is None:
            raise LookupError(f"{review.policy.name} has no fee for {line.procedure}" + (f" with modifier {component}." if component else "."))
        return fee, f"{line.procedure} has a fee of {fee} a unit.", None
    place = review.value("geography", line)
    factor = review.value("conversion-factor", line).dollars
    facility = line.place_of_service in schedule.facility_places
    practice = row.practice_facility if facility else row.practice_nonfacility
    fee = cents((row.work * place.work + practice * place.practice + row.malpractice * place.malpractice) * factor)
    text = (f"({row.work} × {place.work} + {practice} {'facility' if facility else 'non-facility'} × {place.practice} + "
            f"{row.malpractice} × {place.malpractice}) × {factor} = {fee}.")
    return fee, text, row


def _reference(review: Review, kind: str, line: ServiceLine):
    rule = review.policy.rule(kind)
    return rule.reference(review.day(rule, line)) if rule else None


def _fee(review: Review, number: int, line: ServiceLine) -> Price:
    one, text, row = unit_fee(review, line)
    fee = one * line.units
    steps = [TraceStep("fee", number, text, one, _reference(review, "conversion-factor" if row else "fee-schedule", line))]
    if line.units > 1:
        steps.append(TraceStep("units", number, f"{line.units} units of {one} = {fee}.", fee))
    rule = review.value("pricing-modifiers", line)
    if row and rule and "50" in line.modifiers and row.bilateral == "1":
        fee = percent_of(fee, rule.bilateral_percent)
        steps.append(TraceStep("bilateral", number, f"Modifier 50: {rule.bilateral_percent} % = {fee}.", fee, _reference(review, "pricing-modifiers", line)))
    return Price(number, fee, fee, tuple(steps), multiple=bool(row and row.multiple == "2"))


def _multiple_procedures(review: Review, priced: list[Price]) -> list[Price]:
    """Procedures with multiple indicator 2 on one day are ranked by fee; each later one is paid at its rank's per cent."""
    reduced = []
    for each in priced:
        line = review.claim.lines[each.line - 1]
        rule = review.value("pricing-modifiers", line)
        family = sorted((p for p in priced if p.multiple and review.claim.lines[p.line - 1].service_date == line.service_date), key=lambda p: (-p.fee, p.line))
        if not each.multiple or rule is None or len(family) < 2:
            reduced.append(each)
            continue
        rank = family.index(each)
        percent = rule.multiple_percents[min(rank, len(rule.multiple_percents) - 1)]
        fee = percent_of(each.fee, percent)
        step = TraceStep("multiple procedures", each.line, f"Rank {rank + 1} of {len(family)} by fee: {percent} % of {each.fee} = {fee}.", fee, _reference(review, "pricing-modifiers", line))
        reduced.append(replace(each, fee=fee, allowed=fee, steps=(*each.steps, step)))
    return reduced


def _participation(review: Review, each: Price) -> Price:
    line = review.claim.lines[each.line - 1]
    rule = review.value("participation", line)
    if review.participates or rule is None:
        return each
    fee = percent_of(each.fee, rule.nonparticipating_percent)
    step = TraceStep("participation", each.line, f"Not participating: {rule.nonparticipating_percent} % of {each.fee} = {fee}.", fee, _reference(review, "participation", line))
    return replace(each, fee=fee, allowed=fee, steps=(*each.steps, step))


def _allowed(review: Review, each: Price) -> Price:
    charge = review.claim.lines[each.line - 1].charge
    if charge >= each.fee:
        return replace(each, allowed=each.fee)
    step = TraceStep("lesser of", each.line, f"The charge {charge} is less than the fee {each.fee}: {charge} is allowed.", charge)
    return replace(each, allowed=charge, steps=(*each.steps, step))


def limiting_charge(review: Review, each: Price) -> Decimal | None:
    """The most a non-participating provider may charge without assignment: rounded once from the participating fee."""
    line = review.claim.lines[each.line - 1]
    rule = review.value("participation", line)
    if review.participates or rule is None:
        return None
    full = next((s.amount for s in reversed(each.steps) if s.stage not in ("participation", "lesser of") and s.amount is not None), each.fee)
    return cents(full * rule.nonparticipating_percent * rule.limiting_charge_percent / HUNDRED / HUNDRED)
