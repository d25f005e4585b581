"""The checks of the fields themselves: missing or invalid (M/I), each with the standard's own reject code for its field."""

import re

from billing import npi
from billing.money import ZERO
from billing.pharmacy.answer import PharmacyFinding
from billing.pharmacy.review import PharmacyReview

BIN, PCN, PHARMACY, GROUP, CARDHOLDER, BORN, SEX, RELATIONSHIP, OTHER_COVERAGE, PRESCRIPTION, FILL, DAYS, NDC, SELECTION, PRESCRIBER, WRITTEN, QUANTITY, USUAL, GROSS = (
    "01", "04", "05", "06", "07", "09", "10", "11", "13", "16", "17", "19", "21", "22", "25", "28", "E7", "DQ", "DU")
CLARIFICATION = "34"
NDC_DIGITS = 11


def _missing(edit: str, code: str, why: str) -> PharmacyFinding:
    return PharmacyFinding(edit, code, why)


def routed(review: PharmacyReview) -> list[PharmacyFinding]:
    """BIN and processor control number are the payer's."""
    claim, routing = review.claim, review.value("pharmacy-routing")
    found = []
    if claim.bin_number != routing.bin_number:
        found.append(_missing("routed", BIN, f"The BIN {claim.bin_number} (101-A1) is not this processor's."))
    if claim.pcn not in {each.pcn for each in routing.groups}:
        found.append(_missing("routed", PCN, f"The processor control number {claim.pcn} (104-A4) is not known here."))
    return found


def pharmacy_identifier(review: PharmacyReview) -> list[PharmacyFinding]:
    """The pharmacy's NPI has ten digits and a check digit that fits."""
    number = review.claim.pharmacy_npi
    return [] if npi.valid(number) else [_missing("pharmacy_identifier", PHARMACY, f"The pharmacy's NPI {number} (201-B1) is missing or does not check.")]


def prescriber_identifier(review: PharmacyReview) -> list[PharmacyFinding]:
    """So has the prescriber's."""
    number = review.claim.prescriber_npi
    return [] if npi.valid(number) else [_missing("prescriber_identifier", PRESCRIBER, f"The prescriber's NPI {number} (411-DB) is missing or does not check.")]


def cardholder(review: PharmacyReview) -> list[PharmacyFinding]:
    """The cardholder id has the payer's shape; a group is named."""
    claim, shape = review.claim, review.value("identifiers")
    found = []
    if shape and not re.fullmatch(shape.member_id_pattern, claim.cardholder_id):
        found.append(_missing("cardholder", CARDHOLDER, f"A cardholder id (302-C2) is {shape.member_id_in_words}; this is {claim.cardholder_id or 'blank'}."))
    if not claim.group_number:
        found.append(_missing("cardholder", GROUP, "The group number (301-C1) is blank."))
    return found


def coded(review: PharmacyReview) -> list[PharmacyFinding]:
    """Fields that hold one of a few codes hold one of them."""
    claim = review.claim
    listed = ((SEX, claim.patient.sex, ("F", "M", "U"), "patient's sex (305-C5)"), (RELATIONSHIP, claim.relationship, tuple("1234"), "relationship (306-C6)"),
              (SELECTION, claim.dispense_as_written, tuple("0123456789"), "product selection code (408-D8)"),
              (OTHER_COVERAGE, claim.other_coverage, tuple("012348"), "other coverage code (308-C8)"))
    return [_missing("coded", code, f"The {what} says {value or 'nothing'}; it is one of {', '.join(allowed)}.") for code, value, allowed, what in listed if value not in allowed]


def clarifications(review: PharmacyReview) -> list[PharmacyFinding]:
    """A clarification code is a number, at most three of them."""
    codes = review.claim.submission_clarifications
    unfit = len(codes) > 3 or any(not code.isdigit() for code in codes)
    return [_missing("clarifications", CLARIFICATION, f"Submission clarification codes (420-DK) are at most three numbers; these are {', '.join(codes)}.")] if unfit else []


def product_identifier(review: PharmacyReview) -> list[PharmacyFinding]:
    """The NDC is eleven digits."""
    ndc = review.claim.ndc
    return [] if len(ndc) == NDC_DIGITS and ndc.isdigit() else [_missing("product_identifier", NDC, f"An NDC (407-D7) is sent as eleven digits, five, four and two; this is {ndc or 'blank'}.")]


def counted(review: PharmacyReview) -> list[PharmacyFinding]:
    """Prescription, fill, quantity and days say something possible."""
    claim = review.claim
    found = []
    if not claim.prescription.isdigit():
        found.append(_missing("counted", PRESCRIPTION, f"The prescription's number (402-D2) is digits; this is {claim.prescription or 'blank'}."))
    if not 0 <= claim.fill_number <= 99:
        found.append(_missing("counted", FILL, f"A fill number (403-D3) is 0 to 99; this is {claim.fill_number}."))
    if claim.quantity <= 0:
        found.append(_missing("counted", QUANTITY, f"The quantity dispensed (442-E7) is {claim.quantity}."))
    if not 1 <= claim.days_supply <= 999:
        found.append(_missing("counted", DAYS, f"The days' supply (405-D5) is {claim.days_supply}."))
    return found


def dated(review: PharmacyReview) -> list[PharmacyFinding]:
    """The prescription was written on or before the day it was filled, and the patient born before both."""
    claim = review.claim
    found = []
    if claim.date_written > claim.service_date:
        found.append(_missing("dated", WRITTEN, f"The prescription was written (414-DE) on {claim.date_written}, after it was filled on {claim.service_date}."))
    if claim.patient.birth_date > claim.service_date:
        found.append(_missing("dated", BORN, f"The birth date (304-C4) {claim.patient.birth_date} lies after the fill."))
    return found


def priced(review: PharmacyReview) -> list[PharmacyFinding]:
    """A usual and customary price stands there, and the gross amount due is cost and fee added up."""
    claim = review.claim
    found = []
    if claim.usual_and_customary <= ZERO:
        found.append(_missing("priced", USUAL, "The usual and customary charge (426-DQ) is missing."))
    if claim.gross_due != claim.ingredient_cost + claim.dispensing_fee:
        found.append(_missing("priced", GROSS, f"The gross amount due (430-DU) is {claim.gross_due}; ingredient cost and fee make {claim.ingredient_cost + claim.dispensing_fee}."))
    return found


EDITS = (routed, pharmacy_identifier, prescriber_identifier, cardholder, coded, clarifications, product_identifier, counted, dated, priced)
"""In the order in which their codes stand in the answer."""
