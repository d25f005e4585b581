"""What the values of rules about modifiers are: those that price, those that need the record, those that state coverage, and repeated lines."""

from decimal import Decimal
from functools import cached_property

from billing.edit_values import Reason
from billing.record import record


@record
class ModifierPercent:
    """The per cents a modifier leaves of the fee, one after the other (AS: 16, of that 85); procedures narrows it (empty: all)."""
    modifier: str
    percents: tuple[Decimal, ...]
    procedures: tuple[str, ...] = ()


@record
class ModifierShare:
    """A modifier that pays parts of the global package: preoperative, operative, postoperative (of the rule global-periods)."""
    modifier: str
    parts: tuple[str, ...]


@record
class ModifierPrices:
    """Modifiers that change the price of a procedure."""
    percents: tuple[ModifierPercent, ...]
    shares: tuple[ModifierShare, ...] = ()

    @cached_property
    def share_of(self) -> dict[str, tuple[str, ...]]:
        """The parts that each splitting modifier pays."""
        return {row.modifier: row.parts for row in self.shares}

    @cached_property
    def percents_of(self) -> dict[str, ModifierPercent]:
        """The per cents of each modifier."""
        return {row.modifier: row for row in self.percents}


@record
class Documentation:
    """Modifiers with which the record must come along, and the reason when it does not."""
    reason: Reason
    modifiers: tuple[str, ...]


@record
class StatedDenial:
    """A modifier with which the biller states that the service is not payable, and the reason it earns."""
    modifier: str
    reason: Reason


@record
class LiabilityNotices:
    """Modifiers of advance notices: those that ask for a denial, and pairs that contradict each other on one line."""
    denials: tuple[StatedDenial, ...]
    contradictions: tuple[tuple[str, str], ...]
    contradictory: Reason


@record
class RepeatedLines:
    """The same service twice on one claim: the reason of the second, and the modifiers that say it was done again."""
    reason: Reason
    repeats: tuple[str, ...]


@record
class ProfessionPercent:
    """The per cent of the physician's fee for a profession that bills under its own NPI (NP, PA, CNS)."""
    profession: str
    percent: Decimal


@record
class Professions:
    """Every such profession; contained: modifiers whose price holds the per cent already (AS)."""
    percents: tuple[ProfessionPercent, ...]
    contained: tuple[str, ...] = ()


KINDS: dict[str, type] = {
    "modifier-prices": ModifierPrices,
    "documentation": Documentation,
    "liability-notices": LiabilityNotices,
    "repeated-lines": RepeatedLines,
    "professions": Professions,
}
"""The kinds of rule of this module and the type of their values."""
