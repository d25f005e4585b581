"""What the values of a payer of hospital claims: groups, rates, outlier, transfer, outpatient payment groups."""

KINDS: dict[str, type] = {}
"""The kinds of rule of this module and the type of their values."""
