"""The exercise of tracing claims: what each status answer says, what is done about it today, and by when."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from billing.adjudication import adjudicate
from billing.adjudication.claim_edits import filing_limit
from billing.answer import Answer, Rejection
from billing.claim import Person, ProfessionalClaim, Provider, ServiceLine
from billing.claim_status import ClaimStatusReply, status_of
from billing.codes import CodeBooks
from billing.coverage import Coverage
from billing.policy import PayerPolicy
from curriculum.answer_papers import money
from curriculum.ask import Ask, Wrong, rule_plain, separable
from curriculum.cases import said
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper, Table

STATUS, FILING = "acknowledgements.claim-status", "claim-submission.timely-filing"
WAIT, CALL, SEND, MEND, POST, DENIAL, LATE = "wait", "call", "send", "mend", "post", "denial", "late"
WAYS = ((WAIT, "Leave it; look again when the payer's days are over"), (CALL, "Call the payer: it is over its days"), (SEND, "Send it now; it never arrived"),
        (MEND, "Mend what the acknowledgement named, and send it as a new claim"), (POST, "Find the payment by its trace number and post it"), (DENIAL, "Fetch the remittance and work the denial"),
        (LATE, "Write it off: the filing limit has passed, and nothing was ever received"))
REASONS = {WAIT: "It is in adjudication and within the payer's days; another question before they are over brings nothing.", CALL: "It is in adjudication, and the payer's days are over: ask why, and note whom you spoke with.",
           SEND: "Not found, and there is no acceptance on file: the payer never had it. The clock of filing is still running.",
           MEND: "Not found, because the front end rejected it: a rejected claim was never received. Mend it and send it as new while the limit lets you.",
           POST: "Finalized and paid: the money came under that trace number, or is on its way.", DENIAL: "Finalized and denied: the reason stands in the remittance, and its clocks have begun.",
           LATE: "It was never received, and the last day for filing is over. The contract lets nobody bill the patient for it."}


class Tracked(Content):
    """One open account. arrived: the payer's front end took it (its 277CA is on file); refused: it was rejected; lost: nothing came back; unsent: it lies in the scrubber still."""
    account: Text
    patient: Person
    member_id: Text
    keyed_member_id: str = ""
    service: ServiceLine
    diagnosis: Text
    sent: date | None = None
    fate: Literal["arrived", "refused", "lost", "unsent"] = "arrived"
    turnaround_days: Annotated[int, Field(ge=1, le=120)] = 14
    plan: Text
    begins: date
    trace_number: str = ""


class World(Content):
    """Open accounts with one payer on one day. prompt_days: within how many days of receipt the contract has it decide."""
    payer: Text
    today: date
    prompt_days: Annotated[int, Field(ge=10, le=60)]
    billing: Provider
    rendering: Provider
    accounts: Annotated[tuple[Tracked, ...], Field(min_length=3, max_length=8)]


def sheet(world: World, shelf: Shelf) -> Sheet:
    """Our own records and the payer's answers; then a way for each account, the days, and which comes first."""
    policy = shelf.policies[world.payer]
    states = [_state(world, each, policy, shelf.books) for each in world.accounts]
    asks = [_way(world, each, answer, reply, way) for each, answer, reply, way, _ in states]
    asks += [ask for each, _, _, way, last in states for ask in _day(world, each, way, last, policy)]
    if len(running := [(last, each) for each, _, _, way, last in states if way in (SEND, MEND)]) > 1:
        asks.append(_first(running))
    return Sheet((_records(world, states), _terms(world, policy), _answers(policy, states)), (Round("What do you do about each account today?", tuple(asks)),), signature=tuple(way for *_, way, _ in states))


def _claim(world: World, each: Tracked) -> ProfessionalClaim:
    return ProfessionalClaim(each.account, world.payer, each.keyed_member_id or each.member_id, each.patient, each.patient, "self", world.billing, world.rendering, (each.diagnosis,), (each.service,))


def _state(world: World, each: Tracked, policy: PayerPolicy, books: CodeBooks) -> tuple:
    """The payer's answer so far, its status reply, the way on, and the last day for filing."""
    member = Coverage(each.member_id, each.plan, each.patient.last_name, each.patient.first_name, each.patient.birth_date, each.begins)
    answer: Answer | None = None
    if each.sent and each.fate in ("arrived", "refused"):
        answer = adjudicate(_claim(world, each), policy, member, each.sent, each.sent + timedelta(days=each.turnaround_days), books)
    if isinstance(answer, Rejection) is not (each.fate == "refused"):
        raise ValueError(f"account {each.account}: its fate is {each.fate}, but the payer's front end {'refuses' if isinstance(answer, Rejection) else 'takes'} the claim")
    paid_on = answer.adjudicated + timedelta(days=1) if answer and not isinstance(answer, Rejection) and answer.paid else None
    reply = status_of(each.account, each.service.charge, answer, world.today, each.sent if each.fate == "arrived" else None, paid_on, each.trace_number)
    last = filing_limit(policy.rule("timely-filing").on(each.service.service_date), each.service.service_date, None)
    return each, answer, reply, _way_of(world, each, reply, last), last


def _way_of(world: World, each: Tracked, reply: ClaimStatusReply, last: date) -> str:
    if reply.category == "D0":
        return LATE if world.today > last else MEND if each.fate == "refused" else SEND
    if reply.category == "P1":
        return WAIT if world.today <= each.sent + timedelta(days=world.prompt_days) else CALL
    return DENIAL if reply.category == "F2" else POST


def _way(world: World, each: Tracked, answer: Answer | None, reply: ClaimStatusReply, way: str) -> Ask:
    misread = {SEND: (WAIT, "waited-for-what-never-arrived", "waited for a claim that never arrived"), MEND: (SEND, "rejection-sent-again-unmended", "sent a rejected claim again as it was"),
               WAIT: (SEND, "pending-claim-sent-again", "sent a claim again that is in adjudication; it comes back as a duplicate"), CALL: (WAIT, "waited-past-the-payers-days", "waited on although the payer is over its days"),
               POST: (SEND, "paid-claim-sent-again", "sent a claim again that is paid"), DENIAL: (SEND, "denied-claim-sent-again", "sent a denied claim again as it was; the clocks of a correction and an appeal run meanwhile"),
               LATE: (SEND, "filed-too-late", "sent a claim after the last day for filing")}[way]
    return Ask(f"way-{each.account}", "choice", f"Account {each.account}, {each.patient.last_name}: what do you do today?", way, REASONS[way], STATUS, WAYS, wrong=(Wrong(*misread),))


def _day(world: World, each: Tracked, way: str, last: date, policy: PayerPolicy) -> tuple[Ask, ...]:
    """The day to look again, or the last day for filing."""
    if way == WAIT:
        due = each.sent + timedelta(days=world.prompt_days + 1)
        wrong = (Wrong(str(due - timedelta(days=1)), "day-of-the-limit-counted-late", "took the payer's last day for a late one"), Wrong(str(each.service.service_date + timedelta(days=world.prompt_days + 1)), "wrong-clock", "started the payer's days on the day of service"))
        return (Ask(f"again-{each.account}", "date", f"Account {each.account}: the contract gives the payer {world.prompt_days} days, counted from the day of receipt. Which is the first day after them, on which it is late?", str(due), f"It was received on {said(str(each.sent))} and has {world.prompt_days} days; the day after is {said(str(due))}.", STATUS,
                    wrong=separable(wrong, str(due))),)
    if way in (SEND, MEND):
        rule = policy.rule("timely-filing")
        wrong = (Wrong(str(last + timedelta(days=1)), "first-day-late", "counted a day too many"), Wrong(str(last + ((each.sent or each.service.service_date) - each.service.service_date)), "wrong-clock", "started the clock on the day of the rejected or lost claim"))
        return (Ask(f"last-{each.account}", "date", f"Account {each.account}: what is the last day on which it can be filed?", str(last), f"The clock runs from the day of service, {said(str(each.service.service_date))}.", FILING,
                    wrong=separable(wrong, str(last)), rule=rule_plain(rule.reference(each.service.service_date))),)
    return ()


def _first(running: list[tuple[date, Tracked]]) -> Ask:
    options = tuple((each.account, f"Account {each.account}, {each.patient.last_name}") for _, each in running)
    last, first = min(running, key=lambda pair: (pair[0], pair[1].account))
    return Ask("first", "choice", "Several must be filed. Which comes first?", first.account, f"Its last day, {said(str(last))}, is the nearest.", "receivables.work-queue-triage", options)


def _records(world: World, states: list) -> Paper:
    heads = (("Account", False), ("Patient", False), ("Service", False), ("Charge", True), ("Sent", False), ("Acknowledgement on file (277CA)", False))
    rows = tuple((each.account, f"{each.patient.last_name}, {each.patient.first_name}", f"{each.service.service_date} {each.service.procedure}", money(each.service.charge), str(each.sent or "not sent"), _acknowledged(each, answer))
                 for each, answer, *_ in states)
    return Paper("Open accounts", world.billing.name, (("Today", str(world.today)),), tables=(Table("As our own system has them", heads, rows),))


def _acknowledged(each: Tracked, answer: Answer | None) -> str:
    if isinstance(answer, Rejection):
        return "; ".join(f"{found.category} {found.status} {found.entity}".strip() for found in answer.findings)
    return {"arrived": f"A2 20, received {each.sent}", "lost": "none", "unsent": "none"}[each.fate]


def _terms(world: World, policy: PayerPolicy) -> Paper:
    held = policy.rule("timely-filing").on(world.accounts[0].service.service_date)
    filing = f"{held.days} days from the day of service" if held.days else f"{held.calendar_years} calendar year from the day of service"
    return Paper("Terms with this payer", policy.name, (("Clean claims are decided within", f"{world.prompt_days} days of receipt"), ("Claims are filed within", filing), ("A claim counts as received", "on the day for which the payer's front end accepts it (A2)"),
                                                       ("Filed too late", "may not be billed to the member")))


def _answers(policy: PayerPolicy, states: list) -> Paper:
    heads = (("Account", False), ("Category", False), ("Status", False), ("Since", False), ("Charge", True), ("Paid", True), ("Payer's number", False), ("Payment", False))
    rows = tuple((reply.account, reply.category, reply.status, str(reply.effective), money(reply.charge), money(reply.paid) if reply.adjudicated else "", reply.control_number, f"{reply.trace_number} {reply.paid_on or ''}".strip()) for _, _, reply, *_ in states)
    return Paper("Status answers of today (277)", policy.name, tables=(Table("One row for each claim asked about", heads, rows),))


KIND = Kind("trace-the-status", "Trace claims", World, sheet)
