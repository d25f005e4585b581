"""A payer's rules: dated, cited values, one type a rule. The values come from payers/*.yaml; nothing here is a figure.

Every rule is a Rule[V]: it says which of the claim's days it goes by and holds values with start days.
`rule.on(day)` gives the value in force, or fails with a sentence; it never guesses.
"""

from dataclasses import field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Generic, TypeVar

from billing import dental_values, institutional_values, network_values, pharmacy_values, surgery_values
from billing.answer import RuleInForce
from billing.codes import OutsideKnownDates
from billing.edit_values import (
    Reason, Identifiers, TimelyFiling, Eligibility, Simple, RequiredItems, RequiredItem, Pair, PairEdits,
    UnitsLimit, UnitsLimits, PriorAuthorization, CoverageList, MedicalNecessity, PlacesOfService, Places,
    ModifierUse, ModifierProcedures, NotCovered, Secondary, Remedies,
)
from billing.price_values import (
    RelativeValue, FeeSchedule, FlatFee, Geography, ConversionFactor, PricingModifiers, Participation, Benefit,
    Copay, Benefits, Sequestration,
)
from billing.record import record

V = TypeVar("V")


class Clock(str, Enum):
    """The day a rule goes by."""
    SERVICE = "service-date"
    DISCHARGE = "discharge-date"
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
    **institutional_values.KINDS,
    **dental_values.KINDS,
    **pharmacy_values.KINDS,
    **network_values.KINDS,
    **surgery_values.KINDS,
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
