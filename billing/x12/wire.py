"""X12 as it goes over the wire: segments of elements between delimiters, read lazily and written back to the byte."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from billing.record import record

ISA_LENGTH = 106
LONGEST_SEGMENT, MOST_ELEMENTS = 8192, 80
BLANKS = " \t\r\n"


@record
class Delimiters:
    """What parts the text: after each element, each component, each repetition, each segment. They stand at fixed places of the ISA."""
    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


@record
class Fault:
    """Something wrong with a transaction: which segment (0: the whole), its id, which element (0: the segment), what, and what to do."""
    segment: int
    id: str
    element: int
    what: str

    def __str__(self) -> str:
        place = f"segment {self.segment} ({self.id}{f'{self.element:02d}' if self.element else ''})" if self.segment else "the whole"
        return f"{place}: {self.what}"


class NotX12(ValueError):
    """The text cannot be read as X12 at all, or not any further; the sentence says where and why."""


@dataclass(frozen=True)
class Segment:
    """One segment. elements: as they stand, trailing empty ones kept. number: from 1 in its file; raw: exactly as it was read, blanks before it included."""
    id: str
    elements: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)
    raw: str | None = field(default=None, compare=False, repr=False)

    def get(self, place: int) -> str:
        """The element of that number (01 is the first); empty where there is none."""
        return self.elements[place - 1] if 0 < place <= len(self.elements) else ""

    def parts(self, place: int, delimiters: Delimiters = Delimiters()) -> tuple[str, ...]:
        """The components of an element."""
        return tuple(self.get(place).split(delimiters.component)) if self.get(place) else ()

    def repeated(self, place: int, delimiters: Delimiters = Delimiters()) -> tuple[str, ...]:
        """The repetitions of an element."""
        return tuple(self.get(place).split(delimiters.repetition)) if self.get(place) else ()


def seg(id: str, *elements: object) -> Segment:
    """A segment to be written: components as a tuple, empty ones as "" or None; empty elements at the end fall away."""
    texts = [_element(each) for each in elements]
    while texts and not texts[-1]:
        texts.pop()
    return Segment(id, tuple(texts))


def _element(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        parts = [_element(part) for part in value]
        while parts and not parts[-1]:
            parts.pop()
        return ":".join(parts)
    return str(value)


class Reader:
    """Segments of one text or of chunks of it, one after the other, with the delimiters its ISA states. Memory is bounded by the longest segment."""

    def __init__(self, source: str | Iterable[str]):
        self._chunks = iter((source,) if isinstance(source, str) else source)
        self._held, self.tail = "", ""
        self.delimiters = self._isa()

    def _isa(self) -> Delimiters:
        """The delimiters; NotX12 where the text does not begin with an ISA of its fixed length."""
        while len(self._held.lstrip("\ufeff" + BLANKS)) < ISA_LENGTH and self._more():
            pass
        text = self._held.lstrip("\ufeff" + BLANKS)
        self._lead = self._held[:len(self._held) - len(text)]
        if not text:
            raise NotX12("There is nothing in it: an X12 file begins with the segment ISA.")
        if not text.startswith("ISA"):
            raise NotX12(f'It begins with "{text[:12].strip()}" and not with the segment ISA: the envelope is missing, and the delimiters with it. Put the ISA and GS lines back.')
        if len(text) < ISA_LENGTH:
            raise NotX12(f"The segment ISA is cut off: it has {len(text)} characters where {ISA_LENGTH} are fixed.")
        found = Delimiters(text[3], text[104], text[82], text[105])
        if text[:105].count(found.element) != 16 or found.segment.isalnum() or found.element.isalnum():
            raise NotX12("The segment ISA is not of its fixed widths, so the delimiters cannot be told: each of its 16 elements is padded with blanks to a set length.")
        repetition = found.repetition if not found.repetition.isalnum() else "^"
        self._held = self._lead + text
        return Delimiters(found.element, found.component, repetition, found.segment)

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        self._held += chunk or ""
        return chunk is not None

    def __iter__(self) -> Iterator[Segment]:
        number, start = 0, 0
        while True:
            end = self._held.find(self.delimiters.segment, start)
            if end < 0:
                self._held, start = self._held[start:], 0
                if len(self._held) > LONGEST_SEGMENT:
                    raise NotX12(f"Segment {number + 1} does not end within {LONGEST_SEGMENT} characters: the segment terminator {self.delimiters.segment!r} is missing.")
                if self._more():
                    continue
                if self._held.strip(BLANKS + "\x1a"):
                    raise NotX12(f'The file ends in the middle of segment {number + 1} ("{self._held.strip()[:20]}"): the segment terminator {self.delimiters.segment!r} is missing.')
                self.tail = self._held
                return
            number += 1
            yield self._segment(self._held[start:end], number)
            start = end + 1

    def _segment(self, raw: str, number: int) -> Segment:
        id, *elements = raw.lstrip(BLANKS + "\ufeff").split(self.delimiters.element)
        if len(raw) > LONGEST_SEGMENT or len(elements) > MOST_ELEMENTS:
            raise NotX12(f"Segment {number} ({id[:3]}) is longer than any segment may be.")
        return Segment(id, tuple(elements), number, raw)


def segments(source: str | Iterable[str]) -> Iterator[Segment]:
    """The segments of a text or of its chunks, lazily. NotX12 with a sentence where it cannot be read on."""
    return iter(Reader(source))


def write(body: Iterable[Segment], delimiters: Delimiters = Delimiters(), newline: str = "\n", tail: str = "") -> str:
    """The text of the segments. What was read is written back as it stood; what was made gets `newline` after each segment."""
    out = []
    for segment in body:
        if segment.raw is not None:
            out.append(segment.raw + delimiters.segment)
            continue
        elements = segment.elements
        if delimiters.component != ":":
            elements = tuple(element if segment.id == "ISA" else element.replace(":", delimiters.component) for element in elements)
        out.append(delimiters.element.join((segment.id, *elements)) + delimiters.segment + newline)
    return "".join(out) + tail
