"""A professional claim, field by field, as the biller sends it (CMS-1500 items named beside each field)."""

from dataclasses import field
from datetime import date
from decimal import Decimal

from billing.record import record


@record
class Person:
    """A patient or a subscriber as the card and the registration give them."""
    last_name: str
    first_name: str
    birth_date: date
    sex: str  # F, M or U


@record
class Provider:
    """Someone who renders, orders or bills. profession: of one who is no physician and bills under the own NPI (NP, PA, CNS)."""
    name: str
    npi: str
    tax_id: str = ""
    profession: str = ""


@record
class Accident:
    """What the condition is related to (item 10) and the day it happened (item 15): cause employment, auto or other; state: of an auto accident."""
    cause: str
    on: date
    state: str = ""


@record
class PriorAdjustment:
    """One adjustment the earlier payer made on a line; group code, CARC and dollars."""
    group: str
    carc: str
    amount: Decimal


@record
class PriorLine:
    """What the earlier payer did with one service line (loop 2430)."""
    line: int
    paid: Decimal
    adjustments: tuple[PriorAdjustment, ...] = ()


@record
class PriorPayment:
    """The earlier payer's whole answer, carried on the claim to the next payer (loops 2320 and 2430)."""
    payer: str
    adjudicated: date
    lines: tuple[PriorLine, ...]


@record
class ServiceLine:
    """One service: item 24 A to J. Charge in dollars for all units; pointers are letters of item 21. Units of anesthesia are minutes.

    attachment: the control number of a record sent along (PWK06); blank: none was.
    """
    service_date: date            # 24A
    place_of_service: str         # 24B
    procedure: str                # 24D
    diagnosis_pointers: tuple[str, ...]  # 24E: "A", "B", ...
    charge: Decimal               # 24F
    units: int = 1                # 24G
    modifiers: tuple[str, ...] = ()  # 24D
    ndc: str = ""                 # 24, shaded: the national drug code, eleven digits
    attachment: str = ""


@record
class ProfessionalClaim:
    """Everything the payer sees. `accepts_assignment` is item 27; `frequency_code` the third part of CLM05."""
    account: str                  # 26
    payer: str                    # the payer's folder name under payers/
    member_id: str                # 1a
    patient: Person               # 2, 3
    subscriber: Person            # 4, 11a
    relationship: str             # 6: self, spouse, child, other
    billing: Provider             # 33
    rendering: Provider           # 24J
    diagnoses: tuple[str, ...]    # 21 A to L
    lines: tuple[ServiceLine, ...]
    accepts_assignment: bool = True  # 27
    prior_authorization: str = ""    # 23
    referring: Provider | None = None  # 17, 17b
    group_number: str = ""           # 11
    frequency_code: str = "1"        # 22: 1 original, 7 replacement, 8 void
    original_reference: str = ""     # 22
    prior_payment: PriorPayment | None = field(default=None)
    accident: Accident | None = None  # 10, 15

    @property
    def charge(self) -> Decimal:
        """Total charge, item 28: the sum of the lines' charges."""
        return sum((line.charge for line in self.lines), Decimal("0.00"))
