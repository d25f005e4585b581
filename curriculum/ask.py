"""One question of a scenario with its computed key: the numbers known mistakes would give, what is accepted beside it, and how a slip carries forward.

Kinds and their keys, all as text: choice (an option's id), multiple (ids joined by commas, in the order of the options), order (every id joined by
commas, in the right order), money, number, date, code (letters and digits), letter (no key: `elements` say what must be found in it).
"""

from dataclasses import asdict, dataclass
from decimal import Decimal

from billing.answer import RuleInForce


@dataclass(frozen=True)
class Carry:
    """How the key follows from the learner's own earlier answers: a formula of billing, what it is given, and which arguments come from which ask.

    formula `total` adds the asks named in `takes`.
    """
    formula: str
    given: dict[str, str]
    takes: dict[str, str]


@dataclass(frozen=True)
class Wrong:
    """A value a known mistake gives, its slug, and what the person did ("You ..."); severity: unlawful where the mistake breaks the law."""
    value: str
    slug: str
    says: str
    severity: str = ""


@dataclass(frozen=True)
class Accepted:
    """Another value that earns `credit` (1: full), and why."""
    value: str
    credit: str
    why: str


@dataclass(frozen=True)
class Element:
    """What a letter must hold: found when any of the patterns (regular expressions, case aside) is found in it. required: without it the letter fails its purpose."""
    id: str
    says: str
    patterns: tuple[str, ...]
    why: str
    required: bool = True


@dataclass(frozen=True)
class Cell:
    """The place of an ask in a grid: the grid's caption, its row and its column as the page shows them."""
    grid: str
    row: str
    column: str


@dataclass(frozen=True)
class Ask:
    """One question and its key. rule: what the key rests on, shown after the answer."""
    id: str
    kind: str
    prompt: str
    key: str
    why: str
    competency: str
    options: tuple[tuple[str, str], ...] = ()
    wrong: tuple[Wrong, ...] = ()
    carry: Carry | None = None
    rule: dict | None = None
    accepted: tuple[Accepted, ...] = ()
    elements: tuple[Element, ...] = ()
    model: str = ""               # a letter that would do, shown afterwards
    cell: Cell | None = None
    weight: str = "1"

    def plain(self) -> dict:
        """As JSON keeps it."""
        return asdict(self)

    @staticmethod
    def from_plain(kept: dict) -> "Ask":
        """Back from JSON, also as earlier versions kept it."""
        rows = {"wrong": Wrong, "accepted": Accepted, "elements": Element}
        held = {**kept, "options": tuple(tuple(o) for o in kept["options"])}
        held.update({name: tuple(type_(**each) for each in kept.get(name, ())) for name, type_ in rows.items()})
        held["elements"] = tuple(Element(**{**each, "patterns": tuple(each["patterns"])}) for each in kept.get("elements", ()))
        held.update({name: type_(**kept[name]) for name, type_ in (("carry", Carry), ("cell", Cell)) if kept.get(name)})
        return Ask(**held)


def money_ask(id: str, prompt: str, key: Decimal, why: str, competency: str, mistakes=(), **more) -> Ask:
    """An amount. mistakes: (slug, what the person did, the amount it gives); those that give the key are left out."""
    wrong = tuple(Wrong(str(value), slug, says) for slug, says, value in mistakes)
    return Ask(id, "money", prompt, str(key), why, competency, wrong=separable(wrong, str(key)), **more)


def separable(mistakes: tuple[Wrong, ...], key: str) -> tuple[Wrong, ...]:
    """Only the mistakes whose value differs from the key and from each other's; the first keeps the value."""
    kept: dict[str, Wrong] = {}
    for mistake in mistakes:
        if mistake.value != key and not _equal(mistake.value, key):
            kept.setdefault(mistake.value, mistake)
    return tuple(kept.values())


def rule_plain(rule: RuleInForce | None) -> dict | None:
    """A rule as an ask keeps it."""
    return {"rule": rule.rule, "title": rule.title, "judged_on": str(rule.judged_on), "since": str(rule.since),
            "citations": list(rule.citations), "invented": rule.invented} if rule else None


def _equal(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return one == other
