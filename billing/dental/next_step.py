"""What a dental office does about a plan's answer: the ways on that this payer takes; a predetermination leaves nothing to post and nothing to appeal."""

from billing.answer import Answer, Remittance
from billing.dental.claim import DentalClaim
from billing.next_step import Action, NextStep, next_step
from billing.policy import PayerPolicy


def next_dental_step(answer: Answer, claim: DentalClaim, policy: PayerPolicy, mended_pays_more: bool = False, payer_is_wrong: bool = False, overpaid: bool = False) -> NextStep | None:
    """As billing.next_step says. Of a predetermination: to ask anew with what the record shows, or None, where it only tells what the plan would leave.

    claim: the one that the record supports.
    """
    if not (isinstance(answer, Remittance) and answer.predetermination):
        return next_step(answer, claim, policy, mended_pays_more, payer_is_wrong, overpaid)
    if not (mended_pays_more or payer_is_wrong):
        return None
    rule = policy.rule("remedies")
    return NextStep(Action.NEW_CLAIM, None, "A predetermination decides nothing for good: ask again, with what the record shows.", rule.reference(answer.received))
