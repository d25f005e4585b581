"""The chance of passing an exam today, with its interval and what it rests on; and nothing at all before there is enough to go by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scoring.ability import Evidence, faded
from scoring.counts import quantile, restored
from scoring.posterior import Belief, believed
from scoring.readiness_model import MODEL, Model
from scoring.shares import Share, Shares


@dataclass(frozen=True)
class Offset:
    """How much easier (above 0) or harder the real exam is than the bank, in logits, the number of real results that say so, and how sure they make it.

    sd None: as unsure as before any result.
    """
    logits: float = 0.0
    results: int = 0
    sd: float | None = None


@dataclass(frozen=True)
class Standing:
    """A domain: the share of its questions expected right, with a 90 % interval, the ability itself, and the first answers it rests on.

    raises: what half a logit more in this domain would add to the chance of passing.
    """
    domain: str
    ability: float
    low: float
    high: float
    logits: float
    n: float
    questions: int
    raises: float = 0.0


@dataclass(frozen=True)
class Readiness:
    """probability: of passing an exam taken that day; low, expected, high: the score as a share of right answers, with its 90 % interval.

    domains in the exam's order; answers: first answers in all; raise_most: the domain in which getting better would add most;
    estimated: the exam's own numbers are not all published, and estimates says which; results: real results that the offset rests on.
    """
    probability: float
    low: float
    expected: float
    high: float
    domains: tuple[Standing, ...]
    answers: float
    raise_most: str
    estimates: tuple[str, ...] = ()
    results: int = 0
    counts: tuple[float, ...] = field(default=(), repr=False)

    @property
    def band(self) -> tuple[float, float]:
        """The fifth of the scale that the chance lies in: as much as may honestly be read off it."""
        fifth = min(int(self.probability * 5), 4)
        return fifth / 5, (fifth + 1) / 5

    @property
    def estimated(self) -> bool:
        return bool(self.estimates)


@dataclass(frozen=True)
class NotEnough:
    """Too little to say anything: first answers so far and still wanted in all, and of each weighty domain how many are missing."""
    answers: float
    wanted: float
    domains: tuple[tuple[str, float], ...] = ()

    @property
    def sentence(self) -> str:
        if self.wanted:
            return f"Not enough evidence yet: {_answers(self.wanted)} to go."
        return f"Not enough evidence yet: {_answers(sum(more for _, more in self.domains))} to go in parts of the exam that you have hardly met."


def _answers(number: float) -> str:
    whole = int(np.ceil(number))
    return "1 first answer" if whole == 1 else f"{whole} first answers"


def enough(state: Evidence, shares: Shares, model: Model = MODEL) -> NotEnough | None:
    """What is missing before anything may be said; None when nothing is."""
    seen = {part.domain: state.strands[part.domain].answers if part.domain in state.strands else 0.0 for part in shares.parts}
    answers = sum(seen.values())
    thin = tuple((part.domain, model.fewest_in_domain - seen[part.domain]) for part in shares.parts
                 if part.questions >= model.weighty_domain * shares.questions and seen[part.domain] < model.fewest_in_domain)
    return NotEnough(answers, max(model.fewest_answers - answers, 0), thin) if answers < model.fewest_answers or thin else None


def readiness(state: Evidence, shares: Shares, on: date, offset: Offset = Offset(), model: Model = MODEL) -> Readiness | NotEnough:
    """The chance of passing on that day, if nothing more is learned or forgotten until then."""
    missing = enough(state, shares, model)
    return missing or told(state, shares, on, offset, model)


def told(state: Evidence, shares: Shares, on: date, offset: Offset = Offset(), model: Model = MODEL) -> Readiness:
    """Readiness however little there is to go by; for those who measure the model."""
    likelihood, answers = stacked(state, [part.domain for part in shares.parts], on, model)
    belief = believed(likelihood, answers, model)
    counts = exam_counts(belief, shares, offset, model)
    raises = _raises(belief, shares, offset.logits, model)
    domains = tuple(_standing(part, density, n, raised, offset.logits, model)
                    for part, density, n, raised in zip(shares.parts, belief.marginal, answers, raises, strict=True))
    edge = (1 - model.interval) / 2
    n = shares.questions
    return Readiness(shares.passing(counts), quantile(counts, edge) / n, float(counts @ np.arange(n + 1)) / n, quantile(counts, 1 - edge) / n, domains,
                     float(answers.sum()), domains[int(np.argmax(raises))].domain, shares.estimates, offset.results, tuple(counts.tolist()))


def stacked(state: Evidence, domains: Iterable[str], on: date, model: Model = MODEL) -> tuple[np.ndarray, np.ndarray]:
    """The evidence in these domains as arrays, faded to the day: log-likelihoods [domain, rate, node] and numbers of answers."""
    strands = [state.strands.get(domain) for domain in domains]
    nothing = np.zeros((len(model.rates), model.nodes))
    return (np.stack([strand.likelihood * faded(strand, on, model) if strand else nothing for strand in strands]),
            np.array([strand.answers if strand else 0.0 for strand in strands]))


def exam_counts(belief: Belief, shares: Shares, offset: Offset = Offset(), model: Model = MODEL) -> np.ndarray:
    """The predictive distribution of right answers in an exam, over everything that is unsure: rate, abilities, how the exam differs from the bank, and chance."""
    shifts, chances = _exam_shifts(offset, model)
    weight, domain = belief.likely
    product = np.ones(1)
    for known, transformed in zip(domain, shares.transforms(shifts, model), strict=True):
        product = product * _counted(known, transformed)
    counts = restored(np.einsum("p,s,psf->f", weight, chances, product), shares.questions + 1)
    return counts / counts.sum()


def _exam_shifts(offset: Offset, model: Model) -> tuple[tuple[float, ...], np.ndarray]:
    """Nodes and weights of how this one exam may differ from the bank (Gauss-Hermite): a form of its own, and the offset of all as far as it is unknown."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    sd = float(np.hypot(model.exam_sd, model.offset_sd if offset.sd is None else offset.sd))
    return tuple(offset.logits + sd * node for node in nodes.tolist()), weights / weights.sum()


def _counted(known: np.ndarray, transformed: np.ndarray) -> np.ndarray:
    """One domain's transformed count [pair, shift, frequency] from the ability's density [pair, node]."""
    shift, node, frequency = transformed.shape
    flat = np.ascontiguousarray(transformed.transpose(1, 0, 2)).view(float).reshape(node, -1)   # real and imaginary parts side by side: one real product
    return (known @ flat).view(complex).reshape(-1, shift, frequency)


def _raises(belief: Belief, shares: Shares, offset: float, model: Model) -> np.ndarray:
    """For each domain, what being better in it would add to the chance of passing."""
    weight, domain = belief.likely
    both = [_counted(known, each) for known, each in zip(domain, shares.transforms((offset, offset + model.improvement), model), strict=True)]
    parts, raised = np.stack([each[:, 0] for each in both]), np.stack([each[:, 1] for each in both])
    before = np.concatenate([np.ones_like(parts[:1]), np.cumprod(parts, 0)[:-1]])
    after = np.concatenate([np.cumprod(parts[::-1], 0)[::-1][1:], np.ones_like(parts[:1])])
    mixed = np.einsum("p,dpf->df", weight, before * after * (raised - parts))
    return np.array([shares.passing(np.fft.irfft(one, shares.questions + 1)) for one in mixed])


def _standing(part: Share, density: np.ndarray, n: float, raised: float, offset: float, model: Model) -> Standing:
    edge = (1 - model.interval) / 2
    low, high = np.interp((edge, 1 - edge), np.cumsum(density) - density / 2, model.theta)
    ease = part.ease(model.theta + offset)
    ends = part.ease(np.array([low, high]) + offset)
    return Standing(part.domain, float(density @ ease), float(ends[0]), float(ends[1]), float(density @ model.theta), float(n), part.questions, float(raised))
