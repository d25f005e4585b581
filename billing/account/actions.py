"""What a biller can do about an account. Everything but a note and waiting is a touch; asking takes time as well."""

from datetime import date
from decimal import Decimal

from billing.record import record


@record
class Wait:
    """Let days pass; whatever arrives in them arrives."""
    days: int


@record
class Verify:
    """Ask a payer about the member (270); the answer comes the same day (271)."""
    payer: str


@record
class Authorize:
    """Ask a payer to authorize the services of the record beforehand (a 278 at other places; here a paper and a number)."""
    payer: str


@record
class Send:
    """Send a claim. `claim` is of any form; way: claim, or reopening where the payer mends so."""
    payer: str
    claim: object
    way: str = "claim"


@record
class AskStatus:
    """Ask what became of the claim (276); the answer comes the same day (277)."""
    payer: str


@record
class Call:
    """Call the payer about its last answer: it says in words what the codes meant, and what it has on file."""
    payer: str


@record
class Post:
    """Put an answer on the account: dollars paid, written off, and moved to the patient. Posting the same answer again replaces what was posted."""
    arrival: int
    paid: Decimal
    written_off: Decimal
    patient: Decimal


@record
class Appeal:
    """Ask the payer to decide again, with the record. claim: the number of the sending, from 1."""
    sending: int


@record
class WriteOff:
    """Take dollars off the account. reason: contract, small-balance, denied-and-final, hardship, courtesy."""
    amount: Decimal
    reason: str


@record
class Statement:
    """Bill the patient."""
    amount: Decimal


@record
class PaymentPlan:
    """Offer the patient to pay the balance in equal months."""
    months: int


@record
class Refund:
    """Give money back. to: patient, or a payer of the account."""
    to: str
    amount: Decimal


@record
class Note:
    """What the next person must know: whom one spoke with, the reference, what was said, what comes next and when."""
    spoke_with: str
    reference: str
    said: str
    next_step: str
    follow_up: date | None


@record
class Close:
    """Say that nothing is left to do."""


Action = Wait | Verify | Authorize | Send | AskStatus | Call | Post | Appeal | WriteOff | Statement | PaymentPlan | Refund | Note | Close

WRITE_OFF_REASONS = ("contract", "denied-and-final", "small-balance", "hardship", "protected", "courtesy")
