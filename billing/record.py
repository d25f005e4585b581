"""How the types of this package are declared: frozen, and closed to unknown fields when they are read from a file."""

from dataclasses import dataclass
from typing import dataclass_transform


@dataclass_transform(frozen_default=True)
def record(cls):
    """A frozen dataclass that pydantic's TypeAdapter reads strictly: a misspelt field is a mistake, never ignored."""
    cls.__pydantic_config__ = {"extra": "forbid"}
    return dataclass(frozen=True)(cls)
