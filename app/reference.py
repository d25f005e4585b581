"""The reference shelf at the desk: the code books and the payers' rules, as pages may show them."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from app.session import books, catalogue
from curriculum.code_books import CodeNote, Hit, advice
from curriculum.code_sets import CodeEntry

DIAGNOSES = "icd-10-cm"
CODE_SETS = {"icd-10-cm": DIAGNOSES, "hcpcs": "hcpcs", "modifier": "modifiers", "pos": "places-of-service", "carc": "carc", "rarc": "rarc"}
"""A question's code set to the name of its book."""


@dataclass(frozen=True)
class DatedValue:
    """One value of a rule: from when, what (label and words; none: the rule ended), and where it is written (title, place, address)."""
    since: date
    value: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RuleSheet:
    """A rule as one reads it."""
    title: str
    kind: str
    goes_by: str
    invented: bool
    note: str
    last_checked: date
    known_until: date | None
    values: tuple[DatedValue, ...]


@dataclass(frozen=True)
class PayerSheet:
    """A payer and its rules."""
    id: str
    name: str
    real: bool
    description: str
    rules: tuple[RuleSheet, ...]


def lists() -> dict[str, str]:
    """The books on the shelf: name and title, ICD-10-CM first."""
    return {DIAGNOSES: "ICD-10-CM", **{name: title for name, title in books().lists().items() if name != "search-words"}}


def find(text: str, sets: tuple[str, ...] = (), limit: int = 20) -> list[Hit]:
    """What the text may mean, likeliest first."""
    return books().search(text, limit, sets)


def about(text: str) -> str:
    """What to say to someone who looks for a code that may not be shipped here; usually nothing."""
    return advice(text)


def diagnosis(code: str) -> CodeNote | None:
    """A diagnosis code or category with its own and inherited notes, in the newest release."""
    return books().note(code)


def entry(code_set: str, code: str) -> CodeEntry | None:
    return books().entry(code_set, code)


def entries(code_set: str) -> tuple[CodeEntry, ...]:
    return books().entries(code_set)


def payers() -> tuple[PayerSheet, ...]:
    """Every payer with its rules; real ones first."""
    found = sorted(catalogue().policies.values(), key=lambda policy: (not policy.real, policy.name))
    return tuple(PayerSheet(p.payer, p.name, p.real, p.description, tuple(map(_sheet, p.rules.values()))) for p in found)


def _sheet(rule) -> RuleSheet:
    values = tuple(DatedValue(v.since, lines(v.value), tuple(_source(c) for c in v.citations)) for v in sorted(rule.values, key=lambda v: v.since, reverse=True))
    return RuleSheet(rule.title, rule.rule, rule.in_force_on.value.replace("-", " "), rule.invented, rule.note, rule.last_checked, rule.known_until, values)


def _source(citation) -> tuple[str, str, str]:
    source = catalogue().sources.get(citation.source)
    return (source.title, citation.at, source.url) if source else (citation.source, citation.at, "")


def lines(value: object) -> tuple[tuple[str, str], ...]:
    """A value as labelled lines, for reading: its fields in order, those that say nothing left out."""
    if not is_dataclass(value):
        return ()
    pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
    return tuple((name.replace("_", " ").capitalize(), _words(part)) for name, part in pairs if part not in ("", (), None))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (str, int, Decimal, date)):
        return str(value)
    if isinstance(value, (tuple, list)):
        simple = all(not is_dataclass(part) for part in value)
        return (", " if simple else "\n").join(_words(part) for part in value)
    return "; ".join(f"{name.lower()} {words}" for name, words in lines(value))
