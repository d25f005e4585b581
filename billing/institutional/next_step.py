"""What a hospital does about a payer's answer, and by when: clocks run from the statement's last day; a bill returned is mended and sent again, an answered one adjusted."""

from dataclasses import replace

from billing.answer import Answer
from billing.institutional.claim import InstitutionalClaim
from billing.next_step import NextStep, next_step
from billing.policy import PayerPolicy


def next_institutional_step(answer: Answer, claim: InstitutionalClaim, policy: PayerPolicy, mended_pays_more: bool = False, payer_is_wrong: bool = False,
                            overpaid: bool = False) -> NextStep:
    """As billing.next_step says; a corrected claim is an adjustment bill (frequency 7) where the payer takes one. claim: the one that the record supports."""
    through = replace(claim, lines=tuple(replace(line, service_date=claim.statement_through) for line in claim.lines))
    return next_step(answer, through, policy, mended_pays_more, payer_is_wrong, overpaid)
