"""What is believed of a learner's abilities once the answers are in: the shared ability, the rate of learning and each domain's ability, on grids and exact."""

from dataclasses import dataclass, replace

import numpy as np

from scoring.ability import gain
from scoring.readiness_model import MODEL, Model


@dataclass(frozen=True, eq=False)
class Belief:
    """weight [..., rate, shared]: the joint belief in a rate of learning and a shared ability. Given both, a domain's ability at the start has the density
    likelihood [..., domain, rate, node] x prior [node, shared] / evidence [..., domain, rate, shared]; learned [..., domain, rate] is what came on top of it since."""
    weight: np.ndarray
    likelihood: np.ndarray
    prior: np.ndarray
    evidence: np.ndarray
    learned: np.ndarray
    model: Model

    @property
    def likely(self) -> tuple[np.ndarray, np.ndarray]:
        """One learner's pairs of rate and shared ability that matter, [pair], and the domains' abilities today given each, [domain, pair, node].

        Pairs left out together weigh less than a millionth.
        """
        flat = self.weight.reshape(-1)
        order = np.argsort(flat)
        kept = np.sort(order[np.cumsum(flat[order]) > 1e-6])
        rate, shared = np.divmod(kept, self.weight.shape[1])
        start = self.likelihood[:, rate] * self.prior.T[shared] / self.evidence[:, rate, shared][..., None]
        return flat[kept] / flat[kept].sum(), raised(start, self.learned[:, rate], self.model)

    @property
    def marginal(self) -> np.ndarray:
        """Each domain's ability today, [..., domain, node]."""
        by_rate = self.likelihood * (self.weight[..., None, :, :] / self.evidence @ self.prior.T)
        return raised(by_rate, self.learned, self.model).sum(-2)

    def moved(self, logits: float) -> "Belief":
        """The same with every ability so much higher."""
        return replace(self, learned=self.learned + logits)


def believed(likelihood: np.ndarray, answers: np.ndarray, model: Model = MODEL, spread: float | None = None) -> Belief:
    """The belief after log-likelihoods [..., domain, rate, node] of so many answers [..., domain]; spread: of the domains around the shared ability.

    Abilities lie together at the start, and each domain's is what it was then and what was learned in it since.
    """
    prior = np.exp(-0.5 * ((model.theta[:, None] - model.shared) / (spread or model.domain_sd)) ** 2)
    prior /= prior.sum(0)
    peak = likelihood.max(-1, keepdims=True)
    joint = np.exp(likelihood - peak)
    evidence = joint @ prior
    shared = np.exp(-0.5 * ((model.shared - model.mean) / model.shared_sd) ** 2)
    log_weight = model.rate_log_weight[:, None] + np.log(shared / shared.sum()) + (np.log(evidence) + peak).sum(-3)
    weight = np.exp(log_weight - log_weight.max((-2, -1), keepdims=True))
    weight /= weight.sum((-2, -1), keepdims=True)
    return Belief(weight, joint, prior, evidence, gain(model, answers), model)


def raised(density: np.ndarray, logits: np.ndarray, model: Model = MODEL) -> np.ndarray:
    """Densities [..., node] moved up by logits [...], straight between nodes; what would leave the grid stays on its last node."""
    step = model.theta[1] - model.theta[0]
    whole = np.floor(logits / step).astype(int)
    part = (logits / step - whole)[..., None]
    from_node = np.arange(model.nodes) - whole[..., None]
    moved = (1 - part) * _read(density, from_node) + part * _read(density, from_node - 1)
    lost = density.sum(-1) - moved.sum(-1)
    moved[..., -1] += np.where(logits > 0, lost, 0)
    moved[..., 0] += np.where(logits > 0, 0, lost)
    return moved


def _read(density: np.ndarray, node: np.ndarray) -> np.ndarray:
    """The density at these nodes, nothing outside of the grid."""
    last = density.shape[-1] - 1
    return np.take_along_axis(density, np.clip(node, 0, last), -1) * ((node >= 0) & (node <= last))
