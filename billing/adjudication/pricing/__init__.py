"""What the payer allows for each service: its fee, what modifiers, families and ranks leave of it, and the lesser of that and the charge."""

from decimal import Decimal

from billing.adjudication.pricing import anesthesia, drugs, endings, relative, surgery, therapy
from billing.adjudication.pricing.endings import limiting_charge
from billing.adjudication.pricing.price import Price
from billing.adjudication.review import Review
from billing.claim import ServiceLine
from billing.price_values import RelativeValue

__all__ = ["Price", "limiting_charge", "line_fee", "price", "unit_fee"]

STEPS = (surgery.global_share, surgery.modifier_percents, surgery.endoscopy_families, surgery.multiple_procedures, therapy.practice_reduction, endings.profession)
"""What may change the fees of a claim's lines, in the order a payer does it."""


def price(review: Review, numbers: frozenset[int]) -> dict[int, Price]:
    """The price of each line that is still payable, by line number."""
    priced = [_fee(review, number, line) for number, line in review.numbered() if number in numbers]
    for step in STEPS:
        priced = step(review, priced)
    return {each.line: endings.allowed(review, endings.participation(review, each)) for each in priced}


def _fee(review: Review, number: int, line: ServiceLine) -> Price:
    """The fee before anything changes it, from the first of the ways that knows the procedure."""
    for way in (anesthesia.fee, drugs.fee, relative.fee):
        found = way(review, number, line)
        if found:
            return found
    component = relative.component_of(line)
    raise LookupError(f"{review.policy.name} has no fee for {line.procedure}" + (f" with modifier {component}." if component else "."))


def line_fee(review: Review, line: ServiceLine) -> Decimal:
    """Dollars for all units of one line by itself, before ranks and reductions: what a fee sheet says of it."""
    return _fee(review, 1, line).fee


def unit_fee(review: Review, line: ServiceLine) -> tuple[Decimal, str, RelativeValue | None]:
    """Dollars for one unit before modifiers, how they came about, and the relative values used (None: there are none)."""
    found = _fee(review, 1, line)
    return found.one, found.steps[0].text, relative.row_of(review, line)
