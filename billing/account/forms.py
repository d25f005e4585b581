"""A claim of any form before its payer: how it is decided, what the payer's records keep of it, and what a claim says of another."""

from dataclasses import replace
from datetime import date
from typing import Any

from billing.account.world import World
from billing.adjudication import adjudicate
from billing.answer import Answer, Rejection, Remittance
from billing.claim import PriorAdjustment, PriorLine, PriorPayment
from billing.coverage import EarlierLine

REPLACES = ("7", "8")
"""Frequency codes of a claim that takes another's place."""


def decide(world: World, payer: str, claim: Any, member: Any, received: date, adjudicated: date) -> Answer:
    """The payer's answer to a claim, by the adjudication of its form. OutsideKnownDates where a rule is not known for its day."""
    answering = world.answering or adjudicate
    return answering(claim, world.policies[payer], member, received, adjudicated, world.books, world.side(payer).participates)


def keep(world: World, payer: str, member: Any, claim: Any, answer: Answer) -> Any:
    """The payer's records after an answer; a rejected or unprocessable claim leaves no trace."""
    if world.remembering:
        return world.remembering(member, claim, answer, world.policies[payer])
    if not isinstance(answer, Remittance):
        return member
    lines = tuple(EarlierLine(claim.member_id, claim.rendering.npi, line.service_date, line.procedure, line.modifiers, line.units, line.charge, answer.control_number, answer.adjudicated)
                  for line, decided in zip(claim.lines, answer.lines) if decided.outcome.value in ("paid", "denied"))
    return replace(member, earlier_lines=(*member.earlier_lines, *lines))


def forget(member: Any, control_number: str) -> Any:
    """The payer's records without the lines of one earlier answer, for a claim that replaces it or is decided again. An earlier bill of a hospital
    stays: its adjustment bill must name one that is on file."""
    lines = getattr(member, "earlier_lines", ())
    return replace(member, earlier_lines=tuple(line for line in lines if line.control_number != control_number)) if lines else member


def forget_bill(member: Any, control_number: str) -> Any:
    """The records as they were before that answer altogether, for an appeal that decides the same claim again."""
    bills = getattr(member, "earlier_bills", ())
    known = forget(member, control_number)
    return replace(known, earlier_bills=tuple(bill for bill in bills if bill.control_number != control_number)) if bills else known


def replaced_by(claim: Any) -> str:
    """The payer's number of the claim that this one replaces or voids; empty for a claim of its own."""
    frequency = getattr(claim, "frequency_code", "") or getattr(claim, "frequency", "")
    return (getattr(claim, "original_reference", "") or getattr(claim, "control_number", "")) if frequency in REPLACES else ""


def authorized(member: Any, authorization: Any) -> Any:
    """The payer's records with an authorization it gave."""
    return replace(member, authorizations=(*member.authorizations, authorization))


def passed_on(claim: Any, answer: Remittance, payer: str, member: Any) -> Any:
    """The claim as it goes to the next payer, with the whole answer of the one before."""
    held = {"payer": payer, "member_id": member.member_id, "group_number": getattr(member, "group_number", ""), "frequency_code": "1", "original_reference": ""}
    return with_prior(replace(claim, **{name: value for name, value in held.items() if name in vars(claim)}), answer)


def with_prior(claim: Any, answer: Remittance) -> Any:
    """The claim with an earlier payer's answer on it (loops 2320 and 2430); line 0 where that was decided for the claim as a whole."""
    decided = ((0, answer.whole),) if answer.whole else tuple((line.line, line) for line in answer.lines)
    lines = tuple(PriorLine(number, each.paid, tuple(PriorAdjustment(a.group, a.carc, a.amount) for a in each.adjustments)) for number, each in decided)
    return replace(claim, prior_payment=PriorPayment(answer.payer, answer.adjudicated, lines))


def refused(answer: Answer) -> bool:
    """Rejected at the door."""
    return isinstance(answer, Rejection)
