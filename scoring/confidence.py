"""Marks for how sure one was: they reward honesty, stand beside the score and never change it."""

from collections.abc import Iterable

LEVELS = {1: "Not sure", 2: "Fairly sure", 3: "Sure"}
RIGHT, WRONG = {1: 1, 2: 2, 3: 3}, {1: 0, 2: -2, 3: -6}
"""Certainty-based marks after Gardner-Medwin: saying 2 pays from two chances in three on, saying 3 from four in five."""


def points(right: bool, level: int) -> int:
    """The marks of one answer; 0 where nothing was said."""
    return (RIGHT if right else WRONG).get(level, 0)


def total(answers: Iterable[tuple[bool, int]]) -> tuple[int, int, int]:
    """Marks earned, the most there were to earn, and how many answers said how sure they were. Each is (right, level)."""
    said = [(right, level) for right, level in answers if level]
    return sum(points(right, level) for right, level in said), RIGHT[3] * len(said), len(said)


def best_level(chance: float) -> int:
    """What to say at a chance of being right, if one wants the most marks on the average."""
    return max(LEVELS, key=lambda level: chance * RIGHT[level] + (1 - chance) * WRONG[level])
