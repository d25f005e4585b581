"""What is believed of a learner's abilities once the answers are in: the shared ability, the rate of learning and each domain's ability, on grids and exact."""

from dataclasses import dataclass

import numpy as np

from scoring.ability import gain
from scoring.readiness_model import MODEL, Model


@dataclass(frozen=True, eq=False)
class Belief:
    """weight [..., rate, shared]: the joint belief in a rate of learning and a shared ability; domain [..., domain, rate, shared, node]: the ability today given both."""
    weight: np.ndarray
    domain: np.ndarray

    @property
    def likely(self) -> tuple[np.ndarray, np.ndarray]:
        """One learner's pairs of rate and shared ability that matter, [pair] and [domain, pair, node]; those left out together weigh less than a millionth."""
        flat = self.weight.reshape(-1)
        order = np.argsort(flat)
        kept = np.sort(order[np.cumsum(flat[order]) > 1e-6])
        return flat[kept] / flat[kept].sum(), self.domain.reshape(self.domain.shape[0], flat.size, -1)[:, kept]

    @property
    def marginal(self) -> np.ndarray:
        """Each domain's ability today, [..., domain, node]."""
        return np.einsum("...rg,...drgt->...dt", self.weight, self.domain)


def believed(likelihood: np.ndarray, answers: np.ndarray, model: Model = MODEL, spread: float | None = None) -> Belief:
    """The belief after log-likelihoods [..., domain, rate, node] of so many answers [..., domain]; spread: of the domains around the shared ability.

    Abilities lie together at the start, and each domain's is what it was then and what was learned in it since.
    """
    learned = gain(model, answers)[..., None, None]
    today = _today(likelihood, learned[..., 0, 0], model)
    prior = np.exp(-0.5 * ((model.theta[:, None] - model.shared - learned) / (spread or model.domain_sd)) ** 2)   # [..., domain, rate, node, shared]
    prior /= prior.sum(-2, keepdims=True)
    peak = today.max(-1, keepdims=True)
    joint = np.exp(today - peak)
    evidence = (joint[..., None, :] @ prior)[..., 0, :] + 1e-300
    shared = np.exp(-0.5 * ((model.shared - model.mean) / model.shared_sd) ** 2)
    log_weight = model.rate_log_weight[:, None] + np.log(shared / shared.sum()) + (np.log(evidence) + peak).sum(-3)
    weight = np.exp(log_weight - log_weight.max((-2, -1), keepdims=True))
    weight /= weight.sum((-2, -1), keepdims=True)
    return Belief(weight, joint[..., None, :] * prior.swapaxes(-1, -2) / evidence[..., None])


def _today(likelihood: np.ndarray, learned: np.ndarray, model: Model) -> np.ndarray:
    """The log-likelihood of the ability today instead of at the start: read off that much lower, straight between nodes."""
    step = model.theta[1] - model.theta[0]
    whole = np.floor(learned / step).astype(int)
    part = (learned / step - whole)[..., None]
    below = np.arange(model.nodes) - whole[..., None]
    here = np.take_along_axis(likelihood, np.clip(below, 0, model.nodes - 1), -1)
    left = np.take_along_axis(likelihood, np.clip(below - 1, 0, model.nodes - 1), -1)
    return (1 - part) * here + part * left
