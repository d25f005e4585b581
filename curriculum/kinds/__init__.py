"""The kinds of exercise there are, a module each; a module ends in its KIND."""

from curriculum.exercises import Kind

KINDS: dict[str, Kind] = {kind.name: kind for kind in ()}
"""Every kind by name, in the order in which an account meets them."""
