"""Marking what a scenario asks: against the truth first, then against what follows from the learner's own earlier answers, then against known mistakes."""

from decimal import Decimal

from billing.formulas import compute
from curriculum.ask import Ask
from scoring.answers import Unreadable, parse
from scoring.marks import Credit, Marks

_KIND = {"choice": "single-choice", "money": "money", "date": "date"}


def read_asks(asks: tuple[Ask, ...], responses: dict[str, object]) -> dict[str, object] | dict[str, Unreadable]:
    """Every response as its kind's value; or, where any cannot be read, only those that cannot, each with its sentence."""
    values = {ask.id: parse(_KIND[ask.kind], responses.get(ask.id), frozenset(id for id, _ in ask.options)) for ask in asks}
    unreadable = {id: value for id, value in values.items() if isinstance(value, Unreadable)}
    return unreadable or values


def mark_asks(asks: tuple[Ask, ...], responses: dict[str, object]) -> Marks | dict[str, Unreadable]:
    """One credit an ask; the unreadable ones, by id, when there are any: then nothing is marked."""
    values = read_asks(asks, responses)
    if any(isinstance(value, Unreadable) for value in values.values()):
        return values
    return Marks(tuple(_credit(ask, values) for ask in asks))


def _credit(ask: Ask, values: dict[str, object]) -> Credit:
    value, key = values[ask.id], _typed(ask, ask.key)
    cited = tuple((ask.rule or {}).get("citations", ()))
    if value == key:
        return Credit(ask.id, Decimal(1), Decimal(1), ask.why, citations=cited)
    if ask.carry and value == (followed := _carried(ask, values)) and followed != key:
        return Credit(ask.id, Decimal(1), Decimal(1), "Right from your own earlier answer; the slip before it is counted once.", "carried-forward", cited)
    for wrong in ask.wrong:
        if value == _typed(ask, wrong.value):
            return Credit(ask.id, Decimal(0), Decimal(1), f"You {wrong.says}. {ask.why}", wrong.slug, cited)
    return Credit(ask.id, Decimal(0), Decimal(1), ask.why, citations=cited)


def _typed(ask: Ask, text: str):
    return parse(_KIND[ask.kind], text, frozenset(id for id, _ in ask.options))


def _carried(ask: Ask, values: dict[str, object]) -> Decimal:
    own = {argument: values[source] for argument, source in ask.carry.takes.items()}
    if ask.carry.formula == "total":
        return sum(own.values(), Decimal("0.00"))
    return compute(ask.carry.formula, {**ask.carry.given, **{argument: str(value) for argument, value in own.items()}})
