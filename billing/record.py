"""How the types of this package are declared: frozen, and closed to unknown fields when they are read from a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Row = TypeVar("Row")


@dataclass_transform(frozen_default=True)
def record(cls):
    """A frozen dataclass that pydantic's TypeAdapter reads strictly: a misspelt field is a mistake, never ignored."""
    cls.__pydantic_config__ = {"extra": "forbid"}
    return dataclass(frozen=True)(cls)


def by_procedure(rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    """The rows of each procedure, so that a line need not be held against every row of a long rule."""
    found: dict[str, tuple[Row, ...]] = {}
    for procedure, row in rows:
        found[procedure] = (*found.get(procedure, ()), row)
    return found
