"""When an item is worth meeting again: soon after a weak attempt, later and later after strong ones.

The intervals are an author's estimate of a spacing that helps, not a fitted model of memory.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WEAK, FAIR = Decimal("0.60"), Decimal("0.85")
SOON, SHORTLY = timedelta(days=1), timedelta(days=3)
LATER = (timedelta(days=7), timedelta(days=21), timedelta(days=60))


@dataclass(frozen=True)
class Seen:
    """How an item was last met: the day, the share of its marks from 0 to 1, and how many attempts there have been."""
    last: date
    share: Decimal
    attempts: int


def due_on(seen: Seen) -> date:
    """The day to meet the item again: the next day under 60 % of the marks, after three days under 85 %, else after 7, 21, then 60 days."""
    if seen.share < WEAK:
        return seen.last + SOON
    if seen.share < FAIR:
        return seen.last + SHORTLY
    return seen.last + LATER[min(seen.attempts, len(LATER)) - 1]


def due(states: dict[str, Seen], today: date) -> tuple[str, ...]:
    """The items whose day has come, the longest overdue first."""
    return tuple(sorted((item for item, seen in states.items() if due_on(seen) <= today), key=lambda item: (due_on(states[item]), item)))
