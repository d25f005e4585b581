"""The parts that a step of worked material was marked in: what was asked, said and right, and what each earned; of exercises, claims and accounts alike."""

from dataclasses import dataclass
from decimal import Decimal

from app.exercise_desk import said
from app.part_words import ACCOUNT, CLAIM
from curriculum.ask import Ask
from curriculum.forms import name_in
from records import Grading, Step, StoredAttempt


@dataclass(frozen=True)
class Part:
    """A part with what it earned. given, right: in words, empty where the reason says all of it."""
    id: str
    name: str
    given: str
    right: str
    reason: str
    earned: Decimal
    possible: Decimal


def parts(found: StoredAttempt, step: Step, grading: Grading) -> tuple[Part, ...]:
    """Those that count for something, in the order in which they were marked."""
    asks = asks_of(found, step)
    form = found.attempt.form.get("scenario", {}).get("form", "professional")
    return tuple(_part(credit, asks, step, form) for credit in grading.credits if Decimal(credit["possible"]))


def asks_of(found: StoredAttempt, step: Step) -> dict[str, Ask]:
    """What was asked in that step, by id, from the record."""
    form, slot = found.attempt.form, step.slot
    if slot.startswith("round-"):
        kept = form["rounds"][int(slot.removeprefix("round-")) - 1]["asks"]
    elif slot.startswith("read-"):
        kept = next(one.payload["asks"] for one in found.steps if one.slot == "claim" and one.sequence == int(slot.removeprefix("read-")))
    else:
        kept = form["asks"] if slot == "asks" else ()
    return {ask.id: ask for ask in map(Ask.from_plain, kept)}


def _part(credit: dict, asks: dict[str, Ask], step: Step, form: str) -> Part:
    id, _, element = credit["part"].partition(":")
    earned, possible = Decimal(credit["earned"]), Decimal(credit["possible"])
    ask = asks.get(id)
    if ask is None:
        return Part(credit["part"], _name(id, element, form, step.slot), "", "", credit["reason"], earned, possible)
    if ask.kind == "letter":
        says = next((each.says for each in ask.elements if each.id == element), element)
        return Part(credit["part"], says[:1].upper() + says[1:], "", "", credit["reason"], earned, possible)
    prompt = f"{ask.cell.row}: {ask.cell.column}" if ask.cell else ask.prompt
    return Part(credit["part"], prompt, said(ask, step.payload["responses"].get(id)), said(ask, ask.key), credit["reason"], earned, possible)


def _name(id: str, field: str, form: str, slot: str) -> str:
    """A field of the claim by its name on the form; a part of the whole by ours."""
    if field:
        return name_in(form, field)
    return (ACCOUNT if slot == "life" else CLAIM).get(id, id)
