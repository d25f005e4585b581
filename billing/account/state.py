"""An account as it stands on a day: the timeline, the mail that has come and that is on its way, the claims sent, and the money."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from billing.account.world import World
from billing.answer import Answer, Remittance
from billing.money import ZERO
from billing.record import record


@record
class Entry:
    """One line of the timeline. by: us, patient, or a payer's folder name. arrival: the number of what came, 0 where nothing did."""
    day: date
    by: str
    kind: str
    text: str
    amount: Decimal | None = None
    arrival: int = 0


@record
class Arrival:
    """Something that came, or is on its way: 271, authorization, 999, 277CA, 277, call, 835, decision, patient-payment, takeback.

    content: an EligibilityResponse, an Answer, a Payment, or a sentence, by its kind. sending: the number of the claim it answers, from 1.
    """
    number: int
    day: date
    by: str
    kind: str
    content: Any
    sending: int = 0


@record
class Sending:
    """A claim sent. answer is decided at once and hidden until it arrives on `answered`."""
    number: int
    payer: str
    claim: Any
    way: str
    received: date
    answer: Answer
    answered: date
    by_crossover: bool = False


@record
class Posted:
    """An answer put on the account as the learner typed it."""
    arrival: int
    payer: str
    paid: Decimal
    written_off: Decimal
    patient: Decimal


@record
class Breach:
    """Something the law or the contract forbids, with the day and where it is written."""
    day: date
    slug: str
    text: str
    citation: str = ""


@dataclass(frozen=True)
class Account:
    """The fold of everything done so far. coming: what is on its way, by day."""
    world: World
    today: date
    entries: tuple[Entry, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    coming: tuple[Arrival, ...] = ()
    sendings: tuple[Sending, ...] = ()
    posted: tuple[Posted, ...] = ()
    written_off: Decimal = ZERO
    patient_written_off: Decimal = ZERO
    patient_paid: Decimal = ZERO
    refunded_patient: Decimal = ZERO
    refunded: tuple[tuple[str, Decimal], ...] = ()
    billed: Decimal = ZERO
    plan_months: int = 0
    touches: int = 0
    breaches: tuple[Breach, ...] = ()
    notes: tuple[Any, ...] = ()
    files: dict[str, Any] = field(default_factory=dict)   # each payer's records by now
    authorized: frozenset[str] = frozenset()               # payers that gave an authorization
    closed: bool = False

    @property
    def charge(self) -> Decimal:
        """What stands as charged: the first claim sent to the first payer; the record's until one is sent."""
        return self.sendings[-1].claim.charge if self.sendings else self.world.clean.charge

    @cached_property
    def held(self) -> tuple[Posted, ...]:
        """The postings that count: the latest of each answer, without those of an answer that a posted remittance has taken back."""
        latest = {each.arrival: each for each in self.posted}
        payments = {number: self.arrival(number).content for number in latest}
        back = [reversal.of for payment in payments.values() for reversal in payment.reversals]
        return tuple(each for number, each in latest.items() if not any(claim in back for claim in payments[number].claims))

    @property
    def from_payers(self) -> Decimal:
        """Dollars that payers have really sent, less what they took back and what was refunded to them."""
        sent = sum((arrival.content.amount for arrival in self.arrivals if arrival.kind in ("835", "takeback")), ZERO)
        taken = sum((reversal.of.paid for a in self.arrivals if a.kind == "takeback" for reversal in a.content.reversals), ZERO)
        return sent - taken - sum((amount for _, amount in self.refunded), ZERO)

    @property
    def collected(self) -> Decimal:
        """Every dollar that came and stays."""
        return self.from_payers + self.patient_paid - self.refunded_patient

    @property
    def patient_share(self) -> Decimal:
        """What the patient is to bear by the answers posted: that to the latest claim counts, and of two payments for one claim the first."""
        by_sending: dict[int, Posted] = {}
        for each in self.held:
            by_sending.setdefault(self.arrival(each.arrival).sending, each)
        return by_sending[max(by_sending)].patient if by_sending else ZERO

    @property
    def patient_owes(self) -> Decimal:
        """The share less what the patient has paid and what was let go; negative: a credit of the patient."""
        return self.patient_share - self.patient_written_off - self.patient_paid + self.refunded_patient

    @property
    def balance(self) -> Decimal:
        """The account's balance by what has been posted: charge less payments, write-offs and the patient's payments, plus refunds."""
        posted = sum((each.paid + each.written_off for each in self.held), ZERO)
        return self.charge - posted - self.written_off - self.patient_written_off - self.patient_paid + self.refunded_patient + sum((amount for _, amount in self.refunded), ZERO)

    def latest(self, payer: str) -> Sending | None:
        """The last claim sent to a payer."""
        return next((sending for sending in reversed(self.sendings) if sending.payer == payer), None)

    def answered(self, payer: str) -> Remittance | None:
        """The payer's last remittance that has arrived."""
        for arrival in reversed(self.arrivals):
            if arrival.by == payer and arrival.kind == "835":
                return arrival.content.claims[-1]
        return None

    def arrival(self, number: int) -> Arrival:
        """What came under that number; LookupError when nothing of that number has come."""
        for arrival in self.arrivals:
            if arrival.number == number:
                return arrival
        raise LookupError(f"Nothing with the number {number} has arrived.")

    def having(self, **changes) -> "Account":
        """The account with these parts changed."""
        return replace(self, **changes)
