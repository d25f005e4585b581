"""The fee of a service from relative values × geography × conversion factor, or a flat fee; both sides of the body in one line."""

from decimal import Decimal

from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.answer import TraceStep
from billing.claim import ServiceLine
from billing.money import HUNDRED, cents, percent_of
from billing.policy import FeeSchedule, RelativeValue

COMPONENTS = ("26", "TC")


def component_of(line: ServiceLine) -> str:
    """26, TC, or nothing for the whole service."""
    return next((m for m in line.modifiers if m in COMPONENTS), "")


def row_of(review: Review, line: ServiceLine) -> RelativeValue | None:
    """The relative values of the line's procedure and component."""
    schedule: FeeSchedule = review.value("fee-schedule", line)
    return schedule.relative.get((line.procedure, component_of(line)))


def practice_of(review: Review, line: ServiceLine, row: RelativeValue) -> tuple[Decimal, str]:
    """The practice expense of the place of service, and which of the two it is."""
    if line.place_of_service in review.value("fee-schedule", line).facility_places:
        return row.practice_facility, "facility"
    return row.practice_nonfacility, "non-facility"


def dollars_of(review: Review, line: ServiceLine, row: RelativeValue, practice_percent: Decimal = HUNDRED) -> Decimal:
    """Dollars of one unit; practice_percent: what is left of the practice expense."""
    place, factor = review.value("geography", line), review.value("conversion-factor", line).dollars
    practice = practice_of(review, line, row)[0] * practice_percent / HUNDRED
    return cents((row.work * place.work + practice * place.practice + row.malpractice * place.malpractice) * factor)


def fee(review: Review, number: int, line: ServiceLine) -> Price | None:
    """All units at their fee; 150 per cent, or what the payer gives, for both sides."""
    row = row_of(review, line)
    priced = _relative(review, number, line, row) if row else _flat(review, number, line)
    if priced and line.units > 1:
        total = priced.one * line.units
        priced = priced.changed("units", f"{line.units} units of {priced.one} = {total}.", total, None)
    return _bilateral(review, priced, line, row) if priced and row else priced


def _relative(review: Review, number: int, line: ServiceLine, row: RelativeValue) -> Price:
    place, factor = review.value("geography", line), review.value("conversion-factor", line).dollars
    practice, where = practice_of(review, line, row)
    one = dollars_of(review, line, row)
    text = f"({row.work} × {place.work} + {practice} {where} × {place.practice} + {row.malpractice} × {place.malpractice}) × {factor} = {one}."
    return Price(number, one, one, (TraceStep("fee", number, text, one, reference(review, "conversion-factor", line)),), one, line.units, row.multiple)


def _flat(review: Review, number: int, line: ServiceLine) -> Price | None:
    one = review.value("fee-schedule", line).flat.get(line.procedure)
    if one is None:
        return None
    step = TraceStep("fee", number, f"{line.procedure} has a fee of {one} a unit.", one, reference(review, "fee-schedule", line))
    return Price(number, one, one, (step,), one, line.units)


def _bilateral(review: Review, priced: Price, line: ServiceLine, row: RelativeValue) -> Price:
    rule = review.value("pricing-modifiers", line)
    if rule is None or "50" not in line.modifiers or row.bilateral != "1":
        return priced
    both = percent_of(priced.fee, rule.bilateral_percent)
    return priced.changed("bilateral", f"Modifier 50: {rule.bilateral_percent} % = {both}.", both, reference(review, "pricing-modifiers", line),
                          one=percent_of(priced.one, rule.bilateral_percent))
