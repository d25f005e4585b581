"""The institutional claim's own loops (837I, 005010X223A2): from CLM to the last revenue line."""

from collections.abc import Iterable

from billing.claim import Provider
from billing.institutional.claim import Diagnosis, InstitutionalClaim, Occurrence, OccurrenceSpan, RevenueLine, SurgicalProcedure, ValueAmount
from billing.money import cents
from billing.x12.claim_parts import FROM_RELATIONSHIP, amount, count, day, money, pointed, prior, prior_line, provider, read_day, read_person, read_prior, read_provider
from billing.x12.reading import Found
from billing.x12.wire import Segment, seg

MOST_CODES = 12


def written(claim: InstitutionalClaim) -> list[Segment]:
    """2300 and what is inside it."""
    out = [seg("CLM", claim.account, money(claim.charge), "", "", (claim.type_of_bill[1:3], "A", claim.frequency), "", "A" if claim.accepts_assignment else "C", "Y", "Y")]
    if claim.discharge_hour:
        out.append(seg("DTP", "096", "TM", f"{claim.discharge_hour}00"))
    out.append(seg("DTP", "434", "RD8", f"{day(claim.statement_from)}-{day(claim.statement_through)}"))
    if claim.admission_date:
        out.append(seg("DTP", "435", "DT", f"{day(claim.admission_date)}{claim.admission_hour}00") if claim.admission_hour else seg("DTP", "435", "D8", day(claim.admission_date)))
    out.append(seg("CL1", claim.admission_type, claim.admission_source, claim.discharge_status))
    out += [seg("REF", *pair) for pair in (("G1", claim.prior_authorization), ("F8", claim.control_number)) if pair[1]]
    if claim.remarks:
        out.append(seg("NTE", "ADD", claim.remarks))
    out += _codes(claim)
    out += [provider(code, who) for code, who in (("71", claim.attending), ("72", claim.operating)) if who and who.npi]
    if claim.prior_payment:
        out += prior(claim.prior_payment, claim.subscriber, claim.relationship)
    for number, line in enumerate(claim.lines, 1):
        out += _line(claim, number, line)
    return out


def _codes(claim: InstitutionalClaim) -> list[Segment]:
    """The HI segments, each kind of code in its own."""
    def diagnosis(code: str, held: Diagnosis) -> tuple:
        return (code, held.code.replace(".", ""), "", "", "", "", "", "", held.present_on_admission)
    kinds = ([diagnosis("ABK", claim.principal_diagnosis)],
             [("ABJ", claim.admitting_diagnosis.replace(".", ""))] if claim.admitting_diagnosis else [],
             [("APR", code.replace(".", "")) for code in claim.reasons_for_visit], [diagnosis("ABN", held) for held in claim.external_causes],
             [diagnosis("ABF", held) for held in claim.other_diagnoses],
             [("BBR", held.code, "D8", day(held.on)) for held in claim.procedures[:1]], [("BBQ", held.code, "D8", day(held.on)) for held in claim.procedures[1:]],
             [("BI", held.code, "RD8", f"{day(held.first)}-{day(held.last)}") for held in claim.occurrence_spans], [("BH", held.code, "D8", day(held.on)) for held in claim.occurrences],
             [("BE", held.code, "", "", money(held.amount)) for held in claim.values], [("BG", code) for code in claim.condition_codes])
    return [seg("HI", *held[start:start + MOST_CODES]) for held in kinds for start in range(0, len(held), MOST_CODES)]


def _line(claim: InstitutionalClaim, number: int, line: RevenueLine) -> list[Segment]:
    procedure = ("HC", line.procedure, *line.modifiers) if line.procedure else ""
    out = [seg("LX", number), seg("SV2", line.revenue_code, procedure, money(line.charge), "UN" if line.rate is None else "DA", line.units, "", money(line.non_covered) if line.non_covered else "")]
    if line.service_date:
        out.append(seg("DTP", "472", "D8", day(line.service_date)))
    out.append(seg("REF", "6R", str(number)))
    if claim.prior_payment:
        out += [_with_revenue(each, line.revenue_code) for each in prior_line(claim.prior_payment, number, procedure or (), line.units)]
    return out


def _with_revenue(segment: Segment, revenue_code: str) -> Segment:
    """SVD of an institutional line names its revenue code in SVD04."""
    if segment.id != "SVD":
        return segment
    held = (*segment.elements, *[""] * (5 - len(segment.elements)))
    return seg("SVD", *held[:3], revenue_code, *held[4:])


def read(billing: Found, subscriber: Found, patient: Found, claim: Found) -> InstitutionalClaim:
    """The typed claim of a loop 2300. ValueError with a sentence where a required part cannot be read."""
    clm, insured, who = claim.segments[0], subscriber.one("2010BA"), patient.one("2010CA")
    codes, lines = _Codes(claim), claim.inside("2400")
    facility, _, frequency = (*clm.parts(5), "", "", "")[:3]
    first, last = (claim.value("DTP", 3, "434").split("-") * 2)[:2]
    admitted = claim.value("DTP", 3, "435")
    principal = codes.diagnoses("ABK", "BK")
    if not principal:
        raise ValueError("it has no principal diagnosis (HI with ABK)")
    return InstitutionalClaim(
        account=clm.get(1), payer=subscriber.one("2010BB").segments[0].get(9), type_of_bill=f"0{facility}{frequency}", billing=read_provider(billing.one("2010AA")), statement_from=read_day(first),
        statement_through=read_day(last), patient=read_person(who or insured), subscriber=read_person(insured, who is None),
        relationship=FROM_RELATIONSHIP.get(patient.value("PAT", 1), "other") if who else "self", member_id=insured.segments[0].get(9), principal_diagnosis=principal[0],
        lines=tuple(map(_read_line, lines)), attending=read_provider(claim.one("2310A")) or Provider("", ""), other_diagnoses=codes.diagnoses("ABF", "BF"),
        admitting_diagnosis=next((pointed(parts[1]) for parts in codes.of("ABJ", "BJ")), ""), reasons_for_visit=tuple(pointed(parts[1]) for parts in codes.of("APR", "PR")), external_causes=codes.diagnoses("ABN", "BN"),
        procedures=tuple(SurgicalProcedure(parts[1], read_day(parts[3])) for parts in (*codes.of("BBR", "BR"), *codes.of("BBQ", "BQ"))), operating=read_provider(claim.one("2310B")),
        admission_date=read_day(admitted[:8]) if admitted else None, admission_hour=admitted[8:10], admission_type=claim.value("CL1", 1), admission_source=claim.value("CL1", 2),
        discharge_hour=claim.value("DTP", 3, "096")[:2], discharge_status=claim.value("CL1", 3), condition_codes=tuple(parts[1] for parts in codes.of("BG")),
        occurrences=tuple(Occurrence(parts[1], read_day(parts[3])) for parts in codes.of("BH")),
        occurrence_spans=tuple(OccurrenceSpan(parts[1], *map(read_day, parts[3].split("-"))) for parts in codes.of("BI")), values=tuple(ValueAmount(parts[1], amount(parts[4])) for parts in codes.of("BE")),
        group_number=subscriber.value("SBR", 3), prior_authorization=claim.value("REF", 2, "G1"), control_number=claim.value("REF", 2, "F8"), accepts_assignment=clm.get(7) == "A",
        remarks=claim.value("NTE", 2), prior_payment=read_prior(claim, list(enumerate(lines, 1))))


class _Codes:
    """The composites of a claim's HI segments by their qualifier."""

    def __init__(self, claim: Found):
        self._held = [tuple(entry.split(":")) for hi in claim.all("HI") for entry in hi.elements if entry]

    def of(self, *qualifiers: str) -> Iterable[tuple[str, ...]]:
        return [parts for parts in self._held if parts[0] in qualifiers]

    def diagnoses(self, *qualifiers: str) -> tuple[Diagnosis, ...]:
        return tuple(Diagnosis(pointed(parts[1]), parts[8] if len(parts) > 8 else "") for parts in self.of(*qualifiers))


def _read_line(line: Found) -> RevenueLine:
    sv2, on = line.first("SV2"), line.value("DTP", 3, "472")
    _, procedure, *modifiers = (*sv2.parts(2), "", "")
    charge, units = amount(sv2.get(3)), count(sv2.get(5) or "1")
    rate = cents(charge / units) if sv2.get(4) == "DA" and units else None   # the guide has no element for it
    return RevenueLine(sv2.get(1), charge, units, read_day(on[:8]) if on else None, procedure, tuple(m for m in modifiers[:4] if m),
                       rate, amount(sv2.get(7)))
