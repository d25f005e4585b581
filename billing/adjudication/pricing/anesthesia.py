"""The fee of anesthesia: (base units + minutes in time units) × the anesthesia conversion factor, and the part of who gave or directed it."""

from decimal import ROUND_HALF_UP, Decimal

from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.answer import TraceStep
from billing.claim import ServiceLine
from billing.money import HUNDRED, cents
from billing.surgery_values import Anesthesia, AnesthesiaModifier


def time_units(minutes: int, rule: Anesthesia) -> Decimal:
    """Minutes in units of the payer's length, rounded to its step."""
    return (Decimal(minutes) / rule.minutes / rule.step).quantize(Decimal(1), ROUND_HALF_UP) * rule.step


def fee(review: Review, number: int, line: ServiceLine) -> Price | None:
    """The fee of the whole case; None for a procedure that is no anesthesia. The line's units are minutes."""
    base = review.value("fee-schedule", line).base_units.get(line.procedure)
    if base is None:
        return None
    rule: Anesthesia = review.value("anesthesia", line)
    who = next((rule.of[m] for m in line.modifiers if m in rule.of), None)
    units, said = _units(line, rule, base, who)
    percent = who.percent if who else HUNDRED
    amount = cents(units * rule.dollars * percent / HUNDRED)
    part = f" at {percent} %, modifier {who.modifier}," if who and percent != HUNDRED else ""
    step = TraceStep("anesthesia", number, f"{said} = {units} units × {rule.dollars}{part} = {amount}.", amount, reference(review, "anesthesia", line))
    return Price(number, amount, amount, (step,), amount)


def _units(line: ServiceLine, rule: Anesthesia, base: Decimal, who: AnesthesiaModifier | None) -> tuple[Decimal, str]:
    if who and who.base_units is not None:
        return who.base_units, f"Supervised only, modifier {who.modifier}: no time"
    time = time_units(line.units, rule)
    return base + time, f"{base} base units + {line.units} minutes / {rule.minutes} = {time} time units"
