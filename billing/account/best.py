"""The way a careful biller takes through an account that she may look behind: what could be collected, and how soon."""

from datetime import timedelta
from decimal import Decimal

from billing.account import forms
from billing.account.acting import held_too_much
from billing.account.actions import Action, Appeal, Authorize, Close, Note, PaymentPlan, Post, Refund, Send, Statement, Verify, Wait, WriteOff
from billing.account.fold import act, begin
from billing.account.state import Account, Arrival
from billing.account.world import World
from billing.answer import Outcome, Remittance
from billing.money import ZERO

FOLLOW_UP = 30
"""Days after which one looks again."""

LONGEST = 400
"""Steps after which an account that has not come to its end counts as going round in a circle."""


def best(world: World) -> tuple[tuple[Action, ...], Account]:
    """The actions and the account they lead to. RuntimeError when the account never comes to rest, which is a mistake in its world."""
    account, done = begin(world), []
    for _ in range(LONGEST):
        action = _next(account)
        account = act(account, action)
        done.append(action)
        if account.closed:
            return tuple(done), account
    raise RuntimeError(f"The account {world.account} does not come to rest within {LONGEST} steps.")


def _next(account: Account) -> Action:
    """Ask before the service, send what the record supports, post what comes, set right what was wrong, bill who owes, give back what is not ours."""
    return _noting(account) or _before(account) or _posting(account) or _claims(account) or _returns(account) or _patient(account) or _rest(account)


def _noting(account: Account) -> Action | None:
    """What was asked or contested is noted down at once."""
    asked = sum(entry.kind in ("appeal", "status", "call") for entry in account.entries)
    if asked <= len(account.notes):
        return None
    return Note("provider services", "", "Sent the appeal with the record.", "See whether the decision has come.", account.today + timedelta(days=FOLLOW_UP))


def _before(account: Account) -> Action | None:
    first = account.world.payers[0]
    if account.today > account.world.service or account.sendings:
        return None
    asked = {arrival.kind for arrival in (*account.arrivals, *account.coming)}
    if "271" not in asked:
        return Verify(first.payer)
    if first.authorization is not None and "authorization" not in asked:
        return Authorize(first.payer)
    days = (account.world.service - account.today).days
    return Wait(days) if days > 0 else None


def _posting(account: Account) -> Action | None:
    done = {each.arrival for each in account.posted}
    for arrival in account.arrivals:
        if arrival.kind in ("835", "takeback") and arrival.number not in done:
            return Post(arrival.number, *right_posting(account, arrival))
    return None


def right_posting(account: Account, arrival: Arrival) -> tuple[Decimal, Decimal, Decimal]:
    """What belongs on the account: paid; written off (group CO of allowed services); the patient's. A second payment of one claim is payment alone."""
    payment = arrival.content
    if not payment.claims:
        return ZERO, ZERO, ZERO
    answer = payment.claims[-1]
    again = any(a.sending == arrival.sending and a.number < arrival.number and a.kind == "835" for a in account.arrivals)
    if again:
        return answer.paid, ZERO, ZERO
    return answer.paid, written_off(answer), answer.adjusted("PR")


def written_off(answer: Remittance) -> Decimal:
    """What group CO takes off services that were allowed; a refused service is worked first."""
    decided = (answer.whole,) if answer.whole else answer.lines
    return sum((a.amount for each in decided if each.outcome is Outcome.PAID for a in each.adjustments if a.group == "CO"), ZERO)


def _claims(account: Account) -> Action | None:
    """The next claim in turn, or what mends the last."""
    if account.coming and any(each.kind in ("999", "277CA", "835", "decision", "authorization") for each in account.coming):
        return None
    for place, side in enumerate(account.world.payers):
        sent = account.latest(side.payer)
        if sent is None:
            return Send(side.payer, _clean_for(account, place)) if place == 0 or _earlier_done(account, place) else None
        if _appealable(account, sent):
            return Appeal(sent.number)
    return None


def _clean_for(account: Account, place: int):
    clean, side = account.world.clean, account.world.payers[place]
    if place == 0:
        return clean
    earlier = account.answered(account.world.payers[place - 1].payer)
    return forms.passed_on(clean, earlier, side.payer, side.truth)


def _earlier_done(account: Account, place: int) -> bool:
    return account.answered(account.world.payers[place - 1].payer) is not None


def _appealable(account: Account, sent) -> bool:
    side = account.world.side(sent.payer)
    tried = any(a.kind == "decision" and a.sending == sent.number for a in (*account.arrivals, *account.coming))
    wanting = isinstance(sent.answer, Remittance) and sent.answer.outcome is not Outcome.PAID
    return wanting and side.truth != side.believed and not tried and sent.way != "appeal" and account.answered(sent.payer) is not None


def _returns(account: Account) -> Action | None:
    for payer, owed, _ in held_too_much(account):
        return Refund(payer, owed)
    if account.patient_owes < ZERO and _answers_in(account):
        return Refund("patient", -account.patient_owes)
    return None


def _answers_in(account: Account) -> bool:
    return not any(each.kind in ("835", "decision", "takeback") for each in account.coming) and bool(account.posted or any(forms.refused(sending.answer) for sending in account.sendings))


def _patient(account: Account) -> Action | None:
    patient, owed = account.world.patient, account.patient_owes
    if owed <= ZERO or not _answers_in(account):
        return None
    if patient.protected:
        return WriteOff(min(owed, account.balance), "protected")
    if any(each.kind == "patient-payment" for each in account.coming):
        return None
    if not patient.pays_in_full and patient.plan_months and not account.plan_months:
        return PaymentPlan(patient.plan_months)
    if account.billed < owed:
        return Statement(owed)
    return None


def _rest(account: Account) -> Action:
    if account.coming:
        return Wait(max((min(each.day for each in account.coming) - account.today).days, 1))
    owed = max(account.patient_owes, ZERO)
    if account.balance > owed:
        return WriteOff(account.balance - owed, "denied-and-final")
    if owed and account.balance > ZERO and account.billed:
        return WriteOff(min(owed, account.balance), "hardship")
    return Close()


def days_taken(account: Account) -> int:
    """From the day of service to today."""
    return max((account.today - account.world.service) / timedelta(days=1), 0).__int__()
