"""Claims as transactions: the 837 of each form written from a typed claim, and read back into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from billing.claim import ProfessionalClaim
from billing.dental.claim import DentalClaim
from billing.institutional.claim import InstitutionalClaim
from billing.x12 import dental_claim, institutional_claim, professional_claim
from billing.x12.claim_grammar import GRAMMARS
from billing.x12.claim_parts import biller, header, people
from billing.x12.envelope import VERSIONS, Address, checked, wrap
from billing.x12.parties import Correspondents
from billing.x12.reading import Ahead, Found, read_loop
from billing.x12.wire import Fault, Reader, Segment, write

FORMS = {ProfessionalClaim: ("005010X222A1", professional_claim), InstitutionalClaim: ("005010X223A2", institutional_claim), DentalClaim: ("005010X224A2", dental_claim)}


GUIDE = 10
"""The characters of a guide's name that tell which it is; what follows is its erratum, and any is read."""


@dataclass(frozen=True)
class ReadClaims:
    """What an 837 holds: its guide, the claims that could be read, and every fault."""
    guide: str
    claims: tuple[Any, ...]
    faults: tuple[Fault, ...]


def write_claims(claims: Iterable[Any], parties: Correspondents, at: datetime, control: int, filing: str = "CI") -> str:
    """One interchange with the claims, all of one form. filing: SBR09 (MB Medicare Part B, MA Part A, MC Medicaid, CI commercial, ...)."""
    claims = list(claims)
    guide, form = FORMS[type(claims[0])]
    body, number = header(parties, control, at), 0
    for claim in claims:
        number += 1
        body += biller(claim, parties, number)
        body += people(claim, parties, number + 1, number, filing)
        number += 1 if claim.relationship == "self" else 2
        body += form.written(claim)
    return write(wrap(body, VERSIONS["837", guide], Address(parties.submitter_id, parties.receiver_id), at, control))


def read_claims(source: str | Iterable[str]) -> ReadClaims:
    """The claims of an 837 of any form. NotX12 where it cannot be read as X12 at all; everything else is a fault."""
    faults: list[Fault] = []
    guide, claims, group = "", [], None
    for st, body in sets(source, faults):
        group = st
        guide = next((known for known in GRAMMARS if known[:GUIDE] == st.get(3)[:GUIDE]), st.get(3))
        if st.get(1) != "837" or guide not in GRAMMARS:
            faults.append(Fault(st.number, "ST", 3, f"{st.get(1)} {guide} is no claim transaction; known are {', '.join(GRAMMARS)}"))
            continue
        claims += _claims(read_loop(GRAMMARS[guide], Ahead([st, *body]), faults), guide, faults)
    if group is None:
        faults.append(Fault(0, "", 0, "there is no transaction set (ST) in it"))
    return ReadClaims(guide, tuple(claims), tuple(faults))


def sets(source: str | Iterable[str], faults: list[Fault]):
    """Each transaction set of a source: its ST, with the guide of its group where it names none, and the segments before its SE."""
    st, body, guide = None, [], ""
    for segment in checked(Reader(source), faults):
        if segment.id == "GS":
            guide = segment.get(8)
        elif segment.id == "ST":
            st, body = segment, []
            if not st.get(3):
                st = Segment("ST", (*st.elements[:2], guide), st.number, st.raw)
        elif segment.id == "SE" and st is not None:
            yield st, body
            st = None
        elif st is not None:
            body.append(segment)


def _claims(whole: Found, guide: str, faults: list[Fault]) -> list[Any]:
    form = next(module for known, module in FORMS.values() if known == guide)
    found = []
    for billing in whole.inside("2000A"):
        for subscriber in billing.inside("2000B"):
            for patient in (subscriber, *subscriber.inside("2000C")):
                for claim in patient.inside("2300"):
                    try:
                        found.append(form.read(billing, subscriber, patient, claim))
                    except (ValueError, AttributeError, IndexError, ArithmeticError) as error:
                        faults.append(Fault(claim.segments[0].number, "CLM", 0, f"claim {claim.segments[0].get(1)} cannot be read: {error}"))
    return found
