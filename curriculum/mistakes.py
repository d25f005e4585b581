"""What a mistake in content is, and how pydantic's findings are said in plain English."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to mend: the file, its line, where in the file's own words, and what is wrong. A warning breaks no build."""
    file: str
    line: int
    where: str
    what: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}: {where}{'warning: ' if self.warning else ''}{self.what}"


class Unreadable(Exception):
    """A file that cannot be read as content at all; `mistakes` says why."""

    def __init__(self, mistakes: Iterable[Mistake]):
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean "stem"?', or what there is to choose from when nothing comes close."""
    known = sorted(set(known))
    if close := get_close_matches(word, known, n=1, cutoff=0.6):
        return f'; did you mean "{close[0]}"?'
    return f"; known are {', '.join(known)}" if 0 < len(known) <= 30 else ""


def in_words(error: dict, known_fields: Iterable[str] = ()) -> str:
    """One of pydantic's errors as a sentence an author can act on."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return f'the field "{error["loc"][-1]}" is missing'
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        if given is None and " " in str(error["loc"][-1]):
            return f'"{str(error["loc"][-1])[:40]}" was read as a field: inside {{ }} a text with a comma needs quotes around it'
        return f'there is no field "{error["loc"][-1]}" here{did_you_mean(str(error["loc"][-1]), known_fields)}'
    if kind in ("literal_error", "enum"):
        return f"{_shown(given)} is not one of {context['expected'].replace(chr(39), '').replace(' or ', ', ')}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} does not have the right shape: {_SHAPES.get(context['pattern'], context['pattern'])}"
    for begins, wanted in _WANTED:
        if kind.startswith(begins):
            return f"{_shown(given)} is not {wanted}"
    return f"{_shown(given)}: {error['msg'][0].lower()}{error['msg'][1:]}"


def _shown(given: object) -> str:
    if given is None:
        return "nothing (null)"
    if isinstance(given, dict):
        return "a block of fields"
    if isinstance(given, (list, tuple)):
        return "a list" if given else "an empty list"
    text = str(given)
    return f'"{text[:57]}..."' if len(text) > 60 else f'"{text}"'


_SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits, words joined by hyphens",
    r"^(https?://\S+|docs/\S+\.md)$": "a web address, or a page of docs/ for what was invented here",
}

_WANTED = (
    ("uuid", "a uuid (make one with python -c 'import uuid; print(uuid.uuid4())')"),
    ("date", "a date such as 2026-03-31"),
    ("decimal", "a number such as 12.50"),
    ("finite_number", "a number such as 12.50"),
    ("int", "a whole number"),
    ("bool", "true or false"),
    ("string_too_short", "text (it must not be empty)"),
    ("string_type", "text"),
    ("tuple_type", 'a list (write "- " before each entry)'),
    ("list_type", 'a list (write "- " before each entry)'),
    ("dict_type", "a block of fields"),
    ("mapping_type", "a block of fields"),
    ("model_type", "a block of fields"),
    ("model_attributes_type", "a block of fields"),
    ("dataclass_type", "a block of fields"),
    ("too_short", "long enough: at least one entry is needed"),
)
"""How a kind of error begins, and what belongs in the place."""
