"""A pharmacy claim or reversal as a D.0 request, and the claim or reversal that a request holds."""

from datetime import date
from decimal import Decimal

from billing.claim import Person
from billing.money import ZERO
from billing.ncpdp.fields import FIELDS
from billing.ncpdp.wire import Segment, Sent, Transmission, Unreadable, faults, money, quantity, signed, thousandths
from billing.pharmacy.claim import DrugReview, EarlierPayer, PharmacyClaim, PharmacyReversal

VERSION, BILLING, REVERSAL, NPI = "D0", "B1", "B2", "01"
RX, NDC, BIN, FIRST, DRUG_BENEFIT, PATIENT_PAY, NO_COMPOUND, AUTHORIZATION = "1", "03", "03", "01", "07", "06", "1", "1"
SEX = {"M": "1", "F": "2", "U": "0"}


def request(sent: PharmacyClaim | PharmacyReversal, software: str = "") -> Transmission:
    """The transmission of one billing (B1) or reversal (B2)."""
    billing = isinstance(sent, PharmacyClaim)
    header = (sent.bin_number, VERSION, BILLING if billing else REVERSAL, sent.pcn, "1", NPI, sent.pharmacy_npi, _day(sent.service_date), software)
    if not billing:
        return Transmission(header, (_segment("04", ("C2", sent.cardholder_id), ("C1", sent.group_number)),), ((_claimed(sent),),))
    parts = (_claimed(sent), _pricing(sent), _segment("03", ("EZ", NPI), ("DB", sent.prescriber_npi)), _others(sent), _reviews(sent))
    return Transmission(header, (_insurance(sent), _patient(sent)), (tuple(each for each in parts if each.sent),))


def _segment(id: str, *fields: tuple[str, str]) -> Segment:
    """A segment of the fields that say something."""
    return Segment(id, tuple(Sent(name, text) for name, text in fields if text))


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _insurance(claim: PharmacyClaim) -> Segment:
    return _segment("04", ("C2", claim.cardholder_id), ("C1", claim.group_number), ("C3", claim.person_code), ("C6", claim.relationship))


def _patient(claim: PharmacyClaim) -> Segment:
    person = claim.patient
    return _segment("01", ("C4", _day(person.birth_date)), ("C5", SEX.get(person.sex, person.sex)), ("CA", person.first_name.upper()), ("CB", person.last_name.upper()))


def _claimed(sent: PharmacyClaim | PharmacyReversal) -> Segment:
    head = (("EM", RX), ("D2", sent.prescription), ("E1", NDC), ("D7", sent.ndc))
    coverage = ("C8", "" if sent.other_coverage == "0" else sent.other_coverage)
    if isinstance(sent, PharmacyReversal):
        return _segment("07", *head, ("D3", str(sent.fill_number)), coverage)
    codes = sent.submission_clarifications
    return _segment("07", *head, ("E7", thousandths(sent.quantity)), ("D3", str(sent.fill_number)), ("D5", str(sent.days_supply)), ("D6", NO_COMPOUND), ("D8", sent.dispense_as_written),
                    ("DE", _day(sent.date_written)), ("DF", str(sent.refills_authorized)), ("DJ", sent.origin), ("NX", str(len(codes)) if codes else ""), *(("DK", code) for code in codes),
                    coverage, ("28", sent.unit_of_measure), ("EU", AUTHORIZATION if sent.prior_authorization else ""), ("EV", sent.prior_authorization))


def _pricing(claim: PharmacyClaim) -> Segment:
    return _segment("11", ("D9", signed(claim.ingredient_cost)), ("DC", signed(claim.dispensing_fee)), ("DQ", signed(claim.usual_and_customary)), ("DU", signed(claim.gross_due)), ("DN", claim.basis_of_cost))


def _others(claim: PharmacyClaim) -> Segment:
    """The payers before this one, each with its payment, its reject codes or what it left."""
    fields = [("4C", str(len(claim.earlier_payers)))] if claim.earlier_payers else []
    for place, each in enumerate(claim.earlier_payers, 1):
        fields += [("5C", f"{place:02d}"), ("6C", BIN), ("7C", each.payer_id), ("E8", _day(each.on))]
        if each.paid is not None:
            fields += [("HB", "1"), ("HC", DRUG_BENEFIT), ("DV", signed(each.paid))]
        if each.reject_codes:
            fields += [("5E", str(len(each.reject_codes))), *(("6E", code) for code in each.reject_codes)]
        if each.patient_responsibility is not None:
            fields += [("NR", "1"), ("NP", PATIENT_PAY), ("NQ", signed(each.patient_responsibility))]
    return _segment("05", *fields)


def _reviews(claim: PharmacyClaim) -> Segment:
    return _segment("08", *(field for place, each in enumerate(claim.reviews, 1) for field in (("7E", str(place)), ("E4", each.reason), ("E5", each.service), ("E6", each.result))))


NEEDED = {BILLING: (("01", "C4"), ("04", "C2"), ("07", "D2"), ("07", "D7"), ("07", "E7"), ("07", "D5"), ("07", "DE"), ("11", "D9"), ("11", "DU")), REVERSAL: (("07", "D2"), ("07", "D7"))}
"""The fields without which a request is no claim, by segment."""


def claim_of(sent: Transmission, payer: str) -> PharmacyClaim | PharmacyReversal:
    """What the request bills or takes back; Unreadable with a sentence for each field that decides and is missing or cannot be read."""
    transaction = sent.part("103-A3")
    if transaction not in NEEDED:
        raise Unreadable(f"103-A3 says {transaction or 'nothing'}: read here are B1, a billing, and B2, a reversal.")
    if missing := [f"{FIELDS[id].label} {FIELDS[id].name}" for segment, id in NEEDED[transaction] if not sent.segment(segment).first(id)]:
        raise Unreadable(f"The request lacks {', '.join(missing)}.")
    try:
        return _reversal(sent, payer) if transaction == REVERSAL else _billing(sent, payer)
    except (ValueError, ArithmeticError) as error:
        raise Unreadable(" ".join(faults(sent)) or f"The request cannot be read as a claim: {error}.") from error


def read_day(text: str) -> date:
    """A day from its eight digits."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _reversal(sent: Transmission, payer: str) -> PharmacyReversal:
    part, insured = sent.segment("07").first, sent.segment("04").first
    return PharmacyReversal(payer, sent.part("101-A1"), sent.part("104-A4"), sent.part("201-B1"), read_day(sent.part("401-D1")), part("D2"), part("D7"), int(part("D3", "0")),
                            insured("C2"), insured("C1"), str(int(part("C8", "0"))))


def _billing(sent: Transmission, payer: str) -> PharmacyClaim:
    part, price, insured, person = sent.segment("07").first, sent.segment("11").first, sent.segment("04").first, sent.segment("01").first
    sexes = {code: sex for sex, code in SEX.items()}
    reviewed = sent.segment("08")
    return PharmacyClaim(
        payer, sent.part("101-A1"), sent.part("104-A4"), sent.part("201-B1"), read_day(sent.part("401-D1")), insured("C2"),
        Person(person("CB").title(), person("CA").title(), read_day(person("C4")), sexes.get(person("C5"), person("C5"))),
        part("D2"), part("D7"), quantity(part("E7", "0")), int(part("D5", "0")), read_day(part("DE")), sent.segment("03").first("DB"),
        _amount(price("D9")), _amount(price("DC")), _amount(price("DQ")), _amount(price("DU")), insured("C1"), insured("C3"), insured("C6", "1"), int(part("D3", "0")), int(part("DF", "0")),
        part("D8", "0"), part("28", "EA"), price("DN", "00"), part("DJ", "0"), part("EV"), sent.segment("07").every("DK"), str(int(part("C8", "0"))), _earlier(sent.segment("05")),
        tuple(DrugReview(*each) for each in zip(reviewed.every("E4"), reviewed.every("E5"), reviewed.every("E6"))))


def _amount(text: str) -> Decimal:
    return money(text) if text else ZERO


def _earlier(segment: Segment) -> tuple[EarlierPayer, ...]:
    """A payer begins with its place (338-5C); what follows until the next is its own."""
    found: list[list[Sent]] = []
    for each in segment.sent:
        if each.id == "5C":
            found.append([])
        elif found:
            found[-1].append(each)
    return tuple(_payer(Segment("05", tuple(each))) for each in found)


def _payer(own: Segment) -> EarlierPayer:
    paid, owed = own.first("DV"), own.first("NQ")
    return EarlierPayer(own.first("7C"), read_day(own.first("E8")), money(paid) if paid else None, money(owed) if owed else None, own.every("6E"))
