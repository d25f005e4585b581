"""The check digit of a National Provider Identifier: Luhn over the prefix 80840 and the ten digits (45 CFR 162.406; CMS, NPI check digit)."""

PREFIX = "80840"


def valid(npi: str) -> bool:
    """True when it is ten digits and the last one checks."""
    return len(npi) == 10 and npi.isascii() and npi.isdigit() and _luhn(PREFIX + npi) == 0


def with_check_digit(nine: str) -> str:
    """Nine digits completed by their check digit."""
    return nine + str((10 - _luhn(PREFIX + nine + "0")) % 10)


def _luhn(digits: str) -> int:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10
