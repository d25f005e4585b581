"""What the values of a pharmacy benefit: formulary, prices, refill limits."""

KINDS: dict[str, type] = {}
"""The kinds of rule of this module and the type of their values."""
