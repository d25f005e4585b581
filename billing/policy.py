"""A payer's rules: dated, cited values, one type a rule. The values come from payers/*.yaml; nothing here is a figure.

Every rule is a Rule[V]: it says which of the claim's days it goes by and holds values with start days.
`rule.on(day)` gives the value in force, or fails with a sentence; it never guesses.
"""

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Generic, TypeVar

from billing.answer import RuleInForce
from billing.codes import OutsideKnownDates
from billing.record import record

V = TypeVar("V")
Row = TypeVar("Row")


def by_procedure(rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    """The rows of each procedure, so that a line need not be held against every row of a long rule."""
    found: dict[str, tuple[Row, ...]] = {}
    for procedure, row in rows:
        found[procedure] = (*found.get(procedure, ()), row)
    return found


class Clock(str, Enum):
    """The day a rule goes by."""
    SERVICE = "service-date"
    RECEIVED = "received-date"
    ADJUDICATED = "adjudicated-date"
    NOTICE = "notice-received-date"


@record
class Citation:
    """A place in a source of exams/sources.yaml: `source` its id, `at` the section, page or paragraph."""
    source: str
    at: str

    def __str__(self) -> str:
        return f"{self.source} {self.at}"


@record
class Dated(Generic[V]):
    """A value from a day on, and where it is written. value None ends the rule."""
    since: date
    value: V | None
    citations: tuple[Citation, ...]


@record
class Rule(Generic[V]):
    """A rule of one payer. invented: made for training, binds nobody. last_checked: when someone last looked at the source."""
    rule: str                      # its kind, a key of KINDS below
    payer: str
    title: str
    in_force_on: Clock
    values: tuple[Dated[V], ...]
    last_checked: date
    invented: bool = False
    known_until: date | None = None  # the last day the values are known for, where the source ends (annual figures)
    note: str = ""

    @cached_property
    def _known(self) -> dict[date, Dated[V]]:
        """The entries of the days asked for so far."""
        return {}

    def entry(self, day: date) -> Dated[V]:
        """The dated entry in force on the day; OutsideKnownDates where none is known."""
        if day not in self._known:
            self._known[day] = self._entry(day)
        return self._known[day]

    def _entry(self, day: date) -> Dated[V]:
        begun = [value for value in self.values if value.since <= day]
        if not begun or (self.known_until and day > self.known_until):
            known = f"from {min(v.since for v in self.values)}" + (f" to {self.known_until}" if self.known_until else "")
            raise OutsideKnownDates(f"{self.payer}: {self.title} is known {known}; {day} lies outside.")
        return max(begun, key=lambda value: value.since)

    def on(self, day: date) -> V | None:
        """The value in force on the day; None when the rule has ended."""
        return self.entry(day).value

    def reference(self, day: date) -> RuleInForce:
        """What a decision under this rule points to."""
        entry = self.entry(day)
        return RuleInForce(self.rule, self.title, day, entry.since, tuple(str(c) for c in entry.citations), self.invented)


@record
class Reason:
    """How a payer words an adverse decision on a remittance."""
    group: str
    carc: str
    rarcs: tuple[str, ...] = ()
    outcome: str = "denied"  # denied or unprocessable


@record
class Identifiers:
    """The shape of the member id: a regular expression over the whole id, and the shape in words."""
    member_id_pattern: str
    member_id_in_words: str


@record
class TimelyFiling:
    """The last day to file: calendar_years after the service (29 February gives 28 February) or days after it.

    Secondary claims may count days from the primary's adjudication instead (`secondary_days`).
    """
    reason: Reason
    calendar_years: int = 0
    days: int = 0
    secondary_days: int = 0


@record
class Eligibility:
    """Reasons for a service before coverage began, and after it ended."""
    before: Reason
    after: Reason


@record
class Simple:
    """A rule that has a reason and no figures."""
    reason: Reason


@record
class RequiredItems:
    """Items this payer insists on beyond the standard's own: `item` is a claim field, `procedures` narrows it (empty: all)."""
    items: tuple["RequiredItem", ...]


@record
class RequiredItem:
    """One such item; modifiers: asked of the lines, as a required modifier with a procedure."""
    item: str                      # referring, group_number, prior_authorization
    reason: Reason
    procedures: tuple[str, ...] = ()


@record
class Pair:
    """A procedure-to-procedure pair: column 2 is not paid beside column 1. modifier_indicator 0 never, 1 with a modifier, 9 deleted.

    modifiers: the only ones that open this pair, as 25 for a visit; empty: any of the rule's.
    """
    column1: str
    column2: str
    modifier_indicator: str
    modifiers: tuple[str, ...] = ()


@record
class PairEdits:
    """All pairs, the modifiers that bypass an indicator-1 pair, and the reason."""
    reason: Reason
    pairs: tuple[Pair, ...]
    bypass_modifiers: tuple[str, ...]

    @cached_property
    def by_column2(self) -> dict[str, tuple[Pair, ...]]:
        return by_procedure((pair.column2, pair) for pair in self.pairs)


@record
class UnitsLimit:
    """The most units of a procedure a day. adjudication 1: a line's limit; 2: absolute for the day; 3: for the day, records may overcome it."""
    procedure: str
    units: int
    adjudication: str = "2"


@record
class UnitsLimits:
    """All limits and the reason."""
    reason: Reason
    limits: tuple[UnitsLimit, ...]

    @cached_property
    def of(self) -> dict[str, tuple[UnitsLimit, ...]]:
        """The limits by procedure."""
        return by_procedure((limit.procedure, limit) for limit in self.limits)


@record
class PriorAuthorization:
    """Procedures this payer authorizes beforehand; reasons when there is none on the claim, and when what it names is used up or other."""
    absent: Reason
    exceeded: Reason
    procedures: tuple[str, ...]
    places: tuple[str, ...] = ()   # only in these places of service; empty: everywhere


@record
class CoverageList:
    """The diagnoses that show a procedure to be necessary: exact codes, or stems ending in '*'.

    rarcs: remark codes in place of the reason's, as where a national determination decides and not a local one.
    """
    procedures: tuple[str, ...]
    diagnoses: tuple[str, ...]
    rarcs: tuple[str, ...] = ()


@record
class MedicalNecessity:
    """Coverage lists; `with_waiver` is the reason when the line carries the modifier of a valid advance notice (GA)."""
    reason: Reason
    lists: tuple[CoverageList, ...]
    with_waiver: Reason | None = None
    waiver_modifiers: tuple[str, ...] = ()

    @cached_property
    def of(self) -> dict[str, tuple[CoverageList, ...]]:
        """The lists by procedure."""
        return by_procedure((procedure, each) for each in self.lists for procedure in each.procedures)


@record
class PlacesOfService:
    """Where a procedure may be done."""
    reason: Reason
    places: tuple["Places", ...]

    @cached_property
    def of(self) -> dict[str, tuple["Places", ...]]:
        """The rows by procedure."""
        return by_procedure((procedure, row) for row in self.places for procedure in row.procedures)


@record
class Places:
    procedures: tuple[str, ...]
    places: tuple[str, ...]


@record
class ModifierUse:
    """Modifiers that fit a procedure family; a line with a modifier not listed for it is refused."""
    reason: Reason
    known: tuple[str, ...]                       # every modifier this payer reads
    only_with: tuple["ModifierProcedures", ...] = ()

    @cached_property
    def procedures_with(self) -> dict[str, tuple[str, ...]]:
        """The only procedures of each modifier that is narrowed."""
        return {row.modifier: row.procedures for row in self.only_with}


@record
class ModifierProcedures:
    """A modifier that may stand only with these procedures."""
    modifier: str
    procedures: tuple[str, ...]


@record
class RelativeValue:
    """Units of work, practice expense and malpractice; indicators as in the physician fee schedule's layout.

    component: "" global, "26" professional, "TC" technical.
    multiple: 0 none, 2 standard reduction. bilateral: 0 no 150 %, 1 150 %, 2 already bilateral, 3 each side in full.
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
        return frozenset(row.procedure for row in (*self.relative_values, *self.flat_fees))


@record
class FlatFee:
    """Dollars for one unit."""
    procedure: str
    fee: Decimal


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
class NotCovered:
    """Procedures the payer never covers."""
    reason: Reason
    procedures: tuple[str, ...]


@record
class Sequestration:
    """Per cent taken from the payment after deductible and coinsurance."""
    percent: Decimal
    carc: str = "253"


@record
class Secondary:
    """How this payer pays after another. method standard: its own benefit, at most what the patient still owes;
    lesser-of: at most its own allowed amount less what was paid before, the rest written off.
    """
    method: str
    missing: Reason                # when the records know a primary and the claim shows none


@record
class Remedies:
    """What this payer takes after each answer, and the days of its clock.

    denied: corrected-claim, reopening; appeal_days run from receipt of the notice, presumed `mail_days` after its date.
    """
    after_rejection: str
    after_unprocessable: str
    correction: str                # corrected-claim, reopening
    appeal: str                    # the first level's name
    appeal_days: int
    mail_days: int = 0
    correction_days: int = 0       # from the remittance's date; 0: the filing limit
    no_appeal_for: tuple[str, ...] = ()  # CARCs that are no initial determination


KINDS: dict[str, type] = {
    "identifiers": Identifiers,
    "timely-filing": TimelyFiling,
    "eligibility": Eligibility,
    "duplicate": Simple,
    "required-items": RequiredItems,
    "diagnosis-validity": Simple,
    "procedure-pairs": PairEdits,
    "units-limits": UnitsLimits,
    "prior-authorization": PriorAuthorization,
    "medical-necessity": MedicalNecessity,
    "places-of-service": PlacesOfService,
    "modifier-use": ModifierUse,
    "not-covered": NotCovered,
    "fee-schedule": FeeSchedule,
    "geography": Geography,
    "conversion-factor": ConversionFactor,
    "pricing-modifiers": PricingModifiers,
    "participation": Participation,
    "benefits": Benefits,
    "sequestration": Sequestration,
    "secondary": Secondary,
    "remedies": Remedies,
}
"""Every kind of rule and the type of its values; a payer may lack any of them."""


@record
class PayerPolicy:
    """A payer and its rules by kind. `real` is False for payers made for training."""
    payer: str
    name: str
    real: bool
    description: str
    rules: dict[str, Rule] = field(default_factory=dict)

    def rule(self, kind: str) -> Rule | None:
        """The rule of that kind, or None where this payer has none."""
        return self.rules.get(kind)
