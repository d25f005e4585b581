"""What the values of a pharmacy benefit are: routing, the drug file, formulary, authorizations, steps, limits, prices, plans, coordination; each with the codes it rejects with."""

from decimal import Decimal
from functools import cached_property

from billing.record import record


@record
class Reject:
    """How the payer words a rejection: NCPDP reject codes (511-FB) and the free message beside them (526-FQ)."""
    codes: tuple[str, ...]
    message: str = ""


@record
class Group:
    """One group number and the plan it has, under its processor control number."""
    group_number: str
    pcn: str
    plan: str


@record
class Routing:
    """Where the payer's claims go, and its groups. not_matched: a member of another group."""
    bin_number: str
    groups: tuple[Group, ...]
    not_matched: Reject


@record
class MemberRejects:
    """Who is not covered: nobody of that cardholder id, another person under it, a day before coverage began, and one after it ended."""
    unknown: Reject
    person: Reject
    name: Reject
    before: Reject
    after: Reject


@record
class Product:
    """One NDC. drug: ingredient, strength and form, the same for a brand and its generics; ingredient: without strength.

    unit: EA, ML or GM; package: units in one package, which cannot be split where `unbroken`; awp: dollars a unit.
    """
    ndc: str
    name: str
    drug: str
    ingredient: str
    unit: str
    package: Decimal
    awp: Decimal
    brand: bool = False
    multi_source: bool = False   # a brand with generics, or such a generic
    unbroken: bool = False


@record
class DrugFile:
    """Every product the payer knows; rejects for one it does not, another unit of measure, and a broken package."""
    products: tuple[Product, ...]
    unknown: Reject
    unit_unfit: Reject
    broken: Reject

    @cached_property
    def of(self) -> dict[str, Product]:
        """The products by NDC."""
        return {each.ndc: each for each in self.products}


@record
class FormularyTier:
    """The drugs of one tier."""
    tier: int
    ndcs: tuple[str, ...]


@record
class Formulary:
    """The tiers; everything else is not on it. excluded: ingredients the benefit never pays."""
    tiers: tuple[FormularyTier, ...]
    not_listed: Reject
    excluded: tuple[str, ...]
    exclusion: Reject

    def tier(self, ndc: str) -> int | None:
        """The tier of a product; None where it is not listed."""
        return next((each.tier for each in self.tiers if ndc in each.ndcs), None)


@record
class DrugAuthorizations:
    """Products that need one beforehand; rejects where there is none, and where the number is not on file for the product and the day."""
    ndcs: tuple[str, ...]
    required: Reject
    not_on_file: Reject


@record
class Step:
    """Products paid only after one of the ingredients was paid for within so many days before."""
    ndcs: tuple[str, ...]
    after: tuple[str, ...]
    within_days: int


@record
class StepTherapy:
    """All steps and how they reject."""
    steps: tuple[Step, ...]
    reject: Reject


@record
class RefillTooSoon:
    """The per cent of the last fill's days that must be used. overrides: clarification codes (420-DK) the plan takes."""
    percent: Decimal
    reject: Reject
    overrides: tuple[str, ...] = ()


@record
class QuantityLimit:
    """At most so many units for so many days: the limit is the same for each day of the supply."""
    ndcs: tuple[str, ...]
    quantity: Decimal
    days: int


@record
class QuantityLimits:
    """All limits and how they reject."""
    limits: tuple[QuantityLimit, ...]
    reject: Reject


@record
class DaysSupplyLimit:
    """The longest supply in one fill; maintenance: the ingredients that may be filled for longer."""
    days: int
    maintenance_days: int
    maintenance: tuple[str, ...]
    reject: Reject


@record
class DrugPersons:
    """Products for an age (whole years, both included) or a sex only."""
    ndcs: tuple[str, ...]
    from_age: int = 0
    to_age: int = 150
    sex: str = ""


@record
class DrugPersonLimits:
    """All of them, and how age and sex reject."""
    limits: tuple[DrugPersons, ...]
    age: Reject
    sex: Reject


@record
class Interaction:
    """Two ingredients that are not given together without a pharmacist's or prescriber's decision; significance 1 is the gravest."""
    one: str
    other: str
    significance: str
    says: str


@record
class Interactions:
    """All interactions; the codes of a review that lets the claim pass: reason, services, results."""
    pairs: tuple[Interaction, ...]
    reason_code: str
    services: tuple[str, ...]
    results: tuple[str, ...]
    reject: Reject


@record
class PrescriberRule:
    """Prescribers the plan does not pay for, and how it rejects."""
    excluded: tuple[str, ...]
    reject: Reject


@record
class FillingWindow:
    """Days after the fill in which a claim, and its reversal, are taken; days a prescription is good for; and how a fill paid for already rejects."""
    paid_already: Reject
    claim_days: int
    reversal_days: int
    prescription_days: int
    too_old: Reject
    post_dated: Reject
    reversal_late: Reject
    reversal_unmatched: Reject
    prescription_old: Reject
    refills_used: Reject


@record
class MaximumCost:
    """The payer's own price of a drug with generics, in dollars a unit."""
    drug: str
    price: Decimal


@record
class PharmacyPrices:
    """The contract with the pharmacy: per cents off AWP, fees, the MAC list.

    mac_lifted: product selection codes with which a brand is priced as a brand. penalty: those with which the patient owes the difference.
    needs_selection: how a brand with generics under another selection code rejects.
    """
    brand_discount: Decimal
    generic_discount: Decimal
    brand_fee: Decimal
    generic_fee: Decimal
    mac: tuple[MaximumCost, ...]
    mac_lifted: tuple[str, ...]
    penalty: tuple[str, ...]
    needs_selection: Reject

    @cached_property
    def mac_of(self) -> dict[str, Decimal]:
        """The MAC by drug."""
        return {each.drug: each.price for each in self.mac}


@record
class TierShare:
    """What the patient pays of a tier once any deductible is met: a copay for each begun period, or a per cent within bounds, which are for each begun period too.

    deductible: whether the deductible is taken of this tier first.
    """
    tier: int
    copay: Decimal = Decimal("0.00")
    percent: Decimal = Decimal(0)
    at_least: Decimal = Decimal("0.00")
    at_most: Decimal | None = None
    deductible: bool = True


@record
class PharmacyPlan:
    """One plan of a calendar year. copay_days: the days one copay is for; out_of_pocket: the most the patient pays in the year, None where there is no limit."""
    plan: str
    deductible: Decimal
    tiers: tuple[TierShare, ...]
    copay_days: int = 30
    out_of_pocket: Decimal | None = None

    def share(self, tier: int) -> TierShare | None:
        """The share of a tier; None where the plan has none."""
        return next((each for each in self.tiers if each.tier == tier), None)


@record
class PharmacyPlans:
    """The payer's plans."""
    plans: tuple[PharmacyPlan, ...]


@record
class PharmacyCoordination:
    """What the payer does beside another: it rejects where another comes first, and takes these other coverage codes afterwards."""
    first: Reject
    taken: tuple[str, ...]
    code_unfit: Reject
    amount_missing: Reject
    rejects_missing: Reject


KINDS: dict[str, type] = {
    "pharmacy-routing": Routing,
    "pharmacy-members": MemberRejects,
    "drug-file": DrugFile,
    "formulary": Formulary,
    "drug-authorizations": DrugAuthorizations,
    "step-therapy": StepTherapy,
    "refill-too-soon": RefillTooSoon,
    "quantity-limits": QuantityLimits,
    "days-supply": DaysSupplyLimit,
    "drug-persons": DrugPersonLimits,
    "drug-interactions": Interactions,
    "prescribers": PrescriberRule,
    "filling-window": FillingWindow,
    "pharmacy-prices": PharmacyPrices,
    "pharmacy-plans": PharmacyPlans,
    "pharmacy-coordination": PharmacyCoordination,
}
"""The kinds of rule of this module and the type of their values."""
