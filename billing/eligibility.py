"""The payer's answer to an eligibility question (a 271 to a 270), computed from its records and the member's plan, or why it has none."""

import re
from collections.abc import Iterable
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
class Inquiry:
    """An eligibility question: who asks, of which member, for which day, about which kinds of service (EQ01; 30 is the plan as a whole)."""
    provider: str
    provider_npi: str
    member_id: str
    last_name: str
    first_name: str
    birth_date: date | None
    on: date
    service_types: tuple[str, ...] = ("30",)
    trace: str = "1"


@record
class InquiryRejection:
    """An AAA segment: why there is no answer (AAA03), what may be done (AAA04: C correct and ask again, N ask no more), and the same in a sentence."""
    reason: str
    action: str
    why: str


@record
class EligibilityResponse:
    """What came back for one member and one day. Where it was refused, `rejections` say why and there are no lines."""
    payer: str
    member_id: str
    asked_for: date
    active: bool
    plan: str
    lines: tuple[BenefitLine, ...]
    begins: date | None = None
    ends: date | None = None
    rejections: tuple[InquiryRejection, ...] = ()


ACTIVE, INACTIVE, DEDUCTIBLE, COINSURANCE, COPAY, LIMIT, OTHER, PRIMARY_CARE = "1", "6", "C", "A", "B", "G", "R", "L"
YEAR, REMAINING, VISIT = "23", "29", "27"
BIRTH_DATE_INVALID, BIRTH_DATE_DIFFERS, ID_INVALID, NAME_INVALID, NOT_FOUND = "58", "71", "72", "73", "75"   # AAA03
CORRECT = "C"


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
    return EligibilityResponse(policy.payer, coverage.member_id, on, active, coverage.plan, tuple(lines), coverage.begins, coverage.ends)


def answer_inquiry(policy: PayerPolicy, members: Iterable[Coverage], asked: Inquiry) -> EligibilityResponse:
    """The whole answer to a 270: the member is found first, by id, birth date and name; what does not match is refused and says so."""
    rejection = None
    found = next((member for member in members if member.member_id == asked.member_id), None)
    if found is None:
        rejection = _unknown(policy, asked)
    elif asked.birth_date is None:
        rejection = InquiryRejection(BIRTH_DATE_INVALID, CORRECT, "The question gives no birth date.")
    elif asked.birth_date != found.birth_date:
        rejection = InquiryRejection(BIRTH_DATE_DIFFERS, CORRECT, f"The birth date asked with, {asked.birth_date}, is not the one on file.")
    elif asked.last_name.casefold() != found.last_name.casefold():
        rejection = InquiryRejection(NAME_INVALID, CORRECT, f"The name asked with, {asked.last_name}, is not the one on file.")
    if rejection:
        return EligibilityResponse(policy.payer, asked.member_id, asked.on, False, "", (), rejections=(rejection,))
    return respond(policy, found, asked.on)


def _unknown(policy: PayerPolicy, asked: Inquiry) -> InquiryRejection:
    """An id that is not of the payer's form is not valid; one that is, is not found."""
    form = policy.rules.get("identifiers")
    stated = form.on(asked.on) if form else None
    if stated and not re.fullmatch(stated.member_id_pattern, asked.member_id):
        return InquiryRejection(ID_INVALID, CORRECT, f"{asked.member_id or 'A blank'} is no member id of {policy.name}: it is {stated.member_id_in_words}.")
    return InquiryRejection(NOT_FOUND, CORRECT, f"{policy.name} has no member with the id {asked.member_id}.")


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
