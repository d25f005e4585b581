"""What happens at our own desk: posting, writing off, billing the patient, giving back, noting down, closing; and what goes overdue."""

from datetime import timedelta
from decimal import Decimal

from billing.account.actions import WRITE_OFF_REASONS, Close, Note, PaymentPlan, Post, Refund, Statement, WriteOff
from billing.account.state import Account, Arrival, Breach, Entry, Posted
from billing.money import ZERO, cents


def post(account: Account, action: Post) -> Account:
    """An answer is put on the account as typed; whether it was typed right shows when the account is balanced."""
    arrival = account.arrival(action.arrival)
    if arrival.kind not in ("835", "takeback"):
        raise ValueError("Only a remittance can be posted.")
    if min(action.paid, action.written_off, action.patient) < ZERO:
        raise ValueError("Post what was paid, written off and moved to the patient as amounts of zero or more; a takeback replaces the earlier posting.")
    posted = Posted(arrival.number, arrival.by, action.paid, action.written_off, action.patient)
    return _entered(account.having(posted=(*account.posted, posted)), "posted", f"Posted remittance {arrival.number}.", action.paid)


def write_off(account: Account, action: WriteOff) -> Account:
    """Dollars let go. Letting go of what the patient owes, as a courtesy, is a breach: the share was part of the price."""
    if action.reason not in WRITE_OFF_REASONS:
        raise ValueError(f"A write-off needs a reason: {', '.join(WRITE_OFF_REASONS)}.")
    if not ZERO < action.amount <= max(account.balance, ZERO):
        raise ValueError(f"The balance is {account.balance}; a write-off is more than nothing and at most that.")
    patients = action.reason in ("courtesy", "hardship", "small-balance", "protected")
    account = account.having(patient_written_off=account.patient_written_off + action.amount) if patients else account.having(written_off=account.written_off + action.amount)
    if action.reason == "courtesy":
        account = _breach(account, "share-waived", "Waiving a patient's share as a courtesy makes the charge on the claim untrue.", "usc-42-1320a-7a")
    return _entered(account, "written-off", f"Wrote off, reason: {action.reason}.", action.amount)


def statement(account: Account, action: Statement) -> Account:
    """A bill to the patient; the patient answers in his own time."""
    if action.amount <= ZERO:
        raise ValueError("A statement asks for more than nothing.")
    if account.today < account.world.service:
        raise ValueError("Nothing has been done yet that the patient could be billed for.")
    if account.world.patient.protected:
        account = _breach(account, "protected-patient-billed", "This patient may not be billed for what Medicare and Medicaid leave.", "usc-42-1396a-n")
    elif action.amount > max(account.patient_owes, ZERO):
        account = _breach(account, "balance-billed", f"By the answers posted the patient owes {max(account.patient_owes, ZERO)}; the statement asks for {action.amount}.")
    account = _entered(account.having(billed=account.billed + action.amount), "statement", "Sent the patient a statement.", action.amount)
    patient = account.world.patient
    pays = not patient.never_pays and patient.pays_in_full and not patient.protected
    return _patient_pays(account, action.amount, patient.pays_after_days) if pays else account


def plan(account: Account, action: PaymentPlan) -> Account:
    """Equal months of what the patient owes, the last one with the odd cents; the patient takes a plan of at least the months he needs."""
    owed = account.patient_owes
    if owed <= ZERO:
        raise ValueError("The patient owes nothing that could be paid by a plan.")
    if action.months < 2:
        raise ValueError("A plan has at least two months.")
    account = _entered(account.having(plan_months=action.months), "plan", f"Offered a plan of {action.months} months.", owed)
    patient = account.world.patient
    if patient.never_pays or patient.protected or not patient.plan_months or action.months < patient.plan_months:
        return account
    month = cents(owed / action.months)
    for number in range(1, action.months + 1):
        account = _patient_pays(account, month if number < action.months else owed - month * (action.months - 1), 30 * number)
    return account


def refund(account: Account, action: Refund) -> Account:
    """Money given back, to whom it belongs."""
    if action.amount <= ZERO:
        raise ValueError("A refund is more than nothing.")
    if action.to == "patient":
        if action.amount > account.patient_paid - account.refunded_patient:
            raise ValueError(f"The patient has paid {account.patient_paid - account.refunded_patient}; no more can be given back.")
        account = account.having(refunded_patient=account.refunded_patient + action.amount)
    else:
        account.world.side(action.to)
        account = account.having(refunded=(*account.refunded, (action.to, action.amount)))
    return _entered(account, "refund", f"Refunded to {action.to}.", action.amount)


def note(account: Account, action: Note) -> Account:
    """A note on the account, with its follow-up day."""
    return _entered(account.having(notes=(*account.notes, (account.today, action))), "note", f"{action.said} Next: {action.next_step}".strip())


def close(account: Account, action: Close) -> Account:
    """The end, as the learner sees it."""
    return _entered(account.having(closed=True), "closed", "Closed the account.")


def overdue(account: Account) -> Account:
    """What a payer paid twice must go back within its days of becoming known; one breach a payer."""
    clocks = account.world.clocks
    for payer, owed, since in held_too_much(account):
        last = since + timedelta(days=clocks.refund_days)
        if account.today == last + timedelta(days=1) and owed > ZERO:
            account = _breach(account, "overpayment-kept", f"{owed} paid twice was known on {since} and had to go back by {last}.", clocks.citation)
    return account


def held_too_much(account: Account) -> list[tuple[str, Decimal, object]]:
    """Payers that paid the same claim again, what of it is still here, and since when that is known."""
    found = []
    for payer in {arrival.by for arrival in account.arrivals if arrival.kind == "835"}:
        paid = [a for a in account.arrivals if a.by == payer and a.kind == "835"]
        again = [a for place, a in enumerate(paid) if any(e.sending == a.sending for e in paid[:place])]
        back = sum((amount for to, amount in account.refunded if to == payer), ZERO)
        owed = sum((a.content.amount for a in again), ZERO) - back
        if owed > ZERO:
            found.append((payer, owed, again[0].day))
    return found


def _patient_pays(account: Account, amount: Decimal, days: int) -> Account:
    number = len(account.arrivals) + len(account.coming) + 1
    return account.having(coming=(*account.coming, Arrival(number, account.today + timedelta(days=days), "patient", "patient-payment", amount)))


def _entered(account: Account, kind: str, text: str, amount: Decimal | None = None) -> Account:
    return account.having(entries=(*account.entries, Entry(account.today, "us", kind, text, amount)))


def _breach(account: Account, slug: str, text: str, citation: str = "") -> Account:
    return account.having(breaches=(*account.breaches, Breach(account.today, slug, text, citation)))
