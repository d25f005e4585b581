"""Claim status asked and answered (276 and 277, 005010X212): written from a claim and what the payer finds, and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.claim_status import ClaimStatusReply
from billing.x12.claim_parts import day, money
from billing.x12.claims import sets
from billing.x12.envelope import VERSIONS, Address, wrap
from billing.x12.faults import FirstFaults, day_of, dollars
from billing.x12.inquiry_grammar import GRAMMARS, STATUS
from billing.x12.parties import Correspondents
from billing.x12.reading import Ahead, Found, read_loop
from billing.x12.wire import Delimiters, Fault, Reader, Segment, seg, write


@dataclass(frozen=True)
class StatusQuestion:
    """One claim asked about: its account (TRN02), the member, the charge and the days of service; control_number: the payer's own, if it is known."""
    account: str
    member_id: str
    patient: str
    charge: Decimal | None
    first: date | None
    last: date | None
    control_number: str = ""


@dataclass(frozen=True)
class ReadQuestions:
    """What a 276 asks, and every fault."""
    questions: tuple[StatusQuestion, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class ReadStatuses:
    """What a 277 answers, and every fault."""
    payer: str
    replies: tuple[ClaimStatusReply, ...]
    faults: tuple[Fault, ...]


def write_status_question(claim: Any, parties: Correspondents, at: datetime, control: int, control_number: str = "") -> str:
    """A 276 about one claim. control_number: the payer's own of it, where an answer named one."""
    who = [seg("TRN", "1", claim.account), *([seg("REF", "1K", control_number)] if control_number else []), seg("REF", "EJ", claim.account), seg("AMT", "T3", money(claim.charge)), _days(claim)]
    body = [seg("BHT", "0010", "13", f"{control:09d}", f"{at:%Y%m%d}", f"{at:%H%M}"), *_levels(claim, parties, who, born=True)]
    return write(wrap(body, VERSIONS["276", STATUS], Address(parties.submitter_id, parties.payer_id), at, control))


def write_status(claim: Any, reply: ClaimStatusReply, parties: Correspondents, at: datetime, control: int) -> str:
    """A 277 about one claim."""
    stc = seg("STC", (reply.category, reply.status, reply.entity), day(reply.effective), "", money(reply.charge), money(reply.paid), day(reply.adjudicated), "", day(reply.paid_on), reply.trace_number)
    who = [seg("TRN", "2", claim.account), stc, *([seg("REF", "1K", reply.control_number)] if reply.control_number else []), seg("REF", "EJ", claim.account), _days(claim)]
    body = [seg("BHT", "0010", "08", f"{control:09d}", f"{at:%Y%m%d}", f"{at:%H%M}", "DG"), *_levels(claim, parties, who, born=False)]
    return write(wrap(body, VERSIONS["277", STATUS], Address(parties.payer_id, parties.submitter_id), at, control))


def _levels(claim: Any, parties: Correspondents, about: list[Segment], born: bool) -> list[Segment]:
    """Payer, receiver, provider, subscriber and, where the patient is another, the patient. Only a question gives birth dates."""
    own = claim.relationship == "self"
    out = [seg("HL", 1, "", "20", "1"), seg("NM1", "PR", "2", parties.payer_name, "", "", "", "", "PI", parties.payer_id),
           seg("HL", 2, 1, "21", "1"), seg("NM1", "41", "2", parties.submitter, "", "", "", "", "46", parties.submitter_id),
           seg("HL", 3, 2, "19", "1"), seg("NM1", "1P", "2", claim.billing.name, "", "", "", "", "XX", claim.billing.npi),
           seg("HL", 4, 3, "22", "0" if own else "1"), *([_born(claim.subscriber)] if born and own else []), seg("NM1", "IL", "1", claim.subscriber.last_name, claim.subscriber.first_name, "", "", "", "MI", claim.member_id)]
    if not own:
        out += [seg("HL", 5, 4, "23"), *([_born(claim.patient)] if born else []), seg("NM1", "QC", "1", claim.patient.last_name, claim.patient.first_name)]
    return out + about


def _born(someone: Any) -> Segment:
    return seg("DMG", "D8", day(someone.birth_date), someone.sex)


def _days(claim: Any) -> Segment:
    """DTP 472: the day or the days of service."""
    served = [line.service_date for line in claim.lines if line.service_date]
    first, last = getattr(claim, "statement_from", None) or min(served), getattr(claim, "statement_through", None) or max(served)
    return seg("DTP", "472", "D8", day(first)) if first == last else seg("DTP", "472", "RD8", f"{day(first)}-{day(last)}")


def read_status_questions(source: str | Iterable[str]) -> ReadQuestions:
    """The questions of a 276. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    faults = FirstFaults()
    found = [_question(member, claim, faults) for _, member, claim in _claims(source, "276", faults)]
    return ReadQuestions(tuple(found), tuple(faults))


def _question(member: Found, claim: Found, faults: list[Fault]) -> StatusQuestion:
    who = member.one("2100E") or member.one("2100D")
    name, asked = who.segments[0] if who else Segment("NM1"), claim.first("AMT", "T3")
    days = claim.first("DTP", "472") or next((line.first("DTP", "472") for line in claim.inside("2220")), None)
    first = day_of(days, 3, faults)
    last = day_of(Segment("DTP", ("", "", days.get(3).split("-")[-1]), days.number), 3, faults) if days else None
    return StatusQuestion(claim.segments[0].get(2), name.get(9), ", ".join(filter(None, (name.get(3), name.get(4)))), dollars(asked, 2, faults) if asked else None, first, last, claim.value("REF", 2, "1K"))


def read_statuses(source: str | Iterable[str]) -> ReadStatuses:
    """The answers of a 277. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    text = source if isinstance(source, str) else "".join(source)
    faults = FirstFaults()
    delimiters, payer, replies = Reader(text).delimiters, "", []
    for source_level, _, claim in _claims(text, "277", faults):
        payer = source_level.named("2100A").get(3)
        replies += [_reply(claim, stc, delimiters, faults) for stc in claim.all("STC")[:1]]
    return ReadStatuses(payer, tuple(replies), tuple(faults))


def _reply(claim: Found, stc: Segment, delimiters: Delimiters, faults: list[Fault]) -> ClaimStatusReply:
    category, status, entity = (*stc.parts(1, delimiters), "", "", "")[:3]
    return ClaimStatusReply(claim.segments[0].get(2), category, status, day_of(stc, 2, faults) or date.min, dollars(stc, 4, faults), dollars(stc, 5, faults), entity, claim.value("REF", 2, "1K"),
                            day_of(stc, 6, faults), day_of(stc, 8, faults), stc.get(9))


def _claims(source: str | Iterable[str], transaction: str, faults: list[Fault]):
    """Each claim with its member's level and its payer's."""
    seen = False
    for st, body in sets(source, faults):
        seen = True
        if st.get(1) != transaction or st.get(3)[:10] != STATUS[:10]:
            faults.append(Fault(st.number, "ST", 1, f"{st.get(1)} {st.get(3)} is not a {transaction} of {STATUS}"))
            continue
        whole = read_loop(GRAMMARS[transaction, STATUS], Ahead([st, *body]), faults)
        for payer in whole.inside("2000A"):
            for provider in (each for receiver in payer.inside("2000B") for each in receiver.inside("2000C")):
                for subscriber in provider.inside("2000D"):
                    for member in (subscriber, *subscriber.inside("2000E")):
                        yield from ((payer, member, claim) for claim in member.inside("2200"))
    if not seen:
        faults.append(Fault(0, "", 0, "there is no transaction set (ST) in it"))
