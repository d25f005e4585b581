"""Distributions of how many questions are answered right, exact: binomial, Poisson-binomial, and sums of independent parts."""

import numpy as np


def binomial(questions: int, probability: float) -> np.ndarray:
    """P(k right), k from 0 to questions, of independent questions with one probability."""
    return poisson_binomial(np.full(questions, probability))


def poisson_binomial(probabilities: np.ndarray) -> np.ndarray:
    """P(k right) of independent questions, each with a probability of its own; by convolution, so that nothing is lost to rounding."""
    counts = np.array([1.0])
    for probability in probabilities:
        counts = np.convolve(counts, (1 - probability, probability))
    return counts


def tail(counts: np.ndarray, fewest: int) -> float:
    """P(at least `fewest` right)."""
    return float(counts[max(fewest, 0):].sum())


def quantile(counts: np.ndarray, share: float) -> int:
    """The smallest count that at most `share` of the distribution lies below."""
    return int(np.searchsorted(np.cumsum(counts), share * counts.sum()))


def transform(questions: int, probability: np.ndarray, length: int) -> np.ndarray:
    """The real-input Fourier transform, to a length, of the binomial at each probability: (1 - p + p z)^n at the roots of unity.

    Sums of independent parts are products of these, and mixtures their sums, so that a whole exam needs one inverse transform.
    """
    roots = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    return (1 + probability[..., None] * (roots - 1)) ** questions


def restored(transformed: np.ndarray, length: int) -> np.ndarray:
    """The distribution of a transform; rounding below nothing is taken away."""
    return np.clip(np.fft.irfft(transformed, length), 0, None)
