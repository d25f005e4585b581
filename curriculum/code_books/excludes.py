"""Which codes an Excludes1 note names: the free text of a note as code stems, so that `code.startswith(stem)` tells whether it is meant.

A note names codes in brackets, "(E08-E13)", "(I50.-)", "(E08-E13 with .44)", or in its words, "classified to Q67.0-Q67.4". A restriction by
a character, "(S02.- with 7th character B)", is followed exactly; where one cannot be understood, the bracket names nothing, because
a wrong warning is worse than none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?"
RANGE = re.compile(rf"(?<![A-Z0-9.])({CODE})[.\-]{{0,3}}(?:\s*(?:-|to)\s*({CODE}))?(?![0-9A-Z])")
BRACKET = re.compile(r"\(([^()]*)\)?")
AFTER_THE_POINT = re.compile(r"with \.([0-9A-Z]+)(?:-\.([0-9A-Z]+))?-?")
FINAL = re.compile(r"with final characters -([0-9A-Z]+)")
CHARACTER = re.compile(r"with ([a-z0-9]+)(?:[ -](?:to|or)[ -][a-z0-9]+)?[ -]characters? \.?([0-9A-Z]+)$")
NARROWED = re.compile(rf"{CODE}\S* with (?!\S+ characters? )")
PLACES = {"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7}


def stems(note: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The stems an Excludes1 note names, in the release whose codes, sorted and without points, are `keys`."""
    found: dict[str, None] = {}
    for part in _parts(note):
        named = [stem for match in RANGE.finditer(part) for stem in _cover(*_bounds(match), keys)]
        found.update(dict.fromkeys(_restricted(part, named, keys)))
    return tuple(pointed(key) for key in found)


def pointed(key: str) -> str:
    """E119 as E11.9."""
    return key if len(key) <= 3 else f"{key[:3]}.{key[3:]}"


def _parts(note: str) -> list[str]:
    """The brackets of a note that name codes; without any, the note itself, unless it narrows its codes in words ("with ketoacidosis")."""
    brackets = [text for text in BRACKET.findall(note) if RANGE.search(text)]
    return brackets or ([] if NARROWED.search(note) else [note])


def _bounds(match: re.Match) -> tuple[str, str]:
    first, last = (code.replace(".", "") if code else "" for code in match.groups())
    return first, last or first


def _cover(first: str, last: str, keys: Sequence[str]) -> Iterable[str]:
    """The fewest stems that together mean every code from first to last, the codes below last included."""
    low, high = bisect_left(keys, first), bisect_right(keys, last + "~")
    pending = sorted({key[:1] for key in keys[low:high]}, reverse=True)
    while pending:
        stem = pending.pop()
        begin, end = bisect_left(keys, stem), bisect_right(keys, stem + "~")
        if low <= begin and end <= high:
            yield stem
        elif begin < high and end > low:
            longer = {key[:len(stem) + 1] for key in keys[begin:end] if len(key) > len(stem)}
            pending += sorted(longer, reverse=True)


def _restricted(part: str, named: list[str], keys: Sequence[str]) -> Iterable[str]:
    """The named stems narrowed by the part's "with ..."; nothing where the words are not understood."""
    if match := AFTER_THE_POINT.search(part):
        return [key for ending in match.groups() if ending for key in _below(named, keys) if len(key) == 3 + len(ending) and key[3:] == ending]
    if match := FINAL.search(part):
        return [key for key in _below(named, keys) if len(key) > 3 and key[3:].endswith(match[1])]
    if "character" not in part:
        return named
    match = CHARACTER.search(part)
    if not match or match[1] not in PLACES:
        return []
    place, wanted = PLACES[match[1]] - 1, match[2]
    end = place + len(wanted)
    return [key for key in _below(named, keys) if len(key) == end and key[place:end] == wanted]


def _below(named: list[str], keys: Sequence[str]) -> Iterable[str]:
    for stem in named:
        yield from keys[bisect_left(keys, stem):bisect_right(keys, stem + "~")]
