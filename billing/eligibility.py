"""The payer's answer to an eligibility question (a 271 to a 270), computed from its records and the member's plan."""

from datetime import date
from decimal import Decimal

from billing.adjudication.cost_sharing import plan_named, used
from billing.coverage import Coverage
from billing.money import ZERO
from billing.policy import Benefit, PayerPolicy
from billing.record import record


@record
class BenefitLine:
    """One EB segment. code: EB01; period: EB06 (23 calendar year, 29 remaining, 27 visit); amount in dollars or percent; text: names and dates."""
    code: str
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    text: str = ""


@record
class EligibilityResponse:
    """What came back for one member and one day."""
    payer: str
    member_id: str
    asked_for: date
    active: bool
    plan: str
    lines: tuple[BenefitLine, ...]


ACTIVE, INACTIVE, DEDUCTIBLE, COINSURANCE, COPAY, LIMIT, OTHER, PRIMARY_CARE = "1", "6", "C", "A", "B", "G", "R", "L"
YEAR, REMAINING, VISIT = "23", "29", "27"


def respond(policy: PayerPolicy, coverage: Coverage, on: date) -> EligibilityResponse:
    """Active or not, the dates, the year's deductible and limit with what remains, coinsurance, copays, other payers, primary care."""
    active = coverage.begins <= on and (coverage.ends is None or on <= coverage.ends)
    until = f" to {coverage.ends}" if coverage.ends else ""
    lines = [BenefitLine(ACTIVE if active else INACTIVE, text=f"coverage from {coverage.begins}{until}")]
    if active:
        benefit = plan_named(policy.rule("benefits").on(on).plans, coverage.plan, policy.name)
        lines += _benefits(benefit, coverage, on)
    lines += [BenefitLine(OTHER, text=f"{other.name}, from {other.begins}" + (f" to {other.ends}" if other.ends else ""))
              for other in coverage.primary_elsewhere if other.begins <= on and (other.ends is None or on <= other.ends)]
    if coverage.primary_care:
        lines.append(BenefitLine(PRIMARY_CARE, text=coverage.primary_care))
    return EligibilityResponse(policy.payer, coverage.member_id, on, active, coverage.plan, tuple(lines))


def _benefits(benefit: Benefit, coverage: Coverage, on: date) -> list[BenefitLine]:
    spent = used(coverage.accumulators, on.year)
    lines = [BenefitLine(DEDUCTIBLE, YEAR, benefit.deductible),
             BenefitLine(DEDUCTIBLE, REMAINING, max(benefit.deductible - spent.deductible_met, ZERO)),
             BenefitLine(COINSURANCE, YEAR, percent=benefit.coinsurance_percent)]
    lines += [BenefitLine(COPAY, VISIT, copay.dollars, text=copay.name) for copay in benefit.copays]
    if benefit.out_of_pocket_limit is not None:
        lines += [BenefitLine(LIMIT, YEAR, benefit.out_of_pocket_limit),
                  BenefitLine(LIMIT, REMAINING, max(benefit.out_of_pocket_limit - spent.out_of_pocket_met, ZERO))]
    return lines
