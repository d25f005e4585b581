"""How people get a dental benefit wrong: for each line, what the plan would pay by each known mistake."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from billing.adjudication.review import Review
from billing.answer import Remittance
from billing.dental.benefit import Benefit, Benefits, fee_of, figure
from billing.dental.edits import plan_of
from billing.dental.form_edits import service
from billing.dental.pipeline import ANTICIPATED
from billing.money import ZERO, percent_of

Mistake = tuple[str, str, Decimal]
"""Its slug, what the person did, and what the plan would pay by it."""


def wrong_payments(review: Review, answer: Remittance) -> dict[int, tuple[Mistake, ...]]:
    """The mistakes of each line, given what the lines above it used up by the answer."""
    benefits, found = Benefits(review), {}
    for number, line in review.numbered():
        plan = plan_of(review, line)
        category = plan.benefit(service(review, line).category)
        if category is None:
            found[number] = ()
            continue
        benefit, decided = benefits.of(number), answer.lines[number - 1]
        if decided.outcome.value == "paid":
            found[number] = tuple(_of_a_paid_line(review, number, benefit))
            paid = decided.paid + decided.adjusted("OA", ANTICIPATED)
            benefits.use(number, benefit.deductible, paid, benefit.terms.maximum)
        else:
            found[number] = (("limit-overlooked", "paid the line as though nothing of the plan stood against it", benefit.paid),)
    return found


def _of_a_paid_line(review: Review, number: int, benefit: Benefit) -> Iterator[Mistake]:
    line, terms = review.claim.lines[number - 1], benefit.terms
    plan = plan_of(review, line)
    category = plan.benefit(service(review, line).category)
    other = category.other_percent if review.participates else category.network_percent

    def paid(base: Decimal = benefit.base, **changes) -> Decimal:
        return figure(base, base, replace(terms, **changes)).paid

    yield "charge-for-the-allowed", "took the per cent of the charge and not of what the plan allows", paid(line.charge)
    yield "alternate-benefit-forgotten", "figured on the fee of the service done, where the plan figures on a less costly one", paid(benefit.fee)
    yield "deductible-forgotten", "left the deductible out", paid(deductible_left=ZERO)
    yield "deductible-taken-twice", "took the whole deductible again, where nothing or less of it was left", paid(deductible_left=plan.deductible)
    yield "deductible-in-the-wrong-order", "took the deductible at the wrong end of the per cent", paid(order="before" if terms.order == "after" else "after")
    yield "maximum-forgotten", "went past what is left of the maximum", paid(room=None)
    yield "other-network", "took the per cent of the other side of the network", paid(percent=other)
    yield "payer-and-patient-swapped", "gave the patient's part for the plan's", benefit.fee - benefit.paid
    yield "maximum-for-the-payment", "gave what is left of the maximum as the payment", benefit.paid if terms.room is None else terms.room
    yield "per-cent-of-the-customary-fee", "took the per cent of the fee of the other side of the network", percent_of(fee_of(replace(review, participates=not review.participates), line), terms.percent)
