"""The fee of a drug that the practice bought: its average sales price and the payer's per cent of it."""

from billing.adjudication.pricing.price import Price, reference
from billing.adjudication.review import Review
from billing.answer import TraceStep
from billing.claim import ServiceLine
from billing.money import HUNDRED, cents


def fee(review: Review, number: int, line: ServiceLine) -> Price | None:
    """Units × average sales price × per cent, rounded once; None for what is not paid so. What was thrown away (JW) is paid alike."""
    schedule = review.value("fee-schedule", line)
    sales = schedule.sales_price.get(line.procedure)
    if sales is None:
        return None
    amount = cents(sales * line.units * schedule.drug_percent / HUNDRED)
    text = f"{line.units} units × {sales} × {schedule.drug_percent} % = {amount}."
    step = TraceStep("drug", number, text, amount, reference(review, "fee-schedule", line))
    return Price(number, amount, amount, (step,), cents(sales * schedule.drug_percent / HUNDRED), line.units)
