"""What a biller does about an answer, and by when: which way back this payer takes, from the answer, the rules and what a mended claim would earn."""

from datetime import date, timedelta
from enum import Enum

from billing.adjudication.claim_edits import filing_limit
from billing.answer import Answer, Finding, Outcome, RuleInForce
from billing.claim import ProfessionalClaim
from billing.policy import PayerPolicy, Remedies
from billing.record import record


class Action(str, Enum):
    """The ways on. docs/glossary.md says what each means."""
    NEW_CLAIM = "new-claim"
    CORRECTED_CLAIM = "corrected-claim"
    REOPENING = "reopening"
    APPEAL = "appeal"
    BILL_OTHER_PAYER = "bill-other-payer"
    FIND_COVERAGE = "find-coverage"
    FOLLOW_ORIGINAL = "follow-original"
    BILL_PATIENT = "bill-patient"
    WRITE_OFF = "write-off"
    POST = "post"


@record
class NextStep:
    """The action, its last day (None: no clock of this payer's runs), why, and the rule."""
    action: Action
    deadline: date | None
    why: str
    rule: RuleInForce | None


def next_step(answer: Answer, claim: ProfessionalClaim, policy: PayerPolicy, mended_pays_more: bool, payer_is_wrong: bool, overpaid: bool = False) -> NextStep:
    """The step that recovers what may be recovered, or gives back what was not due.

    claim: the one that the record supports; its service dates set the clocks.
    overpaid: the answer paid more than the claim that the record supports would be paid.
    mended_pays_more: the claim that the record supports, sent now, would be paid more than this answer paid.
    payer_is_wrong: the claim as sent is payable on the true facts; the payer's records are at fault.
    """
    service = min(line.service_date for line in claim.lines)
    rule = policy.rule("remedies")
    remedies = rule.on(answer.received)
    reference = rule.reference(answer.received)
    if answer.outcome is Outcome.REJECTED:
        return NextStep(Action(remedies.after_rejection), _filing(policy, claim, service), "A rejected claim never entered adjudication: mend it and send it as new.", reference)
    if answer.outcome is Outcome.UNPROCESSABLE:
        return NextStep(Action(remedies.after_unprocessable), _filing(policy, claim, service), "An unprocessable claim has no appeal rights: send a complete new one.", reference)
    cause = _cause(answer)
    if overpaid:
        return NextStep(Action(remedies.correction), _correction(remedies, policy, claim, answer, service), "More was paid than the record supports: correct the claim, so that the payer takes the difference back.", reference)
    if cause is None:
        return NextStep(Action.POST, None, "Every line was allowed: post it.", None)
    if payer_is_wrong and cause.carc not in remedies.no_appeal_for:
        return NextStep(Action.APPEAL, _appeal(remedies, answer.adjudicated), f"The claim was right and the payer's records were not: {remedies.appeal}.", reference)
    by_edit = {"duplicate": (Action.FOLLOW_ORIGINAL, "The first claim decides: find what became of it."),
               "other_payer_first": (Action.BILL_OTHER_PAYER, "Another payer comes first: bill it, then this one with its answer."),
               "eligibility": (Action.FIND_COVERAGE, "The member was not covered that day: find who covered the patient before anyone is billed.")}
    if cause.edit in by_edit:
        action, why = by_edit[cause.edit]
        return NextStep(action, None, why, cause.rule)
    if mended_pays_more:
        return NextStep(Action(remedies.correction), _correction(remedies, policy, claim, answer, service), "The record supports a claim that pays: correct this one the way this payer takes.", reference)
    if cause.group == "PR":
        return NextStep(Action.BILL_PATIENT, None, "The denial stands, and its group makes it the patient's.", cause.rule)
    return NextStep(Action.WRITE_OFF, None, "The denial stands, and its group forbids billing the patient.", cause.rule)


def _cause(answer: Answer) -> Finding | None:
    """The finding behind the first line that was not allowed."""
    refused = next((line.line for line in answer.lines if line.outcome is not Outcome.PAID), None)
    if refused is None:
        return None
    return next(f for f in answer.findings if f.outcome is not Outcome.WARNING and f.line in (0, refused))


def _correction(remedies: Remedies, policy: PayerPolicy, claim: ProfessionalClaim, answer: Answer, service: date) -> date:
    """The last day to correct: counted from the remittance where the payer says so, else the filing limit."""
    return answer.adjudicated + timedelta(days=remedies.correction_days) if remedies.correction_days else _filing(policy, claim, service)


def _filing(policy: PayerPolicy, claim: ProfessionalClaim, service: date) -> date:
    prior = claim.prior_payment.adjudicated if claim.prior_payment else None
    return filing_limit(policy.rule("timely-filing").on(service), service, prior)


def _appeal(remedies: Remedies, notice: date) -> date:
    return notice + timedelta(days=remedies.mail_days + remedies.appeal_days)
