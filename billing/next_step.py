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


WITH_A_CLOCK = (Action.NEW_CLAIM, Action.CORRECTED_CLAIM, Action.REOPENING, Action.APPEAL)
LATE = {Action.NEW_CLAIM: "a new claim would not be taken any more", Action.CORRECTED_CLAIM: "the claim could have been corrected",
        Action.REOPENING: "the claim could have been reopened", Action.APPEAL: "the denial could have been appealed"}
TOO_MUCH = "More was paid than the record supports: correct the claim, so that the payer takes the difference back."
OTHERS_TO_PAY = {"accident_payer_first": "The accident's carrier comes first: bill it, then this one with its answer.",
                 "injury_on_file": "This carrier answers for the injury that it accepted and for nothing else: what is not of it goes to the patient's own plan."}
"""Edits that say whose the bill is, unless the claim told the accident wrongly."""
RECORDS = "3"
"""The adjudication indicator of a units limit that records may overcome."""


def next_step(answer: Answer, claim: ProfessionalClaim, policy: PayerPolicy, mended_pays_more: bool, payer_is_wrong: bool, overpaid: bool = False,
              today: date | None = None, in_time_pays_more: bool = False) -> NextStep:
    """The step that recovers what may be recovered, or gives back what was not due.

    claim: the one that the record supports; its service dates set the clocks.
    overpaid: the answer paid more than the claim that the record supports would be paid.
    mended_pays_more: the claim that the record supports, sent now, would be paid more than this answer paid.
    payer_is_wrong: the claim as sent is payable on the true facts; the payer's records are at fault.
    today: the day it is decided on; a way back whose last day has passed leads to a write-off that says so. None: no day has passed.
    in_time_pays_more: the mended claim would have been paid more, had it been sent in time; then what stands in its way is the clock alone.
    """
    step = _step(answer, claim, policy, mended_pays_more or in_time_pays_more, payer_is_wrong, overpaid)
    return _if_in_time(step, today, in_time_pays_more and not mended_pays_more)


def _if_in_time(step: NextStep, today: date | None, late: bool) -> NextStep:
    """The step, or the write-off that is left when its last day has passed. What was paid too much is given back however late."""
    passed = step.deadline is not None and today is not None and today > step.deadline
    if not (passed or late) or step.action not in WITH_A_CLOCK or step.why == TOO_MUCH:
        return step
    last = f" The last day was {step.deadline}." if passed else ""
    return NextStep(Action.WRITE_OFF, None, f"It is too late: {LATE[step.action]}.{last} The patient may not be billed for a clock that the practice missed.", step.rule)


def _step(answer: Answer, claim: ProfessionalClaim, policy: PayerPolicy, mended_pays_more: bool, payer_is_wrong: bool, overpaid: bool) -> NextStep:
    """The step, whatever the day."""
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
        return NextStep(Action(remedies.correction), _correction(remedies, policy, claim, answer, service), TOO_MUCH, reference)
    if cause is None:
        return NextStep(Action.POST, None, "Every line was allowed: post it.", None)
    if payer_is_wrong and cause.carc not in remedies.no_appeal_for:
        return NextStep(Action.APPEAL, _appeal(remedies, answer.adjudicated), f"The claim was right and the payer's records were not: {remedies.appeal}.", reference)
    if _shown_by_records(cause, claim, policy) and cause.carc not in remedies.no_appeal_for:
        return NextStep(Action.APPEAL, _appeal(remedies, answer.adjudicated), f"The record supports every unit, and this limit gives way to records: {remedies.appeal}, with the records.", reference)
    by_edit = {"duplicate": (Action.FOLLOW_ORIGINAL, "The first claim decides: find what became of it."),
               "other_payer_first": (Action.BILL_OTHER_PAYER, "Another payer comes first: bill it, then this one with its answer."),
               "eligibility": (Action.FIND_COVERAGE, "The member was not covered that day: find who covered the patient before anyone is billed.")}
    if cause.edit in by_edit:
        action, why = by_edit[cause.edit]
        return NextStep(action, None, why, cause.rule)
    if mended_pays_more:
        return NextStep(Action(remedies.correction), _correction(remedies, policy, claim, answer, service), "The record supports a claim that pays: correct this one the way this payer takes.", reference)
    if cause.edit in OTHERS_TO_PAY:
        return NextStep(Action.BILL_OTHER_PAYER, None, OTHERS_TO_PAY[cause.edit], cause.rule)
    if cause.edit == "timely_filing":
        return NextStep(Action.WRITE_OFF, None, "It came too late, and no acceptance within the limit shows otherwise: write it off; the patient may not be billed.", cause.rule)
    if cause.group == "PR":
        return NextStep(Action.BILL_PATIENT, None, "The denial stands, and its group makes it the patient's.", cause.rule)
    return NextStep(Action.WRITE_OFF, None, "The denial stands, and its group forbids billing the patient.", cause.rule)


def _shown_by_records(cause: Finding, claim: ProfessionalClaim, policy: PayerPolicy) -> bool:
    """The units of the record are over a limit that records may overcome. claim: the one that the record supports."""
    if cause.edit != "units_limit":
        return False
    rule = policy.rule("units-limits")
    for line in claim.lines:
        units = sum(each.units for each in claim.lines if (each.procedure, each.service_date) == (line.procedure, line.service_date))
        limits = rule.on(line.service_date).of.get(line.procedure, ())
        if any(limit.adjudication == RECORDS and units > limit.units for limit in limits):
            return True
    return False


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
