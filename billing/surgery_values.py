"""What the values of surgery, anesthesia and therapy: global periods, shares, families, reductions."""

KINDS: dict[str, type] = {}
"""The kinds of rule of this module and the type of their values."""
