"""What the files under codesets/ say: lists of codes in our own words, dated and cited, and the releases of ICD-10-CM."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from billing.policy import Citation
from curriculum.mistakes import Unreadable
from curriculum.models import Content, Slug, Text
from curriculum.reader import read, typed

RELEASES, ORDER = "icd-10-cm-releases.yaml", "order-of-benefits.yaml"
GROUP_CODES = Literal["CO", "PR", "OA", "PI"]


class Head(Content):
    """What every list states of itself. as_of: the day it was last checked; known_from: the first day it is complete for, where that is known."""
    set: Slug
    title: Text
    as_of: date
    known_from: date | None = None
    licence: str = ""
    note: str = ""
    citations: tuple[Citation, ...] = ()


class CodeEntry(Content):
    """One code. since and until are given only where a source was seen; the optional fields belong to single lists.

    does: what a modifier does. groups: the group codes a CARC may travel with. asks: what an answer asks of the biller.
    unit: what one unit of a drug or supply is. family: where training codes belong.
    """
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,6}$")]
    name: Text
    note: str = ""
    since: date | None = None
    until: date | None = None
    does: Literal["", "bypasses an edit", "changes the price", "informs", "states coverage"] = ""
    groups: tuple[GROUP_CODES, ...] = ()
    asks: str = ""
    unit: str = ""
    family: str = ""
    indicators: dict[str, str] = {}


class CodeList(Head):
    """A file of codes."""
    entries: Annotated[tuple[CodeEntry, ...], Field(min_length=1)]


class Parts(Head):
    """A file that holds several lists belonging together: each part is a set of its own."""
    parts: Annotated[tuple["Part", ...], Field(min_length=1)]


class Part(Content):
    """One list of such a file."""
    set: Slug
    title: Text
    entries: Annotated[tuple[CodeEntry, ...], Field(min_length=1)]


class Changes(Content):
    """What a release changed against the one before; titles and Excludes1 notes are those that ended with it."""
    added: tuple[str, ...] = ()
    no_longer_billable: tuple[str, ...] = ()
    deleted: dict[str, str] = {}
    retitled: dict[str, str] = {}
    excludes1: dict[str, tuple[str, ...]] = {}


class Release(Content):
    """A release of ICD-10-CM and the dates of service it is for, both included."""
    name: Text
    from_: date = Field(alias="from")
    to: date
    note: str = ""
    changes: Changes = Changes()


class ReleaseHistory(Head):
    """The releases, oldest first, without a gap between them."""
    releases: Annotated[tuple[Release, ...], Field(min_length=1)]


def code_lists(folder: Path) -> tuple[CodeList, ...]:
    """Every list of codes in the folder, parts each as a list; Unreadable with every mistake of every file."""
    lists, mistakes = [], []
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in (RELEASES, ORDER):
            lists += _lists(path, mistakes)
    if mistakes:
        raise Unreadable(mistakes)
    return tuple(lists)


def release_history(folder: Path) -> ReleaseHistory:
    """The releases of ICD-10-CM that are held; Unreadable with every mistake."""
    history, mistakes = typed(ReleaseHistory, read(folder / RELEASES))
    if mistakes:
        raise Unreadable(mistakes)
    return history


def _lists(path: Path, mistakes: list) -> list[CodeList]:
    """The lists of one file; its mistakes are added to those of the others."""
    try:
        node = read(path)
    except Unreadable as unreadable:
        mistakes += unreadable.mistakes
        return []
    whole = isinstance(node.value, dict) and "parts" in node.value
    found, faults = typed(Parts if whole else CodeList, node)
    mistakes += faults + _twice(node, found)
    if found is None:
        return []
    if not whole:
        return [found]
    head = found.model_dump(exclude={"parts", "set", "title"})
    return [CodeList(**head, **dict(part)) for part in found.parts]


def _twice(node, found: CodeList | Parts | None) -> list:
    """A mistake for each code that stands twice in its list."""
    mistakes = []
    for place, entries in _entries(found):
        seen = set()
        for number, entry in enumerate(entries):
            if entry.code in seen:
                mistakes.append(node.mistake((*place, "entries", number, "code"), f"the code {entry.code} stands twice in this list"))
            seen.add(entry.code)
    return mistakes


def _entries(found: CodeList | Parts | None) -> list:
    if isinstance(found, Parts):
        return [(("parts", number), part.entries) for number, part in enumerate(found.parts)]
    return [((), found.entries)] if found else []
