"""What the values of surgery, anesthesia and therapy are: global periods, shares, teams, endoscopy families, time units, reductions."""

from decimal import Decimal
from functools import cached_property

from billing import drug_values, modifier_values
from billing.edit_values import Reason
from billing.record import record


@record
class GlobalPeriod:
    """Days around a procedure that its payment covers (indicator 000: none; 010: ten after; 090: one before, ninety after), and its shares in per cent."""
    procedure: str
    days_after: int
    days_before: int = 0
    preoperative: Decimal = Decimal(0)
    operative: Decimal = Decimal(0)
    postoperative: Decimal = Decimal(0)

    def share(self, parts: tuple[str, ...]) -> Decimal:
        """The per cent of the fee that these parts of the package make together."""
        return sum((getattr(self, part) for part in parts), Decimal(0))


@record
class GlobalPeriods:
    """Which procedures have a period, which are visits, and the modifiers that open it.

    later: on a visit after the day (24). same_day: on a visit of the day of a procedure without days before (25). decision: on a visit of
    the day of, or before, one that has them (57). returns: on a further procedure (58, 78, 79). no_period: on the earlier line: it began none.
    """
    reason: Reason
    periods: tuple[GlobalPeriod, ...]
    visits: tuple[str, ...]
    later: tuple[str, ...]
    same_day: tuple[str, ...]
    decision: tuple[str, ...]
    returns: tuple[str, ...]
    no_period: tuple[str, ...] = ()

    @cached_property
    def of(self) -> dict[str, GlobalPeriod]:
        """The period of each procedure that has one."""
        return {period.procedure: period for period in self.periods}


@record
class SurgeryIndicators:
    """As in the physician fee schedule. assistant: 0 with the record only, 1 never, 2 paid. co_surgeons: 0 never, 1 with the record only, 2 paid. 9: does not apply."""
    procedure: str
    assistant: str = "9"
    co_surgeons: str = "9"


@record
class SurgicalTeams:
    """Where an assistant or a second surgeon is paid; reasons for one that is not, and for one whose record is missing."""
    refused: Reason
    undocumented: Reason
    assistant_modifiers: tuple[str, ...]
    co_surgeon_modifiers: tuple[str, ...]
    indicators: tuple[SurgeryIndicators, ...]

    @cached_property
    def of(self) -> dict[str, SurgeryIndicators]:
        """The indicators by procedure."""
        return {row.procedure: row for row in self.indicators}


@record
class EndoscopyFamily:
    """A base endoscopy and those that contain it."""
    base: str
    members: tuple[str, ...]


@record
class EndoscopyFamilies:
    """Of one family on one day the highest is paid in full, each other the difference to the base."""
    families: tuple[EndoscopyFamily, ...]

    @cached_property
    def base_of(self) -> dict[str, str]:
        """The base of each endoscopy, itself included."""
        return {member: family.base for family in self.families for member in (family.base, *family.members)}


@record
class AnesthesiaModifier:
    """Who gave or directed the anesthesia: the per cent paid; base_units: paid instead of base and time, as under supervision (AD)."""
    modifier: str
    percent: Decimal
    base_units: Decimal | None = None


@record
class Anesthesia:
    """Dollars a unit; minutes in one time unit; step: what time units are rounded to (0.1). The base units stand in the fee schedule."""
    dollars: Decimal
    minutes: Decimal
    step: Decimal
    modifiers: tuple[AnesthesiaModifier, ...]
    missing: Reason   # when no such modifier stands on the line

    @cached_property
    def of(self) -> dict[str, AnesthesiaModifier]:
        """What each modifier does."""
        return {row.modifier: row for row in self.modifiers}


@record
class TherapyPlan:
    """The modifier of a discipline's plan of care, and the pool whose yearly threshold it counts toward."""
    modifier: str
    pool: str


@record
class Therapy:
    """Therapy of a day: plan modifiers, the per cent left of the practice expense of every unit but the highest, and the yearly threshold.

    over: the reason above the threshold without an attesting modifier (KX); with_notice: where one of notice_modifiers says the patient was told.
    """
    procedures: tuple[str, ...]
    plans: tuple[TherapyPlan, ...]
    unplanned: Reason
    practice_percent: Decimal
    threshold: Decimal | None = None
    over: Reason | None = None
    attest: tuple[str, ...] = ()
    with_notice: Reason | None = None
    notice_modifiers: tuple[str, ...] = ()

    @cached_property
    def pool_of(self) -> dict[str, str]:
        """The pool of each plan modifier."""
        return {plan.modifier: plan.pool for plan in self.plans}


KINDS: dict[str, type] = {
    "global-periods": GlobalPeriods,
    "surgical-teams": SurgicalTeams,
    "endoscopy-families": EndoscopyFamilies,
    "anesthesia": Anesthesia,
    "therapy": Therapy,
    **modifier_values.KINDS,
    **drug_values.KINDS,
}
"""The kinds of rule of this module, of modifiers and of drugs, and the type of their values."""
