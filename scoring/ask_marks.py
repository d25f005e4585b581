"""Marking what is asked: against the truth first, then against what follows from the learner's own earlier answers, then against known mistakes."""

import re
from decimal import Decimal

from billing.formulas import compute
from curriculum.ask import Ask, Element
from scoring.answers import Unreadable, parse
from scoring.marks import Credit, Marks, ordered

_KIND = {"choice": "single-choice", "multiple": "multiple-choice", "number": "numeric", "code": "code-entry"}
_PART = Decimal("0.0001")
GRID = ("money", "number")
"""Kinds whose blank cell in a grid means nothing, so 0."""


def read_asks(asks: tuple[Ask, ...], responses: dict[str, object]) -> dict[str, object] | dict[str, Unreadable]:
    """Every response as its kind's value; or, where any cannot be read, only those that cannot, each with its sentence."""
    values = {ask.id: read(ask, responses.get(ask.id)) for ask in asks}
    unreadable = {id: value for id, value in values.items() if isinstance(value, Unreadable)}
    return unreadable or values


def read(ask: Ask, response: object) -> object:
    """One response as its kind's value. A blank cell of a grid is zero; several options may be joined by commas."""
    if ask.cell and ask.kind in GRID and not str(response or "").strip():
        response = "0"
    if ask.kind == "multiple" and isinstance(response, str):
        response = [part.strip() for part in response.split(",")]
    return parse(_KIND.get(ask.kind, ask.kind), response, frozenset(id for id, _ in ask.options))


def mark_asks(asks: tuple[Ask, ...], responses: dict[str, object]) -> Marks | dict[str, Unreadable]:
    """One credit an ask; the unreadable ones, by id, when there are any: then nothing is marked."""
    values = read_asks(asks, responses)
    if any(isinstance(value, Unreadable) for value in values.values()):
        return values
    return Marks(tuple(credit for ask in asks for credit in _credits(ask, values)))


def _credits(ask: Ask, values: dict[str, object]) -> tuple[Credit, ...]:
    if ask.kind == "letter":
        return tuple(_element(ask, element, values[ask.id]) for element in ask.elements)
    return (_credit(ask, values),)


def _credit(ask: Ask, values: dict[str, object]) -> Credit:
    value, key = values[ask.id], read(ask, ask.key)
    if value == key:
        return _of(ask, 1, ask.why)
    if ask.carry and value == (followed := _carried(ask, values)) and followed != key:
        return _of(ask, 1, "Right from your own earlier answer; the slip before it is counted once.", "carried-forward")
    for accepted in ask.accepted:
        if value == read(ask, accepted.value):
            return _of(ask, accepted.credit, accepted.why)
    for wrong in ask.wrong:
        if value == read(ask, wrong.value):
            return _of(ask, 0, f"You {wrong.says}. {ask.why}", wrong.slug, wrong.severity)
    return _of(ask, {"multiple": _chosen, "order": ordered}.get(ask.kind, _none)(value, key), ask.why)


def _of(ask: Ask, share: object, reason: str, misconception: str = "", severity: str = "") -> Credit:
    possible = Decimal(ask.weight)
    return Credit(ask.id, (possible * Decimal(str(share))).quantize(_PART).normalize() + 0, possible, reason, misconception, tuple((ask.rule or {}).get("citations", ())), severity)


def _none(value: object, key: object) -> Decimal:
    return Decimal(0)


def _chosen(value: frozenset[str], key: frozenset[str]) -> Decimal:
    """Right ones less wrong ones, over all right ones; never below nothing."""
    return max(Decimal(len(value & key) - len(value - key)), Decimal(0)) / len(key)


def _element(ask: Ask, element: Element, letter: str) -> Credit:
    found = any(re.search(pattern, letter, re.IGNORECASE | re.DOTALL) for pattern in element.patterns)
    possible = Decimal(ask.weight) * (2 if element.required else 1)
    reason = f"Found. {element.why}" if found else f"Not found. {element.why}"
    return Credit(f"{ask.id}:{element.id}", possible if found else Decimal(0), possible, reason)


def _carried(ask: Ask, values: dict[str, object]) -> Decimal:
    own = {argument: values[source] for argument, source in ask.carry.takes.items()}
    if ask.carry.formula == "total":
        return sum(own.values(), Decimal("0.00"))
    return compute(ask.carry.formula, {**ask.carry.given, **{argument: str(value) for argument, value in own.items()}})
