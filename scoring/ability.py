"""What first answers say of a learner's ability in each domain: a state that folds answer by answer and can always be made again from the log."""

import base64
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from scoring.readiness_model import MODEL, Model


@dataclass(frozen=True)
class Answer:
    """A first answer to an item: never to a repeat, which tells of memory rather than of ability.

    difficulty and spread: the item's logit and how far it may be off; guess: the chance of being right without knowing; right: the share of
    the marks, 0 to 1; weight: below 1 where the answer serves several domains and counts in each for its part.
    """
    domain: str
    difficulty: float
    spread: float
    guess: float
    right: float
    day: date
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Strand:
    """The evidence in one domain: a log-likelihood of the ability at the start, for each rate of learning and node; how many answers, right ones, and when last."""
    likelihood: np.ndarray
    answers: float = 0.0
    right: float = 0.0
    last: date | None = None


@dataclass(frozen=True, eq=False)
class Evidence:
    """All domains of one learner for one exam. Immutable: a fold makes another."""
    strands: Mapping[str, Strand] = field(default_factory=lambda: MappingProxyType({}))
    version: str = MODEL.version

    @property
    def answers(self) -> float:
        """First answers in all."""
        return sum(strand.answers for strand in self.strands.values())

    def plain(self) -> dict:
        """As JSON keeps it."""
        return {"version": self.version, "strands": {
            domain: {"likelihood": base64.b64encode(strand.likelihood.astype("<f8").tobytes()).decode(), "answers": strand.answers, "right": strand.right,
                     "last": strand.last and strand.last.isoformat()} for domain, strand in self.strands.items()}}

    @staticmethod
    def from_plain(kept: dict, model: Model = MODEL) -> "Evidence | None":
        """The state that was kept; None where another version of the model made it, and the log must be folded anew."""
        if kept.get("version") != model.version:
            return None
        shape = (len(model.rates), model.nodes)
        return Evidence(MappingProxyType({
            domain: Strand(np.frombuffer(base64.b64decode(one["likelihood"]), "<f8").reshape(shape), one["answers"], one["right"],
                           date.fromisoformat(one["last"]) if one["last"] else None) for domain, one in kept["strands"].items()}), model.version)


def guess_of(options: int, right: int = 1) -> float:
    """The chance of choosing the right ones blindly: one in the options, or in the ways to choose so many of them; 0 where something is typed."""
    return 1 / math.comb(options, right) if options else 0.0


def labelled(label: int, model: Model = MODEL) -> tuple[float, float]:
    """Difficulty and spread of an author's label 1 to 5, until answers say otherwise."""
    return model.label_logits[label - 1], model.label_sd


def chance(theta: np.ndarray, difficulty, spread, guess) -> np.ndarray:
    """P(right) at an ability: guessing, else a logistic curve flattened by how unsure the difficulty is (MacKay's logistic-normal approximation)."""
    steepness = 1 / np.sqrt(1 + np.pi * np.square(spread) / 8)
    return guess + (1 - guess) / (1 + np.exp(-steepness * (theta - difficulty)))


def gain(model: Model, answers) -> np.ndarray:
    """Logits learned since the start after so many answers in the domain, for each rate."""
    return model.rate * np.asarray(answers)[..., None]


def folded(likelihood: np.ndarray, answers, difficulty, spread, guess, right, weight, fading, model: Model = MODEL) -> np.ndarray:
    """The log-likelihood [..., rate, node] after one more answer; everything else [...]. The ability at that answer is the one at the start and what was learned since."""
    ability = model.theta + gain(model, answers)[..., None]
    each = [np.asarray(value)[..., None, None] for value in (difficulty, spread, guess, right, weight, fading)]
    p = chance(ability, *each[:3])
    return likelihood * each[5] + each[4] * (each[3] * np.log(p) + (1 - each[3]) * np.log1p(-p))


def fold(state: Evidence, answer: Answer, model: Model = MODEL) -> Evidence:
    """The state after a first answer; answers come in the order in which they were given."""
    strand = state.strands.get(answer.domain) or Strand(np.zeros((len(model.rates), model.nodes)))
    fading = 2 ** -(answer.weight / model.half_life_answers) * faded(strand, answer.day, model)
    likelihood = folded(strand.likelihood, strand.answers, answer.difficulty, answer.spread, answer.guess, float(answer.right), answer.weight, fading, model)
    told = Strand(likelihood, strand.answers + answer.weight, strand.right + answer.weight * float(answer.right), max(strand.last or answer.day, answer.day))
    return replace(state, strands=MappingProxyType({**state.strands, answer.domain: told}))


def fold_all(answers: Iterable[Answer], model: Model = MODEL) -> Evidence:
    """The state made again from the log: what `fold` makes answer by answer, each domain in one sweep."""
    by_domain: dict[str, list[Answer]] = {}
    for answer in answers:
        by_domain.setdefault(answer.domain, []).append(answer)
    return Evidence(MappingProxyType({domain: _strand(told, model) for domain, told in by_domain.items()}), model.version)


def _strand(told: list[Answer], model: Model) -> Strand:
    """A domain's evidence. What an answer weighs at the end is the product of all the fading after it."""
    difficulty, spread, guess, right, weight = np.array([(a.difficulty, a.spread, a.guess, float(a.right), a.weight) for a in told]).T
    days = np.maximum.accumulate([answer.day.toordinal() for answer in told])
    fading = weight / model.half_life_answers + np.diff(days, prepend=days[0]) / model.half_life_days
    left = 2 ** (np.cumsum(fading) - fading.sum())
    ability = model.theta + gain(model, np.cumsum(weight) - weight)[..., None]
    p = chance(ability, *(each[:, None, None] for each in (difficulty, spread, guess)))
    each = right[:, None, None] * np.log(p) + (1 - right)[:, None, None] * np.log1p(-p)
    return Strand(np.tensordot(weight * left, each, 1), float(weight.sum()), float(weight @ right), date.fromordinal(int(days[-1])))


def faded(strand: Strand, on: date, model: Model = MODEL) -> float:
    """What is left of the evidence after the days since the last answer."""
    return 2 ** -(max((on - strand.last).days, 0) / model.half_life_days) if strand.last else 1.0
