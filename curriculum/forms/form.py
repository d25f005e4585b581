"""What a claim form is to a page, to marking and to a payer: its sections and fields by path, how its claim is answered, and what the payer remembers of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.answer import Answer, Outcome, Remittance
from billing.codes import CodeBooks
from billing.money import ZERO
from billing.next_step import NextStep
from billing.policy import PayerPolicy


@dataclass(frozen=True)
class Field:
    """One field. path: into the claim, or into a row of it; box: its number on the form.

    kind: text, code, codes (several, parted by spaces), diagnosis, money, number, units, date or yes.
    claims: what the record must support of it: `same` (the value itself), `within` (no more than the record has); empty: nothing is claimed by it.
    blank_row: the value alone makes no row of a repeated group.
    """
    path: str
    box: str
    label: str
    kind: str = "text"
    claims: str = ""
    competency: str = ""
    blank_row: bool = False
    width: float = 1.0

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"{self.box} {self.label}".strip()


@dataclass(frozen=True)
class Section:
    """Single fields under one heading."""
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Rows:
    """A group that repeats: the claim's list at `path`, its fields a row, and how many rows the form has. what: one row in words.

    key: the fields by which a row is told from another, so that rows in another order are still found. plain: the list holds bare codes, under the field's own path.
    """
    title: str
    path: str
    what: str
    fields: tuple[Field, ...]
    shown: int
    most: int
    key: tuple[str, ...]
    plain: bool = False


@dataclass(frozen=True)
class Sent:
    """A claim with all that decides its answer."""
    claim: Any
    policy: PayerPolicy
    member: Any
    received: date
    adjudicated: date
    books: CodeBooks
    participates: bool


@dataclass(frozen=True)
class ClaimForm:
    """A form. answer: the payer's answer; remember(member, claim, answer, policy): its records afterwards; step: the way on, as billing.next_step.next_step.

    first_day: the first day of service. competency: of fields that name none. again: the paths of the fields that say a claim corrects another, and how; they are not marked.
    rejects_after: the days until a rejection comes.
    """
    name: str
    title: str
    claim_type: type
    member_type: type
    parts: tuple[Section | Rows, ...]
    answer: Callable[[Sent], Answer]
    remember: Callable[[Any, Any, Answer, PayerPolicy], Any]
    step: Callable[..., NextStep | None]
    first_day: Callable[[Any], date]
    competency: str
    again: tuple[str, ...] = ()
    rejects_after: int = 1

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single fields."""
        return tuple(field for part in self.parts if isinstance(part, Section) for field in part.fields)

    @property
    def groups(self) -> tuple[Rows, ...]:
        """The repeated groups."""
        return tuple(part for part in self.parts if isinstance(part, Rows))


def field_at(form: ClaimForm, path: str) -> Field | None:
    """The field of the path, of a row or single."""
    for group in form.groups:
        number, _, leaf = path.removeprefix(f"{group.path}.").partition(".")
        if path.startswith(f"{group.path}.") and number.isdigit():
            return next((field for field in group.fields if group.plain or field.path == leaf), None)
    return next((field for field in form.fields if field.path == path), None)


def named(form: ClaimForm, path: str) -> str:
    """What the form calls the field at the path; rows are numbered from 1: `42 Revenue code, line 2`."""
    field = field_at(form, path)
    group = next((group for group in form.groups if path.startswith(f"{group.path}.")), None)
    if group is None:
        return field.name if field else path
    number, _, leaf = path.removeprefix(f"{group.path}.").partition(".")
    return f"{field.name if field else leaf}, {group.what} {number}"


def competency(form: ClaimForm, path: str) -> str:
    """The competency that the field shows; the form's own where it has none."""
    field = field_at(form, path)
    return field.competency if field and field.competency else form.competency


def worth(answer: Answer) -> Decimal:
    """Dollars paid, with the patient's part of what was allowed; of a predetermination, what it says would be paid; of a rejection nothing."""
    if not isinstance(answer, Remittance):
        return ZERO
    decided = (answer.whole,) if answer.whole else answer.lines
    return sum((each.paid + sum((a.amount for a in each.adjustments if a.group == "PR" or (answer.predetermination and a.group == "OA")), ZERO)
                for each in decided if each.outcome is Outcome.PAID), ZERO)
