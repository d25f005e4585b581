"""A transaction explained: each segment with its loop, each element with its name, its value and what that means, faults where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from billing.x12.faults import FirstFaults
from billing.x12.placing import Placed, placed
from billing.x12.remittance import payments
from billing.x12.wire import Delimiters, Fault, NotX12, Reader, Segment
from curriculum.x12_glossary import Books, Glossary, Lists, Part, glossary

PAGE = 60
DAY_LENGTH = 8
LONGEST_VALUE = 300


@dataclass(frozen=True)
class Element:
    """One element or component: its id (CLP02, SVC01-2), its name, the value as it stands, what it means, more about it, what is wrong with it."""
    id: str
    name: str
    value: str
    meaning: str = ""
    says: str = ""
    faults: tuple[str, ...] = ()
    component: bool = False


@dataclass(frozen=True)
class Explained:
    """One segment: its number in the file, id, name, what it says, its loop and the loop's name, its elements, what is wrong with it."""
    number: int
    id: str
    name: str
    says: str
    loop: str
    loop_name: str
    elements: tuple[Element, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """A whole file looked through once: its transactions (ST01 and guide, how many of each), its segments, its first faults, and why it could not be read on."""
    transactions: tuple[tuple[str, str, int], ...]
    segments: int
    faults: tuple[Fault, ...]
    more_faults: int = 0
    stopped: str = ""


class Counting(Reader):
    """A reader that keeps count of the segments and transaction sets that went through it."""

    def __init__(self, source: str | Iterable[str]):
        super().__init__(source)
        self.segments, self.group, self.sets = 0, "", {}

    def __iter__(self) -> Iterator[Segment]:
        for segment in super().__iter__():
            self.segments = segment.number
            if segment.id == "GS":
                self.group = segment.get(8)
            elif segment.id == "ST":
                kind = segment.get(1), segment.get(3) or self.group
                self.sets[kind] = self.sets.get(kind, 0) + 1
            yield segment


def survey(source) -> Survey:
    """Looks through a file once. source: a function that gives its chunks anew. A remittance is held to its balances besides."""
    faults, stopped, reader = FirstFaults(), "", None
    try:
        first = next((each for each in Reader(source()) if each.id in ("ST", "TA1")), None)
        reader = Counting(source())
        for _ in payments(reader, faults) if first is not None and first.get(1) == "835" else placed(reader, faults):
            pass
    except NotX12 as error:
        stopped = str(error)
    sets = tuple((*kind, many) for kind, many in reader.sets.items()) if reader else ()
    return Survey(sets, reader.segments if reader else 0, tuple(sorted(faults, key=lambda fault: fault.segment)), faults.more, stopped)


def explain(source: str | Iterable[str], terms: Glossary, books: Books, first: int = 1, most: int = PAGE, faults: Iterable[Fault] = ()) -> Iterator[Explained]:
    """The segments from a number on, at most so many, each explained. faults: those found already, shown where they stand. NotX12 where it cannot be read on."""
    reader = Reader(source)
    told: dict[int, list[Fault]] = {}
    for fault in faults:
        told.setdefault(fault.segment, []).append(fault)
    for each in islice(placed(reader, FirstFaults(0)), first - 1, first - 1 + most):
        yield explained(each, terms, books, reader.delimiters, told.get(each.segment.number, []))


def told(source: str | Iterable[str]) -> Iterator[str]:
    """Every segment and element as lines of text, one after the other. NotX12 where it cannot be read on."""
    reader, terms, books, loop = Reader(source), glossary(), Lists(), None
    for each in placed(reader, FirstFaults(0)):
        said = explained(each, terms, books, reader.delimiters)
        if each.loop != loop:
            loop = each.loop
            yield f"{loop or 'envelope'}{f': {said.loop_name}' if said.loop_name else ''}"
        yield f"{said.number:>6} {said.id}  {said.name}"
        for element in said.elements:
            yield f"{'':9}{'  ' if element.component else ''}{element.id:<9} {element.name}: {element.value}{f' ({element.meaning})' if element.meaning else ''}"


def explained(each: Placed, terms: Glossary, books: Books, delimiters: Delimiters = Delimiters(), faults: Iterable[Fault] = ()) -> Explained:
    """One segment explained."""
    segment, says = each.segment, terms.segments.get(each.segment.id)
    elements = []
    for place, value in enumerate(segment.elements, 1):
        wrong = tuple(fault.what for fault in faults if fault.element == place)
        if value.strip() or wrong:
            elements += _element(segment, place, value, says.at(place) if says else None, terms, books, delimiters, wrong)
    whole = tuple(fault.what for fault in faults if not fault.element or fault.element > len(segment.elements))
    return Explained(segment.number, segment.id, says.name if says else "", says.says if says else "", each.loop, terms.loop(each.transaction, each.loop), tuple(elements), whole)


def _element(segment: Segment, place: int, value: str, part: Part | None, terms: Glossary, books: Books, delimiters: Delimiters, wrong: tuple[str, ...]) -> list[Element]:
    """The element, and its components where it is made of them."""
    id = f"{segment.id}{place:02d}"
    shown = value.strip() if segment.id == "ISA" else value
    if part is None:
        return [Element(id, "", shown[:LONGEST_VALUE], faults=wrong)]
    if part.parts and segment.id != "ISA":
        components = value.split(delimiters.component)
        return [Element(id, part.name, shown[:LONGEST_VALUE], "", part.says, wrong), *(made for at, text in enumerate(components, 1) if text for made in [_component(id, at, text, part, components, terms, books)])]
    texts = value.split(delimiters.repetition) if part.repeated else [value]
    meaning = ", ".join(filter(None, (_meaning(part, text, terms, books) for text in texts)))
    return [Element(id, _named(part, segment, terms, books), shown[:LONGEST_VALUE], meaning, part.says, wrong)]


def _component(id: str, at: int, text: str, whole: Part, components: list[str], terms: Glossary, books: Books) -> Element:
    part = whole.parts[at - 1] if at <= len(whole.parts) else None
    if part is None:
        return Element(f"{id}-{at}", "", text[:LONGEST_VALUE], component=True)
    name = part.name
    if part.named_by and (kind := terms.value(whole.parts[int(part.named_by) - 1], components[int(part.named_by) - 1], books)):
        name = kind[0].upper() + kind[1:]
    return Element(f"{id}-{at}", name, text[:LONGEST_VALUE], _meaning(part, text, terms, books), part.says, component=True)


def _named(part: Part, segment: Segment, terms: Glossary, books: Books) -> str:
    """The element's name; where the element before it says what kind it is, that."""
    if part.named_by:
        place = int(part.named_by)
        says = terms.segments[segment.id].at(place)
        if kind := terms.value(says, segment.get(place), books) if says else "":
            return kind[0].upper() + kind[1:]
    return part.name


def _meaning(part: Part, text: str, terms: Glossary, books: Books) -> str:
    if part.kind == "day":
        return " to ".join(f"{each[:4]}-{each[4:6]}-{each[6:8]}" if len(each) >= DAY_LENGTH and each.isdigit() else each for each in text.split("-"))
    if part.kind == "money":
        try:
            return f"{Decimal(text):,.2f}"
        except ArithmeticError:
            return ""
    return terms.value(part, text, books)
