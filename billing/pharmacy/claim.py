"""A pharmacy claim, field by field, as the pharmacy's system sends it (ids of NCPDP Telecommunication D.0 beside each field)."""

from datetime import date
from decimal import Decimal

from billing.claim import Person
from billing.record import record


@record
class DrugReview:
    """What the pharmacist did about a warning (DUR/PPS segment): why, what, and how it ended."""
    reason: str                   # 439-E4, as DD
    service: str                  # 440-E5, as M0
    result: str                   # 441-E6, as 1G


@record
class EarlierPayer:
    """A payer that answered before this one (COB segment): what it paid and left to the patient, or the codes it rejected with."""
    payer_id: str                                # 340-7C: its BIN
    on: date                                     # 443-E8
    paid: Decimal | None = None                  # 431-DV
    patient_responsibility: Decimal | None = None  # 352-NQ
    reject_codes: tuple[str, ...] = ()           # 472-6E


@record
class PharmacyClaim:
    """One fill, billed (B1). Amounts in dollars; the quantity in the product's own unit: each, milliliter or gram."""
    payer: str                                   # not sent: the payer's folder name under payers/
    bin_number: str                              # 101-A1: six digits of the card, the address of the processor
    pcn: str                                     # 104-A4
    pharmacy_npi: str                            # 201-B1
    service_date: date                           # 401-D1: the day of the fill
    cardholder_id: str                           # 302-C2
    patient: Person                              # 310-CA, 311-CB, 304-C4, 305-C5
    prescription: str                            # 402-D2: the pharmacy's number of it
    ndc: str                                     # 407-D7: eleven digits
    quantity: Decimal                            # 442-E7
    days_supply: int                             # 405-D5
    date_written: date                           # 414-DE
    prescriber_npi: str                          # 411-DB
    ingredient_cost: Decimal                     # 409-D9
    dispensing_fee: Decimal                      # 412-DC
    usual_and_customary: Decimal                 # 426-DQ: what someone without insurance pays at the counter
    gross_due: Decimal                           # 430-DU
    group_number: str = ""                       # 301-C1
    person_code: str = ""                        # 303-C3: 01 the cardholder
    relationship: str = "1"                      # 306-C6: 1 cardholder, 2 spouse, 3 child, 4 other
    fill_number: int = 0                         # 403-D3: 0 the first fill
    refills_authorized: int = 0                  # 415-DF
    dispense_as_written: str = "0"               # 408-D8: 0 no product selection, 1 the prescriber, 2 the patient insists
    unit_of_measure: str = "EA"                  # 600-28: EA, ML, GM
    basis_of_cost: str = "01"                    # 423-DN: 01 AWP
    origin: str = "3"                            # 419-DJ: 1 written, 2 telephone, 3 electronic
    prior_authorization: str = ""                # 462-EV
    submission_clarifications: tuple[str, ...] = ()  # 420-DK
    other_coverage: str = "0"                    # 308-C8: 0 not specified, 1 none, 2 paid, 3 not covered, 4 paid nothing, 8 copay only
    earlier_payers: tuple[EarlierPayer, ...] = ()    # COB segment
    reviews: tuple[DrugReview, ...] = ()         # DUR/PPS segment

    @property
    def account(self) -> str:
        """The pharmacy's own number of the fill: prescription and fill."""
        return f"{self.prescription}-{self.fill_number:02d}"

    @property
    def charge(self) -> Decimal:
        """The gross amount due, as a charge is called elsewhere."""
        return self.gross_due


@record
class PharmacyReversal:
    """A paid claim taken back (B2), found again by pharmacy, prescription, fill and day; nothing of its money is repeated."""
    payer: str                    # not sent
    bin_number: str               # 101-A1
    pcn: str                      # 104-A4
    pharmacy_npi: str             # 201-B1
    service_date: date            # 401-D1: of the claim taken back
    prescription: str             # 402-D2
    ndc: str                      # 407-D7
    fill_number: int = 0          # 403-D3
    cardholder_id: str = ""       # 302-C2
    group_number: str = ""        # 301-C1
    other_coverage: str = "0"     # 308-C8

    @staticmethod
    def of(claim: PharmacyClaim) -> "PharmacyReversal":
        """The reversal of that claim."""
        return PharmacyReversal(claim.payer, claim.bin_number, claim.pcn, claim.pharmacy_npi, claim.service_date, claim.prescription, claim.ndc,
                                claim.fill_number, claim.cardholder_id, claim.group_number, claim.other_coverage)
