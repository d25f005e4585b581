"""The exercise of the good-faith estimate for someone who pays without insurance: is one owed, by when, of what, and what becomes of a bill above it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.claim import Person, Provider
from billing.money import ZERO, percent_of
from curriculum.answer_papers import money
from curriculum.ask import Ask, Wrong, money_ask, separable
from curriculum.cases import said
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper, Table

NOTICES, STATEMENTS = "patient-access.estimates-and-notices", "patient-balances.statements"
OWED = (("asked", "Yes: the patient asked what it would cost"), ("scheduled", "Yes: the patient pays without insurance and booked far enough ahead"), ("insured", "No: the claim goes to the patient's plan, and it is asked for the share"),
        ("soon", "No: it was booked too close to the service, and nobody asked"))
WHY = {"asked": "A question about the cost is a request for an estimate, booked or not.", "scheduled": "Booked by someone without insurance, or who will not use it, far enough ahead.", "insured": "The good-faith estimate is for people who have no plan or will not have a claim sent to it.",
       "soon": "No estimate is owed for a service booked on shorter notice, unless the patient asks; giving one is good practice all the same."}
SATURDAY = 5


class Item(Content):
    """A service of the practice's fee sheet. planned: it is reasonably expected with the booked one; why: what in the booking says so."""
    id: Slug
    name: Text
    code: Text
    charge: Decimal
    planned: bool
    why: Text


class Billed(Content):
    """The first bill after the service: the day it was handed over, and what it asks for in all."""
    on: date
    amount: Decimal
    because: Text


class Terms(Content):
    """What the regulation counts: business days ahead and from the booking; the excess that opens a dispute, in dollars, and its calendar days."""
    long_ahead: int
    long_within: int
    short_ahead: int
    short_within: int
    asked_within: int
    dispute_over: Decimal
    dispute_days: int
    written: Text


class World(Content):
    """Someone who books or asks. on: the day of it; service: the day that is booked, if one is; plan_used: a plan gets the claim. closed: days that are no business days besides weekends."""
    account: Text
    patient: Person
    billing: Provider
    on: date
    service: date | None = None
    asked: bool = False
    plan_used: bool = False
    says: Text
    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=7)]
    discount_percent: Annotated[Decimal, Field(ge=0, le=90)] = ZERO
    closed: tuple[date, ...] = ()
    terms: Terms
    bill: Billed | None = None


def sheet(world: World, shelf: Shelf) -> Sheet:
    """Whether and by when; what goes into it; then the bill that came of it."""
    owed = _owed(world)
    rounds = [Round("Is it owed?", (Ask("owed", "choice", "Is a good-faith estimate owed?", owed, WHY[owed], NOTICES, OWED),), lead="It is given in writing, and a copy stays in the record.")]
    within = _within(world, owed)
    if within:
        rounds.append(Round("By when, and of what", (_by(world, within), _expected(world), _total(world)), lead="Only what is reasonably expected with the booked service, at the charges that this patient will be asked."))
        if world.bill:
            rounds.append(Round("The bill", _about_the_bill(world), (_bill(world),), lead="The service has been given, and the bill has gone out."))
    else:
        rounds.append(Round("What is done in its place", (_instead(owed),)))
    over = world.bill.amount - estimate(world) if world.bill and within else ZERO
    return Sheet((_booking(world), _fees(world), _terms(world.terms)), tuple(rounds), signature=(owed, within, bool(world.discount_percent), over >= world.terms.dispute_over))


def estimate(world: World) -> Decimal:
    """The expected charges, with the discount that the practice gives to those who pay themselves."""
    whole = sum((item.charge for item in world.items if item.planned), ZERO)
    return whole - percent_of(whole, world.discount_percent)


def business_days(start: date, end: date, closed: tuple[date, ...]) -> int:
    """How many business days lie after the start, the end among them."""
    return sum(_business(start + timedelta(days=at), closed) for at in range(1, (end - start).days + 1))


def after(start: date, days: int, closed: tuple[date, ...]) -> date:
    """The business day so many business days after the start."""
    on = start
    while days:
        on += timedelta(days=1)
        days -= _business(on, closed)
    return on


def _business(on: date, closed: tuple[date, ...]) -> bool:
    return on.weekday() < SATURDAY and on not in closed


def _ahead(world: World) -> int:
    return business_days(world.on, world.service, world.closed) if world.service else 0


def _owed(world: World) -> str:
    if world.plan_used:
        return "insured"
    return "asked" if world.asked else "scheduled" if _ahead(world) >= world.terms.short_ahead else "soon"


def _within(world: World, owed: str) -> int:
    """Business days for it; of two clocks that of the booking. 0: none is owed."""
    terms = world.terms
    if owed in ("insured", "soon"):
        return 0
    ahead = _ahead(world)
    return terms.long_within if ahead >= terms.long_ahead else terms.short_within if ahead >= terms.short_ahead else terms.asked_within


def _by(world: World, within: int) -> Ask:
    last, terms = after(world.on, within, world.closed), world.terms
    wrong = [Wrong(str(world.on + timedelta(days=within)), "calendar-days", "counted weekends or a holiday as business days"), Wrong(str(after(world.on - timedelta(days=1), within, world.closed)), "first-day-counted", "counted the day of the booking itself")]
    wrong += [Wrong(str(after(world.on, other, world.closed)), "other-clock", "took the clock of another notice") for other in (terms.long_within, terms.short_within) if other != within]
    return Ask("by", "date", "What is the last day to give it?", str(last), f"{within} business day(s) after {said(str(world.on))}: {said(str(last))}.", NOTICES, wrong=separable(tuple(wrong), str(last)))


def _instead(owed: str) -> Ask:
    """What someone hears to whom no good-faith estimate is owed."""
    options = (("share", "Ask the plan, and tell the patient what share to expect"), ("offer", "Say that an estimate can be had for the asking, and give one if it is wanted"), ("later", "Say that the bill will tell"), ("deposit", "Ask for the whole charge today"))
    key = {"insured": "share", "soon": "offer"}[owed]
    why = {"insured": "The plan's answer and the contract's fees tell what the patient will bear.", "soon": "People who pay themselves are told of their right to an estimate; asked for, it is owed within its days."}[owed]
    return Ask("instead", "choice", "What do you do in its place?", key, why, NOTICES, options, wrong=(Wrong("later", "cost-not-told", "left the patient to learn the cost from the bill"),))


def _expected(world: World) -> Ask:
    options = tuple((item.id, f"{item.name} ({item.code})") for item in world.items)
    return Ask("items", "multiple", "Which services belong in it?", ",".join(item.id for item in world.items if item.planned), " ".join(item.why for item in world.items), NOTICES, options)


def _total(world: World) -> Ask:
    planned, every = sum((item.charge for item in world.items if item.planned), ZERO), sum((item.charge for item in world.items), ZERO)
    return money_ask("total", "What does it come to?", estimate(world), f"Expected charges {money(planned)}, less {world.discount_percent} per cent." if world.discount_percent else "The expected charges added up.", NOTICES,
                     (("discount-forgotten", "left out the discount that the practice gives to those who pay themselves", planned), ("everything-counted", "counted services that nobody expects", every - percent_of(every, world.discount_percent)),
                      ("first-item-alone", "stopped at the booked service itself", world.items[0].charge), ("discount-for-the-price", "gave the discount", percent_of(planned, world.discount_percent))))


def _about_the_bill(world: World) -> tuple[Ask, ...]:
    """How far the bill is over, whether that opens a dispute, and until when."""
    over, terms, bill = world.bill.amount - estimate(world), world.terms, world.bill
    open_ = over >= terms.dispute_over
    options = (("may", "It may be disputed: it is over by enough"), ("may-not", "It is not over by enough for the federal dispute; it is explained or mended all the same"), ("signed", "It may not be disputed: the estimate was only an estimate"))
    asks = [money_ask("over", "By how much is the bill over the estimate?", over, "The bill less the estimate.", STATEMENTS, (("bill-for-the-excess", "gave the whole bill", bill.amount),)),
            Ask("dispute", "choice", "What may the patient do?", "may" if open_ else "may-not", f"The dispute is open from {money(terms.dispute_over)} over the estimate of this practice; it is {money(over)}.", STATEMENTS, options,
                wrong=(Wrong("signed", "estimate-binds-nobody", "took the estimate for a paper without consequence"),))]
    if open_:
        last = bill.on + timedelta(days=terms.dispute_days)
        wrong = (Wrong(str(last - timedelta(days=1)), "first-day-counted", "counted the day of the bill itself"), Wrong(str((world.service or world.on) + timedelta(days=terms.dispute_days)), "wrong-clock", "started the clock on the day of service"))
        asks.append(Ask("until", "date", "Until when may a dispute be started?", str(last), f"{terms.dispute_days} calendar days from the first bill.", STATEMENTS, wrong=separable(wrong, str(last))))
    return tuple(asks)


def _booking(world: World) -> Paper:
    boxes = (("Patient", f"{world.patient.last_name}, {world.patient.first_name}"), ("Account", world.account), ("Called on", f"{said(str(world.on))}, a {world.on:%A}"), ("Service booked for", f"{said(str(world.service))}, a {world.service:%A}" if world.service else "nothing booked yet"),
             *((("The practice is closed on", ", ".join(said(str(each)) for each in world.closed)),) if world.closed else ()))
    return Paper("Call", world.billing.name, boxes, (("What was said", world.says),))


def _fees(world: World) -> Paper:
    rows = tuple((item.code, item.name, money(item.charge)) for item in world.items)
    note = f"Patients who pay without insurance have {world.discount_percent} per cent off every charge." if world.discount_percent else "The charges are the same for everybody."
    return Paper("Fee sheet", world.billing.name, tables=(Table("Charges", (("Code", False), ("Service", False), ("Charge", True)), rows),), note=note)


def _terms(terms: Terms) -> Paper:
    boxes = (("Booked at least " + str(terms.long_ahead) + " business days ahead", f"within {terms.long_within} business days of the booking"), (f"Booked at least {terms.short_ahead} business days ahead", f"within {terms.short_within} business day of the booking"),
             ("Asked for, with nothing booked so far ahead", f"within {terms.asked_within} business days of the question"), ("A dispute", f"from {money(terms.dispute_over)} over the estimate of a provider, for {terms.dispute_days} calendar days after the first bill"), ("Where it is written", terms.written))
    return Paper("Good-faith estimates: what the regulation asks", "", boxes)


def _bill(world: World) -> Paper:
    boxes = (("Account", world.account), ("Handed over on", str(world.bill.on)), ("Please pay", money(world.bill.amount)))
    return Paper("First bill", world.billing.name, boxes, (("In the chart", world.bill.because),))


KIND = Kind("good-faith-estimate", "Give a good-faith estimate", World, sheet, "estimate", "professional")
