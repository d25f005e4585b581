"""What segments and elements say: read from codesets/x12/, our own words, with code lists looked up in the code books."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import Field

from curriculum.code_sets import CodeEntry, code_lists
from curriculum.mistakes import Unreadable
from curriculum.models import Content, Text
from curriculum.reader import read, typed

FOLDER = Path(__file__).resolve().parents[1] / "codesets" / "x12"
PROCEDURES = ("hcpcs", "training-codes", "dental-training-codes")


class Part(Content):
    """One element, or one component of it. values: its few values and what they mean; codes: the list its values are of;
    named_by: the element (or component) before it that says what kind of value it is; kind: day or money."""
    name: Text
    says: str = ""
    values: dict[str, str] = {}
    codes: str = ""
    named_by: str = ""
    kind: str = ""
    repeated: bool = False
    parts: tuple["Part", ...] = ()


class ElementSays(Part):
    """An element at its place in the segment, as "05"."""
    at: Annotated[str, Field(pattern=r"^\d\d$")]


class Repeats(Content):
    """Elements that come again and again from a place on."""
    from_: Annotated[str, Field(alias="from", pattern=r"^\d\d$")]
    elements: Annotated[tuple[Part, ...], Field(min_length=1)]


class SegmentSays(Content):
    """A segment: its name, what it says, its elements."""
    name: Text
    says: Text
    elements: tuple[ElementSays, ...] = ()
    repeats: Repeats | None = None

    def at(self, place: int) -> Part | None:
        """What is said of the element of that number."""
        found = next((each for each in self.elements if int(each.at) == place), None)
        if found is None and self.repeats and place >= int(self.repeats.from_):
            return self.repeats.elements[(place - int(self.repeats.from_)) % len(self.repeats.elements)]
        return found


class GlossaryFile(Content):
    """One file of codesets/x12/."""
    title: Text
    loops: dict[str, str] = {}
    segments: dict[str, SegmentSays]
    lists: dict[str, dict[str, str]] = {}


class Books(Protocol):
    """The code books, as far as they are asked here."""
    def entry(self, code_set: str, code: str): ...


class Lists:
    """The lists of codesets/ as they are in their files, for where no code books are open."""

    def __init__(self, folder: Path = FOLDER.parent):
        self._held = {each.set: {entry.code: entry for entry in each.entries} for each in code_lists(folder)}

    def entry(self, code_set: str, code: str) -> CodeEntry | None:
        """An entry of a list."""
        return self._held.get(code_set, {}).get(code)


FILES = {"837": "claims", "835": "remittances", "999": "acknowledgements", "270": "inquiries", "271": "inquiries", "276": "inquiries", "277": "inquiries"}
"""Which file names the loops of a transaction."""


@dataclass(frozen=True)
class Glossary:
    """Every segment that is explained, the names of the loops by transaction, and the short lists."""
    files: dict[str, GlossaryFile]

    @cached_property
    def segments(self) -> dict[str, SegmentSays]:
        return {id: says for file in self.files.values() for id, says in file.segments.items()}

    def loop(self, transaction: str, name: str) -> str:
        """A loop's name in words; empty where it is not known."""
        for file in (self.files.get(FILES.get(transaction, "")), self.files["envelopes"]):
            if file and name in file.loops:
                return file.loops[name]
        return ""

    def value(self, part: Part, value: str, books: Books) -> str:
        """What a value means; empty where it speaks for itself."""
        if value in part.values:
            return part.values[value]
        if not part.codes:
            return ""
        for file in self.files.values():
            if part.codes in file.lists:
                return file.lists[part.codes].get(value, "")
        for book in PROCEDURES if part.codes == "procedure" else (part.codes,):
            if entry := books.entry(book, value):
                return entry.name
        return ""


def glossary(folder: Path = FOLDER) -> Glossary:
    """The glossary; Unreadable with every mistake of every file."""
    files, mistakes = {}, []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found, faults = typed(GlossaryFile, read(path))
        except Unreadable as unreadable:
            found, faults = None, unreadable.mistakes
        mistakes += faults
        if found:
            files[path.stem] = found
    if mistakes:
        raise Unreadable(mistakes)
    return Glossary(files)


def lists_named(terms: Glossary) -> Iterable[str]:
    """Every list that an element's values are of."""
    def inside(part: Part):
        yield from ([part.codes] if part.codes else [])
        for each in part.parts:
            yield from inside(each)
    for says in terms.segments.values():
        for part in (*says.elements, *(says.repeats.elements if says.repeats else ())):
            yield from inside(part)
