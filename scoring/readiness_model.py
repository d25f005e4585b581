"""The constants of the readiness model, each with where it comes from; docs/readiness.md has the formulae."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Model:
    """Parameters of the model in logits, answers and days. None is a fact about people yet: they were chosen on simulated worlds, and say so."""
    version: str = "2"
    """A stored state of another version is made anew from the log; raise it with any change that changes a state."""
    # The grids on which every sum is taken.
    lowest: float = -5.0
    highest: float = 5.0
    nodes: int = 61
    shared_nodes: int = 31
    # What is believed of a learner before the first answer: a normal ability shared by all domains, and each domain's own around it.
    # 0.6 beside 1.2 lets two domains agree to 0.80.
    mean: float = 0.0
    shared_sd: float = 1.2
    domain_sd: float = 0.6
    skill_sd: float = 0.5
    """A competency's ability around its domain's."""
    # Learning while practising: logits gained for each answer in a domain; which rate a learner has is learned from the learner's own answers.
    rates: tuple[float, ...] = (0.0, 0.01, 0.02, 0.03, 0.045)
    rate_weights: tuple[float, ...] = (0.30, 0.25, 0.20, 0.15, 0.10)
    # Evidence fades: by half after so many further answers in the domain, and after so many days.
    half_life_answers: float = 120.0
    half_life_days: float = 180.0
    # The exam against practice: how a single exam differs from others (form, day, room), and how far all may differ from the bank before any result is known.
    exam_sd: float = 0.20
    offset_sd: float = 0.25
    # Difficulty from an author's label 1 to 5, and how far a label may be off.
    label_logits: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)
    label_sd: float = 0.8
    # When nothing is said: before so many first answers in all, or in any domain that is such a share of the exam.
    fewest_answers: int = 30
    fewest_in_domain: int = 3
    weighty_domain: float = 0.10
    # A competency counts as mastered at such a probability, on such evidence.
    mastered_at: float = 0.90
    mastered_answers: int = 5
    interval: float = 0.90
    # An exam that publishes no number of questions is taken to have so many a domain, and so many in all at least.
    unpublished_each: int = 10
    unpublished_least: int = 100
    improvement: float = 0.5
    """Logits by which a domain is imagined to improve, to see which would raise the chance most."""

    @cached_property
    def theta(self) -> np.ndarray:
        """The nodes of an ability."""
        return np.linspace(self.lowest, self.highest, self.nodes)

    @cached_property
    def shared(self) -> np.ndarray:
        """The nodes of the shared ability, within the outer nodes of the domains'."""
        return np.linspace(self.lowest * 0.9, self.highest * 0.9, self.shared_nodes)

    @cached_property
    def rate(self) -> np.ndarray:
        return np.array(self.rates)

    @cached_property
    def rate_log_weight(self) -> np.ndarray:
        return np.log(np.array(self.rate_weights))


MODEL = Model()
