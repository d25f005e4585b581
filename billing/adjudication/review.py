"""A claim on the payer's desk: what every edit may look at, and how it words what it finds."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from billing.answer import Finding, Outcome
from billing.claim import ProfessionalClaim, ServiceLine
from billing.codes import CodeBooks
from billing.coverage import Coverage
from billing.policy import Clock, PayerPolicy, Reason, Rule


@dataclass(frozen=True)
class Review:
    """The claim, the payer's rules, what its records say of the member (None: not found), the days, and the code books.

    participates: the billing provider has a contract (or a Medicare participation agreement) with this payer.
    """
    claim: ProfessionalClaim
    policy: PayerPolicy
    coverage: Coverage | None
    received: date
    adjudicated: date
    books: CodeBooks
    participates: bool = True

    def numbered(self) -> tuple[tuple[int, ServiceLine], ...]:
        """The service lines with their numbers, from 1."""
        return self._numbered

    @cached_property
    def _numbered(self) -> tuple[tuple[int, ServiceLine], ...]:
        return tuple(enumerate(self.claim.lines, 1))

    def day(self, rule: Rule, line: ServiceLine | None = None) -> date:
        """The day this rule goes by; for the claim as a whole, its first day of service."""
        if rule.in_force_on is Clock.SERVICE:
            return line.service_date if line else self.first_day
        return self.received if rule.in_force_on is Clock.RECEIVED else self.adjudicated

    @cached_property
    def first_day(self) -> date:
        """The claim's first day of service."""
        return min(line.service_date for line in self.claim.lines)

    def value(self, kind: str, line: ServiceLine | None = None):
        """The value of a kind of rule in force for the line (or the claim); None where the payer has no such rule."""
        rule = self.policy.rule(kind)
        return rule.on(self.day(rule, line)) if rule else None

    def found(self, edit: str, kind: str, reason: Reason, why: str, number: int = 0) -> Finding:
        """An adverse finding that rests on a rule of the payer."""
        rule = self.policy.rule(kind)
        line = self.claim.lines[number - 1] if number else None
        return Finding(edit, Outcome(reason.outcome), number, why, rule.reference(self.day(rule, line)), reason.group, reason.carc, reason.rarcs)


def rejected(edit: str, why: str, category: str, status: str, entity: str = "", line: int = 0) -> Finding:
    """A front-end finding: 277CA category, claim status code, and the entity it speaks of."""
    return Finding(edit, Outcome.REJECTED, line, why, None, category=category, status=status, entity=entity)
