"""The dental claim's own loops (837D, 005010X224A2): from CLM to the last tooth. Another plan without an answer yet is not carried."""

from billing.claim import Provider
from billing.dental.claim import Accident, DentalClaim, DentalLine, Orthodontics
from billing.x12.claim_parts import FROM_RELATIONSHIP, amount, count, day, money, pointed, prior, prior_line, provider, read_day, read_person, read_prior, read_provider
from billing.x12.reading import Found
from billing.x12.wire import Segment, seg

LETTERS = "ABCD"
CAUSES = {"auto": "AA", "occupational": "EM", "other": "OA"}
FROM_CAUSE = {code: word for word, code in CAUSES.items()}
MISSING = "M"


def written(claim: DentalClaim) -> list[Segment]:
    """2300 and what is inside it."""
    accident = (CAUSES[claim.accident.cause], "", "", claim.accident.state) if claim.accident else ""
    asked = (*[""] * 7, "PB") if claim.predetermination else ()
    out = [seg("CLM", claim.account, money(claim.charge), "", "", (claim.place_of_service, "B", claim.frequency_code), "Y", "A", "Y" if claim.assigned else "N", "Y", "", accident, *asked)]
    if claim.accident:
        out.append(seg("DTP", "439", "D8", day(claim.accident.on)))
    if claim.orthodontics:
        out += [seg("DTP", "452", "D8", day(claim.orthodontics.appliance_placed)), seg("DN1", claim.orthodontics.months)]
    out += [seg("DN2", tooth, MISSING, "", "", "", "JP") for tooth in claim.missing_teeth]
    if claim.enclosures:
        out.append(seg("PWK", "OZ", "BM"))
    out += [seg("REF", *pair) for pair in (("G3", claim.predetermination_number), ("F8", claim.original_reference)) if pair[1]]
    if claim.remarks:
        out.append(seg("NTE", "ADD", claim.remarks))
    if claim.diagnoses:
        out.append(seg("HI", *(("ABK" if not at else "ABF", code.replace(".", "")) for at, code in enumerate(claim.diagnoses))))
    out.append(provider("82", claim.treating))
    if claim.treating_specialty:
        out.append(seg("PRV", "PE", "PXC", claim.treating_specialty))
    if claim.prior_payment:
        out += prior(claim.prior_payment, claim.subscriber, claim.relationship)
    for number, line in enumerate(claim.lines, 1):
        out += _line(claim, number, line)
    return out


def _line(claim: DentalClaim, number: int, line: DentalLine) -> list[Segment]:
    procedure = ("AD", line.procedure)
    prosthesis = "R" if claim.replaces_prosthesis else ""
    pointers = tuple(LETTERS.index(letter) + 1 for letter in line.diagnosis_pointers)
    out = [seg("LX", number), seg("SV3", procedure, money(line.charge), "", line.area, prosthesis, line.quantity, "", "", "", "", pointers)]
    if line.tooth:
        out.append(seg("TOO", line.tooth_system, line.tooth, line.surfaces))
    out.append(seg("DTP", "472", "D8", day(line.service_date)))
    if claim.replaces_prosthesis and claim.prior_placement:
        out.append(seg("DTP", "441", "D8", day(claim.prior_placement)))
    out.append(seg("REF", "6R", str(number)))
    if claim.prior_payment:
        out += prior_line(claim.prior_payment, number, procedure, line.quantity)
    return out


def read(billing: Found, subscriber: Found, patient: Found, claim: Found) -> DentalClaim:
    """The typed claim of a loop 2300. ValueError with a sentence where a required part cannot be read."""
    clm, insured, who, lines = claim.segments[0], subscriber.one("2010BA"), patient.one("2010CA"), claim.inside("2400")
    place, _, frequency = (*clm.parts(5), "", "", "")[:3]
    cause, *rest = (*clm.parts(11), "", "", "", "")
    treating, placed = claim.one("2310B"), next((value for line in lines if (value := line.value("DTP", 3, "441"))), "")
    return DentalClaim(
        account=clm.get(1), payer=subscriber.one("2010BB").segments[0].get(9), member_id=insured.segments[0].get(9), patient=read_person(who or insured), subscriber=read_person(insured, who is None),
        relationship=FROM_RELATIONSHIP.get(patient.value("PAT", 1), "other") if who else "self", billing=read_provider(billing.one("2010AA")), treating=read_provider(treating) or Provider("", ""),
        lines=tuple(map(_read_line, lines)), predetermination=clm.get(19) == "PB", predetermination_number=claim.value("REF", 2, "G3"), group_number=subscriber.value("SBR", 3),
        missing_teeth=tuple(status.get(1) for status in claim.all("DN2") if status.get(2) == MISSING),
        diagnoses=tuple(pointed(entry.split(":")[1]) for hi in claim.all("HI") for entry in hi.elements), remarks=claim.value("NTE", 2), assigned=clm.get(8) == "Y", place_of_service=place,
        enclosures=claim.first("PWK") is not None, orthodontics=Orthodontics(read_day(claim.value("DTP", 3, "452")), int(claim.value("DN1", 1))) if claim.first("DN1") else None,
        replaces_prosthesis=any(line.first("SV3").get(5) == "R" for line in lines), prior_placement=read_day(placed) if placed else None,
        accident=Accident(FROM_CAUSE[cause], read_day(claim.value("DTP", 3, "439")), rest[2]) if cause in FROM_CAUSE else None,
        treating_specialty=treating.value("PRV", 3) if treating else "", frequency_code=frequency or "1", original_reference=claim.value("REF", 2, "F8"),
        prior_payment=read_prior(claim, list(enumerate(lines, 1))))


def _read_line(line: Found) -> DentalLine:
    sv3, tooth = line.first("SV3"), line.first("TOO")
    return DentalLine(read_day(line.value("DTP", 3, "472")), sv3.parts(1)[1], amount(sv3.get(2)), sv3.get(4), tooth.get(1) if tooth else "JP", tooth.get(2) if tooth else "",
                      tuple(part for part in tooth.parts(3)) if tooth else (), count(sv3.get(6) or "1"), tuple(LETTERS[int(number) - 1] for number in sv3.parts(11)))
