"""Deductible and coinsurance of an allowed amount; the one place where that order is written."""

from decimal import Decimal

from billing.money import percent_of


def deductible_and_coinsurance(allowed: Decimal, deductible_left: Decimal, coinsurance_percent: Decimal) -> tuple[Decimal, Decimal]:
    """Dollars to the deductible, then coinsurance of what is left of the allowed amount."""
    deductible = min(allowed, deductible_left)
    return deductible, percent_of(allowed - deductible, coinsurance_percent)
