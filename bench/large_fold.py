"""`make bench-large`: every sum of a cohort folded anew from its log, EVENTS graded answers (10 million unless it says otherwise), as a ratio to one pass over the same rows.

Ten million need about 15 GB under TMPDIR and most of an hour; they are made by SQL, not handed in one by one.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from records import Records  # noqa: E402
from tests.records import made  # noqa: E402

A_LEARNER, AN_ATTEMPT = 10_000, 100
FLOOR = "SELECT count(*), sum(g.earned), sum(length(g.evidence)), max(s.at) FROM grading g JOIN step s ON s.attempt = g.attempt AND s.slot = g.slot AND s.sequence = g.sequence"
EVIDENCE = '[{"competency":"modifiers","domains":["cpb:cpb1"],"earned":10000,"possible":10000}]'


def cohort(records: Records, events: int) -> None:
    """Learners with attempts of a hundred answers each, straight into the tables."""
    for learner in range(max(1, events // A_LEARNER)):
        records.add_profile(made.profile(f"p{learner}", f"Learner {learner}"))
    attempts = max(1, events // AN_ATTEMPT)
    people = max(1, events // A_LEARNER)

    def fill(db):
        counting = "WITH RECURSIVE n(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at + 1 < :many) "
        db.execute(counting + """INSERT INTO attempt (id, profile, item, item_kind, title, content_hash, seed, behaviour, form, started_at)
                   SELECT 'a' || at, 'p' || (at % :people), 'exam:cpb', 'exam', 'T', 'h', 1, 'exam', '{}', at FROM n""", {"many": attempts, "people": people})
        db.execute("INSERT INTO attempt_result (attempt, earned, possible, slots, finished_at, last_at) SELECT id, 0, 0, 0, NULL, started_at FROM attempt")
        db.execute(counting + """INSERT INTO step (attempt, slot, sequence, kind, payload, at)
                   SELECT 'a' || (at / :each), 'q' || (at % :each), 1, 'submit', '{"response":"a"}', at FROM n""", {"many": events, "each": AN_ATTEMPT})
        db.execute("""INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at)
                   SELECT attempt, slot, 1, 1, '1', 'h', 10000, 10000, '[]', :evidence, at FROM step""", {"evidence": EVIDENCE})
    records.write(fill)


def measured(events: int) -> tuple[float, float]:
    """Seconds for folding everything anew, and for one pass over the rows."""
    with tempfile.TemporaryDirectory() as folder, Records.open(Path(folder) / "large.sqlite", patience=3600) as records:
        cohort(records, events)
        begun = time.perf_counter()
        count = records.engine.read(lambda db: db.execute(FLOOR).fetchone()[0])
        floor = time.perf_counter() - begun
        assert count == events
        begun = time.perf_counter()
        records.rebuild_projections()
        return time.perf_counter() - begun, floor


def main() -> None:
    events = int(os.environ.get("EVENTS", "10000000").replace("_", ""))
    fold, floor = measured(events)
    print(f"cohort of {max(1, events // A_LEARNER):,} learners: {events:,} graded answers folded anew in {fold:.1f} s ({events / fold:,.0f} a second), {fold / floor:.1f} times one pass over the rows")


if __name__ == "__main__":
    main()
