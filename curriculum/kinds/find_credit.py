"""The exercise of a credit balance: how large it is, whose it is, what is done with it, and by when, from the account's history and the remittances behind it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.account.best import written_off
from billing.account.forms import with_prior
from billing.adjudication import adjudicate
from billing.answer import Remittance
from billing.claim import ProfessionalClaim
from billing.coverage import Coverage
from billing.money import ZERO
from curriculum.answer_papers import money, remittance_paper
from curriculum.ask import Ask, Wrong, money_ask, separable
from curriculum.cases import said
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper, Table

FINDING, REFUNDS, CLOCK = "credit-balances.finding-the-owner", "credit-balances.refunds", "credit-balances.sixty-day-rule"
PATIENT, NOBODY = "patient", "nobody"


class Payer(Content):
    """A payer of the account in the order of payment, the member in its records, and the days of its answer."""
    payer: Text
    member: Coverage
    received: date
    adjudicated: date
    days: Annotated[int, Field(ge=10, le=120)]
    days_written: Text


class Entry(Content):
    """A line of the account's history as it was posted. kind: payment, adjustment, patient-payment, elsewhere (a payment that names another account)."""
    on: date
    kind: Literal["payment", "adjustment", "patient-payment", "elsewhere"]
    by: str = ""
    amount: Decimal
    says: Text


class World(Content):
    """The claim, its payers, and the account as it was posted. known: the day on which the credit was found; patient_days: within which the office gives patients their money back."""
    claim: ProfessionalClaim
    payers: Annotated[tuple[Payer, ...], Field(min_length=1, max_length=2)]
    entries: Annotated[tuple[Entry, ...], Field(min_length=2, max_length=10)]
    known: date
    patient_days: Annotated[int, Field(ge=7, le=90)]


def sheet(world: World, shelf: Shelf) -> Sheet:
    """The account and the remittances; then size, owner, way and day."""
    answers = _answers(world, shelf)
    credit = sum((each.amount for each in world.entries), ZERO) - world.claim.charge
    if credit <= ZERO:
        raise ValueError(f"the account stands at {-credit}: there is no credit on it")
    owner, over = _owner(world, answers, credit)
    names = {each.payer: shelf.policies[each.payer].name for each in world.payers}
    asks = [money_ask("credit", "How large is the credit?", credit, f"Payments and adjustments of {money(credit + world.claim.charge)} stand against a charge of {money(world.claim.charge)}.", FINDING, _sizes(world, credit)),
            _whose(world, owner, names, over, answers), _way(owner), *_day(world, owner, names)]
    file = (_history(world, credit), *(remittance_paper(answer, names[payer], world.claim, title=f"Remittance advice of {names[payer]}") for payer, answer in answers), _terms(world, names))
    return Sheet(file, (Round("Whose money is it?", tuple(asks)),), signature=(owner, over))


def _answers(world: World, shelf: Shelf) -> list[tuple[str, Remittance]]:
    """Each payer's answer; the second sees the first's."""
    answers: list[tuple[str, Remittance]] = []
    claim = world.claim
    for each in world.payers:
        sent = type(claim)(**{**vars(claim), "payer": each.payer, "member_id": each.member.member_id, "group_number": each.member.group_number})
        if answers:
            sent = with_prior(sent, answers[-1][1])
        answer = adjudicate(sent, shelf.policies[each.payer], each.member, each.received, each.adjudicated, shelf.books)
        if not isinstance(answer, Remittance):
            raise ValueError(f"{each.payer} rejects the claim: {answer.findings[0].why}")
        answers.append((each.payer, answer))
    return answers


def _owner(world: World, answers: list[tuple[str, Remittance]], credit: Decimal) -> tuple[str, str]:
    """Whose the credit is, and what made it: one party's money over what is due from it, or a posting that no remittance bears out."""
    over = {payer: _posted(world, "payment", payer) - answer.paid for payer, answer in answers}
    over[PATIENT] = _posted(world, "patient-payment", "") - answers[-1][1].adjusted("PR")
    wrong = {"adjustment": _posted(world, "adjustment", None) - sum((written_off(answer) for _, answer in answers), ZERO), "elsewhere": _posted(world, "elsewhere", None)}
    owners = [(party, "paid-over") for party, amount in over.items() if amount == credit] + [(NOBODY, kind) for kind, amount in wrong.items() if amount == credit]
    if len(owners) != 1:
        raise ValueError(f"the credit of {credit} is not one party's: over what is due stand {', '.join(f'{p} {a}' for p, a in over.items())}; adjustments {wrong['adjustment']}, of other accounts {wrong['elsewhere']}")
    return owners[0]


def _posted(world: World, kind: str, by: str | None) -> Decimal:
    return sum((each.amount for each in world.entries if each.kind == kind and (by is None or each.by == by)), ZERO)


def _sizes(world: World, credit: Decimal) -> tuple:
    paid = sum((each.amount for each in world.entries if each.kind != "adjustment"), ZERO)
    last = max(world.entries, key=lambda each: each.on)
    return (("adjustments-forgotten", "left the adjustments out", abs(world.claim.charge - paid)), ("last-payment-taken-for-the-credit", "took the last entry for the credit", last.amount))


def _whose(world: World, owner: str, names: dict[str, str], over: str, answers: list) -> Ask:
    options = ((PATIENT, f"The patient's: {world.claim.patient.first_name} {world.claim.patient.last_name} paid more than the share"), *((payer, f"{name}'s: it paid more than its remittance says") for payer, name in names.items()),
               (NOBODY, "Nobody's: something is posted that does not belong on this account"))
    why = {"paid-over": "Hold each party's money against what its remittance says is due from it: this one's is over by the whole of the credit.", "adjustment": "Every payment is as its remittance says; the adjustments posted are more than group CO takes off.",
           "elsewhere": "The payment names another account: it is moved there, and nothing is given back."}[over]
    wrong = Wrong(PATIENT, "credit-given-to-the-patient", "gave a credit to the patient because the patient paid last") if owner != PATIENT else Wrong(answers[0][0], "credit-given-to-the-payer", "took the patient's money for the payer's")
    return Ask("owner", "choice", "Whose is it?", owner, why, FINDING, options, wrong=(wrong,))


def _way(owner: str) -> Ask:
    options = (("refund-patient", "Refund the patient"), ("refund-payer", "Refund the payer, with the claim's number and the reason"), ("correct", "Correct the posting; no money leaves"), ("hold", "Leave it on the account for the next visit"), ("write-off", "Write the credit off to income"))
    key = {PATIENT: "refund-patient", NOBODY: "correct"}.get(owner, "refund-payer")
    wrong = (Wrong("hold", "credit-held", "kept money that is not ours", "unlawful"), Wrong("write-off", "credit-written-off", "took money that is not ours into income", "unlawful"))
    return Ask("way", "choice", "What do you do with it?", key, "Money goes back to whoever it belongs to; an entry that is wrong is corrected. A credit that is kept, or written off to income, is money that is not ours.", REFUNDS, options, wrong=wrong)


def _day(world: World, owner: str, names: dict[str, str]) -> tuple[Ask, ...]:
    if owner == NOBODY:
        return ()
    held = next((each for each in world.payers if each.payer == owner), None)
    days = held.days if held else world.patient_days
    last = world.known + timedelta(days=days)
    wrong = (Wrong(str(last - timedelta(days=1)), "first-day-counted", "counted the day itself"), Wrong(str(max(each.on for each in world.entries) + timedelta(days=days)), "wrong-clock", "started the clock when the money came and not when the credit was known"))
    return (Ask("last-day", "date", "What is the last day for it?", str(last), f"{days} days after it was known on {said(str(world.known))}.", CLOCK if held else REFUNDS, wrong=separable(wrong, str(last))),)


def _history(world: World, credit: Decimal) -> Paper:
    heads = (("Day", False), ("Entry", False), ("Amount", True))
    charges = [(str(line.service_date), f"Charge {line.procedure}{' ' + ' '.join(line.modifiers) if line.modifiers else ''}", money(line.charge)) for line in world.claim.lines]
    rows = (*charges, *((str(each.on), each.says, money(-each.amount)) for each in sorted(world.entries, key=lambda each: each.on)))
    boxes = (("Account", world.claim.account), ("Patient", f"{world.claim.patient.last_name}, {world.claim.patient.first_name}"), ("Looked at on", str(world.known)))
    return Paper("Account history", world.claim.billing.name, boxes, tables=(Table("As it was posted", heads, rows),))


def _terms(world: World, names: dict[str, str]) -> Paper:
    boxes = (("Patients", f"get their money back within {world.patient_days} days of the day it is known"), *((names[each.payer], f"within {each.days} days of the day it is known ({each.days_written})") for each in world.payers))
    return Paper("When credits go back", world.claim.billing.name, boxes)


KIND = Kind("find-the-credit", "Find whose a credit is", World, sheet)
