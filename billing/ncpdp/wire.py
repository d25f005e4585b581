"""A D.0 transmission and its characters: fixed header, segments behind 0x1E, fields behind 0x1C, transactions behind 0x1D; written, and read back with every fault in a sentence."""

from datetime import date
from decimal import Decimal, InvalidOperation

from billing.ncpdp.fields import FIELDS, REQUEST_HEADER, RESPONSE_HEADER, SEGMENTS, Field
from billing.record import record

FIELD, GROUP, SEGMENT = "\x1c", "\x1d", "\x1e"
POSITIVE, NEGATIVE = "{ABCDEFGHI", "}JKLMNOPQR"
"""The last digit of a signed amount, from 0 to 9."""
CENTS, THOUSANDTHS = 2, 3


class Unreadable(ValueError):
    """A transmission, or a field of it, that cannot be read; the sentence says where and why."""


@record
class Sent:
    """A field as it was sent: its two-letter id and its characters."""
    id: str
    text: str

    @property
    def field(self) -> Field | None:
        """What is known of the field; None where it is none of ours."""
        return FIELDS.get(self.id)


@record
class Segment:
    """A segment: its two digits and its fields in order, without 111-AM."""
    id: str
    sent: tuple[Sent, ...]

    def first(self, id: str, default: str = "") -> str:
        """The characters of the first field of that id."""
        return next((each.text for each in self.sent if each.id == id), default)

    def every(self, id: str) -> tuple[str, ...]:
        """The characters of every field of that id, in order."""
        return tuple(each.text for each in self.sent if each.id == id)


@record
class Transmission:
    """Header parts in order, segments of the whole transmission, and those of each transaction."""
    header: tuple[str, ...]
    shared: tuple[Segment, ...]
    transactions: tuple[tuple[Segment, ...], ...]
    response: bool = False

    @property
    def layout(self) -> tuple:
        """What the header's parts are."""
        return RESPONSE_HEADER if self.response else REQUEST_HEADER

    def part(self, label: str) -> str:
        """A part of the header, as 103-A3."""
        return next(text for text, (each, _, _) in zip(self.header, self.layout) if each == label)

    def segment(self, id: str) -> Segment:
        """The first segment of those two digits; an empty one where there is none."""
        return next((each for each in (*self.shared, *(s for one in self.transactions for s in one)) if each.id == id), Segment(id, ()))


def write(sent: Transmission) -> str:
    """The characters of the transmission."""
    head = "".join(text.ljust(width)[:width] for text, (_, _, width) in zip(sent.header, sent.layout))
    return head + "".join(map(_segment, sent.shared)) + "".join(GROUP + "".join(map(_segment, each)) for each in sent.transactions)


def _segment(segment: Segment) -> str:
    return SEGMENT + FIELD + "AM" + segment.id + "".join(FIELD + each.id + each.text for each in segment.sent)


def read(text: str, response: bool = False) -> Transmission:
    """The transmission; Unreadable where its shape is broken. faults() then says what is wrong in its fields."""
    layout = RESPONSE_HEADER if response else REQUEST_HEADER
    width = sum(size for _, _, size in layout)
    if len(text) < width or any(mark in text[:width] for mark in (FIELD, GROUP, SEGMENT)):
        raise Unreadable(f"The header of a {'response' if response else 'request'} has {width} characters without separators; this one ends before.")
    header, place = [], 0
    for _, _, size in layout:
        header.append(text[place:place + size].rstrip())
        place += size
    shared, *transactions = text[width:].split(GROUP)
    return Transmission(tuple(header), _segments(shared), tuple(_segments(each) for each in transactions), response)


def _segments(text: str) -> tuple[Segment, ...]:
    parts = text.split(SEGMENT)
    if parts[0]:
        raise Unreadable(f"Something stands where a segment should begin (0x1E): {parts[0][:20]!r}.")
    found = []
    for part in parts[1:]:
        before, *fields = part.split(FIELD)
        if before or not fields or fields[0][:2] != "AM":
            raise Unreadable(f"A segment begins with 0x1C and 111-AM, its two digits; this one begins with {part[:20]!r}.")
        found.append(Segment(fields[0][2:], tuple(Sent(each[:2], each[2:]) for each in fields[1:])))
    return tuple(found)


def faults(sent: Transmission) -> tuple[str, ...]:
    """A sentence for every segment and field that is unknown, too long, or not what its kind says."""
    found = []
    for segment in (*sent.shared, *(each for one in sent.transactions for each in one)):
        if segment.id not in SEGMENTS:
            found.append(f"Segment {segment.id} is not one that is read here.")
        found += [fault for each in segment.sent if (fault := _fault(segment, each))]
    return tuple(found)


def _fault(segment: Segment, sent: Sent) -> str:
    place = f"Segment {segment.id}, field {sent.field.label if sent.field else sent.id}"
    if sent.field is None:
        return f"{place}: no such field is known here."
    if sent.field.length and len(sent.text) > sent.field.length:
        return f"{place}: {len(sent.text)} characters; {sent.field.name} has {sent.field.length} at most."
    try:
        value(sent)
    except Unreadable as error:
        return f"{place}: {error}"
    return ""


def value(sent: Sent) -> str | int | date | Decimal:
    """The field as what its kind says; text where it is not known. Unreadable with a sentence."""
    kind = sent.field.kind if sent.field else "text"
    try:
        return {"text": str, "number": int, "date": _day, "money": money, "quantity": quantity}[kind](sent.text)
    except (ValueError, InvalidOperation) as error:
        raise error if isinstance(error, Unreadable) else Unreadable(f"{sent.text!r} is no {kind}.") from error


def _day(text: str) -> date:
    if len(text) != 8:
        raise Unreadable(f"{text!r} is no date such as 20260331.")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def money(text: str) -> Decimal:
    """Dollars from digits whose last one carries the sign: 125{ is 12.50."""
    last = text[-1:]
    sign, signs = (1, POSITIVE) if last and last in POSITIVE else (-1, NEGATIVE)
    if not last or last not in signs or not (text[:-1] or "0").isdigit():
        raise Unreadable(f"{text!r} is no signed amount: its last digit carries the sign, as {POSITIVE[0]} for 0.")
    return sign * Decimal(text[:-1] + str(signs.index(last))).scaleb(-CENTS)


def signed(amount: Decimal) -> str:
    """Digits of an amount in dollars, the sign in the last one."""
    digits = str(int(abs(amount).scaleb(CENTS)))
    return digits[:-1] + (NEGATIVE if amount < 0 else POSITIVE)[int(digits[-1])]


def quantity(text: str) -> Decimal:
    """A quantity from digits of which three are decimals."""
    if not text.isdigit():
        raise Unreadable(f"{text!r} is no quantity: digits alone, the last three decimals.")
    return Decimal(text).scaleb(-THOUSANDTHS).normalize() + Decimal(0)


def thousandths(amount: Decimal) -> str:
    """Ten digits of a quantity, three of them decimals."""
    return f"{int(amount.scaleb(THOUSANDTHS)):010d}"
