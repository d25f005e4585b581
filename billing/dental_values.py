"""What the values of a dental plan: classes, maximums, frequencies, alternate benefits."""

KINDS: dict[str, type] = {}
"""The kinds of rule of this module and the type of their values."""
