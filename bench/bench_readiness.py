"""How good the chance of passing is, in a simulated world richer than the model: adaptive practice for the CPB, against naive percentages and a logistic baseline.

python bench/bench_readiness.py [--learners N] [--seed N] [--practice adaptive|blueprint|cherry] [--world usual|nobody-learns|mixed|harder-exam] [--at 50 100 400]
docs/readiness.md says what the figures mean.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

for each in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):   # two worlds run side by side; threads within them would only wait for each other
    os.environ.setdefault(each, "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from datetime import date  # noqa: E402

import numpy as np  # noqa: E402
from readiness_naive import beta_binomial, hard_rule, logistic  # noqa: E402
from readiness_trial import (  # noqa: E402
    Practice, brier, by_calibration, by_label, calibration_error, coverage, exam_of, forecasts, told_of)
from readiness_world import World, items_of, practise  # noqa: E402

from scoring.ability import Answer, Evidence, fold  # noqa: E402
from scoring.readiness import readiness  # noqa: E402

WORLDS = {"usual": World(), "nobody-learns": World(rate=0.0), "mixed": World(rate_sd=1.3), "harder-exam": World(exam_harder=0.3)}
TRAINED = 300
"""Other learners whose exams the logistic baseline has seen: a luxury that a new product does not have."""
AIMS = {"calibrated": {50: 0.12, 100: 0.11, 400: 0.10}, "labels": {50: 0.13, 100: 0.12, 400: 0.10}}
ERROR_AIM = {"calibrated": 0.06, "labels": 0.10}
TOLD_AIM = {50: 0.85, 100: 0.90, 400: 0.90}


def trial(task: tuple) -> dict[int, dict]:
    """Everything measured at each checkpoint, for one world, one way of practice, and what is known of the items."""
    world, knowledge, mode, seed, many, checkpoints = task
    rng = np.random.default_rng(seed)
    items = items_of(world, rng)
    known = by_calibration(world, items, rng) if knowledge == "calibrated" else by_label(items)
    log = practise(world, items, TRAINED + many, checkpoints, Practice(mode, world, known, TRAINED + many, rng), rng)
    counts = forecasts(world, known, log, checkpoints, skip=TRAINED)
    return {at: measured(world, log, counts[at], at) for at in checkpoints}


def measured(world: World, log, counts: np.ndarray, at: int) -> dict:
    p, passed, scores = counts[:, world.cut:].sum(1), log.passed[at][TRAINED:], log.score[at][TRAINED:]
    domain, right = log.domain[:, :at], log.right[:, :at]
    naive = {"hard rule": hard_rule(right), "beta-binomial": beta_binomial(world, right), "logistic": logistic(world, domain, right, log.passed[at], TRAINED)}
    mean = counts @ np.arange(counts.shape[1])
    return {"pass": float(passed.mean()), "oracle": brier(log.oracle[at][TRAINED:], passed), "brier": brier(p, passed), "ece": calibration_error(p, passed),
            "coverage": coverage(counts, scores), "off": float(np.abs(mean[:, None] - scores).mean()) / sum(world.questions),
            "told": told_of(p, passed), "hopeless": told_of(1 - p, 1 - passed),
            "naive": {name: (brier(one[TRAINED:], passed), calibration_error(one[TRAINED:], passed), told_of(one[TRAINED:], passed)) for name, one in naive.items()}}


def report(knowledge: str, found: dict[int, dict]) -> None:
    print(f"\n{'Calibrated items' if knowledge == 'calibrated' else 'Labels of authors only'}")
    print("answers  pass | Brier (aim)   oracle  hard rule  beta-binomial  logistic |  ECE (aim)    hard rule  beta-binomial | 90 %: holds, width | score off")
    for at, one in found.items():
        (hard, hard_off, _), (soft, soft_off, _), (logit, _, _) = one["naive"].values()
        aim = f"({AIMS[knowledge][at]:.2f})" if at in AIMS[knowledge] else "      "
        print(f"{at:>7}  {one['pass']:.2f} | {one['brier']:.3f} {aim}  {one['oracle']:.3f}      {hard:.3f}          {soft:.3f}     {logit:.3f} |  {one['ece']:.3f} ({ERROR_AIM[knowledge]:.2f})      "
              f"{hard_off:.3f}          {soft_off:.3f} |  {one['coverage'][0]:.3f}, {100 * one['coverage'][1]:.0f} points |      {100 * one['off']:.1f}")
    for at, one in found.items():
        aim = f" (aim {100 * TOLD_AIM[at]:.0f})" if at in TOLD_AIM else ""
        (sure, told), (failing, doomed), (right, hopeful) = one["told"], one["hopeless"], one["naive"]["hard rule"][2]
        print(f"{at:>7}  told 80 % or more: {told}, of whom {100 * sure:.0f} % pass{aim}; told 20 % or less: {doomed}, of whom {100 * (1 - failing):.0f} % pass; "
              f"with 70 % right so far: {hopeful}, of whom {100 * right:.0f} % pass")


def timed() -> None:
    """What one learner costs: an answer folded in, and a readiness."""
    world, rng = World(), np.random.default_rng(1)
    items = items_of(world, rng)
    shares, state, day = exam_of(world, by_label(items)), Evidence(), date(2026, 1, 5)
    answers = [Answer(str(place % 7), float(rng.normal()), 0.8, 0.25, float(rng.random() < 0.75), day) for place in range(400)]
    start = time.perf_counter()
    for answer in answers:
        state = fold(state, answer)
    folded = (time.perf_counter() - start) / len(answers)
    start = time.perf_counter()
    readiness(state, shares, day)
    first = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(20):
        readiness(state, shares, day)
    print(f"\nan answer folded in: {1000 * folded:.3f} ms (aim at most 1); a readiness: {50 * (time.perf_counter() - start):.1f} ms (aim at most 50), "
          f"the first for an exam {1000 * first:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--practice", choices=("adaptive", "blueprint", "cherry"), default="adaptive")
    parser.add_argument("--world", choices=tuple(WORLDS), default="usual")
    parser.add_argument("--at", type=int, nargs="+", default=[50, 100, 400])
    args = parser.parse_args()
    start = time.perf_counter()
    tasks = [(WORLDS[args.world], knowledge, args.practice, args.seed, args.learners, tuple(sorted(args.at))) for knowledge in AIMS]
    with ProcessPoolExecutor(2) as both:
        found = list(both.map(trial, tasks))
    print(f"readiness: {args.learners} learners, {args.practice} practice, world {args.world}, four fresh exams each; {time.perf_counter() - start:.0f} s")
    for task, each in zip(tasks, found, strict=True):
        report(task[1], each)
    timed()


if __name__ == "__main__":
    main()
