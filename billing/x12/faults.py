"""A list of faults that cannot grow without end, and elements read as amounts, days and numbers with a fault where they are none."""

from datetime import date
from decimal import Decimal

from billing.money import ZERO
from billing.x12.claim_parts import amount, read_day
from billing.x12.wire import Fault, Segment

MOST_FAULTS = 500


class FirstFaults(list):
    """The first faults of a file; `more` counts those that came after and were not kept."""

    def __init__(self, most: int = MOST_FAULTS):
        super().__init__()
        self.most, self.more = most, 0

    def append(self, fault: Fault) -> None:
        """Keeps the fault while there is room."""
        if len(self) < self.most:
            super().append(fault)
        else:
            self.more += 1


def dollars(segment: Segment, place: int, faults: list[Fault]) -> Decimal:
    """The element as dollars; nothing, and a fault, where it is no amount."""
    try:
        return amount(segment.get(place))
    except ValueError as error:
        faults.append(Fault(segment.number, segment.id, place, str(error)))
        return ZERO


def day_of(segment: Segment | None, place: int, faults: list[Fault]) -> date | None:
    """The element as a day; None where it is empty, and with a fault where it is no day."""
    if segment is None or not segment.get(place):
        return None
    try:
        return read_day(segment.get(place).split("-")[0])
    except ValueError as error:
        faults.append(Fault(segment.number, segment.id, place, str(error)))
        return None
