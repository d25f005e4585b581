"""A transaction set held against its grammar: which segment belongs to which loop, what is missing, what is too many, what stands in the wrong place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from billing.x12.wire import Fault, Segment


@dataclass(frozen=True)
class Use:
    """A segment's place in a loop. only: the values that the element of number `at` may have for this place; most: how often it may repeat."""
    id: str
    required: bool = False
    most: int = 1
    only: tuple[str, ...] = ()
    at: int = 1

    def fits(self, segment: Segment) -> bool:
        """Whether the segment may stand here."""
        return segment.id == self.id and (not self.only or segment.get(self.at).split(":")[0] in self.only)


@dataclass(frozen=True)
class Loop:
    """A loop: the segment that opens it, the segments after it in their order, the loops inside it in theirs."""
    name: str
    opens: Use
    uses: tuple[Use, ...] = ()
    loops: tuple["Loop", ...] = ()
    required: bool = False
    most: int = 0        # 0: without a limit


@dataclass
class Found:
    """A loop as it was found: its segments (the opening one first) and the loops inside it."""
    loop: Loop
    segments: list[Segment] = field(default_factory=list)
    loops: list["Found"] = field(default_factory=list)

    def first(self, id: str, only: str = "", at: int = 1) -> Segment | None:
        """The first segment of that id (and of that value of an element)."""
        return next(iter(self.all(id, only, at)), None)

    def all(self, id: str, only: str = "", at: int = 1) -> list[Segment]:
        """Every segment of that id (and of that value of an element)."""
        return [segment for segment in self.segments if segment.id == id and (not only or segment.get(at).split(":")[0] == only)]

    def value(self, id: str, place: int, only: str = "", at: int = 1) -> str:
        """An element of the first such segment; empty where there is none."""
        segment = self.first(id, only, at)
        return segment.get(place) if segment else ""

    def inside(self, name: str) -> list["Found"]:
        """The loops of that name directly inside."""
        return [each for each in self.loops if each.loop.name == name]

    def named(self, name: str) -> Segment:
        """The opening segment of the first loop of that name; an empty one where the file left the loop out, which is a fault already."""
        found = self.one(name)
        return found.segments[0] if found else Segment("NM1")

    def one(self, name: str) -> "Found | None":
        """The first loop of that name directly inside."""
        return next(iter(self.inside(name)), None)


class Ahead:
    """Segments with one of them in sight."""

    def __init__(self, body: Iterable[Segment]):
        self._body: Iterator[Segment] = iter(body)
        self.next: Segment | None = next(self._body, None)

    def take(self) -> Segment:
        """The one in sight; the next comes into sight."""
        taken, self.next = self.next, next(self._body, None)
        return taken


def read_loop(loop: Loop, ahead: Ahead, faults: list[Fault], above: tuple[Loop, ...] = ()) -> Found:
    """The loop that the segment in sight opens, read to its end. What does not fit anywhere is a fault and is passed over."""
    found = Found(loop, [ahead.take()])
    place, counted = 0, {}
    while ahead.next is not None:
        segment = ahead.next
        taken = use_of(loop, segment, place)
        if taken is not None:
            place = taken
            counted[taken] = counted.get(taken, 0) + 1
            if counted[taken] > loop.uses[taken].most:
                faults.append(Fault(segment.number, segment.id, 0, f"it stands more than {loop.uses[taken].most} times in loop {loop.name}"))
            found.segments.append(ahead.take())
        elif inner := inner_of(loop, segment):
            found.loops.append(read_loop(inner, ahead, faults, (*above, loop)))
        elif any(knows(outer, segment) for outer in above):
            break
        else:
            faults.append(misplaced(loop, place, segment))
            found.segments.append(ahead.take())
    missing(found, faults)
    return found


def misplaced(loop: Loop, place: int, segment: Segment) -> Fault:
    """Why a segment fits neither here nor anywhere above."""
    behind = next((use for use in loop.uses if use.fits(segment)), None)
    where = f"it comes too late in loop {loop.name}: it belongs before {loop.uses[place].id}" if behind else f"it has no place in loop {loop.name} ({_fits_in(loop)})"
    return Fault(segment.number, segment.id, 0, where)


def use_of(loop: Loop, segment: Segment, place: int) -> int | None:
    """The place of the segment among the loop's own, at or after the one reached."""
    return next((at for at in range(place, len(loop.uses)) if loop.uses[at].fits(segment)), None)


def inner_of(loop: Loop, segment: Segment) -> Loop | None:
    """The loop inside of it that the segment opens."""
    return next((inner for inner in loop.loops if inner.opens.fits(segment)), None)


def knows(loop: Loop, segment: Segment) -> bool:
    """Whether the segment has any place in the loop."""
    return inner_of(loop, segment) is not None or any(use.fits(segment) for use in loop.uses)


def _fits_in(loop: Loop) -> str:
    return "which holds " + ", ".join(dict.fromkeys([use.id for use in loop.uses] + [inner.opens.id for inner in loop.loops])) if loop.uses or loop.loops else "which holds nothing more"


def missing(found: Found, faults: list[Fault]) -> None:
    """What the loop must have and has not."""
    opening = found.segments[0]
    for use in found.loop.uses:
        if use.required and not any(use.fits(segment) for segment in found.segments[1:]):
            value = f" with {' or '.join(use.only)}" if use.only else ""
            faults.append(Fault(opening.number, opening.id, 0, f"loop {found.loop.name}, which begins here, lacks its segment {use.id}{value}"))
    for inner in found.loop.loops:
        held = len(found.inside(inner.name))
        if inner.required and not held:
            faults.append(Fault(opening.number, opening.id, 0, f"loop {found.loop.name}, which begins here, lacks its loop {inner.name}"))
        if inner.most and held > inner.most:
            faults.append(Fault(opening.number, opening.id, 0, f"loop {inner.name} stands {held} times in loop {found.loop.name}; {inner.most} is the most"))
