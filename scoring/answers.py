"""Reading what a learner typed: a value of the kind asked for, or a sentence that says how to write it. Unreadable is not wrong."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

MONEY = re.compile(r"^(-?\$?|\$-)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$", re.ASCII)
NUMBER = re.compile(r"^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\s*%?$", re.ASCII)
LARGEST = 20
_DATE_SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B %Y", "%d %b %Y")
CPT_SHAPE = re.compile(r"^\d{4}[0-9TF]$")


@dataclass(frozen=True)
class Unreadable:
    """The answer is no answer of this kind; `sentence` says what to write instead. It is no attempt."""
    sentence: str


def parse(kind: str, response: object, option_ids: frozenset[str] = frozenset()) -> str | frozenset[str] | Decimal | date | Unreadable:
    """The response as the kind's value: an option id, a set of ids, a Decimal, a date, or a code."""
    if kind in ("single-choice", "true-false"):
        return response if isinstance(response, str) and response in option_ids else Unreadable("Choose one of the options.")
    if kind == "multiple-choice":
        return _options(response, option_ids)
    text = response.strip() if isinstance(response, str) else ""
    if not text or len(text) > 64 or "\0" in text:
        return Unreadable("Write an answer first." if not text else "That is too long to be an answer.")
    return {"money": money, "numeric": number, "date": day, "code-entry": code}[kind](text)


def money(text: str) -> Decimal | Unreadable:
    """Dollars with at most two decimals: 1,234.50, $1234.50 or 0."""
    bare = text.replace(" ", "")
    if not MONEY.match(bare) or not re.search(r"\d", bare) or len(bare) > LARGEST:
        return Unreadable("Write an amount in dollars and cents, as 1,234.50 or 1234.5.")
    amount = Decimal(bare.replace("$", "").replace(",", ""))
    if amount != amount.quantize(Decimal("0.01")):
        return Unreadable("Write at most two digits after the point: this asks for dollars and cents.")
    return amount.quantize(Decimal("0.01"))


def number(text: str) -> Decimal | Unreadable:
    """A plain number; a per cent sign and thousands separators are allowed."""
    bare = text.replace(",", "").removesuffix("%").strip()
    if not NUMBER.match(text) or not re.search(r"\d", bare) or len(bare) > LARGEST:
        return Unreadable("Write a number, as 12 or 12.5.")
    return Decimal(bare)


def day(text: str) -> date | Unreadable:
    """A date with its year: 2026-03-31, 3/31/2026 or March 31, 2026."""
    for shape in _DATE_SHAPES:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return Unreadable("Write a date with its year, as 2026-03-31, 3/31/2026 or March 31, 2026.")


def code(text: str) -> str | Unreadable:
    """A code in capitals, without its point and spaces. A CPT code is told apart: it is not used here."""
    bare = text.upper().replace(" ", "").replace(".", "").removeprefix("-")
    if CPT_SHAPE.match(bare):
        return Unreadable("That has the shape of a CPT code, which this course does not use; choose the service by its name here.")
    if not re.match(r"^[A-Z0-9]{1,8}$", bare):
        return Unreadable("Write one code, letters and digits, as E11.9 or J1885.")
    return bare


def _options(response: object, option_ids: frozenset[str]) -> frozenset[str] | Unreadable:
    if not isinstance(response, (list, tuple, set, frozenset)) or not all(isinstance(r, str) for r in response):
        return Unreadable("Choose the options that apply.")
    chosen = frozenset(response)
    if not chosen or not chosen <= option_ids:
        return Unreadable("Choose at least one option.")
    return chosen
