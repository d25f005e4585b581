"""A hospital claim on the payer's desk: what every edit may look at, which day each rule goes by, and how a finding is worded."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from billing.answer import Finding, Outcome, RuleInForce
from billing.codes import CodeBooks
from billing.institutional.claim import InstitutionalClaim, RevenueLine
from billing.institutional.grouping import Grouper
from billing.institutional.member import HospitalMember
from billing.institutional_values import InstitutionalBills
from billing.policy import Clock, PayerPolicy, Reason, Rule

INPATIENT, OUTPATIENT = "inpatient", "outpatient"


@dataclass(frozen=True)
class HospitalReview:
    """The claim, the payer's rules, its records of the member (None: not found), the days, the code books and the grouper."""
    claim: InstitutionalClaim
    policy: PayerPolicy
    coverage: HospitalMember | None
    received: date
    adjudicated: date
    books: CodeBooks
    grouper: Grouper

    @cached_property
    def lines(self) -> tuple[tuple[int, RevenueLine], ...]:
        return tuple(enumerate(self.claim.lines, 1))

    def numbered(self) -> tuple[tuple[int, RevenueLine], ...]:
        """The revenue lines with their numbers, from 1."""
        return self.lines

    @property
    def first_day(self) -> date:
        """The first day the bill speaks of: the admission, or the statement's first day."""
        return self.claim.admission_date if self.inpatient and self.claim.admission_date else self.claim.statement_from

    @cached_property
    def inpatient(self) -> bool:
        """The type of bill is one of an inpatient stay."""
        return self.bills.setting.get(self.claim.facility) == INPATIENT

    @cached_property
    def bills(self) -> InstitutionalBills:
        """The bills this payer takes, by the statement's last day; LookupError where it takes none from hospitals."""
        rule = self.policy.rule("institutional-bills")
        if rule is None:
            raise LookupError(f"{self.policy.name} has no rule institutional-bills: it takes no hospital claims.")
        return rule.on(self.claim.statement_through)

    @cached_property
    def days(self) -> int:
        """Days of the stay: from admission to discharge, the day of discharge not counted; one where both are the same."""
        return max((self.claim.statement_through - self.first_day).days, 1)

    def day(self, rule: Rule, line: RevenueLine | None = None) -> date:
        """The day this rule goes by."""
        if rule.in_force_on is Clock.SERVICE:
            return line.service_date if line and line.service_date and not self.inpatient else self.first_day
        if rule.in_force_on is Clock.DISCHARGE:
            return self.claim.statement_through
        return self.received if rule.in_force_on is Clock.RECEIVED else self.adjudicated

    def value(self, kind: str, line: RevenueLine | None = None):
        """The value of a kind of rule in force for the line (or the claim); None where the payer has no such rule."""
        rule = self.policy.rule(kind)
        return rule.on(self.day(rule, line)) if rule else None

    def reference(self, kind: str, line: RevenueLine | None = None) -> RuleInForce | None:
        """What a decision under that rule points to."""
        rule = self.policy.rule(kind)
        return rule.reference(self.day(rule, line)) if rule else None

    def found(self, edit: str, kind: str, reason: Reason, why: str, number: int = 0) -> Finding:
        """An adverse finding that rests on a rule of the payer."""
        line = self.claim.lines[number - 1] if number else None
        return Finding(edit, Outcome(reason.outcome), number, why, self.reference(kind, line), reason.group, reason.carc, reason.rarcs)
