"""Which parts of given work can still be begun: content is retired, ends its time or goes, and nobody is asked for what is no longer there."""

from functools import lru_cache

from app import offers, quizzing
from app.session import catalogue, today

EXAM = "exam:"


def offered(kind: str, part: str) -> bool:
    """Whether a part of an assignment of that kind can be begun today."""
    if kind == "track":
        return part in catalogue().competencies
    if kind == "exam":
        return part.removeprefix(EXAM) in catalogue().blueprints
    return part in _pieces(today())


def everything(kind: str, part: str) -> bool:
    """For a table of the past: what is on offer today says nothing about what was then."""
    return True


@lru_cache(maxsize=2)
def _pieces(day) -> frozenset[str]:
    return frozenset(card.id for card in (*quizzing.sets(), *offers.cards()))
