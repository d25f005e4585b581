"""A D.0 transmission told in plain words: every part of the header and every field with its id, its name and what it says."""

from billing.ncpdp.fields import SEGMENTS
from billing.ncpdp.wire import FIELD, GROUP, SEGMENT, Sent, Transmission, Unreadable, value
from billing.record import record

SHOWN = {FIELD: "\u241c", GROUP: "\u241d", SEGMENT: "\u241e"}
"""The separators as characters that can be seen."""


@record
class Told:
    """One field: where it stands, its id and name, its characters, and what they say."""
    place: str
    label: str
    name: str
    text: str
    says: str


def explain(sent: Transmission) -> tuple[Told, ...]:
    """Every field in the order of the wire."""
    told = [Told("Header", label, name, text, text) for text, (label, name, _) in zip(sent.header, sent.layout)]
    for number, segments in enumerate((sent.shared, *sent.transactions)):
        for segment in segments:
            place = f"{segment.id} {SEGMENTS.get(segment.id, 'unknown')}" + (f", transaction {number}" if number else "")
            told += [_told(place, each) for each in segment.sent]
    return tuple(told)


def _told(place: str, sent: Sent) -> Told:
    field = sent.field
    if field is None:
        return Told(place, sent.id, "unknown here", sent.text, sent.text)
    try:
        says = format(value(sent), "f") if field.kind in ("money", "quantity") else str(value(sent))
    except Unreadable as error:
        says = str(error)
    return Told(place, field.label, field.name, sent.text, says)


def visible(text: str) -> str:
    """The wire with its separators made visible."""
    return "".join(SHOWN.get(character, character) for character in text)
