"""The kinds of exercise there are, a module each; a module ends in its KIND."""

from curriculum.exercises import Kind
from curriculum.kinds import dental_coordination, dental_estimate

KINDS: dict[str, Kind] = {kind.name: kind for kind in (dental_estimate.KIND, dental_coordination.KIND)}
"""Every kind by name, in the order in which an account meets them."""
