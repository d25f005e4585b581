"""What the app's claims and answers look like over the wire: the transaction that a real office and a real payer would exchange, written when it is asked for."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from app.session import ROOT
from billing.answer import Answer, Rejection
from billing.claim_status import status_of
from billing.eligibility import EligibilityResponse, Inquiry
from billing.payment import Payment
from billing.pharmacy.claim import PharmacyClaim
from billing.x12.acknowledgements import acknowledge, write_claim_acknowledgement
from billing.x12.claims import write_claims
from billing.x12.eligibility import write_response
from billing.x12.parties import Correspondents
from billing.x12.remittance_writing import Remitter, write_remittance
from billing.x12.status import write_status
from curriculum.mistakes import Unreadable
from curriculum.reader import read, typed

EXAMPLES = ROOT / "docs" / "examples"
MORNING, EVENING = time(9), time(18)


@cache
def _signed(kind: type, name: str) -> Any:
    """Who writes to whom: invented, the same in every exercise."""
    found, mistakes = typed(kind, read(EXAMPLES / f"{name}.yaml"))
    if mistakes:
        raise Unreadable(mistakes)
    return found


def parties(payer: str, id: str = "") -> Correspondents:
    """The submitter and the receiver, and this payer; id: its folder's name, by which claims know it."""
    held = _signed(Correspondents, "correspondents")
    return replace(held, payer_name=payer, payer_id=id or held.payer_id)


def of_claim(claim: Any, payer: str, received: date) -> str:
    """The claim as an 837; a pharmacy claim goes another way and has none."""
    return "" if isinstance(claim, PharmacyClaim) else write_claims([claim], parties(payer, claim.payer), datetime.combine(received, MORNING), 1)


def of_file_answer(claim: Any, payer: str, received: date) -> str:
    """The 999 (or TA1) to the file of one claim."""
    text = of_claim(claim, payer, received)
    found = acknowledge(text, datetime.combine(received, MORNING), 2) if text else None
    return (found.ta1 or found.acknowledgement) if found else ""


def of_answer(came: Answer, claim: Any, payer: str) -> str:
    """What decided the claim: a 277CA where it was turned away, else an 835 of its own."""
    if isinstance(claim, PharmacyClaim):
        return ""
    if isinstance(came, Rejection):
        return of_acknowledgement(came, claim, payer)
    payment = Payment(payer, claim.billing.name, claim.billing.npi, f"{came.adjudicated:%y%m%d}001", came.adjudicated, (came,))
    return of_payment(payment, {claim.account: claim}, payer)


def of_acknowledgement(came: Answer, claim: Any, payer: str) -> str:
    """The 277CA: refused with its statuses, or accepted."""
    return "" if isinstance(claim, PharmacyClaim) else write_claim_acknowledgement([(claim, came)], parties(payer, claim.payer), datetime.combine(came.received, MORNING), 3)


def of_payment(payment: Payment, claims: dict[str, Any], payer: str) -> str:
    """The 835 of a payment; empty for a pharmacy's."""
    if any(isinstance(claim, PharmacyClaim) for claim in claims.values()):
        return ""
    return write_remittance(payment, replace(_signed(Remitter, "remitter"), name=payer), claims, datetime.combine(payment.paid_on, EVENING), 4)


def of_eligibility(response: EligibilityResponse, patient: Any, billing: Any, payer: str, on: date) -> str:
    """The 271."""
    asked = Inquiry(billing.name, billing.npi, response.member_id, patient.last_name, patient.first_name, patient.birth_date, response.asked_for, trace="1001")
    return write_response(asked, response, parties(payer, response.payer), datetime.combine(on, MORNING), 5)


def of_status(claim: Any, came: Answer, payer: str, on: date) -> str:
    """The 277 of a day."""
    if isinstance(claim, PharmacyClaim):
        return ""
    paid_on = None if isinstance(came, Rejection) or not came.paid else came.adjudicated
    return write_status(claim, status_of(claim.account, claim.charge, came, on, paid_on=paid_on), parties(payer, claim.payer), datetime.combine(on, MORNING), 6)
