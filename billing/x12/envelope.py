"""The envelopes of X12: interchange, group and transaction set, with the counts and control numbers that must agree."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from billing.record import record
from billing.x12.wire import Fault, Segment, seg

ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
GUIDE_IN_GROUP_ALONE = ("835",)   # its guide does not use ST03
CLOSED_BY = {"ISA": "IEA", "GS": "GE", "ST": "SE"}


@record
class Address:
    """Who sends and who receives, as the envelope names them: qualifier ZZ and an identifier each; in the group the same identifiers."""
    sender: str
    receiver: str
    test: bool = True


@record
class Version:
    """A transaction: its ST01, the functional group's code, and its implementation guide (GS08, ST03)."""
    transaction: str
    group: str
    guide: str


VERSIONS = {(version.transaction, version.guide): version for version in (
    Version("837", "HC", "005010X222A1"), Version("837", "HC", "005010X223A2"), Version("837", "HC", "005010X224A2"), Version("835", "HP", "005010X221A1"),
    Version("999", "FA", "005010X231A1"), Version("277", "HN", "005010X214"), Version("276", "HR", "005010X212"), Version("277", "HN", "005010X212"),
    Version("270", "HS", "005010X279A1"), Version("271", "HB", "005010X279A1"))}
"""Every transaction read or written here, by its ST01 and its guide."""


def wrap(body: Iterable[Segment], version: Version, address: Address, at: datetime, control: int) -> list[Segment]:
    """One transaction set in its group and interchange. body: what stands between ST and SE; control: the number of all three envelopes."""
    inside = list(body)
    number = f"{control:09d}"
    widths = ("00", "", "00", "", "ZZ", address.sender, "ZZ", address.receiver, f"{at:%y%m%d}", f"{at:%H%M}", "^", "00501", number, "0", "T" if address.test else "P", ":")
    isa = Segment("ISA", tuple(text.ljust(width)[:width] for text, width in zip(widths, ISA_WIDTHS)))
    return [isa, seg("GS", version.group, address.sender, address.receiver, f"{at:%Y%m%d}", f"{at:%H%M}", control, "X", version.guide),
            seg("ST", version.transaction, f"{control:04d}", "" if version.transaction in GUIDE_IN_GROUP_ALONE else version.guide), *inside, seg("SE", len(inside) + 2, f"{control:04d}"),
            seg("GE", 1, control), seg("IEA", 1, number)]


def checked(body: Iterable[Segment], faults: list[Fault]) -> Iterator[Segment]:
    """The segments passed on one by one, while what is wrong with their envelopes is added to `faults`."""
    open_: list[tuple[Segment, int]] = []   # the opening segment, and how many of its kind's contents have passed
    for segment in body:
        if segment.id in CLOSED_BY:
            _opened(open_, segment, faults)
            open_.append((segment, 0))
        elif segment.id in CLOSED_BY.values():
            _closed(open_, segment, faults)
        elif segment.id == "TA1":
            pass
        elif not open_ or open_[-1][0].id != "ST":
            faults.append(Fault(segment.number, segment.id, 0, "it stands outside of a transaction set (ST to SE)"))
        else:
            open_[-1] = (open_[-1][0], open_[-1][1] + 1)
        yield segment
    for segment, _ in open_:
        faults.append(Fault(segment.number, segment.id, 0, f"nothing closes it: {CLOSED_BY[segment.id]} is missing"))


def _opened(open_: list, segment: Segment, faults: list[Fault]) -> None:
    within = {"ISA": "", "GS": "ISA", "ST": "GS"}[segment.id]
    have = open_[-1][0].id if open_ else ""
    if have != within:
        faults.append(Fault(segment.number, segment.id, 0, f"it opens inside of {have or 'nothing'}; it belongs inside of {within or 'nothing'}"))
    if segment.id == "ISA":
        for place, (element, width) in enumerate(zip(segment.elements, ISA_WIDTHS), 1):
            if len(element) != width:
                faults.append(Fault(segment.number, "ISA", place, f"it has {len(element)} characters where {width} are fixed"))


def _closed(open_: list, segment: Segment, faults: list[Fault]) -> None:
    """Counts and control numbers agree with the opening segment's."""
    opener = {close: opening for opening, close in CLOSED_BY.items()}[segment.id]
    if not open_ or open_[-1][0].id != opener:
        faults.append(Fault(segment.number, segment.id, 0, f"it closes {opener}, which is not open here"))
        return
    opening, count = open_.pop()
    count = count + 2 if opener == "ST" else count
    what = {"ST": "segments, ST and SE included", "GS": "transaction sets", "ISA": "groups"}[opener]
    if segment.get(1) != str(count) and segment.get(1).lstrip("0") != str(count):
        faults.append(Fault(segment.number, segment.id, 1, f"it counts {segment.get(1) or 'nothing'}, but there are {count} {what}"))
    held = {"ST": opening.get(2), "GS": opening.get(6), "ISA": opening.get(13)}[opener]
    if segment.get(2) != held:
        faults.append(Fault(segment.number, segment.id, 2, f"its control number {segment.get(2)} is not that of {opener}, {held}"))
    if open_:
        open_[-1] = (open_[-1][0], open_[-1][1] + 1)


def version_of(gs: Segment, st: Segment) -> Version | None:
    """The transaction that a group and a set say they are; None for one that is not known here."""
    guide = st.get(3) or gs.get(8)
    return VERSIONS.get((st.get(1), guide)) or next((v for (kind, known), v in VERSIONS.items() if kind == st.get(1) and known[:10] == guide[:10]), None)
