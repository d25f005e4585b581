"""What the values of a dental plan are: services and what each needs, fees, classes and percentages, maximums, frequencies, ages, alternate benefits, replacements."""

from decimal import Decimal
from functools import cached_property

from billing.edit_values import Reason
from billing.record import record


@record
class DentalService:
    """One procedure. category: diagnostic, preventive, basic, major or orthodontic, as this payer sorts it.

    needs: tooth, surfaces (a tooth and its surfaces), quadrant, arch, or nothing. surfaces: how many, where the code counts them; many: that or more.
    teeth: words that must all be true of the tooth (permanent, primary, anterior, posterior, incisor, canine, premolar, molar).
    family: what it does to the tooth, where an edit asks: removal, replaces-tooth, prosthesis.
    """
    procedure: str
    category: str
    needs: str = ""
    surfaces: int = 0
    many: bool = False
    teeth: tuple[str, ...] = ()
    family: tuple[str, ...] = ()


@record
class DentalServices:
    """Every procedure the payer knows, and its reasons: an item not there, one that does not fit the procedure, a tooth that is gone."""
    services: tuple[DentalService, ...]
    tooth_missing: Reason
    tooth_unfit: Reason
    surfaces_missing: Reason
    surfaces_unfit: Reason
    area_missing: Reason
    tooth_gone: Reason
    gap_unstated: Reason     # a tooth is replaced that item 33 does not show as missing
    braces_unstated: Reason  # braces without the day they were placed and the months (items 40 to 42)

    @cached_property
    def of(self) -> dict[str, DentalService]:
        """The services by procedure."""
        return {each.procedure: each for each in self.services}


@record
class DentalFee:
    """Dollars for one: by contract, and the customary fee that bounds what is allowed outside of it."""
    procedure: str
    contracted: Decimal
    customary: Decimal


@record
class DentalFees:
    """The fees. denied_at_contract: a contracted dentist charges the contracted fee also for what the plan does not pay."""
    fees: tuple[DentalFee, ...]
    denied_at_contract: bool = True

    @cached_property
    def of(self) -> dict[str, DentalFee]:
        """The fees by procedure."""
        return {each.procedure: each for each in self.fees}


@record
class CategoryBenefit:
    """What the plan pays of one category, in per cent, inside and outside of the network; months: the waiting period, counted from the first covered day."""
    category: str
    network_percent: Decimal
    other_percent: Decimal
    deductible: bool = True      # the deductible is taken of it
    maximum: str = "annual"      # which maximum its payments use up: annual, lifetime, or none
    waiting_months: int = 0


@record
class DentalPlan:
    """One plan. deductible_order: before (of the allowed amount, then the per cent) or after (of the benefit the per cent gives).

    missing_tooth_clause: a tooth lost before coverage began is not replaced.
    """
    plan: str
    deductible: Decimal
    annual_maximum: Decimal
    lifetime_maximum: Decimal    # orthodontics
    benefits: tuple[CategoryBenefit, ...]
    deductible_order: str = "before"
    missing_tooth_clause: bool = False

    def benefit(self, category: str) -> CategoryBenefit | None:
        """The plan's benefit for the category; None where it has none."""
        return next((each for each in self.benefits if each.category == category), None)


@record
class DentalPlans:
    """The payer's plans and its reasons."""
    plans: tuple[DentalPlan, ...]
    over_annual: Reason
    over_lifetime: Reason
    no_benefit: Reason
    waiting: Reason
    missing_tooth: Reason


@record
class DentalFrequency:
    """At most `times` of these procedures in a calendar year (calendar_years) or in any run of months; 0 and 0: once for all.

    per: mouth, tooth, quadrant, arch.
    """
    name: str
    procedures: tuple[str, ...]
    times: int
    calendar_years: int = 0
    months: int = 0
    per: str = "mouth"


@record
class DentalFrequencies:
    """All frequencies and the reason."""
    frequencies: tuple[DentalFrequency, ...]
    reason: Reason


@record
class DentalAge:
    """The ages, in whole years and both included, at which the procedures are covered."""
    procedures: tuple[str, ...]
    from_age: int = 0
    to_age: int = 150


@record
class DentalAges:
    """All age limits and the reason."""
    ages: tuple[DentalAge, ...]
    reason: Reason


@record
class AlternateBenefit:
    """On teeth that the words describe, the plan figures the procedure's benefit on the fee of another that would do."""
    procedure: str
    paid_as: str
    teeth: tuple[str, ...] = ()


@record
class AlternateBenefits:
    """All alternate benefits, and how the difference is worded."""
    alternates: tuple[AlternateBenefit, ...]
    reason: Reason


@record
class ReplacementLimit:
    """The months that must lie between two of the procedures at one tooth (or in one arch)."""
    procedures: tuple[str, ...]
    months: int
    per: str = "tooth"


@record
class ReplacementLimits:
    """All replacement limits; reasons when the time has not run, and when item 43 says replacement and item 44 gives no day."""
    limits: tuple[ReplacementLimit, ...]
    too_soon: Reason
    unstated: Reason


@record
class Inclusion:
    """Procedures whose payment is part of another's on the same day: at the same tooth, or anywhere (per mouth)."""
    procedures: tuple[str, ...]
    part_of: tuple[str, ...]
    per: str = "mouth"


@record
class Inclusions:
    """All inclusions and the reason."""
    inclusions: tuple[Inclusion, ...]
    reason: Reason


@record
class RequiredPredetermination:
    """Procedures that must be asked about before they are done, and the reason when they were not."""
    procedures: tuple[str, ...]
    reason: Reason


KINDS: dict[str, type] = {
    "dental-services": DentalServices,
    "dental-fees": DentalFees,
    "dental-plans": DentalPlans,
    "dental-frequencies": DentalFrequencies,
    "dental-ages": DentalAges,
    "alternate-benefits": AlternateBenefits,
    "replacement-limits": ReplacementLimits,
    "included-services": Inclusions,
    "predetermination": RequiredPredetermination,
}
"""The kinds of rule of this module and the type of their values."""
