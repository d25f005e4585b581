"""Reading what a learner typed: a value of the kind asked for, or a sentence that says how to write it. Unreadable is not wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

MONEY = re.compile(r"^(-?\$?|\$-)(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$", re.ASCII)
NUMBER = re.compile(r"^[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\s*%?$", re.ASCII)
LARGEST = 20
_DATE_SHAPES = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B %Y", "%d %b %Y")
SHORTEST, LONGEST = 60, 900
"""Words of a letter."""
CPT_SHAPE = re.compile(r"^\d{4}[0-9TF]$")


@dataclass(frozen=True)
class Unreadable:
    """The answer is no answer of this kind; `sentence` says what to write instead. It is no attempt."""
    sentence: str


def parse(kind: str, response: object, option_ids: frozenset[str] = frozenset(), prompt_ids: frozenset[str] = frozenset()
          ) -> str | frozenset[str] | tuple[str, ...] | dict[str, str] | Decimal | date | Unreadable:
    """The response as the kind's value: an option id, a set of ids, every id in order, an option id for each prompt, a Decimal, a date, a code, or a letter."""
    if kind in ("single-choice", "true-false"):
        return response if isinstance(response, str) and response in option_ids else Unreadable("Choose one of the options.")
    if kind == "multiple-choice":
        return _options(response, option_ids)
    if kind == "matching":
        return _pairs(response, option_ids, prompt_ids)
    if kind in ("order", "ordering"):
        return _order(response, option_ids)
    if kind == "letter":
        return letter(response)
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


def letter(response: object) -> str | Unreadable:
    """A letter as written: long enough to be one, short enough to be read."""
    text = response.strip() if isinstance(response, str) else ""
    words = len(text.split())
    if words < SHORTEST:
        return Unreadable(f"Write the letter first: {SHORTEST} words are the fewest, and this has {words}.")
    return Unreadable(f"Make the letter shorter: {LONGEST} words are the most, and this has {words}.") if words > LONGEST else text


def _order(response: object, option_ids: frozenset[str]) -> tuple[str, ...] | Unreadable:
    """Every option once; as a list, or as text with commas between."""
    given = [part.strip() for part in response.split(",")] if isinstance(response, str) else response
    if not isinstance(given, (list, tuple)) or sorted(map(str, given)) != sorted(option_ids):
        return Unreadable("Give every entry a place of its own: 1 for the first, and so on, none twice.")
    return tuple(given)


def _pairs(response: object, option_ids: frozenset[str], prompt_ids: frozenset[str]) -> dict[str, str] | Unreadable:
    """An option for every prompt; the same one may be chosen twice."""
    if not isinstance(response, Mapping) or response.keys() != prompt_ids or not all(isinstance(r, str) and r in option_ids for r in response.values()):
        return Unreadable("Choose an option for each one.")
    return dict(response)


def _options(response: object, option_ids: frozenset[str]) -> frozenset[str] | Unreadable:
    if not isinstance(response, (list, tuple, set, frozenset)) or not all(isinstance(r, str) for r in response):
        return Unreadable("Choose the options that apply.")
    chosen = frozenset(response)
    if not chosen or not chosen <= option_ids:
        return Unreadable("Choose at least one option.")
    return chosen
