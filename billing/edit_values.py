"""What the values of a payer's edits are: the shape of an identifier, a limit, a pair, a list, a reason, and what the payer takes afterwards."""

from functools import cached_property

from billing.record import by_procedure, record


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
    """Procedures this payer authorizes beforehand; reasons when there is none on the claim, and when what it names is used up or other.

    waived_after: earlier payers whose answer on the claim makes it unnecessary.
    """
    absent: Reason
    exceeded: Reason
    procedures: tuple[str, ...]
    places: tuple[str, ...] = ()   # only in these places of service; empty: everywhere
    waived_after: tuple[str, ...] = ()


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
class NotCovered:
    """Procedures the payer never covers."""
    reason: Reason
    procedures: tuple[str, ...]


@record
class Secondary:
    """How this payer pays after another. method standard: its own benefit, at most what the patient still owes; carve-out, non-duplication:
    less what was paid before; maintenance: what was paid comes off the allowed amount first; lesser-of: at most its own allowed amount less what was
    paid before, the rest written off; up-to-allowed: the same, but its own cost sharing stays the patient's; by-contract: its contract's sum less what
    was paid before, whatever the charge leaves; lowest-of-three: Medicare Part B (42 CFR 411.33(a)).
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
