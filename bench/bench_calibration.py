"""How long a calibration takes, and how near it comes: 2,000 persons by 600 items, four fifths missing, as a night's job would find them."""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")   # on a busy machine threads of products so small only wait for each other
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402

from scoring.calibration import calibrate  # noqa: E402

PERSONS, ITEMS, MISSING, AIM = 2000, 600, 0.8, 5.0
SETTLED = 1e-3
"""Far below any standard error here."""


def main() -> None:
    rng = np.random.default_rng(1)
    ability, difficulty, slopes = rng.normal(size=PERSONS), rng.normal(size=ITEMS), rng.lognormal(0, 0.3, ITEMS)
    for model, slope, guess in (("rasch", np.ones(ITEMS), 0.0), ("rasch", np.ones(ITEMS), 0.25), ("2pl", slopes, 0.0)):
        p = guess + (1 - guess) / (1 + np.exp(-slope * (ability[:, None] - difficulty)))
        marks = (rng.random(p.shape) < p).astype(float)
        marks[rng.random(p.shape) < MISSING] = np.nan
        start = time.perf_counter()
        found = calibrate(marks, model, guess, settled=SETTLED)
        took = time.perf_counter() - start
        off = np.sqrt(np.mean((found.difficulty - difficulty) ** 2))
        print(f"calibration {model}{', guessing .25' if guess else ''}, {PERSONS:,} x {ITEMS}, {100 * MISSING:.0f} % missing: {took:.1f} s (aim at most {AIM:.0f}), "
              f"{found.rounds} rounds; difficulties off by {off:.3f}, standard errors say {np.nanmean(found.difficulty_se):.3f}")


if __name__ == "__main__":
    main()
