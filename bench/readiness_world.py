"""A simulated world, richer than the readiness model: learners who learn and forget, items with slopes and guessing of their own, cases that hang together, fresh exams.

Everything is drawn from one seed. Arrays run over learners at once: [learner, ...].
"""

from dataclasses import dataclass, field, replace

import numpy as np

QUESTIONS = (29, 17, 7, 19, 19, 10, 34)
"""The CPB's counts; the last part is its cases."""
CUT, CASES, CASE_LENGTH = 95, 6, 5
SESSION = 20
LABEL_STEPS = np.array([-1.1, -0.37, 0.37, 1.1])


@dataclass(frozen=True)
class World:
    """What is true there. Rates: logits towards `ceiling` for each answer, a median and how far learners differ; spill: how much other domains gain."""
    questions: tuple[int, ...] = QUESTIONS
    cut: int = CUT
    cases: int = CASES
    bank: int = 130
    ability_sd: float = 0.95
    domain_sd: float = 0.5
    ceiling: float = 2.5
    rate: float = 0.006
    rate_sd: float = 0.6
    spill: float = 0.10
    forgetting_days: float = 90.0
    days_between: float = 3.0
    case_sd: float = 0.5
    exam_harder: float = 0.0
    label_truth: float = 0.72


@dataclass
class Items:
    """The bank, [domain, item]: four parameters, which case an item belongs to, and the author's label as 0 to 4."""
    slope: np.ndarray
    difficulty: np.ndarray
    guess: np.ndarray
    label: np.ndarray
    centre: np.ndarray


@dataclass
class Log:
    """What learners did, [learner, answer], and at checkpoints how their exams went, [checkpoint, learner, form], with the chance that an oracle would give."""
    domain: np.ndarray
    item: np.ndarray
    right: np.ndarray
    day: np.ndarray
    passed: dict[int, np.ndarray] = field(default_factory=dict)
    score: dict[int, np.ndarray] = field(default_factory=dict)
    oracle: dict[int, np.ndarray] = field(default_factory=dict)


def items_of(world: World, rng: np.random.Generator) -> Items:
    shape = len(world.questions), world.bank
    centre = rng.normal(0, 0.3, shape[0])
    difficulty = centre[:, None] + rng.normal(0, 0.9, shape)
    z = world.label_truth * difficulty / 0.95 + np.sqrt(1 - world.label_truth ** 2) * rng.normal(size=shape)
    return Items(rng.lognormal(0, 0.3, shape), difficulty, rng.beta(20, 60, shape), np.searchsorted(LABEL_STEPS, z), centre)


def chance(ability, slope, difficulty, guess):
    return guess + (0.98 - guess) / (1 + np.exp(-slope * (ability - difficulty)))


class Learners:
    """True abilities as they move: [learner, domain] at the start, and what was gained since."""

    def __init__(self, world: World, many: int, rng: np.random.Generator):
        self.world, self.rng = world, rng
        shared = world.ability_sd * rng.standard_t(6, many)
        self.start = shared[:, None] + rng.normal(0, world.domain_sd, (many, len(world.questions)))
        self.gained = np.zeros_like(self.start)
        self.rate = world.rate * rng.lognormal(0, world.rate_sd, many)
        self.moods = rng.normal(0, world.case_sd, (many, world.bank // CASE_LENGTH))   # what a learner makes of each case

    @property
    def ability(self) -> np.ndarray:
        return self.start + self.gained

    def learn(self, domain: np.ndarray) -> None:
        """One answer in a domain each."""
        room = np.maximum(self.world.ceiling - self.ability, 0)
        share = np.full(self.start.shape, self.world.spill)
        share[np.arange(len(domain)), domain] = 1
        self.gained += self.rate[:, None] * share * room

    def pause(self, days: np.ndarray) -> None:
        self.gained *= np.exp(-days / self.world.forgetting_days)[:, None]

    def exams(self, centre: np.ndarray, forms: int) -> tuple[np.ndarray, np.ndarray]:
        """Scores [learner, form] on fresh forms, and the chance of passing that someone who knew the abilities would give."""
        world, rng = self.world, self.rng
        scores = np.stack([self._form(centre, rng) for _ in range(forms)], 1)
        seen = np.stack([self._form(centre, rng) for _ in range(12)], 1)
        mean, sd = seen.mean(1), np.sqrt(sum(world.questions) * 0.19)
        return scores, 1 / (1 + np.exp(-1.7 * (mean + 0.5 - world.cut) / sd))

    def _form(self, centre: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        many, total = len(self.rate), np.zeros(len(self.rate))
        for place, questions in enumerate(self.world.questions):
            shape = many, questions
            difficulty = centre[place] + self.world.exam_harder + rng.normal(0, 0.9, shape)
            ability = np.repeat(self.ability[:, place, None], questions, 1)
            if place == self.world.cases:
                ability = ability + np.repeat(rng.normal(0, self.world.case_sd, (many, -(-questions // CASE_LENGTH))), CASE_LENGTH, 1)[:, :questions]
            p = chance(ability, rng.lognormal(0, 0.3, shape), difficulty, rng.beta(20, 60, shape))
            total += (rng.random(shape) < p).sum(1)
        return total


def practise(world: World, items: Items, many: int, checkpoints: tuple[int, ...], choose, rng: np.random.Generator, forms: int = 4) -> Log:
    """Everyone's practice up to the last checkpoint. choose(log so far, answers so far, unseen) gives domains and items, never one seen before."""
    learners, last = Learners(world, many, rng), checkpoints[-1]
    log = Log(*(np.zeros((many, last), int) for _ in range(2)), np.zeros((many, last)), np.zeros((many, last), int))
    unseen = np.ones((many, len(world.questions), world.bank), bool)
    day, who = np.zeros(many), np.arange(many)
    for at in range(last):
        if at and at % SESSION == 0:
            gap = rng.exponential(world.days_between, many)
            learners.pause(gap)
            day += gap
        domain, item = choose(log, at, unseen)
        unseen[who, domain, item] = False
        ability = learners.ability[who, domain] + np.where(domain == world.cases, learners.moods[who, item // CASE_LENGTH], 0)
        p = chance(ability, items.slope[domain, item], items.difficulty[domain, item], items.guess[domain, item])
        log.domain[:, at], log.item[:, at], log.right[:, at], log.day[:, at] = domain, item, rng.random(many) < p, day
        learners.learn(domain)
        if at + 1 in checkpoints:
            scores, oracle = learners.exams(items.centre, forms)
            log.score[at + 1], log.passed[at + 1], log.oracle[at + 1] = scores, scores >= world.cut, oracle
    return log
