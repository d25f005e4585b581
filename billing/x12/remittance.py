"""A remittance transaction (835) read into typed payments, claim after claim, and held to its three balances: service, claim, transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.claim import PriorAdjustment
from billing.money import ZERO
from billing.payment import ProviderAdjustment
from billing.record import record
from billing.x12.envelope import checked
from billing.x12.faults import FirstFaults, day_of, dollars
from billing.x12.reading import Ahead, Found, read_loop
from billing.x12.remittance_balance import Totals, claim_balance, service_balance
from billing.x12.remittance_grammar import BODY, CLAIM, GROUP, GUIDE, HEADER
from billing.x12.wire import Delimiters, Fault, Reader, Segment

GROUP_ALONE = type(GROUP)(GROUP.name, GROUP.opens, GROUP.uses)
CAS_PLACES = range(2, 20, 3)
ADJUSTMENT_PLACES = range(3, 15, 2)
MOA_REMARKS, MIA_REMARKS = range(3, 8), (5, 20, 21, 22, 23)


@record
class PaidService:
    """Loop 2110: one service as the payer decided it. control: the biller's own number of the line (REF 6R)."""
    number: int
    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str
    charge: Decimal
    paid: Decimal
    units: str
    service_date: date | None
    adjustments: tuple[PriorAdjustment, ...]
    control: str = ""
    allowed: Decimal | None = None
    rarcs: tuple[str, ...] = ()
    segment: int = 0


@record
class PaidClaim:
    """Loop 2100: one claim. status: CLP02; `adjustments` are those of the whole claim, without its services'."""
    segment: int
    account: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal
    filing: str
    control_number: str
    facility: str
    frequency: str
    drg: str
    patient: str
    member_id: str
    adjustments: tuple[PriorAdjustment, ...]
    services: tuple[PaidService, ...]
    rarcs: tuple[str, ...] = ()
    interest: Decimal = ZERO
    received: date | None = None

    def adjusted(self, group: str, carc: str = "") -> Decimal:
        """Dollars adjusted under a group code (and a CARC), for the claim and for its services."""
        every = (*self.adjustments, *(each for service in self.services for each in service.adjustments))
        return sum((each.amount for each in every if each.group == group and carc in ("", each.carc)), ZERO)


@record
class Opening:
    """What stands before the claims: how much arrives (BPR02), how (ACH, CHK, NON), when, under which trace number, from whom, for whom."""
    amount: Decimal
    method: str
    paid_on: date | None
    trace_number: str
    payer: str
    payer_id: str
    payee: str
    payee_npi: str
    segment: int = 0


@record
class Closing:
    """What stands after them: the provider-level adjustments, and what the claims came to."""
    provider_adjustments: tuple[ProviderAdjustment, ...]
    claims: int
    charge: Decimal
    paid: Decimal


@dataclass(frozen=True)
class ReadPayment:
    """One 835 as a whole, with every fault."""
    opening: Opening | None
    claims: tuple[PaidClaim, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...]
    faults: tuple[Fault, ...]


def read_remittance(source: str | Iterable[str]) -> ReadPayment:
    """The first payment of a source. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    faults = FirstFaults()
    opening, claims, beside = None, [], ()
    for part in payments(source, faults):
        if isinstance(part, PaidClaim):
            claims.append(part)
        elif isinstance(part, Closing):
            beside = part.provider_adjustments
            break
        else:
            opening = part
    return ReadPayment(opening, tuple(claims), beside, tuple(faults))


def payments(source: str | Iterable[str] | Reader, faults: list[Fault]) -> Iterator[Opening | PaidClaim | Closing]:
    """The parts of every payment of a source, one after the other: Opening, each claim, Closing. Memory is that of the longest claim."""
    reader = source if isinstance(source, Reader) else Reader(source)
    ahead, guide, seen = Ahead(checked(reader, faults)), "", False
    while ahead.next is not None:
        segment = ahead.next
        if segment.id == "GS":
            guide = segment.get(8)
        if segment.id != "ST":
            ahead.take()
        elif segment.get(1) == "835" and (segment.get(3) or guide)[:len("005010X221")] == GUIDE[:len("005010X221")]:
            seen = True
            yield from _payment(ahead, reader.delimiters, faults)
        else:
            faults.append(Fault(segment.number, "ST", 1, f"{segment.get(1)} {segment.get(3) or guide} is no remittance; an 835 of {GUIDE} is read here"))
            seen = True
            ahead.take()
            while ahead.next is not None and ahead.next.id not in ("ST", "GE", "IEA"):
                ahead.take()
    if not seen:
        faults.append(Fault(0, "", 0, "there is no transaction set (ST) in it"))


def _payment(ahead: Ahead, delimiters: Delimiters, faults: list[Fault]) -> Iterator[Opening | PaidClaim | Closing]:
    header = read_loop(HEADER, ahead, faults, (BODY,))
    opening = _opening(header, faults)
    yield opening
    totals, beside, grouped = Totals(), [], False
    while ahead.next is not None and ahead.next.id != "SE":
        segment = ahead.next
        if segment.id == "CLP":
            if not grouped:
                faults.append(Fault(segment.number, "CLP", 0, "a claim stands in loop 2000, and no LX has opened one"))
            grouped = True
            claim = _claim(read_loop(CLAIM, ahead, faults, (BODY,)), delimiters, faults)
            totals.add(claim.charge, claim.paid, claim.interest)
            yield claim
        elif segment.id == "LX":
            read_loop(GROUP_ALONE, ahead, faults, (BODY,))
            grouped = True
        elif segment.id == "PLB":
            beside += _beside(ahead.take(), delimiters, faults)
        else:
            faults.append(Fault(segment.number, segment.id, 0, "it has no place between the claims and the end of the transaction set"))
            ahead.take()
    totals.hold(header.first("BPR"), opening.amount, tuple(beside), faults)
    yield Closing(tuple(beside), totals.claims, totals.charge, totals.paid)


def _opening(header: Found, faults: list[Fault]) -> Opening:
    bpr, payer, payee = header.first("BPR"), header.one("1000A"), header.one("1000B")
    if bpr is not None and not bpr.get(16):
        faults.append(Fault(bpr.number, "BPR", 16, "the day of the payment is missing"))
    name = payee.segments[0] if payee else Segment("N1")
    return Opening(dollars(bpr, 2, faults) if bpr else ZERO, bpr.get(4) if bpr else "", day_of(bpr, 16, faults), header.value("TRN", 2), payer.segments[0].get(2) if payer else "",
                   payer.value("REF", 2, "2U") if payer else "", name.get(2), name.get(4) if name.get(3) == "XX" else "", bpr.number if bpr else 0)


def _claim(loop: Found, delimiters: Delimiters, faults: list[Fault]) -> PaidClaim:
    clp, who = loop.segments[0], loop.first("NM1", "QC") or Segment("NM1")
    services = tuple(_service(number, each, delimiters, faults) for number, each in enumerate(loop.inside("2110"), 1))
    moa, mia = loop.first("MOA") or Segment("MOA"), loop.first("MIA") or Segment("MIA")
    rarcs = (*(moa.get(at) for at in MOA_REMARKS), *(mia.get(at) for at in MIA_REMARKS))
    interest = sum((dollars(each, 2, faults) for each in loop.all("AMT", "I")), ZERO)
    claim = PaidClaim(clp.number, clp.get(1), clp.get(2), dollars(clp, 3, faults), dollars(clp, 4, faults), dollars(clp, 5, faults), clp.get(6), clp.get(7), clp.get(8), clp.get(9), clp.get(11),
                      ", ".join(part for part in (who.get(3), who.get(4)) if part), who.get(9), _adjustments(loop, faults), services, tuple(filter(None, rarcs)), interest, day_of(loop.first("DTM", "050"), 2, faults))
    claim_balance(clp, claim, faults)
    return claim


def _service(number: int, loop: Found, delimiters: Delimiters, faults: list[Fault]) -> PaidService:
    svc = loop.segments[0]
    qualifier, code, *modifiers = (*svc.parts(1, delimiters), "", "")[:max(2, len(svc.parts(1, delimiters)))]
    if not code:
        faults.append(Fault(svc.number, "SVC", 1, f'"{svc.get(1)}" is no qualifier and code parted by "{delimiters.component}", which the ISA says parts components'))
    allowed = loop.first("AMT", "B6")
    plain = qualifier == "NU"
    service = PaidService(number, qualifier, "" if plain else code, tuple(each for each in modifiers[:4] if each), code if plain else svc.get(4), dollars(svc, 2, faults), dollars(svc, 3, faults), svc.get(5) or "1",
                          day_of(loop.first("DTM", "472") or loop.first("DTM", "150"), 2, faults), _adjustments(loop, faults), loop.value("REF", 2, "6R"), dollars(allowed, 2, faults) if allowed else None,
                          tuple(each.get(2) for each in loop.all("LQ", "HE")), svc.number)
    service_balance(svc, service, faults)
    return service


def _adjustments(loop: Found, faults: list[Fault]) -> tuple[PriorAdjustment, ...]:
    found = []
    for cas in loop.all("CAS"):
        for at in CAS_PLACES:
            if cas.get(at):
                found.append(PriorAdjustment(cas.get(1), cas.get(at), dollars(cas, at + 1, faults)))
            elif cas.get(at + 1):
                faults.append(Fault(cas.number, "CAS", at, f"the amount {cas.get(at + 1)} has no reason before it"))
    return tuple(found)


def _beside(plb: Segment, delimiters: Delimiters, faults: list[Fault]) -> list[ProviderAdjustment]:
    found = []
    for at in ADJUSTMENT_PLACES:
        if plb.get(at):
            reason, reference = (*plb.parts(at, delimiters), "")[:2]
            found.append(ProviderAdjustment(reason, reference, dollars(plb, at + 1, faults)))
    return found
