"""What a payer can say of a claim on a day (a 277 to a 276): not found, pending, decided, paid or denied, as category and status code."""

from datetime import date
from decimal import Decimal

from billing.answer import Answer, Outcome, Rejection
from billing.money import ZERO
from billing.record import record

NO_DATA, IN_PROCESS, DECIDED, PAID, DENIED, CLOSED = "D0", "P1", "F0", "F1", "F2", "F4"   # category
NOT_FOUND, ACCEPTED, AWAITS_PAYMENT, WAS_PAID, WAS_DENIED, BY_PLAN = "35", "20", "3", "65", "585", "104"   # status


@record
class ClaimStatusReply:
    """One claim of a 277. effective: the day the status began; charge and paid in dollars; trace_number: the check or transfer that paid it."""
    account: str
    category: str
    status: str
    effective: date
    charge: Decimal
    paid: Decimal = ZERO
    entity: str = ""
    control_number: str = ""
    adjudicated: date | None = None
    paid_on: date | None = None
    trace_number: str = ""


def status_of(account: str, charge: Decimal, answer: Answer | None, asked: date, received: date | None = None, paid_on: date | None = None, trace_number: str = "") -> ClaimStatusReply:
    """What the payer finds on the day it is asked.

    answer: what it decides or decided; None where nothing was ever sent. received: the day it came in, if not the answer's own.
    A rejected claim is never found: it did not enter the payer's system. Paid by which transfer, and when, is known once it has left.
    """
    came = answer.received if answer else received
    if came is None or came > asked or isinstance(answer, Rejection):
        return ClaimStatusReply(account, NO_DATA, NOT_FOUND, asked, charge)
    if answer is None or answer.adjudicated > asked:
        return ClaimStatusReply(account, IN_PROCESS, ACCEPTED, came, charge, control_number=answer.control_number if answer else "")
    category, status = _decided(answer, paid_on is not None and paid_on <= asked)
    sent = paid_on if paid_on and paid_on <= asked else None
    return ClaimStatusReply(account, category, status, sent or answer.adjudicated, charge, answer.paid, control_number=answer.control_number, adjudicated=answer.adjudicated,
                            paid_on=sent, trace_number=trace_number if sent else "")


def _decided(answer: Answer, left: bool) -> tuple[str, str]:
    """Category and status of a claim that was adjudicated; left: its payment is on the way."""
    if answer.outcome is not Outcome.PAID:
        return DENIED, WAS_DENIED
    if answer.predetermination or not answer.paid:
        return CLOSED, BY_PLAN
    return (PAID, WAS_PAID) if left else (DECIDED, AWAITS_PAYMENT)
