"""What an exam asks of each domain and how many right answers pass it, in the form that readiness computes with; from its blueprint and its pool of items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

import numpy as np

from curriculum.exams import Blueprint
from scoring.ability import chance
from scoring.counts import transform
from scoring.readiness_model import MODEL, Model

POOL = ((0.0, 1.0, 0.25),)
"""What stands for the pool where none is given: four options, difficulties about the middle with a logit of spread."""


@dataclass(frozen=True)
class Share:
    """A domain's part of the exam. pool: difficulty, spread and guess of the items that its questions are drawn from."""
    domain: str
    questions: int
    pool: tuple[tuple[float, float, float], ...] = POOL

    def ease(self, ability: np.ndarray) -> np.ndarray:
        """P(right) at an ability, of a question drawn from the pool."""
        difficulty, spread, guess = np.array(self.pool).T
        return chance(np.asarray(ability)[..., None], difficulty, spread, guess).mean(-1)


@dataclass(frozen=True)
class Shares:
    """An exam. cuts: the fewest right answers that pass, each with how likely it is that they do; estimates: what is not published, in sentences."""
    parts: tuple[Share, ...]
    cuts: tuple[tuple[int, float], ...]
    estimates: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        return sum(part.questions for part in self.parts)

    @property
    def pass_share(self) -> float:
        """The share of right answers that passes, on the average of what may be the cut."""
        return sum(cut * weight for cut, weight in self.cuts) / self.questions

    def passing(self, counts: np.ndarray) -> float:
        """P(pass) of a distribution of right answers."""
        tails = np.append(np.cumsum(counts[::-1])[::-1], 0.0)
        return float(sum(weight * tails[min(cut, len(counts))] for cut, weight in self.cuts))

    def transforms(self, shifts: tuple[float, ...], model: Model = MODEL) -> tuple[np.ndarray, ...]:
        """For each domain [shift, node, frequency]: the transformed count of right answers at each ability, moved by each shift."""
        return tuple(self._transform(part, shifts, model) for part in range(len(self.parts)))

    def _transform(self, part: int, shifts: tuple[float, ...], model: Model) -> np.ndarray:
        key = part, shifts, model
        if key not in self._made:
            ease = self.parts[part].ease(model.theta + np.array(shifts)[:, None])
            self._made[key] = transform(self.parts[part].questions, ease, self.questions + 1)
        return self._made[key]

    @cached_property
    def _made(self) -> dict:
        return {}


def shares_of(blueprint: Blueprint, pools: Mapping[str, Iterable[tuple[float, float, float]]] | None = None, model: Model = MODEL) -> Shares:
    """The exam of a blueprint; pools: for each domain, (difficulty, spread, guess) of the items in the bank.

    Where no numbers are published the questions are split evenly, and where no length is, it is a practice length; both are told as estimates.
    """
    each, told = _questions(blueprint, model)
    given = {domain: tuple(pool) for domain, pool in (pools or {}).items()}
    parts = tuple(Share(domain.id, questions, given.get(domain.id) or POOL) for domain, questions in zip(blueprint.domains, each, strict=True))
    cuts, doubt = _cuts(blueprint, sum(each))
    return Shares(parts, cuts, (*told, *doubt))


def _questions(blueprint: Blueprint, model: Model) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """How many questions each domain has, and what of that is an estimate."""
    published = tuple(domain.questions for domain in blueprint.domains)
    if all(published):
        return published, ()
    many = len(published)
    total = blueprint.format.questions or max(model.unpublished_each * many, model.unpublished_least)
    even, over = divmod(total, many)
    told = f"{blueprint.body} publishes no number of questions for the parts of this exam: each counts the same here, which is an estimate."
    length = f"{blueprint.body} does not publish how long this exam is: {total} questions are assumed."
    return tuple(even + (place < over) for place in range(many)), (told,) if blueprint.format.questions else (told, length)


def _cuts(blueprint: Blueprint, questions: int) -> tuple[tuple[tuple[int, float], ...], tuple[str, ...]]:
    """The fewest right answers that pass. A scaled mark says nothing of that, so every cut between its two plain readings counts as equally likely:
    the point's place on the whole scale, and its ratio to the highest point."""
    mark = blueprint.pass_
    if mark.kind == "percent":
        return ((_fewest(mark.value / 100, questions), 1.0),), ()
    low, high = (_fewest(share, questions) for share in ((mark.value - mark.min) / (mark.max - mark.min), mark.value / mark.max))
    cuts = range(low, high + 1)
    told = (f"{blueprint.body} passes {mark.value} on a scale of {mark.min} to {mark.max} and does not publish how many right answers that takes: "
            f"anything from {low} to {high} of {questions} is taken as equally likely.")
    return tuple((cut, 1 / len(cuts)) for cut in cuts), (told,)


def _fewest(share: Decimal, questions: int) -> int:
    return int((share * questions).to_integral_value(ROUND_CEILING))
