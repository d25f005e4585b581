"""A pharmacy claim before the payer's rules: what every edit may look at, and how it words what it finds."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from billing.answer import RuleInForce
from billing.pharmacy.answer import PharmacyFinding
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.member import PharmacyMember
from billing.pharmacy_values import PharmacyPlan, Product, Reject
from billing.policy import Clock, PayerPolicy


@dataclass(frozen=True)
class PharmacyReview:
    """The claim, the payer's rules, its record of the member (None: nobody of that id), and the day it is answered."""
    claim: PharmacyClaim
    policy: PayerPolicy
    member: PharmacyMember | None
    on: date

    def value(self, kind: str):
        """The value of a kind of rule in force for the claim; None where the payer has no such rule."""
        rule = self.policy.rule(kind)
        return rule.on(self._day(rule)) if rule else None

    def reference(self, kind: str) -> RuleInForce:
        """The rule as a decision points to it."""
        rule = self.policy.rule(kind)
        return rule.reference(self._day(rule))

    def _day(self, rule) -> date:
        return self.claim.service_date if rule.in_force_on is Clock.SERVICE else self.on

    def found(self, edit: str, kind: str, reject: Reject, why: str) -> list[PharmacyFinding]:
        """A finding for each of the reject's codes."""
        return [PharmacyFinding(edit, code, why, reject.message, self.reference(kind)) for code in reject.codes]

    @cached_property
    def product(self) -> Product | None:
        """The product of the claim in the payer's drug file."""
        return self.value("drug-file").of.get(self.claim.ndc)

    def product_of(self, ndc: str) -> Product | None:
        """Another product of the drug file, as of an earlier fill."""
        return self.value("drug-file").of.get(ndc)

    @cached_property
    def tier(self) -> int | None:
        """The product's tier; None where it is not on the formulary."""
        return self.value("formulary").tier(self.claim.ndc)

    @cached_property
    def plan(self) -> PharmacyPlan:
        """The member's plan on the day; LookupError where the payer has none of that group or name."""
        groups, plans = self.value("pharmacy-routing").groups, self.value("pharmacy-plans").plans
        named = next((each.plan for each in groups if each.group_number == self.member.group_number), None)
        for plan in plans:
            if plan.plan == named:
                return plan
        raise LookupError(f"{self.policy.name} has no plan for the group {self.member.group_number}; it has {', '.join(each.group_number for each in groups)}.")
