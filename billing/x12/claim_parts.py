"""The parts of a claim transaction that its three forms share: header, hierarchy, people, what an earlier payer did; written and read."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, Provider
from billing.x12.parties import Correspondents, Place
from billing.x12.reading import Found
from billing.x12.wire import Segment, seg

RELATIONSHIPS = {"self": "18", "spouse": "01", "child": "19", "other": "G8"}
FROM_RELATIONSHIP = {code: word for word, code in RELATIONSHIPS.items()}
CAS_ENTRIES = 6
COUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")


def day(value: date | None) -> str:
    """A date as CCYYMMDD."""
    return f"{value:%Y%m%d}" if value else ""


def read_day(text: str) -> date:
    """CCYYMMDD; ValueError with a sentence otherwise."""
    try:
        if len(text) == 8 and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        pass
    raise ValueError(f'"{text}" is no date of the form CCYYMMDD')


def money(value: Decimal) -> str:
    """Dollars as X12 writes them: without zeros at the end, without a point where there are no cents."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(text: str) -> Decimal:
    """Dollars of an element, to the cent; ValueError with a sentence where it is none."""
    try:
        value = Decimal(text or "0").quantize(Decimal("0.01"))
    except ArithmeticError as error:
        raise ValueError(f'"{text}" is no amount') from error
    if not value.is_finite():
        raise ValueError(f'"{text}" is no amount')
    return value


def count(text: str) -> int:
    """Units of an element, without what stands after the point; ValueError with a sentence where it is no such number, however it is written."""
    if not COUNT.fullmatch(text):
        raise ValueError(f'"{text[:40]}" is no number of units')
    return int(text.partition(".")[0] or "0")


def pointed(code: str) -> str:
    """A diagnosis with its point: E119 becomes E11.9."""
    return code if len(code) <= 3 or "." in code else f"{code[:3]}.{code[3:]}"


def header(parties: Correspondents, control: int, at: datetime) -> list[Segment]:
    """BHT, submitter and receiver."""
    return [seg("BHT", "0019", "00", f"{control:04d}", f"{at:%Y%m%d}", f"{at:%H%M}", "CH"),
            seg("NM1", "41", "2", parties.submitter, "", "", "", "", "46", parties.submitter_id), seg("PER", "IC", parties.contact, "TE", parties.telephone),
            seg("NM1", "40", "2", parties.receiver, "", "", "", "", "46", parties.receiver_id)]


def place(at: Place) -> list[Segment]:
    """N3 and N4."""
    return [seg("N3", at.street), seg("N4", at.city, at.state, at.zip)]


def biller(claim: Any, parties: Correspondents, number: int) -> list[Segment]:
    """2000A with the billing provider; 2010AA's tax number."""
    speciality = [seg("PRV", "BI", "PXC", parties.taxonomy)] if parties.taxonomy else []
    return [seg("HL", number, "", "20", "1"), *speciality, seg("NM1", "85", "2", claim.billing.name, "", "", "", "", "XX", claim.billing.npi), *place(parties.billing_place),
            *([seg("REF", "EI", claim.billing.tax_id.replace("-", ""))] if claim.billing.tax_id else [])]


def people(claim: Any, parties: Correspondents, number: int, parent: int, filing: str) -> list[Segment]:
    """2000B and, where the patient is not the subscriber, 2000C; the claim follows. filing: SBR09, what kind of payer it is."""
    own = claim.relationship == "self"
    second = claim.prior_payment is not None
    subscriber = [seg("HL", number, parent, "22", "0" if own else "1"), seg("SBR", "S" if second else "P", "18" if own else "", claim.group_number, "", "", "", "", "", filing),
                  *person("IL", claim.subscriber, claim.member_id), *place(parties.patient_place), _born(claim.subscriber),
                  seg("NM1", "PR", "2", parties.payer_name, "", "", "", "", "PI", parties.payer_id)]
    if own:
        return subscriber
    return [*subscriber, seg("HL", number + 1, number, "23", "0"), seg("PAT", RELATIONSHIPS.get(claim.relationship, "G8")), *person("QC", claim.patient), *place(parties.patient_place), _born(claim.patient)]


def _born(someone: Person) -> Segment:
    return seg("DMG", "D8", day(someone.birth_date), someone.sex)


def person(code: str, someone: Person, member_id: str = "") -> list[Segment]:
    """A person's NM1."""
    return [seg("NM1", code, "1", someone.last_name, someone.first_name, "", "", "", *(("MI", member_id) if member_id else ()))]


def provider(code: str, someone: Provider) -> Segment:
    """A clinician's NM1. The name is one text here: it stands whole as NM103 of a person, so that it comes back as it was."""
    return seg("NM1", code, "1", someone.name, "", "", "", "", "XX", someone.npi)


def prior(payment: PriorPayment, subscriber: Person, relationship: str) -> list[Segment]:
    """2320 and 2330: the earlier payer's whole answer at claim level. Line 0 holds what was decided for the claim as a whole."""
    whole = next((line for line in payment.lines if line.line == 0), None)
    paid = sum((line.paid for line in payment.lines), Decimal("0.00"))
    return [seg("SBR", "P", RELATIONSHIPS.get(relationship, "G8"), "", "", "", "", "", "", "CI"), *(cas(whole.adjustments) if whole else []), seg("AMT", "D", money(paid)),
            seg("OI", "", "", "Y", "", "", "Y"), *person("IL", subscriber, "UNKNOWN"), seg("NM1", "PR", "2", payment.payer, "", "", "", "", "PI", payment.payer), seg("DTP", "573", "D8", day(payment.adjudicated))]


def prior_line(payment: PriorPayment, number: int, procedure: tuple, units: object) -> list[Segment]:
    """2430 of one line."""
    found = [line for line in payment.lines if line.line == number]
    return [segment for line in found for segment in (seg("SVD", payment.payer, money(line.paid), procedure, "", units), *cas(line.adjustments), seg("DTP", "573", "D8", day(payment.adjudicated)))]


def cas(adjustments: tuple) -> list[Segment]:
    """CAS segments: one a group code in the order met, six entries each."""
    groups: dict[str, list] = {}
    for each in adjustments:
        groups.setdefault(each.group, []).append(each)
    written = []
    for group, held in groups.items():
        for start in range(0, len(held), CAS_ENTRIES):
            triples = [part for each in held[start:start + CAS_ENTRIES] for part in (each.carc, money(each.amount), "")]
            written.append(seg("CAS", group, *triples))
    return written


def read_cas(segments: list[Segment]) -> tuple[PriorAdjustment, ...]:
    """The adjustments of CAS segments."""
    return tuple(PriorAdjustment(segment.get(1), segment.get(at), amount(segment.get(at + 1))) for segment in segments for at in range(2, 20, 3) if segment.get(at))


NOT_TOLD = date.min
"""The birth date of a subscriber whom the transaction gives none, as it may where the patient is another."""


def read_person(loop: Found | None, needed: bool = True) -> Person:
    """A person of a name loop; ValueError where the loop has no birth date and one is needed."""
    name, born = loop.segments[0], loop.first("DMG")
    if born is None and not needed:
        return Person(name.get(3), name.get(4), NOT_TOLD, "U")
    if born is None:
        raise ValueError(f"loop {loop.loop.name} has no birth date (DMG)")
    return Person(name.get(3), name.get(4), read_day(born.get(2)), born.get(3))


def read_provider(loop: Found | None) -> Provider | None:
    """A provider of a name loop."""
    if loop is None:
        return None
    name = loop.segments[0]
    told = " ".join(part for part in (name.get(4), name.get(5), name.get(3), name.get(7)) if part)
    return Provider(told, name.get(9), loop.value("REF", 2, "EI"))


def read_prior(claim: Found, line_numbers: list[tuple[int, Found]]) -> PriorPayment | None:
    """The earlier payer's answer of a claim: from 2430 of its lines, or from 2320 where it was decided as a whole; None where it has decided nothing yet."""
    other = claim.one("2320")
    if other is None or not (other.first("AMT", "D") or other.first("CAS") or any(line.one("2430") for _, line in line_numbers)):
        return None
    lines = [PriorLine(number, amount(decided.segments[0].get(2)), read_cas(decided.all("CAS"))) for number, line in line_numbers for decided in line.inside("2430")]
    payer, decided = other.one("2330B"), next((found for _, line in line_numbers for found in line.inside("2430")), None)
    on = (payer.value("DTP", 3, "573") if payer else "") or (decided.value("DTP", 3, "573") if decided else "")
    if not lines:
        lines = [PriorLine(0, amount(other.value("AMT", 2, "D")), read_cas(other.all("CAS")))]
    return PriorPayment(payer.segments[0].get(9) if payer else "", read_day(on), tuple(lines))
