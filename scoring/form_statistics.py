"""How well a form as a whole measures: reliability, standard error and the shape of its scores, as Moodle defines them."""

from dataclasses import dataclass

import numpy as np

from scoring.intervals import Interval, of_alpha
from scoring.response_table import Responses


@dataclass(frozen=True)
class FormStatistics:
    """alpha: Cronbach's, which for marks of 0 and 1 is KR-20; consistency: the same in per cent; error_ratio: per cent of the scores' spread that is chance;
    standard_error: of a score, in marks. None where the scores do not allow one."""
    persons: int
    items: int
    mean: float
    variance: float | None
    alpha: float | None
    alpha_interval: Interval | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None
    skewness: float | None
    kurtosis: float | None


def form_statistics(responses: Responses) -> FormStatistics:
    """Of all persons; what was not answered has no marks, as in the score."""
    totals, (persons, items) = responses.totals, responses.marks.shape
    variance = float(totals.var(ddof=1)) if persons > 1 else None
    reliability = alpha(responses.scored)
    ratio = None if reliability is None else 100 * float(np.sqrt(1 - reliability))
    error = None if ratio is None else ratio * float(np.sqrt(variance)) / 100
    skewness, kurtosis = _shape(totals)
    return FormStatistics(persons, items, float(totals.mean()), variance, reliability, None if reliability is None else of_alpha(reliability, persons, items),
                          None if reliability is None else 100 * reliability, ratio, error, skewness, kurtosis)


def alpha(scored: np.ndarray) -> float | None:
    """p/(p-1) (1 - sum of the items' variances / variance of the totals), all divided by n-1: mixing divisors is a known mistake."""
    persons, items = scored.shape
    total = scored.sum(1).var(ddof=1) if persons > 1 else 0.0
    return items / (items - 1) * (1 - float(scored.var(0, ddof=1).sum() / total)) if items > 1 and total > 1e-12 else None


def _shape(totals: np.ndarray) -> tuple[float | None, float | None]:
    """Skewness and kurtosis from the k-statistics, unbiased for a normal spread of scores."""
    s = len(totals)
    away = totals - totals.mean()
    m2, m3, m4 = ((away ** power).mean() for power in (2, 3, 4))
    if s < 4 or m2 < 1e-12:
        return None, None
    k2 = s * m2 / (s - 1)
    k3 = s ** 2 * m3 / ((s - 1) * (s - 2))
    k4 = s ** 2 * ((s + 1) * m4 - 3 * (s - 1) * m2 ** 2) / ((s - 1) * (s - 2) * (s - 3))
    return float(k3 / k2 ** 1.5), float(k4 / k2 ** 2)
