"""What a payer pays after another, by each method of coordination; every amount in dollars, none ever below zero, and but for a contract's own sum none above what is owed.

own_benefit: what this payer would pay alone. prior_paid: what the earlier payer paid. owed: what it left to be paid (its group PR, and what it
bars from the patient's bill but not from the next payer's).
"""

from decimal import Decimal

from billing.money import ZERO
from billing.share import deductible_and_coinsurance


def standard(own_benefit: Decimal, owed: Decimal) -> Decimal:
    """The own benefit in full, at most what is owed."""
    return _within(own_benefit, owed)


def carve_out(own_benefit: Decimal, prior_paid: Decimal, owed: Decimal) -> Decimal:
    """The own benefit less what was paid before; nothing where that was as much."""
    return _within(own_benefit - prior_paid, owed)


def non_duplication(own_benefit: Decimal, prior_paid: Decimal, owed: Decimal) -> Decimal:
    """The patient ends where this plan alone would have left them: the same sum as a carve-out, told from the other side."""
    return carve_out(own_benefit, prior_paid, owed)


def maintenance(own_allowed: Decimal, prior_paid: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal, owed: Decimal) -> Decimal:
    """What was paid before comes off the allowed amount first; deductible and coinsurance are taken of what remains."""
    remains = max(own_allowed - prior_paid, ZERO)
    return _within(remains - sum(deductible_and_coinsurance(remains, deductible_left, coinsurance_percent)), owed)


def lesser_of(own_allowed: Decimal, own_benefit: Decimal, prior_paid: Decimal, owed: Decimal) -> Decimal:
    """At most what lifts the earlier payment to the own allowed amount, and never more than the own benefit: a Medicaid program's usual ceiling."""
    return _within(min(own_allowed - prior_paid, own_benefit), owed)


def by_contract(own_benefit: Decimal, prior_paid: Decimal) -> Decimal:
    """The contract's amount less what was paid before, also where that is more than the charge leaves: the excess shows as a negative adjustment (CARC 94)."""
    return max(own_benefit - prior_paid, ZERO)


def _within(amount: Decimal, owed: Decimal) -> Decimal:
    return max(min(amount, owed), ZERO)
