"""What surgery's modifiers, endoscopy families and ranks leave of the fees of a day."""

from datetime import date
from decimal import Decimal

from billing.adjudication.pricing import relative
from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.claim import ServiceLine
from billing.money import ZERO, percent_of

STANDARD, ENDOSCOPY = "2", "3"
"""Indicators of multiple procedures, as in the fee schedule."""


def _line(review: Review, each: Price) -> ServiceLine:
    return review.claim.lines[each.line - 1]


def global_share(review: Review, priced: list[Price]) -> list[Price]:
    """Parts of the global package only: the surgeon's (54), the care after it (55), the return to the operating room (78)."""
    return [_global_share(review, each) for each in priced]


def _global_share(review: Review, each: Price) -> Price:
    line = _line(review, each)
    prices, periods = review.value("modifier-prices", line), review.value("global-periods", line)
    period = periods.of.get(line.procedure) if prices and periods else None
    for modifier in line.modifiers if period else ():
        parts = prices.share_of.get(modifier, ())
        percent = period.share(parts)
        if parts and percent:
            each = _at(review, each, percent, f"Modifier {modifier}: the {' and '.join(parts)} share", "global share", "global-periods")
    return each


def _at(review: Review, each: Price, percent: Decimal, why: str, stage: str, kind: str) -> Price:
    fee = percent_of(each.fee, percent)
    return each.changed(stage, f"{why}, {percent} % of {each.fee} = {fee}.", fee, reference(review, kind, _line(review, each)), one=percent_of(each.one, percent))


def modifier_percents(review: Review, priced: list[Price]) -> list[Price]:
    """Per cents of a modifier, one after the other: two surgeons (62), assistants (80, 81, 82, AS), stopped (53)."""
    return [_modifier_percents(review, each) for each in priced]


def _modifier_percents(review: Review, each: Price) -> Price:
    line = _line(review, each)
    rule = review.value("modifier-prices", line)
    for row in (rule.percents_of[m] for m in line.modifiers if m in rule.percents_of) if rule else ():
        for percent in row.percents if not row.procedures or line.procedure in row.procedures else ():
            each = _at(review, each, percent, f"Modifier {row.modifier}", "modifier", "modifier-prices")
    return each


def endoscopy_families(review: Review, priced: list[Price]) -> list[Price]:
    """Of a family on one day the highest stays whole; every other is worth what it has above the base, the base nothing."""
    return [_in_family(review, each, priced) for each in priced]


def _family(review: Review, each: Price) -> tuple[date, str] | None:
    """The day and the base of an endoscopy; None for other services."""
    line = _line(review, each)
    rule = review.value("endoscopy-families", line) if each.multiple == ENDOSCOPY else None
    base = rule.base_of.get(line.procedure) if rule else None
    return (line.service_date, base) if base else None


def _in_family(review: Review, each: Price, priced: list[Price]) -> Price:
    key = _family(review, each)
    others = [other for other in priced if key and _family(review, other) == key]
    highest = min(others, key=lambda other: (-other.fee, other.line), default=each)
    if highest is each:
        return each
    line = _line(review, each)
    base = relative.dollars_of(review, line, review.value("fee-schedule", line).relative[key[1], ""])
    left = max(each.fee - base, ZERO)
    return each.changed("endoscopy family", f"{line.procedure} has the base {key[1]} in common with line {highest.line}: {each.fee} less {base} = {left}.", left,
                        reference(review, "endoscopy-families", line), one=left)


def multiple_procedures(review: Review, priced: list[Price]) -> list[Price]:
    """Procedures of a day are ranked by fee, each unit for itself, an endoscopy family as one; each later rank is paid at its per cent."""
    return [_ranked(review, each, priced) for each in priced]


def _ranked(review: Review, each: Price, priced: list[Price]) -> Price:
    line = _line(review, each)
    rule = review.value("pricing-modifiers", line)
    if rule is None or each.multiple not in (STANDARD, ENDOSCOPY):
        return each
    order = _order(review, priced, line.service_date)
    if len(order) < 2:
        return each
    mine = [place for place, (_, members, _) in enumerate(order) if each.line in members]
    percents = [rule.multiple_percents[min(place, len(rule.multiple_percents) - 1)] for place in mine]
    if len(mine) == 1:
        fee = percent_of(each.fee, percents[0])
        text = f"Rank {mine[0] + 1} of {len(order)} by fee: {percents[0]} % of {each.fee} = {fee}."
    else:
        fee = sum((percent_of(each.one, percent) for percent in percents), ZERO)
        ranks = ", ".join(f"{place + 1} at {percent} %" for place, percent in zip(mine, percents))
        text = f"Each unit of {each.one} is ranked, {ranks}, of {len(order)} by fee: {fee}."
    return each.changed("multiple procedures", text, fee, reference(review, "pricing-modifiers", line))


def _order(review: Review, priced: list[Price], day: date) -> list[tuple[Decimal, tuple[int, ...], int]]:
    """What is ranked on the day, highest first: the fee, the lines it stands for, and which unit of them."""
    today = [p for p in priced if p.multiple in (STANDARD, ENDOSCOPY) and _line(review, p).service_date == day]
    families: dict[tuple[date, str], list[Price]] = {}
    for each in today:
        if key := _family(review, each):
            families.setdefault(key, []).append(each)
    grouped = {each.line for members in families.values() if len(members) > 1 for each in members}
    ranked = [(sum((m.fee for m in members), ZERO), tuple(m.line for m in members), 0) for members in families.values() if len(members) > 1]
    ranked += [(p.one, (p.line,), unit) for p in today if p.line not in grouped for unit in range(p.units)]
    return sorted(ranked, key=lambda one: (-one[0], one[1], one[2]))
