"""How a dental plan decides a claim, stage by stage: the door, the edits, the benefit, the other plan, the payment; and what it answers to a predetermination.

A predetermination is adjudicated like a claim and pays nothing: each line's benefit stands under OA-101, what would be paid when the service is
done, so that the line balances; the remittance says so (`predetermination`, claim status 25 on an 835). Nothing is promised by it: the
maximum may be used up, or coverage may end, before the service is done.
"""

from datetime import date
from decimal import Decimal

from billing.adjudication.pipeline import control_number
from billing.adjudication.review import Review
from billing.answer import Adjustment, Answer, Finding, Outcome, Rejection, Remittance, RemittanceLine, TraceStep
from billing.codes import CodeBooks
from billing.dental import door, edits
from billing.dental.benefit import Benefits, fee_of, over_fee, patient_parts
from billing.dental.claim import DentalClaim
from billing.dental.coordination import after_another
from billing.dental.member import DentalMember
from billing.money import ZERO
from billing.policy import PayerPolicy

ANTICIPATED = "101"


def adjudicate_dental(claim: DentalClaim, policy: PayerPolicy, coverage: DentalMember | None, received: date, adjudicated: date,
                      books: CodeBooks, participates: bool = True) -> Answer:
    """The plan's answer. OutsideKnownDates when a rule it needs is not known for its day; ValueError when the claim has no line."""
    if not claim.lines:
        raise ValueError("The claim has no service line (item 24).")
    review = Review(claim, policy, coverage, received, adjudicated, books, participates)
    if refusals := _at_the_door(review):
        return Rejection(policy.payer, claim.account, received, refusals, tuple(_step("front end", f) for f in refusals))
    return _remittance(review, tuple(f for edit in edits.EDITS for f in edit(review)))


def _at_the_door(review: Review) -> tuple[Finding, ...]:
    """All front-end findings at once; the member is looked up only under an identifier of the right shape."""
    found = [f for edit in door.EDITS for f in edit(review)]
    if not any(f.edit == "member_identifier" for f in found):
        found += door.member_found(review)
    return tuple(found)


def _remittance(review: Review, findings: tuple[Finding, ...]) -> Remittance:
    """Each line is refused by the first finding that touches it, or priced and paid."""
    benefits, lines, trace = Benefits(review), [], []
    for number, _ in review.numbered():
        finding = next((f for f in findings if f.line in (0, number)), None)
        line, steps = _refused(review, number, finding) if finding else _paid(review, number, benefits)
        lines.append(line)
        trace.extend(steps)
    claim = review.claim
    return Remittance(review.policy.payer, claim.account, control_number(review), review.received, review.adjudicated, tuple(lines), findings, tuple(trace),
                      pays_patient=not (review.participates or claim.assigned), predetermination=claim.predetermination)


def _refused(review: Review, number: int, finding: Finding) -> tuple[RemittanceLine, tuple[TraceStep, ...]]:
    """A line not paid: the whole charge under the finding's group and CARC; the patient of a contracted dentist owes at most the contracted fee."""
    line = review.claim.lines[number - 1]
    fees = review.value("dental-fees", line)
    owed, adjustments = line.charge, ()
    if finding.group == "PR" and review.participates and fees.denied_at_contract and line.procedure in fees.of:
        owed = min(line.charge, fee_of(review, line))
        adjustments = over_fee(review, line, owed)
    adjustments = (*adjustments, Adjustment(finding.group, finding.carc, owed, finding.rarcs, finding.rule))
    return _line(review, number, ZERO, ZERO, adjustments, finding.outcome), (_step("edit", finding, number),)


def _paid(review: Review, number: int, benefits: Benefits) -> tuple[RemittanceLine, tuple[TraceStep, ...]]:
    """A line allowed: its benefit, what another plan leaves of it, and its payment (or, beforehand, what that would be)."""
    line, benefit = review.claim.lines[number - 1], benefits.of(number)
    adjustments = (*over_fee(review, line, benefit.fee), *patient_parts(review, line, benefit))
    steps, paid = list(benefit.steps), benefit.paid
    prior = next((p for p in review.claim.prior_payment.lines if p.line == number), None) if review.claim.prior_payment else None
    if prior:
        paid, adjustments, step = after_another(review, number, benefit, adjustments, prior)
        steps.append(step)
    benefits.use(number, benefit.deductible, paid, benefit.terms.maximum)
    if review.claim.predetermination:
        steps.append(TraceStep("predetermination", number, f"{paid} would be paid; nothing is paid now.", paid))
        adjustments, paid = (*adjustments, *((Adjustment("OA", ANTICIPATED, paid),) if paid else ())), ZERO
    steps.append(TraceStep("payment", number, f"Paid {paid}.", paid))
    return _line(review, number, benefit.base, paid, adjustments, Outcome.PAID), tuple(steps)


def anticipated(answer: Remittance) -> Decimal:
    """What a predetermination says would be paid."""
    return answer.adjusted("OA", ANTICIPATED)


def _line(review: Review, number: int, allowed: Decimal, paid: Decimal, adjustments: tuple[Adjustment, ...], outcome: Outcome) -> RemittanceLine:
    line = review.claim.lines[number - 1]
    return RemittanceLine(number, line.service_date, line.procedure, (), line.quantity, line.charge, allowed, paid, adjustments, outcome,
                          tooth=line.tooth, surfaces=line.surfaces)


def _step(stage: str, finding: Finding, number: int | None = None) -> TraceStep:
    return TraceStep(stage, finding.line if number is None else number, f"{finding.edit}: {finding.why}", rule=finding.rule)
