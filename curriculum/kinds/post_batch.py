"""The exercise of posting a batch: one remittance of many claims against one transfer that came on another day, with money taken back and money beside the claims."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.account.best import written_off
from billing.adjudication import adjudicate
from billing.answer import Outcome, Remittance
from billing.claim import Person, ProfessionalClaim, Provider, ServiceLine
from billing.coverage import Accumulator, Coverage
from billing.money import ZERO
from billing.payment import Payment, ProviderAdjustment, Reversal
from billing.policy import PayerPolicy
from billing.x12.parties import Place
from billing.x12.remittance_writing import Remitter, write_remittance
from curriculum.answer_papers import adjusted, money
from curriculum.ask import Ask, Cell, Wrong, money_ask, separable
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper, Table

POSTING, READING, OWNER = "remittance.posting-and-balancing", "remittance.reading-a-remittance", "remittance.provider-level-adjustments"
BESIDE = {"WO": "recoups an earlier overpayment", "L6": "is interest for paying late", "FB": "carries a balance to or from another transfer", "CS": "adjusts the payment for a reason told elsewhere", "72": "acknowledges a refund that the practice sent"}
"""What the reasons of provider-level adjustments say, in our words."""

ACKNOWLEDGED = "72"


class Batched(Content):
    """One claim of the batch. met: of the year's deductible; sent and adjudicated only where it was another day than the batch's."""
    account: Text
    patient: Person
    member_id: Text
    plan: Text
    begins: date = date(2020, 1, 1)
    met: Decimal = ZERO
    diagnosis: Text
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1, max_length=4)]


class Others(Content):
    """Claims that fill the batch and are posted by a colleague: so many, with accounts counted on from the first, people, plans and services in turn."""
    count: Annotated[int, Field(ge=1, le=60)]
    first_account: Annotated[int, Field(ge=1)]
    prefix: str = ""
    people: Annotated[tuple[Person, ...], Field(min_length=2)]
    member_prefix: Text
    member_digits: Annotated[int, Field(ge=4, le=12)]
    plan: Text
    met: Decimal = ZERO
    diagnosis: Text
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1)]


class Beside(Content):
    """A provider-level adjustment, with its sign as in the 835: positive lessens the transfer."""
    reason: Literal["WO", "L6", "FB", "CS", "72"]
    reference: Text
    amount: Decimal


class World(Content):
    """A remittance and the bank's line. earlier: a claim that was paid on another day and is now taken back. bank: what the bank shows, where it differs from what the remittance says."""
    payer: Text
    sent: date
    adjudicated: date
    paid_on: date
    arrived: date
    billing: Provider
    rendering: Provider
    claims: Annotated[tuple[Batched, ...], Field(min_length=2, max_length=12)]
    others: Others | None = None
    earlier: Batched | None = None
    earlier_adjudicated: date | None = None
    beside: tuple[Beside, ...] = ()
    bank: Decimal | None = None
    trace_number: Text


def sheet(world: World, shelf: Shelf) -> Sheet:
    """The transfer first, then the grid, then what is left to work."""
    policy = shelf.policies[world.payer]
    mine = [(each, _answer(world, each, shelf, world.adjudicated)) for each in world.claims]
    rest = [(each, _answer(world, each, shelf, world.adjudicated)) for each in _others(world)]
    back = (world.earlier, _answer(world, world.earlier, shelf, world.earlier_adjudicated or world.adjudicated)) if world.earlier else None
    payment = Payment(policy.name, world.billing.name, world.billing.npi, world.trace_number, world.paid_on, tuple(answer for _, answer in (*mine, *rest)),
                      (Reversal(back[1]),) if back else (), tuple(ProviderAdjustment(each.reason, each.reference, each.amount) for each in world.beside))
    if any(each.reason == ACKNOWLEDGED and each.amount >= ZERO for each in world.beside):
        raise ValueError("72 acknowledges a refund that was sent: its amount is below zero, and undoes another adjustment beside it")
    if payment.amount < ZERO:
        raise ValueError(f"the transfer comes to {payment.amount}; no transfer is below nothing: lessen what is taken, or carry it forward (FB)")
    asks = (_transfer(world, payment), _match(world, payment))
    grid = tuple(ask for each, answer in mine for ask in _cells(each, answer))
    left = (*((_taken(world, mine, back),) if back else ()), _follow_up(mine), *_beside(world))
    rounds = (Round("The transfer", asks, lead="Before anything is posted: does the money that came agree with the remittance?"), Round("Post your accounts", grid, lead="Post what the remittance says, claim by claim. What is under PR goes to the patient's side. A service refused under CO stays open: nothing of it is written off before it has been worked."), Round("What is left", left))
    signature = (bool(back), tuple(each.reason for each in world.beside), world.bank is not None, tuple(answer.outcome.value for _, answer in mine))
    return Sheet((_bank(world, payment, policy), _remittance(world, payment, policy, [*mine, *rest], back)), rounds, signature=signature)


def _claim(world: World, each: Batched) -> ProfessionalClaim:
    return ProfessionalClaim(each.account, world.payer, each.member_id, each.patient, each.patient, "self", world.billing, world.rendering, (each.diagnosis,), each.services)


def _answer(world: World, each: Batched, shelf: Shelf, adjudicated: date) -> Remittance:
    day = each.services[0].service_date
    member = Coverage(each.member_id, each.plan, each.patient.last_name, each.patient.first_name, each.patient.birth_date, each.begins, accumulators=(Accumulator(day.year, each.met),))
    answer = adjudicate(_claim(world, each), shelf.policies[world.payer], member, min(world.sent, adjudicated), adjudicated, shelf.books)
    if not isinstance(answer, Remittance):
        raise ValueError(f"account {each.account} is rejected at the door ({answer.findings[0].why}); a batch holds adjudicated claims")
    return answer


def _others(world: World) -> list[Batched]:
    if world.others is None:
        return []
    held = world.others
    return [Batched(account=f"{held.prefix}{held.first_account + at}", patient=held.people[at % len(held.people)], member_id=f"{held.member_prefix}{held.first_account * 7919 + at * 104729:0{held.member_digits}d}"[:len(held.member_prefix) + held.member_digits],
                    plan=held.plan, met=held.met, diagnosis=held.diagnosis, services=(held.services[at % len(held.services)],)) for at in range(held.count)]


def _transfer(world: World, payment: Payment) -> Ask:
    claims = sum((answer.paid for answer in payment.claims), ZERO)
    back = sum((each.of.paid for each in payment.reversals), ZERO)
    beside = sum((each.amount for each in payment.provider_adjustments), ZERO)
    mistakes = (("provider-adjustments-left-out", "left out what stands beside the claims", claims - back), ("takeback-left-out", "left out the claim that is taken back", claims - beside), ("claims-alone", "added the claims alone", claims),
                ("sign-turned", "turned the sign of what stands beside the claims", claims - back + beside))
    return money_ask("transfer", "What must the transfer come to, by the remittance?", payment.amount, f"Claims paid {money(claims)}, less {money(back)} taken back, less {money(beside)} beside the claims.", OWNER, mistakes)


def _match(world: World, payment: Payment) -> Ask:
    bank = payment.amount if world.bank is None else world.bank
    key = "agrees" if bank == payment.amount else "short" if bank < payment.amount else "over"
    options = (("agrees", "It agrees: post, and reconcile on the day it arrived"), ("short", "Less came than the remittance says: post nothing to the bank account before the payer has said why"), ("over", "More came than the remittance says: hold the difference and ask the payer"))
    return Ask("match", "choice", "Does what the bank shows agree with it?", key, f"The bank shows {money(bank)} on {world.arrived}; the remittance says {money(payment.amount)} of {world.paid_on}. Another day is no difference.", POSTING, options)


def _cells(each: Batched, answer: Remittance) -> tuple[Ask, ...]:
    label = f"{each.account} {each.patient.last_name}"
    patient, off = answer.adjusted("PR"), written_off(answer)
    allowed = sum((line.allowed for line in answer.lines if line.outcome is Outcome.PAID), ZERO)
    kinds = (("paid", "Payment", answer.paid, "What the payer paid on the claim.", (("charge-posted-as-payment", "posted the charge", answer.charge), ("allowed-posted-as-payment", "posted the allowed amount, the patient's part with it", allowed))),
             ("off", "Written off", off, "Group CO of services that were allowed; a refused service is worked first.", (("denial-written-off", "wrote off a denial without working it", answer.adjusted("CO")), ("patient-part-written-off", "wrote off the patient's part", off + patient))),
             ("patient", "Patient", patient, "Group PR, and nothing else.", (("balance-billed", "moved to the patient all that was not paid", answer.charge - answer.paid),)))
    return tuple(money_ask(f"{name}-{each.account}", f"{label}: {column}", key, why, POSTING, mistakes, cell=Cell("Your accounts", label, column)) for name, column, key, why, mistakes in kinds)


def _taken(world: World, mine: list, back: tuple) -> Ask:
    options = tuple((each.account, f"{each.account} {each.patient.last_name}") for each in (back[0], *(claim for claim, _ in mine)))
    wrong = tuple(Wrong(claim.account, "denial-taken-for-a-takeback", "took a claim of this batch for one that is taken back") for claim, answer in mine if not answer.paid)
    return Ask("taken", "choice", "Whose earlier payment is taken back in this remittance?", back[0].account, f"Claim status 22 turns every amount of an earlier answer: {back[0].account}, {money(back[1].paid)}. Its posting is taken off the account, and the reason is looked for.",
               READING, tuple(sorted(options)), wrong=separable(wrong, back[0].account))


def _follow_up(mine: list) -> Ask:
    key = [each.account for each, answer in mine if any(line.outcome is not Outcome.PAID for line in answer.lines)]
    options = (*((each.account, f"{each.account} {each.patient.last_name}") for each, _ in mine), ("none", "None of them"))
    return Ask("follow-up", "multiple", "Which of your accounts are not done with this posting, because a correction, an appeal or another coverage must be looked for?", ",".join(key) or "none", "Each with a service that was not allowed.", "denials.classifying", options)


def _beside(world: World) -> tuple[Ask, ...]:
    options = tuple((code, f"It {words}") for code, words in BESIDE.items())
    return tuple(Ask(f"beside-{number}", "choice", f"What does the adjustment {each.reason} of {money(each.amount)} (reference {each.reference}) do?", each.reason,
                     f"{each.reason} {BESIDE[each.reason]}. It belongs to no claim of the batch: it is posted to the provider's own account, with its reference.", OWNER, options) for number, each in enumerate(world.beside, 1))


def _bank(world: World, payment: Payment, policy: PayerPolicy) -> Paper:
    amount = payment.amount if world.bank is None else world.bank
    return Paper("Bank statement", "", (("Day", str(world.arrived)), ("From", policy.name), ("Trace number", world.trace_number), ("Amount", money(amount))))


def _remittance(world: World, payment: Payment, policy: PayerPolicy, decided: list, back: tuple | None) -> Paper:
    heads = (("Account", False), ("Patient", False), ("Services", False), ("Charge", True), ("Adjustments", False), ("Paid", True))
    rows = [_row(each, answer) for each, answer in decided]
    if back:
        each, answer = back
        rows.insert(0, (f"{each.account} (status 22)", each.patient.last_name, "taken back", money(-answer.charge), "; ".join(f"{a.group}-{a.carc} {money(-a.amount)}" for line in answer.lines for a in line.adjustments), money(-answer.paid)))
    beside = Table("Beside the claims (PLB)", (("Reason", False), ("Reference", False), ("Amount", True)), tuple((each.reason, each.reference, money(each.amount)) for each in payment.provider_adjustments))
    whole = [answer for _, answer in decided]
    charge, paid = sum((a.charge for a in whole), ZERO) - (back[1].charge if back else ZERO), sum((a.paid for a in whole), ZERO) - (back[1].paid if back else ZERO)
    tables = (Table(f"{len(rows)} claims", heads, tuple(rows), ("All claims", "", "", money(charge), "", money(paid))), *((beside,) if payment.provider_adjustments else ()))
    boxes = (("Trace number", world.trace_number), ("Dated", str(world.paid_on)), ("Payee", world.billing.name))
    return Paper("Remittance advice", policy.name, boxes, tables=tables, wire=_wire(world, payment, policy))


def _row(each: Batched, answer: Remittance) -> tuple[str, ...]:
    served = "; ".join(f"{line.service_date} {line.procedure}{' ' + ' '.join(line.modifiers) if line.modifiers else ''} {money(line.charge)}" for line in answer.lines)
    reasons = " | ".join(adjusted(line.adjustments) for line in answer.lines)
    return each.account, each.patient.last_name, served, money(answer.charge), reasons, money(answer.paid)


def _wire(world: World, payment: Payment, policy: PayerPolicy) -> str:
    every = [*world.claims, *_others(world), *((world.earlier,) if world.earlier else ())]
    place = Place("1 Payer Plaza", "Springfield", "IL", "627030000")
    remitter = Remitter(policy.name, policy.payer, "991110001", place, "Provider line", "5555550111", "SUBMITTER")
    return write_remittance(payment, remitter, {each.account: _claim(world, each) for each in every}, datetime.combine(world.paid_on, time(18)), 1)


KIND = Kind("post-the-batch", "Post a batch", World, sheet)
