"""The professional claim's own loops (837P, 005010X222A1): from CLM to the last line."""

from billing.claim import Accident, ProfessionalClaim, ServiceLine
from billing.x12.claim_parts import (FROM_RELATIONSHIP, amount, count, day, money, pointed, prior, prior_line, provider, read_day, read_person, read_prior, read_provider)
from billing.x12.reading import Found
from billing.x12.wire import Segment, seg

LETTERS = "ABCDEFGHIJKL"
CAUSES = {"auto": "AA", "employment": "EM", "other": "OA"}
FROM_CAUSE = {code: word for word, code in CAUSES.items()}
BY_MINUTES = frozenset(("AA", "AD", "QK", "QX", "QY", "QZ"))
"""Modifiers of anesthesia: a line with one of them counts minutes (MJ) and not units."""


def written(claim: ProfessionalClaim) -> list[Segment]:
    """2300 and what is inside it."""
    place = claim.lines[0].place_of_service if claim.lines else ""
    related = ("", (CAUSES[claim.accident.cause], "", "", claim.accident.state)) if claim.accident else ()
    out = [seg("CLM", claim.account, money(claim.charge), "", "", (place, "B", claim.frequency_code), "Y", "A" if claim.accepts_assignment else "C", "Y", "Y", *related)]
    if claim.accident:
        out.append(seg("DTP", "439", "D8", day(claim.accident.on)))
    if claim.prior_authorization:
        out.append(seg("REF", "G1", claim.prior_authorization))
    if claim.original_reference:
        out.append(seg("REF", "F8", claim.original_reference))
    out.append(seg("HI", *(("ABK" if not at else "ABF", code.replace(".", "")) for at, code in enumerate(claim.diagnoses))))
    if claim.referring:
        out.append(provider("DN", claim.referring))
    if claim.rendering.npi:
        out.append(provider("82", claim.rendering))
    if claim.prior_payment:
        out += prior(claim.prior_payment, claim.subscriber, claim.relationship)
    for number, line in enumerate(claim.lines, 1):
        out += _line(claim, number, line)
    return out


def _line(claim: ProfessionalClaim, number: int, line: ServiceLine) -> list[Segment]:
    procedure = ("HC", line.procedure, *line.modifiers)
    place = "" if line.place_of_service == claim.lines[0].place_of_service else line.place_of_service
    pointers = tuple(LETTERS.index(letter) + 1 for letter in line.diagnosis_pointers)
    out = [seg("LX", number), seg("SV1", procedure, money(line.charge), "MJ" if BY_MINUTES.intersection(line.modifiers) else "UN", line.units, place, "", pointers)]
    if line.attachment:
        out.append(seg("PWK", "OZ", "EL", "", "", "AC", line.attachment))
    out += [seg("DTP", "472", "D8", day(line.service_date)), seg("REF", "6R", str(number))]
    if line.ndc:
        out += [seg("LIN", "", "N4", line.ndc.replace("-", "")), seg("CTP", "", "", "", line.units, ("UN",))]
    if claim.prior_payment:
        out += prior_line(claim.prior_payment, number, procedure, line.units)
    return out


def read(billing: Found, subscriber: Found, patient: Found, claim: Found) -> ProfessionalClaim:
    """The typed claim of a loop 2300. ValueError with a sentence where a required part cannot be read."""
    clm, sbr = claim.segments[0], subscriber.first("SBR")
    insured_loop, who_loop = subscriber.one("2010BA"), patient.one("2010CA")
    own = who_loop is None
    who, insured = read_person(insured_loop if own else who_loop), read_person(insured_loop, own)
    relationship = "self" if own else FROM_RELATIONSHIP.get(patient.value("PAT", 1), "other")
    place, _, frequency = (*clm.parts(5), "", "", "")[:3]
    biller = read_provider(billing.one("2010AA"))
    lines = claim.inside("2400")
    cause, *rest = (*clm.parts(11), "", "", "", "")
    return ProfessionalClaim(
        account=clm.get(1), payer=subscriber.one("2010BB").segments[0].get(9), member_id=insured_loop.segments[0].get(9), patient=who, subscriber=insured, relationship=relationship,
        billing=biller, rendering=read_provider(claim.one("2310B")) or biller, diagnoses=tuple(pointed(entry.split(":")[1]) for hi in claim.all("HI") for entry in hi.elements if entry.split(":")[0] in ("ABK", "ABF", "BK", "BF")),
        lines=tuple(_read_line(line, place) for line in lines), accepts_assignment=clm.get(7) == "A", prior_authorization=claim.value("REF", 2, "G1"), referring=read_provider(claim.one("2310A")),
        group_number=sbr.get(3), frequency_code=frequency or "1", original_reference=claim.value("REF", 2, "F8"), prior_payment=read_prior(claim, list(enumerate(lines, 1))),
        accident=Accident(FROM_CAUSE[cause], read_day(claim.value("DTP", 3, "439")), rest[2]) if cause in FROM_CAUSE else None)


def _read_line(line: Found, place: str) -> ServiceLine:
    sv1 = line.first("SV1")
    _, procedure, *modifiers = sv1.parts(1)
    drug, sent = line.one("2410"), line.first("PWK")
    return ServiceLine(read_day(line.value("DTP", 3, "472")[:8]), sv1.get(5) or place, procedure, tuple(LETTERS[int(number) - 1] for number in sv1.parts(7)), amount(sv1.get(2)),
                       count(sv1.get(4) or "1"), tuple(m for m in modifiers[:4] if m), drug.segments[0].get(3) if drug else "", sent.get(6) if sent else "")
