"""What is due when on an account: filing limits, corrections, appeals, refunds, and the days that the notes promise."""

from datetime import date, timedelta
from typing import Any

from billing.account.acting import held_too_much
from billing.account.forms import refused
from billing.account.state import Account, Sending
from billing.adjudication.claim_edits import filing_limit
from billing.answer import Outcome, RuleInForce
from billing.record import record


@record
class Due:
    """A last day: for what, with whom, and the rule (None: our own promise, or the law's that the account names)."""
    day: date
    what: str      # file, correct, appeal, refund, follow-up
    payer: str
    why: str
    rule: RuleInForce | None = None


def due(account: Account) -> tuple[Due, ...]:
    """Everything that still can be missed, the nearest first. It goes by what has arrived, never by what is on its way."""
    found = [*_filing(account), *_after_answers(account), *_refunds(account), *_promised(account)]
    return tuple(sorted(found, key=lambda each: each.day))


def _filing(account: Account) -> list[Due]:
    """A claim is filed in time when the payer's front end has taken it; a rejected one was never received."""
    found = []
    for side in account.world.payers:
        sent = account.latest(side.payer)
        if sent is not None and not refused(sent.answer) and sent.answer.outcome is not Outcome.UNPROCESSABLE:
            continue
        rule = account.world.policies[side.payer].rule("timely-filing")
        if rule is None:
            continue
        first = account.world.payers[0].payer
        prior = account.answered(first).adjudicated if side.payer != first and account.answered(first) else None
        last = filing_limit(rule.on(account.world.service), account.world.service, prior)
        found.append(Due(last, "file", side.payer, "The last day on which a claim counts as filed.", rule.reference(account.world.service)))
    return found


def _after_answers(account: Account) -> list[Due]:
    """The clocks that a remittance has started, while something of it was refused."""
    found = []
    for side in account.world.payers:
        sent = account.latest(side.payer)
        if sent is None or account.answered(side.payer) is None or not _wanting(sent):
            continue
        rule = account.world.policies[side.payer].rule("remedies")
        if rule is None:
            continue
        remedies, notice = rule.on(sent.answer.received), sent.answer.adjudicated
        if remedies.correction_days:
            found.append(Due(notice + timedelta(days=remedies.correction_days), "correct", side.payer, "The last day for a correction.", rule.reference(sent.answer.received)))
        if remedies.appeal_days:
            found.append(Due(notice + timedelta(days=remedies.mail_days + remedies.appeal_days), "appeal", side.payer, f"The last day for the {remedies.appeal}.", rule.reference(sent.answer.received)))
    return found


def _wanting(sent: Sending) -> bool:
    answer: Any = sent.answer
    return not refused(answer) and any(line.outcome is not Outcome.PAID for line in (answer.lines if answer.whole is None else (answer.whole,)))


def _refunds(account: Account) -> list[Due]:
    clocks = account.world.clocks
    return [Due(since + timedelta(days=clocks.refund_days), "refund", payer, f"{owed} was paid twice and goes back.") for payer, owed, since in held_too_much(account)]


def _promised(account: Account) -> list[Due]:
    """The follow-up day of the last note."""
    if not account.notes:
        return []
    _, last = account.notes[-1]
    return [Due(last.follow_up, "follow-up", "", last.next_step)] if last.follow_up and last.follow_up >= account.today else []
