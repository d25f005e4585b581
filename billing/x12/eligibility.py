"""Eligibility asked and answered (270 and 271, 005010X279A1): written from a question and its answer, and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from billing.eligibility import OTHER, PRIMARY_CARE, BenefitLine, EligibilityResponse, Inquiry, InquiryRejection
from billing.money import HUNDRED
from billing.x12.claim_parts import day, money
from billing.x12.claims import sets
from billing.x12.envelope import VERSIONS, Address, wrap
from billing.x12.faults import FirstFaults, day_of, dollars
from billing.x12.inquiry_grammar import ELIGIBILITY, GRAMMARS
from billing.x12.parties import Correspondents
from billing.x12.reading import Ahead, Found, read_loop
from billing.x12.wire import Fault, Reader, Segment, seg, write

PLAN_BEGINS, PLAN_ENDS, ASKED_FOR, ANSWERED_FOR = "346", "347", "291", "307"
SERVICE_KINDS = ("30",)
NAMED = {PRIMARY_CARE: "P3", OTHER: "PR"}
"""Answers that name someone, and as what."""
LONGEST_MESSAGE = 264


@dataclass(frozen=True)
class ReadInquiry:
    """What a 270 asks: the questions, and every fault."""
    inquiries: tuple[Inquiry, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class ReadResponse:
    """What a 271 answers: who it is for, the answer, every fault. service_types: of each line, EB03."""
    payer: str
    member: str
    trace: str
    response: EligibilityResponse | None
    service_types: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...]


def write_inquiry(asked: Inquiry, parties: Correspondents, at: datetime, control: int) -> str:
    """A 270 of one question."""
    body = [*_levels(asked, parties, at, control, "13"), seg("TRN", "1", asked.trace, f"9{parties.submitter_id}"[:10].ljust(10, "0")), *_member(asked), seg("DTP", ASKED_FOR, "D8", day(asked.on)),
            *(seg("EQ", kind) for kind in asked.service_types)]
    return write(wrap(body, VERSIONS["270", ELIGIBILITY], Address(parties.submitter_id, parties.payer_id), at, control))


def write_response(asked: Inquiry, response: EligibilityResponse, parties: Correspondents, at: datetime, control: int) -> str:
    """A 271 to a question: the benefits, or an AAA for each reason why there are none."""
    body = [*_levels(asked, parties, at, control, "11"), seg("TRN", "2", asked.trace, f"9{parties.submitter_id}"[:10].ljust(10, "0")), _name(asked)]
    body += [seg("AAA", "Y", "", each.reason, each.action) for each in response.rejections]
    if asked.birth_date:
        body.append(seg("DMG", "D8", day(asked.birth_date)))
    if response.begins:
        body += [seg("DTP", PLAN_BEGINS, "D8", day(response.begins)), *([seg("DTP", PLAN_ENDS, "D8", day(response.ends))] if response.ends else [])]
    if not response.rejections:
        body.append(seg("DTP", ANSWERED_FOR, "D8", day(response.asked_for)))
    body += [segment for line in response.lines for segment in _benefit(line, response)]
    return write(wrap(body, VERSIONS["271", ELIGIBILITY], Address(parties.payer_id, parties.submitter_id), at, control))


def _levels(asked: Inquiry, parties: Correspondents, at: datetime, control: int, purpose: str) -> list[Segment]:
    """BHT, payer, provider, and the subscriber's level."""
    return [seg("BHT", "0022", purpose, f"{control:09d}", f"{at:%Y%m%d}", f"{at:%H%M}"), seg("HL", 1, "", "20", "1"), seg("NM1", "PR", "2", parties.payer_name, "", "", "", "", "PI", parties.payer_id),
            seg("HL", 2, 1, "21", "1"), seg("NM1", "1P", "2", asked.provider, "", "", "", "", "XX", asked.provider_npi), seg("HL", 3, 2, "22", "0")]


def _name(asked: Inquiry) -> Segment:
    return seg("NM1", "IL", "1", asked.last_name, asked.first_name, "", "", "", "MI", asked.member_id)


def _member(asked: Inquiry) -> list[Segment]:
    return [_name(asked), *([seg("DMG", "D8", day(asked.birth_date))] if asked.birth_date else [])]


def _benefit(line: BenefitLine, response: EligibilityResponse) -> list[Segment]:
    """2110: EB, its text as a message, and whom it names. EB08 is a decimal fraction."""
    kinds = "" if line.code in NAMED else "^".join(SERVICE_KINDS)
    share = money((line.percent / HUNDRED).normalize()) if line.percent is not None else ""
    plan = response.plan if line.code in ("1", "6") else ""
    out = [seg("EB", line.code, "IND" if kinds else "", kinds, "", plan, line.period, money(line.amount) if line.amount is not None else "", share)]
    if line.text:
        out.append(seg("MSG", line.text[:LONGEST_MESSAGE]))
    if line.code in NAMED and line.text:
        out += [seg("LS", "2120"), seg("NM1", NAMED[line.code], "2", line.text.split(",")[0]), seg("LE", "2120")]
    return out


def read_inquiry(source: str | Iterable[str]) -> ReadInquiry:
    """The questions of a 270. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    faults = FirstFaults()
    inquiries = []
    for whole in _wholes(source, "270", faults):
        for provider, member, _ in _people(whole):
            if member is None:
                faults.append(Fault(provider.segments[0].number, provider.segments[0].id, 0, "nobody is asked about: the subscriber's level (HL with 22) is missing"))
            else:
                inquiries.append(_asked(provider, member, faults))
    return ReadInquiry(tuple(inquiries), tuple(faults))


def _asked(provider: Found, member: Found, faults: list[Fault]) -> Inquiry:
    who = member.one("2100C") or member.one("2100D")
    name, by = who.segments[0] if who else Segment("NM1"), provider.named("2100B")
    on = day_of(who.first("DTP", ASKED_FOR), 3, faults) if who else None
    if on is None:
        on = date.min
        faults.append(Fault(name.number, "NM1", 0, "the question names no day (DTP 291)"))
    return Inquiry(by.get(3), by.get(9), name.get(9), name.get(3), name.get(4), day_of(who.first("DMG"), 2, faults) if who else None, on, tuple(each.segments[0].get(1) for each in member.inside("2110")), member.value("TRN", 2))


def read_response(source: str | Iterable[str]) -> ReadResponse:
    """The first answer of a 271. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    reader, faults = Reader(source if isinstance(source, str) else "".join(source)), FirstFaults()
    for whole in _wholes(source, "271", faults):
        payer = next((source.named("2100A") for source in whole.inside("2000A")), Segment("NM1"))
        for provider, member, refused in _people(whole):
            who = (member.one("2100C") or member.one("2100D")) if member else None
            name = who.segments[0] if who else Segment("NM1")
            begins, ends = (day_of(who.first("DTP", code), 3, faults) if who else None for code in (PLAN_BEGINS, PLAN_ENDS))
            benefits = member.inside("2110") if member else []
            lines = tuple(_line(each, faults) for each in benefits)
            kinds = tuple(each.segments[0].repeated(3, reader.delimiters) for each in benefits)
            rejections = tuple(InquiryRejection(aaa.get(3), aaa.get(4), "") for aaa in (*refused, *(who.all("AAA") if who else ())))
            plan = next((each.segments[0].get(5) for each in benefits if each.segments[0].get(5)), "")
            answer = EligibilityResponse(payer.get(9), name.get(9), _answered_for(whole, who, faults), any(line.code == "1" for line in lines), plan, lines, begins, ends, rejections)
            return ReadResponse(payer.get(3), ", ".join(filter(None, (name.get(3), name.get(4)))), member.value("TRN", 2) if member else "", answer, kinds, tuple(faults))
    return ReadResponse("", "", "", None, (), tuple(faults))


def _answered_for(whole: Found, who: Found | None, faults: list[Fault]) -> date:
    """The day the answer is for; the day it was made where it names none."""
    return (day_of(who.first("DTP", ANSWERED_FOR), 3, faults) if who else None) or day_of(whole.first("BHT"), 4, faults) or date.min


def _line(loop: Found, faults: list[Fault]) -> BenefitLine:
    eb = loop.segments[0]
    percent = dollars(Segment("EB", ("", "", "", "", "", "", "", _hundredfold(eb, faults)), eb.number), 8, faults) if eb.get(8) else None
    return BenefitLine(eb.get(1), eb.get(6), dollars(eb, 7, faults) if eb.get(7) else None, percent, " ".join(each.get(1) for each in loop.all("MSG")))


def _hundredfold(eb: Segment, faults: list[Fault]) -> str:
    """EB08 as per cent."""
    try:
        return str(Decimal(eb.get(8)) * HUNDRED)
    except ArithmeticError:
        faults.append(Fault(eb.number, "EB", 8, f'"{eb.get(8)}" is no number'))
        return ""


def _wholes(source: str | Iterable[str], transaction: str, faults: list[Fault]) -> list[Found]:
    """Each transaction set of that kind, read into its loops."""
    found, seen = [], False
    for st, body in sets(source, faults):
        seen = True
        if st.get(1) != transaction or st.get(3)[:10] != ELIGIBILITY[:10]:
            faults.append(Fault(st.number, "ST", 1, f"{st.get(1)} {st.get(3)} is not a {transaction} of {ELIGIBILITY}"))
            continue
        whole = read_loop(GRAMMARS[transaction, ELIGIBILITY], Ahead([st, *body]), faults)
        if whole.one("2000A") and whole.one("2000A").one("2100A"):
            found.append(whole)
    if not seen:
        faults.append(Fault(0, "", 0, "there is no transaction set (ST) in it"))
    return found


def _people(whole: Found):
    """Each provider's level with each member's in it (None where the answer stops before one), and the AAA segments above it."""
    for source in whole.inside("2000A"):
        above = [*source.all("AAA"), *(aaa for name in source.inside("2100A")[:1] for aaa in name.all("AAA"))]
        providers = source.inside("2000B")
        if not providers:
            yield source, None, above
        for provider in providers:
            by = provider.one("2100B")
            refused = [*above, *(by.all("AAA") if by else ())]
            members = [each for subscriber in provider.inside("2000C") for each in (subscriber.inside("2000D") or (subscriber,))]
            if not members:
                yield provider, None, refused
            for member in members:
                yield provider, member, refused
