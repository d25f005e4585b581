"""Which competencies are mastered: the chance that a learner's ability in one is above what the exam asks, and how much that rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.ability import Evidence
from scoring.posterior import believed
from scoring.readiness import stacked
from scoring.readiness_model import MODEL, Model
from scoring.shares import Share


@dataclass(frozen=True)
class Mastery:
    """A competency: the chance that its ability is above the mark, the share of questions expected right with a 90 % interval, first answers and the last day.

    No answers yet is "not seen", which is not the same as weak.
    """
    competency: str
    probability: float
    ability: float
    low: float
    high: float
    n: float
    last: date | None
    mastered: bool

    @property
    def seen(self) -> bool:
        return self.n > 0


def mastery(state: Evidence, competencies: Iterable[str], share: float, on: date, model: Model = MODEL) -> tuple[Mastery, ...]:
    """Each competency's standing against a share of right answers. state: answers folded under their competency instead of their domain.

    Competencies lie around the ability that all share as domains do, only further: half a logit of their own besides.
    """
    asked = tuple(competencies)
    if not asked:
        return ()
    likelihood, answers = stacked(state, asked, on, model)
    spread = float(np.hypot(model.domain_sd, model.skill_sd))
    densities = believed(likelihood, answers, model, spread).marginal
    ease = Share("", 1).ease(model.theta)
    mark = float(np.interp(share, ease, model.theta))
    return tuple(_mastery(one, density, n, mark, ease, state, on, model) for one, density, n in zip(asked, densities, answers, strict=True))


def _mastery(competency: str, density: np.ndarray, n: float, mark: float, ease: np.ndarray, state: Evidence, on: date, model: Model) -> Mastery:
    below = np.cumsum(density) - density / 2
    above = 1 - float(np.interp(mark, model.theta, below))
    edge = (1 - model.interval) / 2
    low, high = np.interp(np.interp((edge, 1 - edge), below, model.theta), model.theta, ease)
    last = state.strands[competency].last if n else None
    fresh = last is not None and (on - last).days <= model.half_life_days
    return Mastery(competency, above, float(density @ ease), float(low), float(high), float(n), last,
                   above >= model.mastered_at and n >= model.mastered_answers and fresh)
