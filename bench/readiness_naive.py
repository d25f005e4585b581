"""What a product without a model would say: the percentage so far, the same softened, and a logistic curve fitted to other learners' real exams."""

from math import lgamma

import numpy as np
from readiness_world import World


def hard_rule(right: np.ndarray, share: float = 0.70) -> np.ndarray:
    """Pass if the share right so far is the pass mark or more."""
    return (right.mean(1) >= share).astype(float)


def beta_binomial(world: World, right: np.ndarray) -> np.ndarray:
    """P(pass) if every question had the same unknown chance of being right, uniform before the first answer."""
    hits, total = right.sum(1).astype(int), sum(world.questions)
    known = {hit: _tail(total, world.cut, hit + 1.0, right.shape[1] - hit + 1.0) for hit in set(hits.tolist())}
    return np.array([known[hit] for hit in hits.tolist()])


def _tail(total: int, cut: int, a: float, b: float) -> float:
    """P(at least `cut` of `total`), Beta-Binomial."""
    begins = lgamma(total + 1) - lgamma(a) - lgamma(b) + lgamma(a + b) - lgamma(total + a + b)
    return float(sum(np.exp(begins - lgamma(k + 1) - lgamma(total - k + 1) + lgamma(k + a) + lgamma(total - k + b)) for k in range(cut, total + 1)))


def logistic(world: World, domain: np.ndarray, right: np.ndarray, passed: np.ndarray, trained: int) -> np.ndarray:
    """Fitted on the first `trained` learners' exams: share right, share right by the exam's weights, share of the last fifty."""
    weights = np.array(world.questions) / sum(world.questions)
    met = np.stack([domain == place for place in range(len(weights))], -1)
    share = right.mean(1)
    by_domain = ((met * right[..., None]).sum(1) + share[:, None]) / (met.sum(1) + 1)
    features = np.column_stack([share, by_domain @ weights, right[:, -50:].mean(1)])
    features = (features - features[:trained].mean(0)) / (features[:trained].std(0) + 1e-9)
    design, slope = np.column_stack([np.ones(len(features)), features]), np.zeros(4)
    target = passed[:trained, 0]   # one real exam each
    for _ in range(25):
        p = 1 / (1 + np.exp(-design[:trained] @ slope))
        gradient = design[:trained].T @ (target - p) - 0.5 * slope
        slope = slope + np.linalg.solve((design[:trained].T * (p * (1 - p))) @ design[:trained] + 0.5 * np.eye(4), gradient)
    return 1 / (1 + np.exp(-design @ slope))
