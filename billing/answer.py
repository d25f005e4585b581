"""What comes back from a payer: an acknowledgement that rejects, or a remittance; each decision with its reason and rule."""

from datetime import date
from decimal import Decimal
from enum import Enum

from billing.record import record


class Outcome(str, Enum):
    """How far an error lets the claim go. The three ways back differ: see docs/glossary.md."""
    REJECTED = "rejected"            # never entered adjudication (277CA)
    UNPROCESSABLE = "unprocessable"  # Part B: CO-16 with MA130, no appeal rights
    DENIED = "denied"                # adjudicated, not paid; appeal rights
    PAID = "paid"
    WARNING = "warning"              # shown to the sender, decides nothing


@record
class RuleInForce:
    """The rule a decision rests on: its id, the day it was judged by, the value's start and where it is written."""
    rule: str
    title: str
    judged_on: date
    since: date
    citations: tuple[str, ...]
    invented: bool = False


@record
class Finding:
    """One thing an edit found. line 0 is the whole claim. A rejection carries category, status and entity instead of a CARC."""
    edit: str
    outcome: Outcome
    line: int
    why: str
    rule: RuleInForce | None
    group: str = ""
    carc: str = ""
    rarcs: tuple[str, ...] = ()
    category: str = ""   # 277CA claim status category, as A7
    status: str = ""     # claim status code
    entity: str = ""     # entity code, as IL


@record
class Adjustment:
    """Group code, CARC, dollars, RARCs; `rule` says why."""
    group: str
    carc: str
    amount: Decimal
    rarcs: tuple[str, ...] = ()
    rule: RuleInForce | None = None


@record
class RemittanceLine:
    """One adjudicated service: charge = paid + the sum of adjustments, to the cent."""
    line: int
    service_date: date
    procedure: str
    modifiers: tuple[str, ...]
    units: int
    charge: Decimal
    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    outcome: Outcome
    revenue_code: str = ""             # institutional
    tooth: str = ""                    # dental
    surfaces: tuple[str, ...] = ()     # dental

    def adjusted(self, group: str, carc: str | None = None) -> Decimal:
        """Dollars adjusted on this line under a group code (and a CARC)."""
        return sum((a.amount for a in self.adjustments if a.group == group and carc in (None, a.carc)), Decimal("0.00"))


@record
class WholeClaim:
    """An answer decided for the claim and not for its lines, as inpatient stays are: charge = paid + the sum of adjustments, to the cent."""
    charge: Decimal
    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    outcome: Outcome
    drg: str = ""

    def adjusted(self, group: str, carc: str | None = None) -> Decimal:
        """Dollars adjusted on the claim under a group code (and a CARC)."""
        return sum((a.amount for a in self.adjustments if a.group == group and carc in (None, a.carc)), Decimal("0.00"))


@record
class TraceStep:
    """One step of the computation in plain words: which stage, which line (0: the claim), what it decided, the amount if any, the rule."""
    stage: str
    line: int
    text: str
    amount: Decimal | None = None
    rule: RuleInForce | None = None


@record
class Rejection:
    """A 277CA that refuses the claim; the payer's clocks never started."""
    payer: str
    account: str
    received: date
    findings: tuple[Finding, ...]
    trace: tuple[TraceStep, ...]
    outcome: Outcome = Outcome.REJECTED


@record
class Remittance:
    """An 835's claim: one per claim received into adjudication. `control_number` is the payer's (ICN/DCN)."""
    payer: str
    account: str
    control_number: str
    received: date
    adjudicated: date
    lines: tuple[RemittanceLine, ...]
    findings: tuple[Finding, ...]
    trace: tuple[TraceStep, ...]
    rarcs: tuple[str, ...] = ()
    pays_patient: bool = False
    whole: WholeClaim | None = None      # then `lines` tell the services, and carry no money of their own
    interest: Decimal = Decimal("0.00")  # paid beside the claim; outside its balance
    predetermination: bool = False       # claim status 25: nothing is paid; OA-101 says what would be

    @property
    def _decided(self) -> tuple[RemittanceLine | WholeClaim, ...]:
        return (self.whole,) if self.whole else self.lines

    @property
    def charge(self) -> Decimal:
        return sum((each.charge for each in self._decided), Decimal("0.00"))

    @property
    def allowed(self) -> Decimal:
        return sum((each.allowed for each in self._decided), Decimal("0.00"))

    @property
    def paid(self) -> Decimal:
        return sum((each.paid for each in self._decided), Decimal("0.00"))

    def adjusted(self, group: str, carc: str | None = None) -> Decimal:
        """Dollars adjusted on the claim under a group code (and a CARC)."""
        return sum((a.amount for each in self._decided for a in each.adjustments if a.group == group and carc in (None, a.carc)), Decimal("0.00"))

    @property
    def outcome(self) -> Outcome:
        """The claim's own answer: unprocessable or denied when every line is, paid when any line was allowed."""
        outcomes = {each.outcome for each in self._decided}
        for outcome in (Outcome.PAID, Outcome.DENIED):
            if outcome in outcomes:
                return outcome
        return Outcome.UNPROCESSABLE


Answer = Rejection | Remittance
