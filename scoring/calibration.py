"""Item difficulties from responses alone: Rasch, 1PL and 2PL by marginal maximum likelihood (EM over a grid of abilities), missing responses allowed."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["rasch", "1pl", "2pl"]
NODES, REACH = 121, 6.0
"""The grid of abilities: a standard normal from -6 to 6."""
STEEPEST, FARTHEST = 8.0, 15.0
"""Where a slope or a difficulty is stopped when the responses drive it to infinity (all right, or all wrong)."""
SETTLED = 1e-5
"""Rounds end when no parameter moves further than this."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """difficulty, slope and their standard errors for each item (nan where the model fixes them); n: answers each item rests on; parameters: how many were free."""
    model: Kind
    difficulty: np.ndarray
    difficulty_se: np.ndarray
    slope: np.ndarray
    slope_se: np.ndarray
    n: np.ndarray
    loglik: float
    parameters: int
    rounds: int
    converged: bool


@dataclass(frozen=True, eq=False)
class Rows:
    """Different rows of responses [row, item], 1 where right and where given, and how many persons share each."""
    right: np.ndarray
    given: np.ndarray
    persons: np.ndarray

    @staticmethod
    def of(responses: np.ndarray) -> "Rows":
        """From persons x items of 0, 1 and nan."""
        rows, persons = np.unique(np.where(np.isnan(responses), -1, responses).astype(np.int8), axis=0, return_counts=True)
        return Rows((rows == 1).astype(float), (rows >= 0).astype(float), persons.astype(float))


THETA = np.linspace(-REACH, REACH, NODES)
LOG_PRIOR = -0.5 * THETA ** 2 - np.log(np.exp(-0.5 * THETA ** 2).sum())


def calibrate(responses: np.ndarray, model: Kind = "rasch", guess: float | np.ndarray = 0.0, rounds: int = 2000, settled: float = SETTLED) -> Calibration:
    """Persons x items of 0, 1 and nan. Abilities are standard normal; rasch: slope 1; 1pl: one slope for all; 2pl: one for each item.

    guess: a chance common to all items, or each item's own; not with 2pl, where so few responses say what is slope and what is guessing.
    """
    if np.any(guess) and model == "2pl":
        raise ValueError("A 2PL calibration takes no guessing chance: slopes and guessing cannot be told apart from so few answers. Use rasch or 1pl.")
    rows = Rows.of(responses)
    items = responses.shape[1]
    guess = np.broadcast_to(guess, items)[:, None]
    difficulty, slope = _start(rows, guess[:, 0]), np.ones(items)
    for done in range(1, rounds + 1):
        weight, _ = weights(rows, difficulty, slope, guess)
        counted = weight * rows.persons[:, None]
        better = _maximised(rows.given.T @ counted, rows.right.T @ counted, difficulty, slope, guess, model)
        moved = max(np.abs(better[0] - difficulty).max(), np.abs(better[1] - slope).max())
        difficulty, slope = better
        if moved < settled:
            break
    weight, loglik = weights(rows, difficulty, slope, guess)
    errors = _errors(rows, weight, difficulty, slope, guess, model)
    free = items + {"rasch": 0, "1pl": 1, "2pl": items}[model]
    return Calibration(model, difficulty, errors[0], slope, errors[1], rows.persons @ rows.given, float(rows.persons @ loglik), free, done, bool(moved < settled))


def expected_abilities(responses: np.ndarray, found: Calibration, guess: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Each person's expected ability (EAP) and its standard error."""
    rows = Rows((responses == 1).astype(float), (~np.isnan(responses)).astype(float), np.ones(len(responses)))
    weight, _ = weights(rows, found.difficulty, found.slope, guess)
    mean = weight @ THETA
    return mean, np.sqrt(np.clip(weight @ THETA ** 2 - mean ** 2, 0, None))


def _start(rows: Rows, guess: np.ndarray) -> np.ndarray:
    share = (rows.persons @ rows.right + 0.5) / (rows.persons @ rows.given + 1)
    known = np.clip((share - guess) / (1 - guess), 0.02, 0.98)
    return -1.2 * np.log(known / (1 - known))


def _logistic(difficulty: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """[item, node]."""
    return 1 / (1 + np.exp(-np.clip(slope[:, None] * (THETA - difficulty[:, None]), -30, 30)))


def weights(rows: Rows, difficulty: np.ndarray, slope: np.ndarray, guess: float | np.ndarray = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """The E step: each row's posterior over the abilities, and its log-likelihood. guess: one, or [item, 1]."""
    p = guess + (1 - guess) * _logistic(difficulty, slope)
    wrong = np.log1p(-np.clip(p, 0, 1 - 1e-14))
    log_joint = rows.right @ (np.log(p) - wrong) + rows.given @ wrong + LOG_PRIOR
    peak = log_joint.max(1, keepdims=True)
    joint = np.exp(log_joint - peak)
    total = joint.sum(1, keepdims=True)
    return joint / total, np.log(total[:, 0]) + peak[:, 0]


def _maximised(seen, hits, difficulty, slope, guess, model: Kind) -> tuple[np.ndarray, np.ndarray]:
    """The M step, one step of Fisher scoring: seen and hits are the answers and right answers expected at each node, [item, node]."""
    logistic = _logistic(difficulty, slope)
    p = guess + (1 - guess) * logistic
    score, information = (hits / p - seen) * logistic, seen * logistic ** 2 * (1 - p) / p
    away = THETA - difficulty[:, None]
    gb, ga = -slope * score.sum(1), (score * away).sum(1)
    ibb, iaa, iab = slope ** 2 * information.sum(1), (information * away ** 2).sum(1), -slope * (information * away).sum(1)
    if model == "2pl":
        det = np.maximum(ibb * iaa - iab ** 2, 1e-9)
        db, da = (iaa * gb - iab * ga) / det, (ibb * ga - iab * gb) / det
    else:
        db = gb / np.maximum(ibb, 1e-9)
        da = np.full_like(slope, ga.sum() / max(iaa.sum(), 1e-9)) if model == "1pl" else np.zeros_like(slope)
    return (np.clip(difficulty + np.clip(db, -1, 1), -FARTHEST, FARTHEST), np.clip(slope + np.clip(da, -0.5, 0.5), 0.02, STEEPEST))


def _errors(rows: Rows, weight, difficulty, slope, guess, model: Kind) -> tuple[np.ndarray, np.ndarray]:
    """Standard errors of difficulties and slopes from the observed information (Louis 1982): what complete data would tell, less what not knowing the abilities costs.

    nan where the responses do not determine a parameter.
    """
    items = len(difficulty)
    logistic = _logistic(difficulty, slope)
    p = guess + (1 - guess) * logistic
    hit = logistic * (1 - p) / p                                      # d log P / d logit where right; where wrong it is -logistic
    tangents = np.stack([np.broadcast_to(-slope[:, None], logistic.shape), THETA - difficulty[:, None]])
    information = _complete(rows, weight, logistic, hit, tangents)
    scores = [np.stack([-logistic * tangent, hit * tangent]) for tangent in tangents]
    information = information[:items, :items] if model == "rasch" else _joined(information, items) if model == "1pl" else information
    for right, given, persons, row in zip(rows.right, rows.given, rows.persons, weight, strict=True):
        at, near = np.flatnonzero(given), np.flatnonzero(row > 1e-9)
        picked = np.ix_(at, near)
        was = right[at].astype(bool)[:, None]
        score = [np.where(was, one[1][picked], one[0][picked]) for one in scores]
        free = score[:1] if model == "rasch" else [score[0], score[1].sum(0, keepdims=True)] if model == "1pl" else score
        where = at if model == "rasch" else np.append(at, items) if model == "1pl" else np.append(at, at + items)
        free = np.concatenate(free)
        centred = (free - (free @ row[near])[:, None]) * np.sqrt(row[near] * persons)
        information[np.ix_(where, where)] -= centred @ centred.T
    variance = np.diag(np.linalg.pinv(information, hermitian=True)).copy()
    variance[(np.diag(information) < 1e-6) | (variance <= 0)] = np.nan
    error = np.sqrt(variance)
    return error[:items], np.full(items, np.nan) if model == "rasch" else np.broadcast_to(error[items:], items).copy()


def _complete(rows: Rows, weight, logistic, hit, tangents) -> np.ndarray:
    """The information in (difficulties, slopes) were the abilities known."""
    counted = weight * rows.persons[:, None]
    hits = rows.right.T @ counted
    bend = (rows.given.T @ counted - hits) * logistic * (1 - logistic) + hits * (hit ** 2 - hit * (1 - 2 * logistic))
    blocks = [[np.diag((bend * one * other).sum(1)) for other in tangents] for one in tangents]
    return np.block(blocks)


def _joined(information: np.ndarray, items: int) -> np.ndarray:
    """The same where all slopes are one."""
    one = np.zeros((2 * items, items + 1))
    one[:items, :items], one[items:, items] = np.eye(items), 1
    return one.T @ information @ one


def rest_correlations(responses: np.ndarray, found: Calibration) -> np.ndarray:
    """For each item the correlation of its marks with the ability that a person's other answers show: discrimination where persons met different items. nan below three answers."""
    rows = Rows((responses == 1).astype(float), (~np.isnan(responses)).astype(float), np.ones(len(responses)))
    p = _logistic(found.difficulty, found.slope)
    right, wrong = np.log(p), np.log1p(-np.clip(p, 0, 1 - 1e-14))
    log_joint = rows.right @ (right - wrong) + rows.given @ wrong + LOG_PRIOR
    return np.array([_rest_correlation(rows.right[met, item], log_joint[met], right[item], wrong[item])
                     for item, met in enumerate(rows.given.T.astype(bool))])


def _rest_correlation(marks: np.ndarray, log_joint: np.ndarray, right: np.ndarray, wrong: np.ndarray) -> float:
    if len(marks) < 3 or marks.var() < 1e-12:
        return float("nan")
    rest = log_joint - np.where(marks[:, None] == 1, right, wrong)
    weight = np.exp(rest - rest.max(1, keepdims=True))
    ability = weight @ THETA / weight.sum(1)
    return float(np.corrcoef(marks, ability)[0, 1]) if ability.var() > 1e-12 else float("nan")
