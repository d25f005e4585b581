"""A dental claim, field by field, as the office sends it (items of the ADA dental claim form named beside each field)."""

from dataclasses import field
from datetime import date
from decimal import Decimal

from billing.claim import Person, PriorPayment, Provider
from billing.record import record


@record
class DentalLine:
    """One service: items 24 to 31. Charge in dollars for the whole quantity; pointers are letters of item 34a.

    area: 00 the whole mouth, 01 upper arch, 02 lower arch, 10, 20, 30, 40 the quadrants. tooth_system JP: 1 to 32 and A to T.
    """
    service_date: date            # 24; on a predetermination the day it is asked for
    procedure: str                # 29
    charge: Decimal               # 31
    area: str = ""                # 25
    tooth_system: str = "JP"      # 26
    tooth: str = ""               # 27
    surfaces: tuple[str, ...] = ()            # 28: M, O, D, B, L, I, F
    quantity: int = 1             # 29b
    diagnosis_pointers: tuple[str, ...] = ()  # 29a


@record
class OtherDentalCoverage:
    """The patient's other plan: items 4 to 11. medical: it is a medical plan and not a dental one (item 4)."""
    payer: str                    # 11
    policyholder: Person          # 5, 6, 7
    member_id: str                # 8
    relationship: str             # 10: self, spouse, child, other
    group_number: str = ""        # 9
    medical: bool = False         # 4


@record
class Orthodontics:
    """Items 41 and 42. Months of the whole treatment."""
    appliance_placed: date        # 41
    months: int                   # 42


@record
class Accident:
    """What the treatment results from: items 45 to 47. cause: occupational, auto, other; state only for auto."""
    cause: str                    # 45
    on: date                      # 46
    state: str = ""               # 47


@record
class DentalClaim:
    """Everything the payer sees. predetermination: item 1 asks what the plan would pay, before anything is done."""
    account: str                  # 23
    payer: str                    # 3: the payer's folder name under payers/
    member_id: str                # 15
    patient: Person               # 20, 21, 22
    subscriber: Person            # 12, 13, 14
    relationship: str             # 18: self, spouse, child, other
    billing: Provider             # 48, 49, 51
    treating: Provider            # 53, 54
    lines: tuple[DentalLine, ...]
    predetermination: bool = False            # 1
    predetermination_number: str = ""         # 2: of a predetermination answered before
    other_coverage: OtherDentalCoverage | None = None  # 4 to 11
    group_number: str = ""                    # 16
    missing_teeth: tuple[str, ...] = ()       # 33
    diagnoses: tuple[str, ...] = ()           # 34a: A to D, where they bear on the treatment
    remarks: str = ""                         # 35
    assigned: bool = True                     # 37: pay the dentist
    place_of_service: str = "11"              # 38
    enclosures: bool = False                  # 39
    orthodontics: Orthodontics | None = None  # 40, 41, 42
    replaces_prosthesis: bool = False         # 43
    prior_placement: date | None = None       # 44
    accident: Accident | None = None          # 45, 46, 47
    treating_specialty: str = ""              # 56a: a taxonomy code
    frequency_code: str = "1"                 # not on the paper form; 837D CLM05-3: 1 original, 7 replacement, 8 void
    original_reference: str = ""              # not on the paper form (item 35 says it); 837D REF F8
    prior_payment: PriorPayment | None = field(default=None)  # the first plan's answer; on paper its EOB is attached

    @property
    def charge(self) -> Decimal:
        """Total fee, item 32: the sum of the lines' charges."""
        return sum((line.charge for line in self.lines), Decimal("0.00"))

    @property
    def prior_authorization(self) -> str:
        """What an edit on authorizations asks for: the number of the predetermination."""
        return self.predetermination_number
