"""What a whole cohort's practice says of the model's beliefs about anybody: how able learners begin, how they differ, how fast they learn. No exam result is needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from scoring.ability import Evidence
from scoring.posterior import believed
from scoring.readiness import stacked
from scoring.readiness_model import MODEL, Model

FEWEST, ROUNDS = 200, 25
"""Learners from which a cohort may speak; below it the model stays as it is."""
OLD_BELIEF = 5.0
"""The weight, in learners, of what was believed of the rates before."""


def fitted(states: Sequence[Evidence], domains: Sequence[str], on: date, model: Model = MODEL) -> Model:
    """The model with its beliefs about a beginner re-estimated (empirical Bayes, by EM); learners with too few answers are left out.

    States stay as they are: only what is believed before the first answer changes.
    """
    told = [stacked(state, domains, on, model) for state in states if sum(state.strands[d].answers for d in domains if d in state.strands) >= model.fewest_answers]
    if len(told) < FEWEST:
        return model
    likelihood, answers = (np.stack(each) for each in zip(*told, strict=True))
    before = model
    for _ in range(ROUNDS):
        model = _better(likelihood, answers, model, before)
    return model


def _better(likelihood: np.ndarray, answers: np.ndarray, model: Model, before: Model) -> Model:
    """One round: what each learner is believed to be, averaged over learners."""
    weight = believed(likelihood, answers, model).weight.mean(0)
    shared = weight.sum(0)
    rates = (weight.sum(1) * len(answers) + np.array(before.rate_weights) * OLD_BELIEF) / (len(answers) + OLD_BELIEF)
    mean = float(shared @ model.shared)
    return replace(model, mean=mean, shared_sd=float(np.sqrt(shared @ (model.shared - mean) ** 2)), rate_weights=tuple(rates.tolist()))
