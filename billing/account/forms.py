"""A claim of any form before its payer: which adjudication it goes to, and what the payer's records keep of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from billing.adjudication import adjudicate
from billing.answer import Answer, Remittance, Rejection
from billing.account.world import World
from billing.claim import PriorAdjustment, PriorLine, PriorPayment, ProfessionalClaim
from billing.coverage import Coverage, EarlierLine


def decide(world: World, payer: str, claim: Any, member: Any, received: date, adjudicated: date) -> Answer:
    """The payer's answer to a claim, by the adjudication of its form. OutsideKnownDates where a rule is not known for its day."""
    policy, participates = world.policies[payer], world.side(payer).participates
    if isinstance(claim, ProfessionalClaim):
        return adjudicate(claim, policy, member, received, adjudicated, world.books, participates)
    raise TypeError(f"There is no adjudication for a {type(claim).__name__}.")


def keep(member: Any, claim: Any, answer: Answer) -> Any:
    """The payer's records after an answer: adjudicated lines can be duplicated from now on; a rejected or unprocessable claim leaves no trace."""
    if not isinstance(answer, Remittance) or not isinstance(member, Coverage):
        return member
    lines = tuple(EarlierLine(claim.member_id, claim.rendering.npi, line.service_date, line.procedure, line.modifiers, line.units, line.charge, answer.control_number, answer.adjudicated, decided.outcome.value == "denied")
                  for line, decided in zip(claim.lines, answer.lines) if decided.outcome.value in ("paid", "denied"))
    return replace(member, earlier_lines=(*member.earlier_lines, *lines))


def forget(member: Any, control_number: str) -> Any:
    """The payer's records without one earlier answer, for a claim that replaces it or is decided again."""
    if not isinstance(member, Coverage):
        return member
    return replace(member, earlier_lines=tuple(line for line in member.earlier_lines if line.control_number != control_number))


def authorized(member: Any, number: str, claim: Any) -> Any:
    """The payer's records with an authorization for every service of the record."""
    from billing.coverage import Authorization
    if not hasattr(member, "authorizations"):
        return member
    given = tuple(Authorization(number, line.procedure, line.service_date, line.service_date, int(line.units)) for line in claim.lines)
    return replace(member, authorizations=(*member.authorizations, *given))


def passed_on(claim: Any, answer: Remittance, payer: str, member: Any) -> Any:
    """The claim as it goes to the next payer, with the whole answer of the one before."""
    held = {"payer": payer, "member_id": member.member_id, "group_number": getattr(member, "group_number", ""), "frequency_code": "1", "original_reference": ""}
    return with_prior(replace(claim, **{name: value for name, value in held.items() if hasattr(claim, name)}), answer)


def with_prior(claim: Any, answer: Remittance) -> Any:
    """The claim with an earlier payer's answer on it (loops 2320 and 2430); line 0 where that was decided for the claim as a whole."""
    decided = ((0, answer.whole),) if answer.whole else tuple((line.line, line) for line in answer.lines)
    lines = tuple(PriorLine(number, each.paid, tuple(PriorAdjustment(a.group, a.carc, a.amount) for a in each.adjustments)) for number, each in decided)
    return replace(claim, prior_payment=PriorPayment(answer.payer, answer.adjudicated, lines))


def refused(answer: Answer) -> bool:
    """Rejected at the door."""
    return isinstance(answer, Rejection)
