"""A dental plan's answer to an eligibility question (271): classes and their per cents, deductible and maximums with what remains, waiting periods, limits."""

from datetime import date
from decimal import Decimal

from billing.dental.edits import months_after
from billing.dental.member import DentalMember
from billing.dental_values import CategoryBenefit, DentalFrequency, DentalPlan
from billing.eligibility import ACTIVE, COINSURANCE, DEDUCTIBLE, INACTIVE, OTHER, REMAINING, YEAR, BenefitLine, EligibilityResponse
from billing.money import HUNDRED, ZERO
from billing.policy import PayerPolicy

LIMITATION, DESCRIPTION = "F", "D"
LIFETIME, LIFETIME_REMAINING = "32", "33"


def respond_dental(policy: PayerPolicy, known: DentalMember, on: date, participates: bool = True) -> EligibilityResponse:
    """Active or not, and for an active member what the plan says, as in force on the day. A coinsurance is the patient's per cent."""
    active = known.begins <= on and (known.ends is None or on <= known.ends)
    until = f" to {known.ends}" if known.ends else ""
    lines = [BenefitLine(ACTIVE if active else INACTIVE, text=f"coverage from {known.begins}{until}")]
    if active:
        plans = policy.rule("dental-plans").on(on).plans
        plan = next((each for each in plans if each.plan == known.plan), None)
        if plan is None:
            raise LookupError(f"{policy.name} has no plan {known.plan}; it has {', '.join(p.plan for p in plans)}.")
        lines += [*_dollars(plan, known, on), *(line for each in plan.benefits for line in _category(each, known, on, participates)), *_limits(policy, plan, on)]
    lines += [BenefitLine(OTHER, text=f"{other.name}, from {other.begins}" + (f" to {other.ends}" if other.ends else ""))
              for other in known.primary_elsewhere if other.begins <= on and (other.ends is None or on <= other.ends)]
    return EligibilityResponse(policy.payer, known.member_id, on, active, known.plan, tuple(lines))


def _dollars(plan: DentalPlan, known: DentalMember, on: date) -> list[BenefitLine]:
    spent = known.used(on.year)
    taken = "off the allowed amount, before the per cent" if plan.deductible_order == "before" else "off the benefit, after the per cent"
    lines = [BenefitLine(DEDUCTIBLE, YEAR, plan.deductible, text=taken), BenefitLine(DEDUCTIBLE, REMAINING, max(plan.deductible - spent.deductible_met, ZERO)),
             BenefitLine(LIMITATION, YEAR, plan.annual_maximum, text="annual maximum"),
             BenefitLine(LIMITATION, REMAINING, max(plan.annual_maximum - spent.maximum_used, ZERO), text="annual maximum")]
    if plan.lifetime_maximum:
        lines += [BenefitLine(LIMITATION, LIFETIME, plan.lifetime_maximum, text="orthodontics"),
                  BenefitLine(LIMITATION, LIFETIME_REMAINING, max(plan.lifetime_maximum - known.orthodontic_used, ZERO), text="orthodontics")]
    return lines


def _category(benefit: CategoryBenefit, known: DentalMember, on: date, participates: bool) -> list[BenefitLine]:
    percent: Decimal = HUNDRED - (benefit.network_percent if participates else benefit.other_percent)
    bears = "with deductible" if benefit.deductible else "no deductible"
    counts = "" if benefit.maximum != "none" else "; uses up no maximum"
    lines = [BenefitLine(COINSURANCE, YEAR, percent=percent, text=f"{benefit.category}, {bears}{counts}")]
    first = months_after(known.begins, max(benefit.waiting_months - known.credited_months, 0))
    if first > on:
        lines.append(BenefitLine(LIMITATION, text=f"{benefit.category}: waiting period until {first}"))
    return lines


def _limits(policy: PayerPolicy, plan: DentalPlan, on: date) -> list[BenefitLine]:
    rule = policy.rule("dental-frequencies")
    lines = [BenefitLine(LIMITATION, text=f"{_limit(each)}") for each in (rule.on(on).frequencies if rule else ())]
    if rule := policy.rule("dental-ages"):
        lines += [BenefitLine(LIMITATION, text=f"{', '.join(each.procedures)}: ages {each.from_age} to {each.to_age}") for each in rule.on(on).ages]
    if rule := policy.rule("replacement-limits"):
        lines += [BenefitLine(LIMITATION, text=f"{', '.join(each.procedures)}: replaced after {each.months} months") for each in rule.on(on).limits]
    if rule := policy.rule("alternate-benefits"):
        lines += [BenefitLine(DESCRIPTION, text=f"{each.procedure}{' on ' + ' '.join(each.teeth) + ' teeth' if each.teeth else ''} is figured on the fee of {each.paid_as}") for each in rule.on(on).alternates]
    if plan.missing_tooth_clause:
        lines.append(BenefitLine(DESCRIPTION, text="a tooth lost before coverage began is not replaced"))
    return lines


def _limit(each: DentalFrequency) -> str:
    return f"{each.name} ({', '.join(each.procedures)})"
