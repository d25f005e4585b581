"""The exercise of an appeal letter: is an appeal the way, by when, and a letter in which every required element is found."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from billing.adjudication import adjudicate
from billing.answer import Outcome, Remittance
from billing.claim import ProfessionalClaim
from billing.coverage import Coverage
from billing.next_step import Action, next_step
from curriculum.ask import Ask, Element, Wrong, rule_plain, separable
from curriculum.cases import said
from curriculum.answer_papers import remittance_paper
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper

WAYS = ((Action.APPEAL.value, "Appeal: the claim was right, and the facts show it"), (Action.CORRECTED_CLAIM.value, "Send a corrected claim"), (Action.REOPENING.value, "Ask for a clerical-error reopening"),
        (Action.NEW_CLAIM.value, "Send a new claim"), (Action.BILL_PATIENT.value, "Bill the patient"), (Action.WRITE_OFF.value, "Write it off; nothing is left to do"))
APPEALS = "denials.appeal-levels"
LETTERS = "denials.appeal-letters"


class Fact(Content):
    """Something that the letter must say of this case. words: any of these must stand in it, whole words, case aside."""
    id: Slug
    says: Text
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    why: Text
    sentence: Text


class Enclosure(Content):
    """A paper of the file. proves: it belongs with the appeal."""
    id: Slug
    title: Text
    text: Text
    proves: bool
    why: Text


class World(Content):
    """A claim as sent, the member as he is and as the payer has him, the days, and what the appeal rests on.

    clean: the claim that the record supports, where the one sent is not it (then an appeal is not the way). facts: what the letter must say.
    """
    claim: ProfessionalClaim
    clean: ProfessionalClaim | None = None
    truth: Coverage
    believes: dict[str, object] = {}
    sent: date
    adjudicated: date
    today: date
    participates: bool = True
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=4)]
    enclosures: Annotated[tuple[Enclosure, ...], Field(min_length=3, max_length=6)]
    writer: Text


def sheet(world: World, shelf: Shelf) -> Sheet:
    """First what to do and by when; where an appeal is the way, what goes with it and the letter."""
    policy = shelf.policies[world.claim.payer]
    believed = type(world.truth)(**{**vars(world.truth), **_typed_beliefs(world)})
    answer = _answer(world, shelf, world.claim, believed)
    if not isinstance(answer, Remittance) or answer.outcome is Outcome.PAID and all(line.outcome is Outcome.PAID for line in answer.lines):
        raise ValueError("the claim must be adjudicated and refused in part at least: there is nothing to appeal")
    right = _answer(world, shelf, world.claim, world.truth)
    clean = world.clean or world.claim
    mended = _answer(world, shelf, clean, world.truth)
    wrong = right.paid > answer.paid if isinstance(right, Remittance) else False
    step = next_step(answer, clean, policy, mended.paid > answer.paid if isinstance(mended, Remittance) else False, wrong, today=world.today)
    first = [_way(step), *_deadline(step, answer, world)]
    rounds = [Round("What is the way, and by when?", tuple(first))]
    if step.action is Action.APPEAL:
        rounds.append(Round("The appeal", (_enclosed(world), _letter(world, answer, policy.name)), lead="Write to the payer's appeals department. Say what you ask for, of which claim, and why the facts bear it out."))
    file = (remittance_paper(answer, policy.name, world.claim), *(Paper(each.title, passages=(("", each.text),)) for each in world.enclosures))
    return Sheet(file, tuple(rounds), signature=(step.action.value, answer.findings[0].edit, bool(step.deadline)))


def _typed_beliefs(world: World) -> dict:
    return {name: date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value for name, value in world.believes.items()}


def _answer(world: World, shelf: Shelf, claim: ProfessionalClaim, member: Coverage):
    return adjudicate(claim, shelf.policies[claim.payer], member, world.sent, world.adjudicated, shelf.books, world.participates)


def _way(step) -> Ask:
    return Ask("way", "choice", "What do you do about this answer?", step.action.value, step.why, "denials.choosing-the-action", WAYS, rule=rule_plain(step.rule))


def _deadline(step, answer: Remittance, world: World) -> tuple[Ask, ...]:
    if not step.deadline:
        return ()
    last = step.deadline
    wrong = (Wrong(str(last - timedelta(days=1)), "first-day-counted", "counted the day of the notice itself"),
             Wrong(str(last + (world.claim.lines[0].service_date - answer.adjudicated)), "wrong-clock", "started the clock on the day of service"))
    return (Ask("deadline", "date", "What is the last day for it? (Days presumed for the mail belong to an appeal's clock.)", str(last), f"{step.why} Its clock ends on {said(str(last))}.", APPEALS,
                wrong=separable(wrong, str(last)), rule=rule_plain(step.rule)),)


def _enclosed(world: World) -> Ask:
    options = tuple((each.id, each.title) for each in world.enclosures)
    key = ",".join(each.id for each in world.enclosures if each.proves)
    return Ask("enclosures", "multiple", "What goes with the letter?", key, " ".join(each.why for each in world.enclosures), "denials.appeal-letters", options)


def _letter(world: World, answer: Remittance, payer: str) -> Ask:
    """The elements: whose claim, which claim, what was refused and how much, the facts, the request, the enclosures, and who writes."""
    claim = world.claim
    refused = next(line for line in answer.lines if line.outcome is not Outcome.PAID)
    reason = refused.adjustments[0]
    service = refused.service_date
    days = (f"{service:%m/%d/%Y}", f"{service.month}/{service.day}/{service.year}", str(service), f"{service:%B} {service.day}, {service.year}", f"{service.day} {service:%B} {service.year}")
    amount = f"{refused.charge:,.2f}"
    elements = (
        _element("member", "the member, by name and id", (rf"{re.escape(claim.patient.last_name)}.*{re.escape(claim.member_id)}", rf"{re.escape(claim.member_id)}.*{re.escape(claim.patient.last_name)}"), "Without both the payer cannot find the file."),
        _element("claim", "the payer's claim number", (re.escape(answer.control_number),), "The remittance gives it; an appeal is of one decision."),
        _element("service", "the service and its day", (*(rf"{re.escape(refused.procedure)}.*{re.escape(day)}" for day in days), *(rf"{re.escape(day)}.*{re.escape(refused.procedure)}" for day in days)), "A claim may hold several; name the one that was refused."),
        _element("denial", "the reason that the payer gave", (rf"\b{reason.group}[-\s]?{reason.carc}\b", rf"\b(code|CARC|reason)\D{{0,12}}{reason.carc}\b"), "The letter answers a reason; it must name it."),
        _element("amount", "the amount in dispute", (re.escape(amount), re.escape(amount.replace(",", "")), rf"\b{refused.charge.to_integral_value()}\b" if refused.charge == refused.charge.to_integral_value() else re.escape(amount)), "What you ask to be paid for."),
        *(_element(fact.id, fact.says, tuple(rf"\b{re.escape(word)}\b" for word in fact.words), fact.why) for fact in world.facts),
        _element("request", "what you ask for", (r"\b(ask|request|appeal)\w*\b.{0,160}\b(pay|paid|payment|reprocess|overturn|revers|reconsider)\w*",), "Say plainly that the denial be overturned and the claim paid."),
        _element("enclosed", "what is enclosed", (r"\benclos\w+|\battach\w+",), "What proves the facts goes with the letter, and the letter says so."),
        Element("writer", "who writes, to be called back", (re.escape(world.writer),), "The letter should end with a name that the payer can ask for.", required=False))
    return Ask("letter", "letter", f"Your letter to {payer}", "", "", LETTERS, elements=elements, model=_model(world, answer, refused, reason, payer, days[3], amount))


def _element(id: str, says: str, patterns: tuple[str, ...], why: str) -> Element:
    return Element(id, says[:1].upper() + says[1:], patterns, why)


def _model(world: World, answer: Remittance, refused, reason, payer: str, day: str, amount: str) -> str:
    claim = world.claim
    enclosed = "; ".join(each.title for each in world.enclosures if each.proves)
    facts = " ".join(fact.sentence for fact in world.facts)
    return (f"To {payer}, appeals department\n\nMember: {claim.patient.first_name} {claim.patient.last_name}, {claim.member_id}\nYour claim number: {answer.control_number}\n\n"
            f"We appeal your decision of {said(str(answer.adjudicated))}. You refused service {refused.procedure} of {day}, charged at ${amount}, with the reason {reason.group}-{reason.carc}. "
            f"{facts} We therefore ask you to overturn the denial and to reprocess the claim for payment.\n\nEnclosed: {enclosed}.\n\nFor questions please ask for {world.writer}.\n{claim.billing.name}, NPI {claim.billing.npi}")


KIND = Kind("write-the-appeal", "Write an appeal", World, sheet)
