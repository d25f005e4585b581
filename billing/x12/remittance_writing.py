"""A payment as a remittance transaction (835, 005010X221A1): the transfer, the claims it pays, reversals, provider-level adjustments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.answer import Adjustment, Remittance, RemittanceLine
from billing.dental.claim import DentalClaim
from billing.institutional.claim import InstitutionalClaim
from billing.money import ZERO
from billing.payment import Payment, ProviderAdjustment
from billing.record import record
from billing.x12.claim_parts import cas, day, money, person, place, provider
from billing.x12.envelope import VERSIONS, Address, wrap
from billing.x12.parties import Place
from billing.x12.remittance_grammar import GUIDE
from billing.x12.wire import Segment, seg, write

PRIMARY, SECONDARY, DENIED, REVERSAL, PREDETERMINATION = "1", "2", "4", "22", "25"
NOT_INSURED_HERE = ("31",)
"""The reasons that earn claim status 4. A claim that was decided and paid nothing is status 1 or 2: "processed" does not mean paid (X12 RFI 1423)."""

ENTRIES = 6
MOA_REMARKS, MIA_FURTHER = 5, 4


@record
class Account:
    """A bank account that a transfer leaves or reaches."""
    routing: str
    number: str


@record
class Remitter:
    """The payer as its remittances name it. Without accounts it pays by check."""
    name: str
    id: str
    tax_id: str
    place: Place
    contact: str
    telephone: str
    receiver_id: str
    account: Account | None = None
    payee_account: Account | None = None


def write_remittance(payment: Payment, remitter: Remitter, sent: Mapping[str, Any], at: datetime, control: int, filing: str = "12") -> str:
    """One interchange with the payment. sent: the claims it answers by account number; filing: CLP06, the kind of plan (12 PPO, MB Medicare Part B, MC Medicaid, ...).

    ValueError where the payment is below nothing (the 835 carries a balance forward instead) or a claim is not among `sent`.
    """
    if payment.amount < 0:
        raise ValueError(f"The payment {payment.trace_number} comes to {payment.amount}: no transfer is below nothing. Carry the balance forward as a provider adjustment (FB).")
    answers = [*(each.of for each in payment.reversals), *payment.claims]
    missing = [answer.account for answer in answers if answer.account not in sent]
    if missing:
        raise ValueError(f"The payment {payment.trace_number} answers account {missing[0]}, and no such claim was handed in.")
    body = _header(payment, remitter, _tax_id(sent, answers))
    if answers:
        body.append(seg("LX", 1))
    for reversal in payment.reversals:
        body += _claim(reversed_answer(reversal.of), sent[reversal.of.account], payment, filing, REVERSAL)
    for answer in payment.claims:
        body += _claim(answer, sent[answer.account], payment, filing, _status(answer, sent[answer.account]))
    body += _beside(payment)
    return write(wrap(body, VERSIONS["835", GUIDE], Address(remitter.id, remitter.receiver_id), at, control))


def _tax_id(sent: Mapping[str, Any], answers: list[Remittance]) -> str:
    return next((sent[answer.account].billing.tax_id.replace("-", "") for answer in answers), "")


def _header(payment: Payment, remitter: Remitter, payee_tax_id: str) -> list[Segment]:
    """BPR to 1000B."""
    company = f"1{remitter.tax_id.replace('-', '')}"
    out = [_transfer(payment, remitter, company), seg("TRN", "1", payment.trace_number, company), seg("DTM", "405", day(payment.paid_on)),
           seg("N1", "PR", remitter.name), *place(remitter.place), seg("REF", "2U", remitter.id), seg("PER", "BL", remitter.contact, "TE", remitter.telephone),
           seg("N1", "PE", payment.payee, "XX", payment.payee_npi)]
    return [*out, seg("REF", "TJ", payee_tax_id)] if payee_tax_id else out


def _transfer(payment: Payment, remitter: Remitter, company: str) -> Segment:
    """BPR: nothing moves (NON), a transfer (ACH) between two accounts, or a check (CHK); BPR16 is its day."""
    on = day(payment.paid_on)
    if not payment.amount:
        return seg("BPR", "H", "0", "C", "NON", *[""] * 11, on)
    if remitter.account and remitter.payee_account:
        return seg("BPR", "I", money(payment.amount), "C", "ACH", "CCP", "01", remitter.account.routing, "DA", remitter.account.number, company, "", "01", remitter.payee_account.routing, "DA", remitter.payee_account.number, on)
    return seg("BPR", "I", money(payment.amount), "C", "CHK", *[""] * 11, on)


def _status(answer: Remittance, claim: Any) -> str:
    """CLP02."""
    if answer.predetermination:
        return PREDETERMINATION
    if any(each.carc in NOT_INSURED_HERE for line in (answer.whole,) if line for each in line.adjustments) or any(each.carc in NOT_INSURED_HERE for line in answer.lines for each in line.adjustments):
        return DENIED
    return SECONDARY if claim.prior_payment else PRIMARY


def _claim(answer: Remittance, claim: Any, payment: Payment, filing: str, status: str) -> list[Segment]:
    """2100 and its services."""
    owed = answer.adjusted("PR")
    drg = answer.whole.drg if answer.whole else ""
    facility, frequency = _facility(claim)
    out = [seg("CLP", answer.account, status, money(answer.charge), money(answer.paid), money(owed) if owed > 0 else "", filing, answer.control_number, facility, frequency, "", drg)]
    remarks = list(answer.rarcs)
    if answer.whole:
        out += cas(_counted(answer.whole.adjustments))
        remarks += [rarc for each in answer.whole.adjustments for rarc in each.rarcs]
    out += [*person("QC", claim.patient, claim.member_id), *(person("IL", claim.subscriber, claim.member_id) if claim.relationship != "self" else ())]
    served_by = getattr(claim, "rendering", None) or getattr(claim, "treating", None)
    if served_by and served_by.npi and served_by.npi != payment.payee_npi:
        out.append(provider("82", served_by))
    out += _remarks(tuple(dict.fromkeys(remarks)), claim)
    if isinstance(claim, InstitutionalClaim):
        out += [seg("DTM", "232", day(claim.statement_from)), seg("DTM", "233", day(claim.statement_through))]
    out.append(seg("DTM", "050", day(answer.received)))
    if answer.interest and status != REVERSAL:
        out.append(seg("AMT", "I", money(answer.interest)))
    return out if answer.whole else [*out, *(segment for line in answer.lines for segment in _service(line, claim))]


def _facility(claim: Any) -> tuple[str, str]:
    """CLP08 and CLP09: where, as the claim said it, and the claim's frequency."""
    if isinstance(claim, InstitutionalClaim):
        return claim.facility[-2:], claim.frequency
    return getattr(claim, "place_of_service", "") or next((line.place_of_service for line in getattr(claim, "lines", ())), ""), claim.frequency_code


def _remarks(rarcs: tuple[str, ...], claim: Any) -> list[Segment]:
    """Remarks on the whole claim: MIA of an inpatient stay, MOA of everything else."""
    if not rarcs:
        return []
    if isinstance(claim, InstitutionalClaim) and claim.admission_date and claim.facility[-1:] == "1":
        return [seg("MIA", "0", "", "", "", rarcs[0], *[""] * 14, *rarcs[1:1 + MIA_FURTHER])]
    return [seg("MOA", "", "", *rarcs[:MOA_REMARKS])]


def _service(line: RemittanceLine, claim: Any) -> list[Segment]:
    """2110: what was done, its day, its adjustments, the biller's own line number, what was allowed, the remarks."""
    qualifier = "AD" if isinstance(claim, DentalClaim) else "HC"
    what = (qualifier, line.procedure, *line.modifiers) if line.procedure else ("NU", line.revenue_code)
    remarks = dict.fromkeys(rarc for each in line.adjustments for rarc in each.rarcs)
    out = [seg("SVC", what, money(line.charge), money(line.paid), line.revenue_code if line.procedure else "", line.units), seg("DTM", "472", day(line.service_date)),
           *cas(_counted(line.adjustments)), seg("REF", "6R", str(line.line))]
    if line.allowed:
        out.append(seg("AMT", "B6", money(line.allowed)))
    return [*out, *(seg("LQ", "HE", rarc) for rarc in remarks)]


def _counted(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    """Those with an amount: an adjustment of nothing is not sent."""
    return tuple(each for each in adjustments if each.amount)


def reversed_answer(answer: Remittance) -> Remittance:
    """The same answer with the sign of every amount turned."""
    def turned(part):
        return replace(part, charge=-part.charge, allowed=-part.allowed, paid=-part.paid, adjustments=tuple(replace(each, amount=-each.amount) for each in part.adjustments)) if part else None
    return replace(answer, lines=tuple(turned(line) for line in answer.lines), whole=turned(answer.whole))


def _beside(payment: Payment) -> list[Segment]:
    """PLB, six entries each, with the last day of the payee's fiscal year."""
    entries = [each for each in payment.provider_adjustments if each.amount]
    year_end = day(date(payment.paid_on.year, 12, 31))
    return [seg("PLB", payment.payee_npi, year_end, *(part for each in entries[start:start + ENTRIES] for part in _entry(each))) for start in range(0, len(entries), ENTRIES)]


def _entry(each: ProviderAdjustment) -> tuple[tuple[str, str], str]:
    return (each.reason, each.reference), money(each.amount)


def interest_beside(claims: tuple[Remittance, ...]) -> Decimal:
    """What an L6 entry must come to: the claims' interest with its sign turned (X12 RFI 2184)."""
    return -sum((claim.interest for claim in claims), ZERO)
