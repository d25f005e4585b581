"""Answers a second into SQLite by the records, durable and with every sum, as a ratio to bare sqlite3 writing the same rows in groups of the same size; aim: at least 0.8."""

import json
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from records import Records  # noqa: E402
from records.appending import Answer  # noqa: E402
from records.connections import WRITER_PRAGMAS  # noqa: E402
from records.sqlite import Job, Writer  # noqa: E402
from tests.records import made  # noqa: E402

THREADS, EACH, SLOTS, AIM = 16, 400, 20, 0.8
ROUNDS = 3
ROWS = {
    "step": "INSERT INTO step (attempt, slot, sequence, kind, payload, at, digest) VALUES (?, ?, 1, 'submit', ?, 3000, 1234567890123456789)",
    "grading": "INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at, digest) VALUES (?, ?, 1, 1, '1', 'hash-1', 10000, 10000, ?, ?, 3000, 1234567890123456789)",
    "slot_result": "INSERT INTO slot_result VALUES (?, ?, 1, 10000, 10000)",
    "counted_evidence": "INSERT INTO counted_evidence VALUES ('ann', 'item-1', ?, ?, 0, 'modifiers', '[\"cpb:cpb1\"]', 10000, 10000, 3000)",
    "competency_result": "INSERT INTO competency_result VALUES ('ann', 'modifiers', 1, 10000, 10000, 3000) ON CONFLICT DO UPDATE SET n = n + 1, earned = earned + 10000, possible = possible + 10000, last_at = 3000",
    "attempt_result": "UPDATE attempt_result SET earned = earned + 10000, possible = possible + 10000, slots = slots + 1, last_at = 3000 WHERE attempt = ?",
}
PAYLOAD, CREDITS = json.dumps({"answer": "a"}), json.dumps([{"reason": "key", "earned": "1"}])
EVIDENCE = json.dumps([{"competency": "modifiers", "domains": ["cpb:cpb1"], "earned": 10000, "possible": 10000}])


def prepared(path: Path) -> Records:
    """Records with one learner and enough attempts begun."""
    records = Records.open(path, patience=60)
    records.add_profile(made.profile())
    for number in range(THREADS * EACH // SLOTS):
        records.start(made.attempt(f"a{number}"))
    return records


def names(thread: int):
    return ((f"a{thread * EACH // SLOTS + number // SLOTS}", f"q{number % SLOTS}") for number in range(EACH))


def ours(path: Path) -> tuple[float, float]:
    """Answers a second of many threads at once, and how many were committed together on average."""
    commits = []
    committing = Writer._commit
    with prepared(path) as records:
        Writer._commit = lambda self, change: (commits.append(1), committing(self, change))[1]
        try:
            threads = [threading.Thread(target=lambda n=n: [records.append(made.step(attempt, slot), made.grading(attempt, slot)) for attempt, slot in names(n)]) for n in range(THREADS)]
            begun = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = time.perf_counter() - begun
        finally:
            Writer._commit = committing
        assert records.projections_equal_fold() == [] and len(records.attempt("a0").steps) == SLOTS
    return THREADS * EACH / spent, THREADS * EACH / len(commits)


def handed_over(path: Path, group: int) -> float:
    """Answers a second of the same groups made ready and written by one thread: what the records themselves cost, without threads that take turns."""
    with prepared(path) as records:
        pairs = [pair for n in range(THREADS) for pair in names(n)]
        begun = time.perf_counter()
        for at in range(0, len(pairs), group):
            records.engine.writer._write_group([Job(Answer(made.step(attempt, slot), made.grading(attempt, slot))) for attempt, slot in pairs[at:at + group]])
        spent = time.perf_counter() - begun
        assert records.projections_equal_fold() == []
    return len(pairs) / spent


def bare(path: Path, group: int) -> float:
    """Answers a second by sqlite3 alone: the same rows, the same durability, so many in a transaction."""
    prepared(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in WRITER_PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        pairs = [pair for n in range(THREADS) for pair in names(n)]
        begun = time.perf_counter()
        for at in range(0, len(pairs), group):
            db.execute("BEGIN IMMEDIATE")
            for attempt, slot in pairs[at:at + group]:
                db.execute(ROWS["step"], (attempt, slot, PAYLOAD))
                db.execute(ROWS["grading"], (attempt, slot, CREDITS, EVIDENCE))
                db.execute(ROWS["slot_result"], (attempt, slot))
                db.execute(ROWS["counted_evidence"], (attempt, slot))
                db.execute(ROWS["competency_result"])
                db.execute(ROWS["attempt_result"], (attempt,))
            db.execute("COMMIT")
        return len(pairs) / (time.perf_counter() - begun)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for number in range(ROUNDS):
            rate, group = ours(Path(folder) / f"ours{number}.sqlite")
            many = max(1, round(group))
            one = handed_over(Path(folder) / f"one{number}.sqlite", many)
            pairs.append((rate / (floor := bare(Path(folder) / f"bare{number}.sqlite", many)), rate, floor, group, one))
        ratio, rate, floor, group, one = sorted(pairs)[len(pairs) // 2]
    print(f"answers durably saved: {rate:,.0f} a second by {THREADS} threads, {group:.1f} in a commit; bare sqlite3 {floor:,.0f} in groups of as many: ratio {ratio:.2f} (aim {AIM} or more)")
    print(f"the same groups written by one thread: {one:,.0f} a second, ratio {one / floor:.2f}; the rest is Python's threads taking turns")


if __name__ == "__main__":
    main()
