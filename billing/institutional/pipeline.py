"""How a payer decides a hospital claim: the door, the bill, the coverage, the price, the share, the payment.

A stay is decided whole, with its adjustments at claim level; its lines then carry no money. Outpatient services are decided line by line.
What fails a bill edit is returned to the provider: unprocessable, without appeal. A void takes the earlier answer back, to the cent.
"""

from datetime import date

from billing.adjudication.pipeline import control_number
from billing.answer import Adjustment, Answer, Finding, Outcome, Rejection, Remittance, RemittanceLine, TraceStep, WholeClaim
from billing.codes import CodeBooks
from billing.coverage import Coverage
from billing.institutional import bill_edits, coverage_edits, door
from billing.institutional.claim import InstitutionalClaim
from billing.institutional.cost_sharing import Shares
from billing.institutional.grouping import Grouper
from billing.institutional.inpatient import price_stay
from billing.institutional.member import member_of
from billing.institutional.outpatient import LinePrice, price_lines
from billing.institutional.review import HospitalReview
from billing.institutional.settlement import settle
from billing.money import ZERO
from billing.policy import PayerPolicy


def adjudicate_institutional(claim: InstitutionalClaim, policy: PayerPolicy, coverage: Coverage | None, received: date, adjudicated: date,
                             books: CodeBooks, grouper: Grouper) -> Answer:
    """The payer's answer. OutsideKnownDates when a rule it needs is not known for its day; ValueError when the claim has no line."""
    if not claim.lines:
        raise ValueError("The claim has no revenue line (FL42).")
    review = HospitalReview(claim, policy, member_of(coverage), received, adjudicated, books, grouper)
    if refusals := _at_the_door(review):
        return Rejection(policy.payer, claim.account, received, refusals, tuple(_step("front end", f) for f in refusals))
    findings = tuple(f for edit in bill_edits.EDITS for f in edit(review)) or tuple(f for edit in coverage_edits.EDITS for f in edit(review))
    if claim.frequency == review.bills.void and not findings:
        return _taken_back(review)
    return _stay(review, findings) if review.inpatient else _services(review, findings)


def _at_the_door(review: HospitalReview) -> tuple[Finding, ...]:
    """All front-end findings at once; the member is looked up only under an identifier of the right shape."""
    found = [f for edit in door.EDITS for f in edit(review)]
    if not any(f.edit == "member_identifier" for f in found):
        found += door.member_found(review)
    return tuple(found)


def _stay(review: HospitalReview, findings: tuple[Finding, ...]) -> Remittance:
    """The stay refused by its first finding, or priced and paid as a whole."""
    claim = review.claim
    if findings:
        first = findings[0]
        whole = WholeClaim(claim.charge, ZERO, ZERO, (_refusal(first, claim.charge),), first.outcome)
        return _remittance(review, tuple(_told(review, number, first.outcome) for number, _ in review.numbered()), findings, (_step("edit", first),), whole)
    price = price_stay(review)
    share, steps = Shares(review).of(0, price.allowed)
    settled = settle(review, 0, claim.charge, claim.non_covered, price.allowed, share)
    whole = WholeClaim(claim.charge, price.allowed, settled.paid, settled.adjustments, Outcome.PAID, price.drg)
    return _remittance(review, tuple(_told(review, number, Outcome.PAID) for number, _ in review.numbered()), (), (*price.steps, *steps, *settled.steps), whole)


def _told(review: HospitalReview, number: int, outcome: Outcome) -> RemittanceLine:
    """A line of a claim decided whole: what was billed, and no money of its own."""
    line = review.claim.lines[number - 1]
    return RemittanceLine(number, line.service_date or review.first_day, line.procedure, line.modifiers, line.units, line.charge, ZERO, ZERO, (), outcome, line.revenue_code)


def _services(review: HospitalReview, findings: tuple[Finding, ...]) -> Remittance:
    """Each line refused by the first finding that touches it, or priced, shared and paid."""
    refusing = {number: next((f for f in findings if f.line in (0, number)), None) for number, _ in review.numbered()}
    prices = price_lines(review, frozenset(number for number, finding in refusing.items() if finding is None))
    shares, lines, trace = Shares(review), [], []
    for number, finding in refusing.items():
        if finding:
            line = review.claim.lines[number - 1]
            lines.append(_line(review, number, ZERO, ZERO, (_refusal(finding, line.charge),), finding.outcome))
            trace.append(_step("edit", finding, number))
        else:
            line, steps = _paid_line(review, number, prices[number], shares)
            lines.append(line)
            trace.extend(steps)
    return _remittance(review, tuple(lines), findings, tuple(trace), None)


def _paid_line(review: HospitalReview, number: int, price: LinePrice, shares: Shares) -> tuple[RemittanceLine, tuple[TraceStep, ...]]:
    line = review.claim.lines[number - 1]
    if price.packaged:
        reason = review.value("institutional-outpatient-rates", line).packaged
        adjustment = Adjustment(reason.group, reason.carc, line.charge, reason.rarcs, price.steps[0].rule)
        return _line(review, number, ZERO, ZERO, (adjustment,), Outcome.PAID), price.steps
    share, steps = shares.of(number, price.allowed) if price.shared else ((), ())
    settled = settle(review, number, line.charge, line.non_covered, price.allowed, share)
    return _line(review, number, price.allowed, settled.paid, settled.adjustments, Outcome.PAID), (*price.steps, *steps, *settled.steps)


def _taken_back(review: HospitalReview) -> Remittance:
    """A void: the earlier answer with every sign turned round."""
    earlier = next(each for each in review.coverage.earlier_bills if each.control_number == review.claim.control_number)
    back = tuple(Adjustment(a.group, a.carc, -a.amount, a.rarcs, a.rule) for a in earlier.adjustments)
    whole = WholeClaim(-earlier.charge, -earlier.paid, -earlier.paid, back, Outcome.PAID)
    step = TraceStep("void", 0, f"Claim {earlier.control_number} is taken back: {earlier.paid} is owed to the payer.", -earlier.paid, review.reference("institutional-bills"))
    return _remittance(review, tuple(_told(review, number, Outcome.PAID) for number, _ in review.numbered()), (), (step,), whole)


def _remittance(review: HospitalReview, lines: tuple[RemittanceLine, ...], findings: tuple[Finding, ...], trace: tuple[TraceStep, ...], whole: WholeClaim | None) -> Remittance:
    return Remittance(review.policy.payer, review.claim.account, control_number(review), review.received, review.adjudicated, lines, findings, trace, whole=whole)


def _line(review: HospitalReview, number: int, allowed, paid, adjustments: tuple[Adjustment, ...], outcome: Outcome) -> RemittanceLine:
    line = review.claim.lines[number - 1]
    return RemittanceLine(number, line.service_date, line.procedure, line.modifiers, line.units, line.charge, allowed, paid, adjustments, outcome, line.revenue_code)


def _refusal(finding: Finding, charge) -> Adjustment:
    return Adjustment(finding.group, finding.carc, charge, finding.rarcs, finding.rule)


def _step(stage: str, finding: Finding, number: int | None = None) -> TraceStep:
    return TraceStep(stage, finding.line if number is None else number, f"{finding.edit}: {finding.why}", rule=finding.rule)
