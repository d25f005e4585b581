"""What a payer's own records say of a member on a day: coverage dates, benefits used, authorizations, other payers, earlier claims."""

from datetime import date
from decimal import Decimal

from billing.record import record


@record
class Authorization:
    """A prior authorization the payer has on file."""
    number: str
    procedure: str
    begins: date
    ends: date
    units: int


@record
class Accumulator:
    """What the member has used of a calendar year's limits, in dollars, before the claim at hand is processed."""
    year: int
    deductible_met: Decimal = Decimal("0.00")
    out_of_pocket_met: Decimal = Decimal("0.00")


@record
class TherapyUsed:
    """Allowed dollars of therapy of one pool in a calendar year, before the claim at hand."""
    year: int
    pool: str
    dollars: Decimal


@record
class OtherCoverage:
    """Another payer that the records know to pay before this one, from a day on."""
    payer: str
    name: str
    begins: date
    ends: date | None = None


@record
class Referral:
    """A referral by the member's primary care provider: to whom (NPI), for how many visits, from a day to a day."""
    number: str
    to_npi: str
    begins: date
    ends: date
    visits: int = 1


@record
class Injury:
    """An injury a carrier has on file: its claim number, cause (employment, auto), day, and the diagnoses it accepts (exact, or stems ending in '*')."""
    number: str
    cause: str
    on: date
    diagnoses: tuple[str, ...]
    ends: date | None = None


@record
class EarlierLine:
    """A service line the payer has adjudicated before; what the duplicate edit compares. control_number: the payer's own of that claim;
    adjudicated: the day of its remittance, from which the clock of a corrected claim runs.
    """
    member_id: str
    rendering_npi: str
    service_date: date
    procedure: str
    modifiers: tuple[str, ...]
    units: int
    charge: Decimal
    control_number: str = ""
    adjudicated: date | None = None
    refused: bool = False   # a denied service begins no global period; sent again it is a duplicate all the same


@record
class Coverage:
    """A member in the payer's records. `plan` names an entry of the payer's benefits rule; `ends` is the last covered day.

    qualified_beneficiary: Medicaid pays the member's Medicare cost sharing (QMB), so that nobody may ask the member for it.
    found_unnecessary: procedures that the payer's reviewer did not find necessary from the record that it had.
    crosses_over: to whom Medicare passes the claim by itself: medicaid, supplemental, or nobody.
    """
    member_id: str
    plan: str
    last_name: str
    first_name: str
    birth_date: date
    begins: date
    ends: date | None = None
    group_number: str = ""
    accumulators: tuple[Accumulator, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    primary_elsewhere: tuple[OtherCoverage, ...] = ()
    earlier_lines: tuple[EarlierLine, ...] = ()
    primary_care: str = ""
    therapy_used: tuple[TherapyUsed, ...] = ()
    primary_care_npi: str = ""
    referrals: tuple[Referral, ...] = ()
    injuries: tuple[Injury, ...] = ()
    qualified_beneficiary: bool = False
    crosses_over: str = ""
    found_unnecessary: tuple[str, ...] = ()
