"""What the values of a network and of other payers: referrals, capitation, primacy."""

KINDS: dict[str, type] = {}
"""The kinds of rule of this module and the type of their values."""
