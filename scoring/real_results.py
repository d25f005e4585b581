"""How real exams went against what was foretold: the offset between the bank and the exam, learned from reported results alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.ability import Evidence
from scoring.posterior import believed
from scoring.readiness import Offset, exam_counts, stacked
from scoring.readiness_model import MODEL, Model
from scoring.shares import Shares

FURTHEST = 6
"""Offsets are whole nodes of the ability's grid, so many to either side: one logit."""


@dataclass(frozen=True)
class Result:
    """A real exam that a learner reported: passed or not, and the chances that were given for it under each offset."""
    passed: bool
    chances: tuple[float, ...]


def offsets(model: Model = MODEL) -> np.ndarray:
    """The offsets that are weighed, in logits; above 0 the exam is easier than the bank."""
    return np.arange(-FURTHEST, FURTHEST + 1) * (model.theta[1] - model.theta[0])


def chances(state: Evidence, shares: Shares, on: date, model: Model = MODEL) -> tuple[float, ...]:
    """The chance of passing that day under each offset: to be kept with the reported result."""
    belief = believed(*stacked(state, [part.domain for part in shares.parts], on, model), model)
    return tuple(shares.passing(exam_counts(belief.moved(offset), shares, Offset(sd=0.0), model)) for offset in offsets(model).tolist())


def offset_of(results: Iterable[Result], model: Model = MODEL) -> Offset:
    """The offset to be expected after these results, from a prior around none; every result counts, passes and failures alike."""
    told = tuple(results)
    at = offsets(model)
    belief = -0.5 * (at / model.offset_sd) ** 2
    for result in told:
        given = np.clip(np.array(result.chances), 1e-6, 1 - 1e-6)
        belief = belief + np.log(given if result.passed else 1 - given)
    weight = np.exp(belief - belief.max())
    weight /= weight.sum()
    mean = float(weight @ at)
    return Offset(mean, len(told), float(np.sqrt(weight @ (at - mean) ** 2)))
