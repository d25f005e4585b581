"""What a dental plan's own records say of a member: coverage dates, what the year has used, what was done to which tooth, which teeth are gone."""

from datetime import date
from decimal import Decimal

from billing.coverage import OtherCoverage
from billing.money import ZERO
from billing.record import record


@record
class DentalAccumulator:
    """Dollars used of a calendar year's deductible and annual maximum before the claim at hand."""
    year: int
    deductible_met: Decimal = ZERO
    maximum_used: Decimal = ZERO


@record
class EarlierDentalLine:
    """A service the plan has adjudicated, or knows of, before; what duplicates, frequencies and replacements are held against.

    control_number: the payer's own of that claim; adjudicated: the day of its remittance. counted: it was paid for, and so uses up a frequency;
    a line that was refused is known only to tell a duplicate.
    """
    service_date: date
    procedure: str
    tooth: str = ""
    surfaces: tuple[str, ...] = ()
    area: str = ""
    charge: Decimal = ZERO
    treating_npi: str = ""
    control_number: str = ""
    adjudicated: date | None = None
    counted: bool = True


@record
class MissingTooth:
    """A tooth that is gone, and since when; before coverage began, the missing-tooth clause asks."""
    tooth: str
    since: date


@record
class Predetermination:
    """A treatment plan the payer has answered: its number, procedure and tooth, and the last day it stands."""
    number: str
    procedure: str
    ends: date
    tooth: str = ""


@record
class DentalMember:
    """A member in the plan's records. `plan` names an entry of the payer's dental-plans rule; `ends` is the last covered day.

    credited_months: months of earlier coverage that count towards waiting periods. orthodontic_used: dollars of the lifetime maximum.
    """
    member_id: str
    plan: str
    last_name: str
    first_name: str
    birth_date: date
    begins: date
    ends: date | None = None
    group_number: str = ""
    accumulators: tuple[DentalAccumulator, ...] = ()
    orthodontic_used: Decimal = ZERO
    credited_months: int = 0
    earlier_lines: tuple[EarlierDentalLine, ...] = ()
    missing_teeth: tuple[MissingTooth, ...] = ()
    predeterminations: tuple[Predetermination, ...] = ()
    primary_elsewhere: tuple[OtherCoverage, ...] = ()

    def used(self, year: int) -> DentalAccumulator:
        """What is used of that year; nothing where the records are silent."""
        return next((each for each in self.accumulators if each.year == year), DentalAccumulator(year))

    def age(self, on: date) -> int:
        """Whole years on the day."""
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
