"""What is true behind an account: the record, each payer's files and pace, and how the patient pays. The learner sees none of it directly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.answer import Answer
from billing.codes import CodeBooks
from billing.policy import PayerPolicy
from billing.record import record


@record
class Takeback:
    """A payer finds later that it should not have paid: days after its payment, and why. It takes the whole claim back in a later remittance."""
    days: int
    why: str


@record
class PayerSide:
    """One payer of the account. truth and believed: the member as he is and as the payer has him (of the type that the claim's form asks for).

    turnaround_days: from receipt to the remittance. authorization_days: from the request to the answer. appeal_days: from the appeal to its decision.
    crossover_to: the payer that this one passes the claim on to by itself. pays_twice_days: so many days after its payment it pays the same again (0: never).
    authorization: what it puts into its records when it is asked before the service (of the type of the member's authorizations; None: it needs none).
    late_days: how much later than its turnaround it pays, which may cost it interest.
    """
    payer: str
    truth: Any
    believed: Any
    turnaround_days: int = 14
    authorization_days: int = 3
    appeal_days: int = 30
    crossover_to: str = ""
    late_days: int = 0
    interest_percent: Decimal = Decimal("0.00")
    prompt_days: int = 0
    pays_twice_days: int = 0
    takeback: Takeback | None = None
    participates: bool = True
    authorization: Any = None


@record
class PatientSide:
    """How the patient pays: dollars at the desk on the day of service; a statement's amount after so many days, in full, or only by a plan of so many months.

    protected: the law forbids billing this patient for what the payers leave (a qualified Medicare beneficiary).
    """
    at_the_desk: Decimal = Decimal("0.00")
    pays_after_days: int = 21
    pays_in_full: bool = True
    plan_months: int = 0
    never_pays: bool = False
    protected: bool = False


@record
class Clocks:
    """Days that run whatever the payer: refunds_days to return what a payer overpaid after it is known; source says where they are written."""
    refund_days: int
    citation: str


@dataclass(frozen=True)
class World:
    """Everything behind one account. clean: the claim that the record supports, as it would go to the first payer, truly known.

    opened: the day the account begins, before or on the day of service; service: the day of service.
    answering(claim, policy, member, received, adjudicated, books, participates) and remembering(member, claim, answer, policy): how claims of this
    form are decided and what the payer keeps of them; None: the professional claim's.
    """
    account: str
    opened: date
    service: date
    clean: Any
    payers: tuple[PayerSide, ...]
    patient: PatientSide
    clocks: Clocks
    policies: dict[str, PayerPolicy]
    books: CodeBooks
    answering: Callable[..., Answer] | None = None
    remembering: Callable[..., Any] | None = None

    def side(self, payer: str) -> PayerSide:
        """The payer's side; LookupError with a sentence for one that has nothing to do with this account."""
        for side in self.payers:
            if side.payer == payer:
                return side
        raise LookupError(f"{payer} is no payer of this account; its payers are {', '.join(side.payer for side in self.payers)}.")
