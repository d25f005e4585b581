"""The payer's answer as a D.0 response, and the answer that a response holds."""

from decimal import Decimal

from billing.money import ZERO
from billing.ncpdp.requests import NPI, RX, VERSION, read_day
from billing.ncpdp.wire import FIELD, GROUP, SEGMENT, Segment, Sent, Transmission, Unreadable, money, signed
from billing.pharmacy.answer import Basis, Interacting, PaidAmounts, PharmacyAnswer, PharmacyFinding, Status
from billing.pharmacy.claim import PharmacyClaim, PharmacyReversal

ACCEPTED, MESSAGE, LONGEST = "A", "01", 40
AMOUNTS = (("F6", "ingredient_cost"), ("F7", "dispensing_fee"), ("FC", "deductible_met"), ("FD", "deductible_left"), ("FH", "deductible"), ("FI", "copay"), ("4U", "coinsurance"), ("UK", "product_selection"),
           ("J5", "other_payer"))
TOTALS = (("F5", "patient_pay"), ("F9", "total_paid"))


def response(answer: PharmacyAnswer, sent: PharmacyClaim | PharmacyReversal) -> Transmission:
    """The transmission that answers one billing or reversal."""
    header = (VERSION, answer.transaction, "1", ACCEPTED, NPI, sent.pharmacy_npi, f"{sent.service_date:%Y%m%d}")
    parts = (_status(answer), Segment("22", (Sent("EM", RX), Sent("D2", sent.prescription))), _pricing(answer), _warnings(answer))
    return Transmission(header, (), (tuple(each for each in parts if each.sent),), response=True)


def _status(answer: PharmacyAnswer) -> Segment:
    """The answer, its number, its reject codes, and the payer's messages, each once."""
    fields = [Sent("AN", answer.status.value)] + ([Sent("F3", answer.authorization)] if answer.authorization else [])
    if answer.codes:
        fields += [Sent("FA", str(len(answer.codes))), *(Sent("FB", code) for code in answer.codes)]
    messages = tuple(dict.fromkeys(_sendable(each.message)[:LONGEST] for each in answer.findings if each.message))
    if messages:
        fields.append(Sent("UF", str(len(messages))))
        fields += [part for each in messages for part in (Sent("UH", MESSAGE), Sent("FQ", each))]
    return Segment("21", tuple(fields))


def _sendable(text: str) -> str:
    """Without the characters that separate."""
    return text.translate({ord(mark): " " for mark in (FIELD, GROUP, SEGMENT)})


def _pricing(answer: PharmacyAnswer) -> Segment:
    paid = answer.amounts
    if paid is None:
        return Segment("23", ())
    always = {"F5", "F6", "F7", "F9"}
    amounts = {id: getattr(paid, name) for id, name in (*TOTALS, *AMOUNTS)}
    order = ("F5", "F6", "F7", "J5", "F9", "FC", "FD", "FH", "FI", "4U", "UK")
    fields = [Sent(id, signed(amounts[id])) for id in order if id in always or amounts[id] != ZERO]
    return Segment("23", (*fields, Sent("FM", paid.basis.value)))


def _warnings(answer: PharmacyAnswer) -> Segment:
    return Segment("24", tuple(part for place, each in enumerate(answer.interactions, 1)
                               for part in (Sent("J6", str(place)), Sent("E4", each.reason), Sent("FS", each.significance), Sent("FY", _sendable(each.text)[:30]))))


def answer_of(received: Transmission, payer: str, fill_number: int = 0) -> PharmacyAnswer:
    """What the response says; reasons in plain words and rules are not on the wire. Unreadable where its amounts do not add up."""
    status, priced, warned = received.segment("21"), received.segment("23"), received.segment("24")
    account = f"{received.segment('22').first('D2')}-{fill_number:02d}"
    messages = (*status.every("FQ"), *("",) * len(status.every("FB")))
    findings = tuple(PharmacyFinding("", code, "", message) for code, message in zip(status.every("FB"), messages))
    warnings = tuple(Interacting(*each) for each in zip(warned.every("E4"), warned.every("FS"), warned.every("FY")))
    try:
        return PharmacyAnswer(payer, account, received.part("103-A3"), read_day(received.part("401-D1")), Status(status.first("AN")), findings,
                              _amounts(priced) if priced.sent else None, status.first("F3"), warnings)
    except ValueError as error:
        raise error if isinstance(error, Unreadable) else Unreadable(f"The response cannot be read: {error}.") from error


def _amounts(segment: Segment) -> PaidAmounts:
    held = {name: _amount(segment, id) for id, name in AMOUNTS}
    paid = PaidAmounts(basis=Basis(segment.first("FM")), **held)
    for id, name in TOTALS:
        if getattr(paid, name) != _amount(segment, id):
            raise Unreadable(f"The response says {_amount(segment, id)} in {id}; its parts make {getattr(paid, name)}.")
    return paid


def _amount(segment: Segment, id: str) -> Decimal:
    text = segment.first(id)
    return money(text) if text else ZERO
