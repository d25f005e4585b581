"""How a network's terms and a member's protection change a line that is allowed: capitated services, cost sharing that may not be asked for, remarks on the claim."""

from billing.adjudication.cost_sharing import COPAY, Share
from billing.adjudication.network_edits import own_primary_care
from billing.adjudication.review import Review
from billing.answer import Adjustment, Outcome, RemittanceLine, TraceStep
from billing.claim import ServiceLine


def capitated(review: Review, number: int, share: Share) -> tuple[tuple[Adjustment, ...], TraceStep] | None:
    """The adjustments and the step of a service that the monthly payment has paid already: all but the copay; None for any other."""
    line = review.claim.lines[number - 1]
    rule = review.value("capitation", line)
    if rule is None or line.procedure not in rule.procedures or not own_primary_care(review):
        return None
    kept = review.policy.rule("capitation")
    reference = kept.reference(review.day(kept, line))
    parts = (Adjustment("PR", COPAY, share.copay), Adjustment(rule.reason.group, rule.reason.carc, line.charge - share.copay, rule.reason.rarcs, reference))
    step = TraceStep("capitation", number, f"{line.procedure} is paid by the monthly payment to the primary care provider; the copay {share.copay} stays due.", rule=reference)
    return tuple(each for each in parts if each.amount), step


def protected_share(review: Review, line: ServiceLine, share: Share) -> tuple[Adjustment, ...]:
    """The patient's part; for a protected member under the reason that keeps it from the patient and leaves it to the next payer."""
    rule = review.value("qualified-beneficiaries", line)
    if rule is None or not review.coverage.qualified_beneficiary or not share.total:
        return share.adjustments()
    kept = review.policy.rule("qualified-beneficiaries")
    remarks_of = ((share.deductible, rule.deductible_remark), (share.coinsurance + share.copay, rule.coinsurance_remark))
    return (Adjustment(rule.reason.group, rule.reason.carc, share.total, tuple(remark for amount, remark in remarks_of if amount), kept.reference(review.day(kept, line))),)


def remarks(review: Review, lines: list[RemittanceLine]) -> tuple[str, ...]:
    """The claim's remarks: that it was passed on to the next payer, where this payer passes such claims on and paid first."""
    rule = review.value("crossover")
    if rule is None or review.claim.prior_payment or not any(each.outcome is Outcome.PAID for each in lines):
        return ()
    return tuple(each.rarc for each in rule.passings if each.to == review.coverage.crosses_over)
