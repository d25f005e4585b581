"""Adjudication, stage by stage: the door, the claim, the lines, the price, the patient's share, the payment."""

from datetime import date
from zlib import crc32

from billing.adjudication import claim_edits, drug_edits, front_end, line_edits, network_edits, notice_edits, surgery_edits, time_edits
from billing.adjudication.cost_sharing import Sharing
from billing.adjudication.network_payment import remarks
from billing.adjudication.payment import line_assigned, paid_line, refused_line
from billing.adjudication.pricing import price
from billing.adjudication.review import Review
from billing.answer import Answer, Finding, Outcome, Rejection, Remittance, TraceStep
from billing.claim import ProfessionalClaim
from billing.codes import CodeBooks
from billing.coverage import Coverage
from billing.policy import PayerPolicy

MODULES = (claim_edits, network_edits, notice_edits, line_edits, surgery_edits, time_edits, drug_edits)
"""Where the edits of adjudication stand, in their order: of what refuses a line, the first decides."""


def adjudicate(claim: ProfessionalClaim, policy: PayerPolicy, coverage: Coverage | None, received: date, adjudicated: date,
               books: CodeBooks, participates: bool = True) -> Answer:
    """The payer's answer. OutsideKnownDates when a rule it needs is not known for its day; ValueError when the claim has no line."""
    if not claim.lines:
        raise ValueError("The claim has no service line (item 24).")
    review = Review(claim, policy, coverage, received, adjudicated, books, participates)
    at_the_door = _at_the_door(review)
    if refusals := tuple(f for f in at_the_door if f.outcome is Outcome.REJECTED):
        return Rejection(policy.payer, claim.account, received, refusals, tuple(_step("front end", f) for f in refusals))
    findings = [*at_the_door, *(f for module in MODULES for edit in module.EDITS for f in edit(review)), *front_end.excludes1(review)]
    findings += [f for edit in drug_edits.FOLLOWING for f in edit(review, findings)]
    return _remittance(review, findings)


def _at_the_door(review: Review) -> list[Finding]:
    """All front-end findings at once; the member is looked up only under an identifier of the right shape."""
    found = [f for edit in front_end.EDITS for f in edit(review)]
    if not any(f.edit == "member_identifier" for f in found):
        found += front_end.member_found(review)
    return found


def _remittance(review: Review, findings: list[Finding]) -> Remittance:
    """Each line is refused by the first adverse finding that touches it, or priced, shared and paid."""
    refusing = {number: next((f for f in findings if f.outcome is not Outcome.WARNING and f.line in (0, number)), None) for number, _ in review.numbered()}
    payable = frozenset(number for number, finding in refusing.items() if finding is None)
    prices, sharing = price(review, payable), Sharing(review)
    lines, trace = [], [_step("warning", f) for f in findings if f.outcome is Outcome.WARNING]
    for number, finding in refusing.items():
        if finding:
            lines.append(refused_line(review, number, finding))
            trace.append(_step("edit", finding, number))
        else:
            line, steps = paid_line(review, prices[number], sharing.share(number, prices[number].allowed))
            lines.append(line)
            trace.extend(steps)
    claim = review.claim
    return Remittance(review.policy.payer, claim.account, control_number(review), review.received, review.adjudicated, tuple(lines),
                      tuple(findings), tuple(trace), remarks(review, lines), pays_patient=not line_assigned(review))


def _step(stage: str, finding: Finding, number: int | None = None) -> TraceStep:
    return TraceStep(stage, finding.line if number is None else number, f"{finding.edit}: {finding.why}", rule=finding.rule)


def control_number(review: Review) -> str:
    """The payer's own number: the day it came in, and a checksum of whose claim it is."""
    return f"{review.received:%y%j}{crc32(f'{review.claim.account}|{review.claim.member_id}|{review.received}'.encode()) % 10**8:08d}"
