"""A remittance (835) told in words: who paid what, claim by claim, and who owes the rest."""

from billing.x12.faults import FirstFaults
from billing.x12.remittance import Closing, Opening, PaidClaim, PaidService, payments
from curriculum.x12_reading import Notes, dollars

SERVICES = "Service|#Charge|#Allowed|#Paid|#Written off|#Patient|Reasons and remarks"
CLAIMS = "Claim|Patient|Status|#Charge|#Paid|#Written off|#Patient|Reasons and remarks"
BY = {"ACH": "by transfer", "CHK": "by check", "FWT": "by wire"}
PATIENT, CONTRACT = "PR", "CO"


def tell_remittance(source, notes: Notes) -> None:
    """Paper and account of the payments in a source."""
    payer = ""
    for part in payments(source, FirstFaults(0)):
        if isinstance(part, Opening):
            payer = part.payer
            _opening(part, notes)
        elif isinstance(part, PaidClaim):
            _claim(part, notes)
        else:
            _closing(part, payer, notes)
        if notes.full:
            return


def _opening(opening: Opening, notes: Notes) -> None:
    notes.title, notes.issuer = "Remittance advice (835)", opening.payer
    for label, text in (("Payer", opening.payer), ("Payee", opening.payee), ("Payee's NPI", opening.payee_npi), ("Amount", dollars(opening.amount)), ("Trace number", opening.trace_number),
                        ("Paid on", str(opening.paid_on or "")), ("By", BY.get(opening.method, "nothing moved" if opening.method == "NON" else opening.method))):
        notes.box(label, text, opening.segment)
    on = f" on {opening.paid_on}" if opening.paid_on else ""
    if opening.amount:
        notes.say(f"{opening.payer or 'The payer'} paid {opening.payee or 'the payee'} {dollars(opening.amount)} {BY.get(opening.method, opening.method)} {opening.trace_number}{on}.", opening.segment)
    else:
        notes.say(f"{opening.payer or 'The payer'} sent a notice{on}: no money moved.", opening.segment)


def _claim(claim: PaidClaim, notes: Notes) -> None:
    status = notes.name("remittance-claim-status", claim.status) or "Status not said"
    owed, off = claim.adjusted(PATIENT), claim.adjusted(CONTRACT)
    notes.row("Claims", CLAIMS, claim.account, claim.patient, status, dollars(claim.charge), dollars(claim.paid), dollars(off), dollars(owed), _reasons(claim.adjustments, claim.rarcs), segment=claim.segment)
    for service in claim.services:
        _service(claim, service, notes)
    told = f"Claim {claim.account} of {claim.patient or 'a patient not named'} ({status[0].lower() + status[1:]}): charged {dollars(claim.charge)}, paid {dollars(claim.paid)}"
    told += f", the patient owes {dollars(owed)}." if owed else ", the patient owes nothing."
    notes.say(told, claim.segment)
    _adjusted(claim.adjustments, "the claim", claim.segment, notes)
    for service in claim.services:
        _adjusted(service.adjustments, f"service {service.number}", service.segment, notes)
        for rarc in service.rarcs:
            notes.say(f"Remark on service {service.number}: {notes.means('rarc', rarc)}.", service.segment)
    for rarc in claim.rarcs:
        notes.say(f"Remark on the claim: {notes.means('rarc', rarc)}.", claim.segment)
    if claim.interest:
        notes.say(f"Interest of {dollars(claim.interest)} comes beside it.", claim.segment)


def _adjusted(adjustments, of: str, segment: int, notes: Notes) -> None:
    """A sentence for each adjustment: who bears it, and why."""
    for each in adjustments:
        bears = {CONTRACT: "is written off", PATIENT: "is the patient's", "OA": "is settled otherwise", "PI": "is the payer's own reduction"}.get(each.group, "is adjusted")
        notes.say(f"{dollars(each.amount)} of {of} {bears}: {each.group} {notes.means('carc', each.carc)}.", segment)


def _service(claim: PaidClaim, service: PaidService, notes: Notes) -> None:
    what = " ".join((service.procedure or f"Revenue code {service.revenue_code}", *service.modifiers))
    off = sum(each.amount for each in service.adjustments if each.group == CONTRACT)
    owed = sum(each.amount for each in service.adjustments if each.group == PATIENT)
    notes.row(f"Services of claim {claim.account}", SERVICES, f"{service.number}. {what}" + (f" on {service.service_date}" if service.service_date else ""), dollars(service.charge),
              dollars(service.allowed) if service.allowed is not None else "", dollars(service.paid), dollars(off), dollars(owed), _reasons(service.adjustments, service.rarcs), segment=service.segment)


def _reasons(adjustments, rarcs) -> str:
    return "; ".join([f"{each.group} {each.carc} {dollars(each.amount)}" for each in adjustments] + list(rarcs))


def _closing(closing: Closing, payer: str, notes: Notes) -> None:
    for each in closing.provider_adjustments:
        way = "took" if each.amount > 0 else "added"
        notes.say(f"Beside the claims {payer or 'the payer'} {way} {dollars(abs(each.amount))}: {notes.means('provider-adjustment', each.reason)}, reference {each.reference or 'none'}.")
        notes.row("Beside the claims", "Reason|Reference|#Dollars", notes.means("provider-adjustment", each.reason), each.reference, dollars(each.amount))
    taken = sum(each.amount for each in closing.provider_adjustments)
    notes.say(f"In all {closing.claims:,} {'claim' if closing.claims == 1 else 'claims'}: charged {dollars(closing.charge)}, paid {dollars(closing.paid)}" + (f"; {dollars(closing.paid - taken)} with what moved beside them." if taken else "."))
