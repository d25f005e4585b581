"""Any transaction passed through segment by segment, each with the loop it stands in: in the memory of one segment, however long the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from billing.x12.acknowledgements import CLAIM_ACKNOWLEDGEMENT, FILE_ACKNOWLEDGEMENT
from billing.x12.claim_grammar import GRAMMARS as CLAIMS
from billing.x12.envelope import checked
from billing.x12.inquiry_grammar import GRAMMARS as INQUIRIES
from billing.x12.reading import Found, Loop, inner_of, knows, misplaced, missing, use_of
from billing.x12.remittance_grammar import GUIDE, WHOLE
from billing.x12.wire import Fault, Reader, Segment

GUIDE_LENGTH = len("005010X221")
"""What names a guide; an erratum (A1) may follow."""

GRAMMARS: dict[tuple[str, str], Loop] = {
    **{("837", guide): loop for guide, loop in CLAIMS.items()}, ("835", GUIDE): WHOLE, ("999", "005010X231A1"): FILE_ACKNOWLEDGEMENT, ("277", "005010X214"): CLAIM_ACKNOWLEDGEMENT, **INQUIRIES}
"""Every grammar that is known, by ST01 and guide."""


@dataclass(frozen=True)
class Placed:
    """A segment and where it stands: the transaction (837, 277, ...; TA1 alone has none), its guide, the loop (empty: the envelope)."""
    segment: Segment
    transaction: str = ""
    guide: str = ""
    loop: str = ""


@dataclass
class _Open:
    """A loop that is open: as much of it as its own check needs, and how far its segments have come."""
    found: Found
    ids: frozenset[str]
    place: int = 0
    counted: dict[int, int] = field(default_factory=dict)


def _begin(loop: Loop, opening: Segment, known: dict[int, frozenset[str]]) -> _Open:
    """A loop newly open, with the ids of what may stand in it."""
    if id(loop) not in known:
        known[id(loop)] = frozenset([use.id for use in loop.uses] + [inner.opens.id for inner in loop.loops])
    return _Open(Found(loop, [opening]), known[id(loop)])


def grammar_of(st: Segment, guide: str) -> tuple[str, Loop | None]:
    """The guide of a transaction set, its own or its group's, and the grammar where it is known."""
    named = st.get(3) or guide
    known = next((key for key in GRAMMARS if key[0] == st.get(1) and key[1][:GUIDE_LENGTH] == named[:GUIDE_LENGTH]), None)
    return (known[1], GRAMMARS[known]) if known else (named, None)


def placed(source: str | Iterable[str] | Reader, faults: list[Fault]) -> Iterator[Placed]:
    """Every segment with its place. What is wrong with envelopes and grammar is added to `faults`. NotX12 where it cannot be read on."""
    reader = source if isinstance(source, Reader) else Reader(source)
    open_: list[_Open] = []
    known: dict[int, frozenset[str]] = {}
    group, transaction, guide = "", "", ""
    for segment in checked(reader, faults):
        if segment.id == "GS":
            group = segment.get(8)
        if segment.id == "ST":
            transaction, (guide, grammar) = segment.get(1), grammar_of(segment, group)
            open_ = [_begin(grammar, segment, known)] if grammar else []
            if grammar is None:
                faults.append(Fault(segment.number, "ST", 1, f"{transaction} of {guide or 'no guide'} is not among the transactions that are known here, so its loops are not checked"))
            yield Placed(segment, transaction, guide, transaction)
        elif segment.id in ("SE", "GE", "IEA", "ISA", "GS", "TA1"):
            while open_:
                missing(open_.pop().found, faults)
            yield Placed(segment, transaction if segment.id == "SE" else "", guide if segment.id == "SE" else "")
        else:
            yield Placed(segment, transaction, guide, _place(open_, segment, known, faults))


def _place(open_: list[_Open], segment: Segment, known: dict, faults: list[Fault]) -> str:
    """The name of the loop the segment stands in; loops it ends are closed, one it begins is opened."""
    if not open_:
        return ""
    for depth in range(len(open_) - 1, -1, -1):
        here = open_[depth]
        if segment.id not in here.ids:
            continue
        at = use_of(here.found.loop, segment, here.place)
        inner = inner_of(here.found.loop, segment) if at is None else None
        if at is None and inner is None:
            continue
        while len(open_) > depth + 1:
            missing(open_.pop().found, faults)
        if at is not None:
            return _taken(here, at, segment, faults)
        _opened(here, open_, inner, segment, known)
        return inner.name
    last = next((each for each in reversed(open_) if segment.id in each.ids and knows(each.found.loop, segment)), open_[-1])
    faults.append(misplaced(last.found.loop, last.place, segment))
    return last.found.loop.name


def _taken(last: _Open, at: int, segment: Segment, faults: list[Fault]) -> str:
    """One more segment of the loop. Only the first of a kind is kept."""
    loop = last.found.loop
    last.place = at
    last.counted[at] = last.counted.get(at, 0) + 1
    if last.counted[at] == 1:
        last.found.segments.append(segment)
    elif last.counted[at] > loop.uses[at].most:
        faults.append(Fault(segment.number, segment.id, 0, f"it stands more than {loop.uses[at].most} times in loop {loop.name}"))
    return loop.name


def _opened(last: _Open, open_: list[_Open], inner: Loop, segment: Segment, known: dict) -> None:
    """A loop begins. Above it, as many of its kind are kept as the check of how many there may be needs."""
    if len(last.found.inside(inner.name)) <= inner.most:
        last.found.loops.append(Found(inner, [segment]))
    open_.append(_begin(inner, segment, known))
