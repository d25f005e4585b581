"""The readiness model and naive rules tried on a simulated world: adaptive practice, forecasts at checkpoints, and how good they were."""

from dataclasses import dataclass

import numpy as np
from readiness_world import Items, Log, World

from scoring.ability import chance, folded
from scoring.calibration import calibrate
from scoring.posterior import believed
from scoring.readiness import exam_counts
from scoring.readiness_model import MODEL, Model
from scoring.shares import Share, Shares

GUESS = 0.25


@dataclass(frozen=True, eq=False)
class Known:
    """What the product knows of the bank, [domain, item]: difficulties and how far they may be off."""
    difficulty: np.ndarray
    spread: np.ndarray


def by_label(items: Items, model: Model = MODEL) -> Known:
    """Authors' labels alone."""
    return Known(np.array(model.label_logits)[items.label], np.full(items.label.shape, model.label_sd))


def by_calibration(world: World, items: Items, rng: np.random.Generator, learners: int = 2000, answers: int = 120) -> Known:
    """Difficulties from other learners' first answers, before anyone learned."""
    from readiness_world import Learners
    from readiness_world import chance as truth
    others = Learners(world, learners, rng)
    p = truth(others.start[:, :, None], items.slope, items.difficulty, items.guess).reshape(learners, -1)
    responses = (rng.random(p.shape) < p).astype(float)
    responses[rng.random(p.shape).argsort(1).argsort(1) >= answers] = np.nan
    found = calibrate(responses, "rasch", GUESS, settled=1e-3)
    # abilities there are spread as the model's prior has it, not as the unit normal of the calibration
    return Known(found.difficulty.reshape(items.label.shape), np.clip(found.difficulty_se.reshape(items.label.shape), 0.05, 1))


class Practice:
    """Chooses what comes next. adaptive: weak and weighty domains, items near seven of ten; blueprint: at random by weight; cherry: domains that a learner likes."""

    def __init__(self, mode: str, world: World, known: Known, many: int, rng: np.random.Generator, model: Model = MODEL):
        self.mode, self.world, self.known, self.rng, self.model = mode, world, known, rng, model
        self.weights = np.tile(np.array(world.questions, float), (many, 1))
        self.ability = np.zeros((many, len(world.questions)))
        self.tracked = Tracked(known, many, len(world.questions), model)
        if mode == "cherry":
            self.weights = rng.dirichlet(np.full(len(world.questions), 0.8), many)

    def __call__(self, log: Log, at: int, unseen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        who = np.arange(len(unseen))
        if self.mode == "adaptive" and at:
            self.tracked.take(log, at - 1)
            if at % 10 == 0:
                self.ability = self.tracked.means()
                room = np.clip(1 - chance(self.ability, 0.0, 0.9, GUESS), 0.05, 1)
                self.weights = np.array(self.world.questions) * room ** 2
        weights = (self.weights + 1e-9) * unseen.any(2)
        domain = (np.cumsum(weights, 1) / weights.sum(1, keepdims=True) < self.rng.random((len(who), 1))).sum(1)
        liking = self.rng.random((len(who), self.world.bank))
        if self.mode == "adaptive":
            liking = -np.abs(chance(self.ability[who, domain, None], self.known.difficulty[domain], self.known.spread[domain], GUESS) - 0.7) + 0.1 * liking
        return domain, np.where(unseen[who, domain], liking, -np.inf).argmax(1)


class Tracked:
    """The model's state of all learners at once; the same fold as for one."""

    def __init__(self, known: Known, many: int, domains: int, model: Model):
        self.known, self.model = known, model
        self.likelihood = np.zeros((many, domains, len(model.rates), model.nodes))
        self.answers = np.zeros((many, domains))
        self.last = np.zeros((many, domains))

    def take(self, log: Log, at: int) -> None:
        who, domain, item, day = np.arange(len(log.domain)), log.domain[:, at], log.item[:, at], log.day[:, at]
        fading = 2 ** -(1 / self.model.half_life_answers + (day - self.last[who, domain]) / self.model.half_life_days)
        self.likelihood[who, domain] = folded(self.likelihood[who, domain], self.answers[who, domain], self.known.difficulty[domain, item],
                                              self.known.spread[domain, item], GUESS, log.right[:, at], 1.0, fading, self.model)
        self.answers[who, domain] += 1
        self.last[who, domain] = day

    def today(self, day: np.ndarray) -> np.ndarray:
        return self.likelihood * (2 ** -((day[:, None] - self.last) / self.model.half_life_days))[..., None, None]

    def means(self) -> np.ndarray:
        """Each domain's expected ability, a hundred learners at a time."""
        return np.concatenate([believed(self.likelihood[a:a + 100], self.answers[a:a + 100], self.model).marginal @ self.model.theta
                               for a in range(0, len(self.likelihood), 100)])


def exam_of(world: World, known: Known) -> Shares:
    """The exam as the product sees it: its questions are like the bank's."""
    pools = [tuple((float(b), float(s), GUESS) for b, s in zip(*each, strict=True)) for each in zip(known.difficulty, known.spread, strict=True)]
    return Shares(tuple(Share(str(place), many, pool) for place, (many, pool) in enumerate(zip(world.questions, pools, strict=True))), ((world.cut, 1.0),))


def forecasts(world: World, known: Known, log: Log, checkpoints: tuple[int, ...], model: Model = MODEL, track=Tracked, skip: int = 0) -> dict[int, np.ndarray]:
    """The predictive distribution of each learner's score, [learner, right answers], at each checkpoint; the first `skip` learners are left out."""
    shares, many = exam_of(world, known), len(log.domain)
    tracked = track(known, many, len(world.questions), model)
    found = {}
    for at in range(checkpoints[-1]):
        tracked.take(log, at)
        if at + 1 in checkpoints:
            today = tracked.today(log.day[:, at])
            found[at + 1] = np.stack([exam_counts(believed(today[one], tracked.answers[one], model), shares, model=model) for one in range(skip, many)])
    return found


def brier(p: np.ndarray, passed: np.ndarray) -> float:
    return float(np.mean((p[:, None] - passed) ** 2))


def calibration_error(p: np.ndarray, passed: np.ndarray, bins: int = 10) -> float:
    """ECE: how far foretold and seen pass rates differ, in ten equal bins of the forecast, weighted by their learners."""
    place = np.clip((p * bins).astype(int), 0, bins - 1)
    rate = passed.mean(1)
    return float(sum(abs((p - rate)[place == each].sum()) for each in range(bins)) / len(p))


def coverage(counts: np.ndarray, scores: np.ndarray, share: float = 0.90) -> tuple[float, float]:
    """How often the interval holds the score of a fresh form, and its mean width as a share of the exam."""
    total = np.cumsum(counts, 1)
    low, high = (np.argmax(total >= edge, 1) for edge in ((1 - share) / 2, 1 - (1 - share) / 2))
    return float(np.mean((scores >= low[:, None]) & (scores <= high[:, None]))), float(np.mean(high - low)) / (counts.shape[1] - 1)


def told_of(p: np.ndarray, passed: np.ndarray, least: float = 0.8) -> tuple[float, int]:
    """Of those told at least so much: how many pass, and how many they are."""
    told = p >= least
    return (float(passed[told].mean()) if told.any() else float("nan")), int(told.sum())
