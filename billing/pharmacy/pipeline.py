"""How a pharmacy benefit manager answers at once: the fields, the member, the product and its limits, the price; and how it takes a paid claim back."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from billing.answer import TraceStep
from billing.pharmacy import door, drug_edits, member_edits
from billing.pharmacy.answer import PharmacyAnswer, PharmacyFinding, Status
from billing.pharmacy.claim import PharmacyClaim, PharmacyReversal
from billing.pharmacy.member import PharmacyMember
from billing.pharmacy.pricing import priced
from billing.pharmacy.review import PharmacyReview
from billing.policy import PayerPolicy

BILLING, REVERSAL = "B1", "B2"
NUMBERS = UUID(int=0)
MOST_CODES = 5
"""An answer has room for five reject codes."""


def adjudicate_pharmacy(claim: PharmacyClaim, policy: PayerPolicy, member: PharmacyMember | None, on: date) -> PharmacyAnswer:
    """The answer to a billing, on the day it is sent. OutsideKnownDates when a rule is not known for its day; LookupError when the member's plan is not there."""
    review = PharmacyReview(claim, policy, member, on)
    findings = _findings(review)
    if findings:
        trace = tuple(TraceStep("reject", 1, f"{each.code} {each.edit}: {each.why}", rule=each.rule) for each in findings)
        return PharmacyAnswer(policy.payer, claim.account, BILLING, on, Status.REJECTED, findings, interactions=drug_edits.interacting(review), trace=trace)
    amounts, steps = priced(review)
    return PharmacyAnswer(policy.payer, claim.account, BILLING, on, Status.PAID, (), amounts, _number(claim, on), drug_edits.interacting(review), steps)


def _findings(review: PharmacyReview) -> tuple[PharmacyFinding, ...]:
    """The first stage that finds anything answers, with all it found: fields, then member, then everything else; the answer holds five codes at most."""
    stages = (door.EDITS, member_edits.WHO, (*member_edits.EDITS, drug_edits.product_known), drug_edits.EDITS)
    if found := _all(review, stages[0]) or _all(review, stages[1]):
        return tuple(found)[:MOST_CODES]
    found = _all(review, stages[2])
    if review.product is not None:
        found += _all(review, stages[3])
    return tuple(found)[:MOST_CODES]


def _all(review: PharmacyReview, edits) -> list[PharmacyFinding]:
    return [finding for edit in edits for finding in edit(review)]


def _number(claim: PharmacyClaim, on: date) -> str:
    """The payer's number of a paid claim: the same for the same fill and day."""
    return f"{on:%y%j}{uuid5(NUMBERS, f'{claim.pharmacy_npi} {claim.account} {claim.service_date}').int % 10 ** 9:09d}"


def reverse_pharmacy(reversal: PharmacyReversal, policy: PayerPolicy, member: PharmacyMember | None, on: date) -> PharmacyAnswer:
    """The answer to a reversal: approved where the fill was paid and the window is open."""
    rule = policy.rule("filling-window")
    window, reference = rule.on(reversal.service_date), rule.reference(reversal.service_date)
    account = f"{reversal.prescription}-{reversal.fill_number:02d}"
    fill = member.fill_of(reversal) if member else None
    reject, why = None, ""
    if fill is None or fill.ndc != reversal.ndc:
        reject, why = window.reversal_unmatched, "No paid claim of that pharmacy, prescription, fill, day and product is on file."
    elif on > fill.service_date + timedelta(days=window.reversal_days):
        reject, why = window.reversal_late, f"Reversals are taken for {window.reversal_days} days after the fill."
    if reject:
        findings = tuple(PharmacyFinding("reversal", code, why, reject.message, reference) for code in reject.codes)
        return PharmacyAnswer(policy.payer, account, REVERSAL, on, Status.REJECTED, findings, trace=(TraceStep("reversal", 1, why, rule=reference),))
    step = TraceStep("reversal", 1, f"The claim {fill.authorization} is taken back; nothing is owed for it any more.", rule=reference)
    return PharmacyAnswer(policy.payer, account, REVERSAL, on, Status.APPROVED, authorization=fill.authorization, trace=(step,))
