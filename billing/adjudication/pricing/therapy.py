"""Therapy of one day: the unit with the highest practice expense is paid whole, every other unit keeps a part of that expense."""

from datetime import date
from decimal import Decimal

from billing.adjudication.pricing import relative
from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.money import ZERO

THERAPY = "5"
"""The indicator of multiple procedures that marks therapy, as in the fee schedule."""


def practice_reduction(review: Review, priced: list[Price]) -> list[Price]:
    """The reduction of each therapy line, whatever the discipline and however many the lines."""
    return [_reduced(review, each, priced) for each in priced]


def _reduced(review: Review, each: Price, priced: list[Price]) -> Price:
    line = review.claim.lines[each.line - 1]
    rule = review.value("therapy", line) if each.multiple == THERAPY else None
    if rule is None:
        return each
    whole = 1 if _first(review, priced, line.service_date) == each.line else 0
    if each.units == whole:
        return each
    less = relative.dollars_of(review, line, relative.row_of(review, line), rule.practice_percent)
    fee = each.one * whole + less * (each.units - whole)
    text = f"{whole} of {each.units} units whole at {each.one}, the rest with {rule.practice_percent} % of the practice expense at {less}: {fee}."
    return each.changed("therapy reduction", text, fee, reference(review, "therapy", line), one=less)


def _first(review: Review, priced: list[Price], day: date) -> int:
    """The line with the highest practice expense of the day; where several have it, the highest fee."""
    today = [each for each in priced if each.multiple == THERAPY and review.claim.lines[each.line - 1].service_date == day]
    return min(today, key=lambda each: (-_practice(review, each), -each.one, each.line)).line


def _practice(review: Review, each: Price) -> Decimal:
    line = review.claim.lines[each.line - 1]
    row = relative.row_of(review, line)
    return relative.practice_of(review, line, row)[0] if row else ZERO
