"""How every price ends: the profession's per cent, participation, and the lesser of fee and charge; the limiting charge."""

from dataclasses import replace
from decimal import Decimal

from billing.adjudication.pricing import relative
from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.answer import TraceStep
from billing.money import HUNDRED, cents, percent_of


def profession(review: Review, priced: list[Price]) -> list[Price]:
    """A nurse practitioner or physician assistant under the own NPI is paid a per cent of the physician's fee; drugs and flat fees stay."""
    return [_profession(review, each) for each in priced]


def _profession(review: Review, each: Price) -> Price:
    line, rendering = review.claim.lines[each.line - 1], review.claim.rendering
    rule = review.value("professions", line) if rendering.profession else None
    row = next((p for p in rule.percents if p.profession == rendering.profession), None) if rule else None
    if row is None or relative.row_of(review, line) is None or set(line.modifiers) & set(rule.contained):
        return each
    fee = percent_of(each.fee, row.percent)
    return each.changed("profession", f"{row.profession} under the own NPI: {row.percent} % of {each.fee} = {fee}.", fee, reference(review, "professions", line))


def participation(review: Review, each: Price) -> Price:
    """What a provider without a participation agreement is allowed."""
    line = review.claim.lines[each.line - 1]
    rule = review.value("participation", line)
    if review.participates or rule is None:
        return each
    fee = percent_of(each.fee, rule.nonparticipating_percent)
    return each.changed("participation", f"Not participating: {rule.nonparticipating_percent} % of {each.fee} = {fee}.", fee, reference(review, "participation", line))


def allowed(review: Review, each: Price) -> Price:
    """The fee, or the charge where that is less."""
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
