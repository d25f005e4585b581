"""Responses of many persons to the same items: marks, choices, times, and what was left out or never reached kept apart from what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

ANSWERED, OMITTED, NOT_REACHED = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Responses:
    """[person, item]. marks: the share of the item's marks, nan where nothing was answered; choices: the option chosen, "" for none;
    seconds: how long it took, nan where unknown; drawn: for each person and item, the values of the variant.

    options: each item's, the key among them; they may be more than anybody chose.
    """
    items: tuple[str, ...]
    marks: np.ndarray
    choices: np.ndarray | None = None
    keys: tuple[frozenset[str], ...] = ()
    options: tuple[tuple[str, ...], ...] = ()
    seconds: np.ndarray | None = None
    drawn: Sequence[Sequence[Mapping[str, str]]] = ()

    @staticmethod
    def of_marks(items: Sequence[str], rows: Sequence[Sequence[float | None]]) -> "Responses":
        """From marks, None where nothing was answered."""
        return Responses(tuple(items), np.array([[np.nan if mark is None else float(mark) for mark in row] for row in rows], float).reshape(len(rows), len(items)))

    @staticmethod
    def of_choices(items: Sequence[str], rows: Sequence[Sequence[str]], keys: Sequence[frozenset[str]], options: Sequence[Sequence[str]] = ()) -> "Responses":
        """From chosen options, "" where nothing was; several are joined by |. Right is the key and nothing else."""
        marks = Responses.of_marks(items, [[float(frozenset(one.split("|")) == key) if one else None for one, key in zip(row, keys, strict=True)] for row in rows])
        return replace(marks, choices=np.array(rows, dtype=object).reshape(len(rows), len(items)), keys=tuple(keys), options=tuple(map(tuple, options)))

    @cached_property
    def state(self) -> np.ndarray:
        """ANSWERED, OMITTED, or NOT_REACHED: unanswered, and nothing answered after it."""
        given = ~np.isnan(self.marks)
        later = np.cumsum(given[:, ::-1], 1)[:, ::-1] > 0
        return np.where(given, ANSWERED, np.where(later, OMITTED, NOT_REACHED))

    @cached_property
    def scored(self) -> np.ndarray:
        """The marks as the score counts them: nothing where nothing was answered."""
        return np.nan_to_num(self.marks, nan=0.0)

    @cached_property
    def totals(self) -> np.ndarray:
        return self.scored.sum(1)

    @cached_property
    def sparse(self) -> bool:
        """More than half is unanswered: the persons met different items, and totals do not compare."""
        return bool(np.isnan(self.marks).mean() > 0.5)


def thirds(scores: np.ndarray) -> np.ndarray:
    """0, 1, 2 for the lowest, middle and highest third; persons with the same score are in the same third."""
    order = np.sort(scores)
    rank = (np.searchsorted(order, scores, "left") + np.searchsorted(order, scores, "right")) / 2
    return np.minimum((3 * rank / max(len(scores), 1)).astype(int), 2)
