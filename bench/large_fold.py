"""Every sum folded anew from the log, and held against a second fold in Python: as a ratio to one pass over the same rows."""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from large_world import PATIENCE, World, make  # noqa: E402
from records import Records  # noqa: E402
from records.postgres import unhurried  # noqa: E402

FLOOR = "SELECT count(*), sum(g.earned), sum(length(g.evidence)), max(s.at) FROM grading g JOIN step s ON s.attempt = g.attempt AND s.slot = g.slot AND s.sequence = g.sequence"


def passed_over(db) -> int:
    unhurried(db)
    return db.execute(FLOOR).fetchone()[0]


def timed(work) -> tuple[float, object]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def measured(events: int) -> tuple[float, float]:
    """Seconds for folding so many answers anew, and for one pass over their rows, on records of their own."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "records.sqlite"
        make(where, World(events))
        with Records.open(where, patience=PATIENCE) as records:
            fold, _ = timed(records.rebuild_projections)
            floor, _ = timed(lambda: records.engine.read(passed_over))
    return fold, floor


def measure(where: Path | str) -> str:
    """What folding and comparing took; SystemExit where a sum is not what the log adds up to."""
    with Records.open(where, patience=PATIENCE) as records:
        fold, _ = timed(records.rebuild_projections)
        if records.engine.dialect == "postgres":
            records.write(lambda db: db.execute("ANALYZE"))
        floor, events = timed(lambda: records.engine.read(passed_over))
        compared, wrong = timed(records.projections_equal_fold)
    if wrong:
        raise SystemExit(f"The sums are not what the log adds up to: {wrong[:3]}")
    return (f"{events:,} gradings folded anew in {fold:.1f} s ({events / fold:,.0f} a second), {fold / floor:.1f} times one pass over the rows ({floor:.1f} s); "
            f"compared with a fold in Python, no difference, in {compared:.1f} s ({compared / floor:.1f} times)")
