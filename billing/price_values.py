"""What the values of a payer's prices and plans are: relative values, factors, percentages, deductibles, copays."""

from decimal import Decimal
from functools import cached_property

from billing.record import by_procedure, record


@record
class RelativeValue:
    """Units of work, practice expense and malpractice; indicators as in the physician fee schedule's layout.

    component: "" global, "26" professional, "TC" technical.
    multiple: 0 none, 2 standard reduction, 3 endoscopy, 5 therapy. bilateral: 0 no 150 %, 1 150 %, 2 already bilateral, 3 each side in full.
    """
    procedure: str
    work: Decimal
    practice_nonfacility: Decimal
    practice_facility: Decimal
    malpractice: Decimal
    component: str = ""
    multiple: str = "0"
    bilateral: str = "0"


@record
class FeeSchedule:
    """Relative values × geography × conversion factor, or a flat fee a unit for what has no relative values."""
    relative_values: tuple[RelativeValue, ...]
    flat_fees: tuple["FlatFee", ...] = ()
    facility_places: tuple[str, ...] = ()   # places of service paid at the facility rate
    anesthesia: tuple["AnesthesiaBase", ...] = ()
    drugs: tuple["DrugPrice", ...] = ()
    drug_percent: Decimal = Decimal(0)      # of a drug's average sales price

    @cached_property
    def relative(self) -> dict[tuple[str, str], RelativeValue]:
        """The relative values by procedure and component."""
        return {(row.procedure, row.component): row for row in reversed(self.relative_values)}

    @cached_property
    def flat(self) -> dict[str, Decimal]:
        """The flat fee of each procedure that has one."""
        return {row.procedure: row.fee for row in reversed(self.flat_fees)}

    @cached_property
    def procedures(self) -> frozenset[str]:
        """Every procedure with a price."""
        return frozenset(row.procedure for row in (*self.relative_values, *self.flat_fees, *self.anesthesia, *self.drugs))

    @cached_property
    def base_units(self) -> dict[str, Decimal]:
        """The base units of each anesthesia procedure; its claim units are minutes."""
        return {row.procedure: row.units for row in self.anesthesia}

    @cached_property
    def sales_price(self) -> dict[str, Decimal]:
        """The average sales price of one unit of each drug that is paid by it."""
        return {row.procedure: row.dollars for row in self.drugs}


@record
class FlatFee:
    """Dollars for one unit."""
    procedure: str
    fee: Decimal


@record
class AnesthesiaBase:
    """Base units of an anesthesia procedure."""
    procedure: str
    units: Decimal


@record
class DrugPrice:
    """Average sales price of one HCPCS unit, in dollars."""
    procedure: str
    dollars: Decimal


@record
class Geography:
    """Geographic adjustment of the three components in one locality."""
    locality: str
    work: Decimal
    practice: Decimal
    malpractice: Decimal


@record
class ConversionFactor:
    """Dollars for one relative value unit."""
    dollars: Decimal


@record
class PricingModifiers:
    """Per cent of the fee that a pricing modifier leaves (50: 150), and the ranked percentages of multiple procedures (100, 50, 50, ...)."""
    bilateral_percent: Decimal
    multiple_percents: tuple[Decimal, ...]


@record
class Participation:
    """What a non-participating provider is allowed, and may charge without assignment, in per cent."""
    nonparticipating_percent: Decimal
    limiting_charge_percent: Decimal


@record
class Benefit:
    """Cost sharing of one plan. copays: dollars a visit for the first covered procedure of a listed group; such a line bears no coinsurance.

    exempt: procedures with neither deductible nor coinsurance (preventive).
    """
    plan: str
    deductible: Decimal
    coinsurance_percent: Decimal
    out_of_pocket_limit: Decimal | None = None
    copays: tuple["Copay", ...] = ()
    exempt: tuple[str, ...] = ()
    copay_waives_deductible: bool = True


@record
class Copay:
    """Dollars per day of service when one of the procedures is done."""
    dollars: Decimal
    procedures: tuple[str, ...]
    name: str = "office visit"


@record
class Benefits:
    """The payer's plans."""
    plans: tuple[Benefit, ...]


@record
class Sequestration:
    """Per cent taken from the payment after deductible and coinsurance."""
    percent: Decimal
    carc: str = "253"
