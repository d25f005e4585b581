"""What answers a file of claims before any payer decides: the TA1 for the envelope, the 999 for the grammar, the 277CA for each claim."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.answer import Answer, Rejection
from billing.x12.claim_grammar import GRAMMARS
from billing.x12.claim_parts import day, money
from billing.x12.claims import GUIDE, sets
from billing.x12.envelope import VERSIONS, Address, checked, wrap
from billing.x12.faults import day_of, dollars
from billing.x12.parties import Correspondents
from billing.x12.reading import Ahead, Found, Loop, Use, read_loop
from billing.x12.wire import Fault, NotX12, Reader, Segment, seg, write

CLOSING = ("SE", "GE", "IEA")
NOT_DEFINED, UNEXPECTED, MISSING, TOO_MANY, HAS_FAULTS = "1", "2", "3", "5", "8"
"""IK304: what is wrong with a segment."""
OTHER_CONTROL, WRONG_COUNT = "001", "021"
"""TA105: why an interchange cannot be taken."""


@dataclass(frozen=True)
class FileAnswer:
    """The answer to a file: the TA1 where its interchange cannot be taken, else the 999; and what both rest on."""
    accepted: bool
    ta1: str
    acknowledgement: str
    faults: tuple[Fault, ...]


def acknowledge(text: str, at: datetime, control: int) -> FileAnswer:
    """TA1 and 999 for a file of claims, as a receiver's translator makes them."""
    faults: list[Fault] = []
    try:
        held = list(checked(Reader(text), faults))
    except NotX12 as error:
        return FileAnswer(False, "", "", (Fault(0, "", 0, str(error)),))
    isa = held[0]
    address = Address(isa.get(8).strip(), isa.get(6).strip(), isa.get(15) != "P")
    if any(fault.id in ("ISA", "IEA") for fault in faults):
        wrong = OTHER_CONTROL if any(fault.id == "IEA" and fault.element == 2 for fault in faults) else WRONG_COUNT
        return FileAnswer(False, _ta1(isa, "R", wrong, address, at, control), "", tuple(faults))
    gs = next((segment for segment in held if segment.id == "GS"), None)
    if gs is None:
        return FileAnswer(False, _ta1(isa, "R", "024", address, at, control), "", (*faults, Fault(0, "", 0, "there is no group (GS) in it")))
    body, accepted, counted = [seg("AK1", gs.get(1), gs.get(6), gs.get(8))], 0, 0
    envelope = [fault for fault in faults if fault.id in CLOSING]
    for st, inside in sets(text, []):
        counted += 1
        found = _held_against(st, inside)
        told = [*found, *(fault for fault in envelope if fault.id == "SE")]
        body += [seg("AK2", st.get(1), st.get(2), st.get(3)), *(_ik3(fault, st.number) for fault in found), seg("IK5", "R" if told else "A", "5" if found else "4" if told else "")]
        accepted += not told
        faults += found
    body.append(seg("AK9", "A" if accepted == counted else "R" if not accepted else "P", counted, counted, accepted))
    answer = write(wrap(body, VERSIONS["999", "005010X231A1"], address, at, control))
    return FileAnswer(accepted == counted, "", answer, tuple(faults))


def _held_against(st: Segment, inside: list[Segment]) -> list[Fault]:
    """What a transaction set breaks of its grammar."""
    grammar = next((grammar for guide, grammar in GRAMMARS.items() if guide[:GUIDE] == st.get(3)[:GUIDE]), None)
    if grammar is None:
        return [Fault(st.number, "ST", 3, f"{st.get(3)} is no guide that is taken here")]
    faults: list[Fault] = []
    read_loop(grammar, Ahead([st, *inside]), faults)
    return faults


def _ik3(fault: Fault, start: int) -> Segment:
    """The segment's place is counted from its ST."""
    kind = MISSING if "lacks" in fault.what else TOO_MANY if "more than" in fault.what or "is the most" in fault.what else UNEXPECTED
    return seg("IK3", fault.id, fault.segment - start + 1, "", kind)


def _ta1(isa: Segment, code: str, note: str, address: Address, at: datetime, control: int) -> str:
    whole = wrap([], VERSIONS["999", "005010X231A1"], address, at, control)
    ta1 = seg("TA1", isa.get(13), isa.get(9), isa.get(10), code, note)
    return write([whole[0], ta1, seg("IEA", 0, f"{control:09d}")])


@dataclass(frozen=True)
class ClaimStatus:
    """One claim of a 277CA: its account, the payer's number where it was taken, the charge, and each status as category, status code and entity."""
    account: str
    accepted: bool
    charge: Decimal
    statuses: tuple[tuple[str, str, str], ...]
    payer_number: str = ""
    service_date: date | None = None


ACCEPTED = (("A2", "20", ""),)


def write_claim_acknowledgement(answers: Iterable[tuple[Any, Answer]], parties: Correspondents, at: datetime, control: int) -> str:
    """A 277CA for claims and their answers: a Rejection tells why, anything else was accepted into adjudication."""
    held = [(claim, _status_of(claim, answer)) for claim, answer in answers]
    taken, refused = [s for _, s in held if s.accepted], [s for _, s in held if not s.accepted]
    total = sum((s.charge for _, s in held), Decimal("0.00"))
    billing = held[0][0].billing
    body = [seg("BHT", "0085", "08", f"{control:04d}", f"{at:%Y%m%d}", f"{at:%H%M}", "TH"),
            seg("HL", 1, "", "20", 1), seg("NM1", "PR", "2", parties.payer_name, "", "", "", "", "PI", parties.payer_id), seg("TRN", "1", f"P{control:08d}"), seg("DTP", "050", "D8", day(at.date())), seg("DTP", "009", "D8", day(at.date())),
            seg("HL", 2, 1, "21", 1), seg("NM1", "41", "2", parties.submitter, "", "", "", "", "46", parties.submitter_id), seg("TRN", "2", f"B{control:08d}"), seg("STC", ("A1", "19", "PR"), day(at.date()), "WQ", money(total)),
            *_sums(taken, refused),
            seg("HL", 3, 2, "19", 1), seg("NM1", "85", "2", billing.name, "", "", "", "", "XX", billing.npi), seg("TRN", "1", f"V{control:08d}"), seg("STC", ("A1", "19", "PR"), "", "WQ", money(total)), *_sums(taken, refused, "QA", "QC")]
    for number, (claim, status) in enumerate(held, 4):
        body += [seg("HL", number, 3, "PT"), seg("NM1", "QC", "1", claim.patient.last_name, claim.patient.first_name, "", "", "", "MI", claim.member_id), seg("TRN", "2", claim.account)]
        body += [seg("STC", tuple(each), day(at.date()), "WQ" if status.accepted else "U", money(status.charge)) for each in status.statuses]
        if status.payer_number:
            body.append(seg("REF", "1K", status.payer_number))
        body.append(seg("DTP", "472", "D8", day(status.service_date)))
    return write(wrap(body, VERSIONS["277", "005010X214"], Address(parties.receiver_id, parties.submitter_id), at, control))


def _status_of(claim: Any, answer: Answer) -> ClaimStatus:
    first = min((line.service_date for line in claim.lines if line.service_date), default=None) or getattr(claim, "statement_from", None)
    if isinstance(answer, Rejection):
        told = tuple(dict.fromkeys((f.category, f.status, f.entity) for f in answer.findings if f.category))
        return ClaimStatus(claim.account, False, claim.charge, told, service_date=first)
    return ClaimStatus(claim.account, True, claim.charge, ACCEPTED, getattr(answer, "control_number", ""), first)


def _sums(taken: list[ClaimStatus], refused: list[ClaimStatus], good: str = "90", bad: str = "AA") -> list[Segment]:
    """How many were taken and refused, and their charges."""
    counts = [seg("QTY", code, len(held)) for code, held in ((good, taken), (bad, refused)) if held]
    return counts + [seg("AMT", code, money(sum((s.charge for s in held), Decimal("0.00")))) for code, held in (("YU", taken), ("YY", refused)) if held]


_CLAIM = Loop("2000D", Use("HL", only=("PT",), at=3), (), (Loop("2100D", Use("NM1", only=("QC",)), (), (Loop("2200D", Use("TRN"), (Use("STC", True, 99), Use("REF", most=3), Use("DTP", most=2)),
              (Loop("2220D", Use("SVC"), (Use("STC", True, 99), Use("REF", most=3), Use("DTP"))),), required=True),), required=True),))
_TRACE = (Use("STC", True, 99), Use("REF", most=3), Use("QTY", most=2), Use("AMT", most=2))
_PROVIDER = Loop("2000C", Use("HL", only=("19",), at=3), (), (Loop("2100C", Use("NM1", only=("85",)), (), (Loop("2200C", Use("TRN"), _TRACE),), required=True), _CLAIM))
_RECEIVER = Loop("2000B", Use("HL", only=("21",), at=3), (), (Loop("2100B", Use("NM1", only=("41",)), (), (Loop("2200B", Use("TRN"), _TRACE, required=True),), required=True), _PROVIDER), required=True)
CLAIM_ACKNOWLEDGEMENT = Loop("277CA", Use("ST"), (Use("BHT", required=True),), (Loop("2000A", Use("HL", only=("20",), at=3), (), (Loop("2100A", Use("NM1", only=("PR", "AY")), (), (
    Loop("2200A", Use("TRN"), (Use("DTP", True, 2),), required=True),), required=True), _RECEIVER), required=True),))


def read_claim_acknowledgement(source: str | Iterable[str]) -> tuple[tuple[ClaimStatus, ...], tuple[Fault, ...]]:
    """The claims of a 277CA, and every fault."""
    faults: list[Fault] = []
    found: list[ClaimStatus] = []
    for st, body in sets(source, faults):
        for claim in _deep(read_loop(CLAIM_ACKNOWLEDGEMENT, Ahead([st, *body]), faults), "2200D"):
            statuses = tuple((*stc.parts(1), "", "", "")[:3] for stc in claim.all("STC"))
            charged = next((stc for stc in claim.all("STC") if stc.get(4)), Segment("STC"))
            found.append(ClaimStatus(claim.segments[0].get(2), all(category == "A2" or category == "A1" for category, _, _ in statuses), dollars(charged, 4, faults), statuses, claim.value("REF", 2, "1K"),
                                     day_of(claim.first("DTP", "472"), 3, faults)))
    return tuple(found), tuple(faults)


_SET = Loop("AK2", Use("AK2"), (), (Loop("IK3", Use("IK3"), (Use("CTX", most=10),), (Loop("IK4", Use("IK4"), (Use("CTX", most=10),)),)), Loop("IK5", Use("IK5"))))
FILE_ACKNOWLEDGEMENT = Loop("999", Use("ST"), (Use("AK1", required=True),), (_SET, Loop("AK9", Use("AK9"), required=True, most=1)))


@dataclass(frozen=True)
class SetAnswer:
    """One transaction set of a 999: its control number, its code (A accepted, E accepted with errors, R rejected), and each complaint as segment, its place, code."""
    control: str
    code: str
    complaints: tuple[tuple[str, str, str], ...]


def read_file_acknowledgement(source: str | Iterable[str]) -> tuple[str, tuple[SetAnswer, ...], tuple[Fault, ...]]:
    """The code of the whole (AK901), its sets, and every fault of the 999 itself."""
    faults: list[Fault] = []
    code, found = "", []
    for st, body in sets(source, faults):
        whole = read_loop(FILE_ACKNOWLEDGEMENT, Ahead([st, *body]), faults)
        code = next((each.segments[0].get(1) for each in whole.inside("AK9")), "")
        for each in whole.inside("AK2"):
            verdict = each.one("IK5")
            found.append(SetAnswer(each.segments[0].get(2), verdict.segments[0].get(1) if verdict else "", tuple((ik3.segments[0].get(1), ik3.segments[0].get(2), ik3.segments[0].get(4)) for ik3 in each.inside("IK3"))))
    return code, tuple(found), tuple(faults)


def _deep(found: Found, name: str) -> Iterable[Found]:
    for each in found.loops:
        if each.loop.name == name:
            yield each
        yield from _deep(each, name)
