"""What outpatient services are worth, by a simplified, stated method of payment groups, or by a contract's per cent of charges.

A procedure has a status: N is packaged into the others; J takes the whole claim in but what is paid by a schedule (A); several T on one day are
ranked, each after the first at the further per cent; S and V are paid in full; K, drugs, by the unit. Other rates are wage-adjusted in their labor part and rounded once.
A line without a procedure is packaged. Outpatient outliers, pass-through drugs and composite groups are left out.
"""

from dataclasses import dataclass
from decimal import Decimal

from billing.answer import TraceStep
from billing.institutional.claim import RevenueLine
from billing.institutional.inpatient import labor_adjusted
from billing.institutional.review import HospitalReview
from billing.institutional_values import OutpatientRate
from billing.money import ZERO, cents, percent_of

PACKAGED, DISCOUNTED, WHOLE_CLAIM, SCHEDULE, DRUG = "N", "T", "J", "A", "K"


@dataclass(frozen=True)
class LinePrice:
    """Dollars allowed for a line; packaged: part of another's payment; shared: the patient bears a part of it."""
    allowed: Decimal
    steps: tuple[TraceStep, ...]
    packaged: bool = False
    shared: bool = True


def price_lines(review: HospitalReview, numbers: frozenset[int]) -> dict[int, LinePrice]:
    """The price of each line that is still payable, by line number."""
    payable = [(number, line) for number, line in review.numbered() if number in numbers]
    if rule := review.value("institutional-contract"):
        reference = review.reference("institutional-contract")
        prices = {number: percent_of(line.charge - line.non_covered, rule.outpatient_percent) for number, line in payable}
        return {number: LinePrice(amount, (TraceStep("contract", number, f"{rule.outpatient_percent} % of charges = {amount}.", amount, reference),)) for number, amount in prices.items()}
    return {number: _by_group(review, number, line, payable) for number, line in payable}


def _by_group(review: HospitalReview, number: int, line: RevenueLine, payable: list) -> LinePrice:
    rule, reference = review.value("institutional-outpatient-rates", line), review.reference("institutional-outpatient-rates", line)
    rate = rule.of.get(line.procedure)
    whole = next((other for other, each in payable if _status(rule, each) == WHOLE_CLAIM), None)
    if rate is None or rate.status == PACKAGED:
        return LinePrice(ZERO, (TraceStep("packaged", number, f"{line.procedure or line.revenue_code} is packaged: its cost is in the rates of the other services.", ZERO, reference),), packaged=True)
    if whole not in (None, number) and rate.status != SCHEDULE:
        return LinePrice(ZERO, (TraceStep("packaged", number, f"Line {whole} takes the whole claim in.", ZERO, reference),), packaged=True)
    if rate.status in (SCHEDULE, DRUG):
        amount = rate.rate * line.units
        return LinePrice(amount, (TraceStep("schedule", number, f"{rate.rate} × {line.units} = {amount}, not wage-adjusted.", amount, reference),), shared=rate.status == DRUG)
    return _adjusted(review, number, line, rate, payable)


def _status(rule, line: RevenueLine) -> str:
    rate = rule.of.get(line.procedure)
    return rate.status if rate else PACKAGED


def _adjusted(review: HospitalReview, number: int, line: RevenueLine, rate: OutpatientRate, payable: list) -> LinePrice:
    """The wage-adjusted rate times the units, or the ranked part of it."""
    rule, reference = review.value("institutional-outpatient-rates", line), review.reference("institutional-outpatient-rates", line)
    wage = review.value("institutional-hospitals", line).of(review.claim.billing.npi).wage_index
    one = cents(labor_adjusted(rate.rate, rule.labor_percent, wage))
    amount = one * line.units
    steps = [TraceStep("rate", number, f"{rate.rate} × ({rule.labor_percent} % × {wage} + the rest) × {line.units} = {amount}.", amount, reference)]
    if rate.status == DISCOUNTED and _rank(rule, number, line, payable):
        amount = percent_of(amount, rule.further_percent)
        steps.append(TraceStep("multiple procedures", number, f"Not the highest of the day: {rule.further_percent} % = {amount}.", amount, reference))
    return LinePrice(amount, tuple(steps))


def _rank(rule, number: int, line: RevenueLine, payable: list) -> int:
    """The line's place among the day's T procedures by rate, from 0."""
    family = sorted(((-rule.of[each.procedure].rate * each.units, other) for other, each in payable if _status(rule, each) == DISCOUNTED and each.service_date == line.service_date))
    return [other for _, other in family].index(number)
