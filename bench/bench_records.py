"""Answers a second into SQLite by the records, durable and with every sum, as a ratio to bare sqlite3 writing the same rows for as many threads in groups of the same size; aim: at least 0.8."""

import json
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from records import Records  # noqa: E402
from records.appending import Answer  # noqa: E402
from records.connections import WRITER_PRAGMAS  # noqa: E402
from records.sqlite import Job  # noqa: E402
from tests.records import made  # noqa: E402

THREADS, EACH, SLOTS, AIM = 16, 400, 20, 0.8
ROUNDS = 5
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


def names(thread: int) -> list[tuple[str, str]]:
    return [(f"a{thread * EACH // SLOTS + number // SLOTS}", f"q{number % SLOTS}") for number in range(EACH)]


def events(thread: int) -> list:
    """What the scoring hands over: steps and their gradings. Both sides are given theirs before the clock starts."""
    return [(made.step(attempt, slot), made.grading(attempt, slot)) for attempt, slot in names(thread)]


def by_threads(work, lists: list) -> float:
    """Answers a second of one thread for each list, all at once."""
    threads = [threading.Thread(target=work, args=(each,)) for each in lists]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return THREADS * EACH / (time.perf_counter() - begun)


def ours(path: Path) -> tuple[float, float]:
    """Answers a second of many threads at once, and how many were committed together on average."""
    lists = [events(n) for n in range(THREADS)]
    with prepared(path) as records:
        before = sum(records.engine.figures.commits.counts)
        rate = by_threads(lambda own: [records.append(*each) for each in own], lists)
        commits = sum(records.engine.figures.commits.counts) - before
        assert records.projections_equal_fold() == [] and len(records.attempt("a0").steps) == SLOTS
    return rate, THREADS * EACH / commits


def handed_over(path: Path, group: int) -> float:
    """Answers a second of the same groups made ready and written by one thread: what the records themselves cost, without threads that take turns."""
    pairs = [pair for n in range(THREADS) for pair in events(n)]
    with prepared(path) as records:
        begun = time.perf_counter()
        for at in range(0, len(pairs), group):
            records.engine.writer._write_group([Job(Answer(*each)) for each in pairs[at:at + group]])
        spent = time.perf_counter() - begun
        assert records.projections_equal_fold() == []
    return len(pairs) / spent


def raw(path: Path) -> sqlite3.Connection:
    prepared(path).close()
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in WRITER_PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    return db


def write(db: sqlite3.Connection, group: list[tuple[str, str]]) -> None:
    """The same rows in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    for attempt, slot in group:
        db.execute(ROWS["step"], (attempt, slot, PAYLOAD))
        db.execute(ROWS["grading"], (attempt, slot, CREDITS, EVIDENCE))
        db.execute(ROWS["slot_result"], (attempt, slot))
        db.execute(ROWS["counted_evidence"], (attempt, slot))
        db.execute(ROWS["competency_result"])
        db.execute(ROWS["attempt_result"], (attempt,))
    db.execute("COMMIT")


def bare(path: Path, group: int) -> float:
    """Answers a second by sqlite3 alone in one thread that waits for nobody."""
    pairs = [pair for n in range(THREADS) for pair in names(n)]
    with closing(raw(path)) as db:
        begun = time.perf_counter()
        for at in range(0, len(pairs), group):
            write(db, pairs[at:at + group])
        return len(pairs) / (time.perf_counter() - begun)


def bare_by_threads(path: Path) -> tuple[float, float]:
    """The same by as many threads as ours, each of which waits until its answer is on the disk: one writes what all have put into the line. And how many were committed together on average."""
    line, commits = SimpleQueue(), []

    def serve():
        while (first := line.get()) is not None:
            group = [first, *(line.get_nowait() for _ in range(line.qsize()))]
            write(db, [pair for pair, _ in group])
            commits.append(1)
            for _, gate in group:
                gate.release()

    def work(own):
        gate = threading.Lock()
        gate.acquire()
        for pair in own:
            line.put((pair, gate))
            gate.acquire()
    with closing(raw(path)) as db:
        writer = threading.Thread(target=serve)
        writer.start()
        rate = by_threads(work, [names(n) for n in range(THREADS)])
        line.put(None)
        writer.join()
    return rate, THREADS * EACH / len(commits)


def middle(found: list) -> tuple:
    return sorted(found)[len(found) // 2]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number in range(ROUNDS):
            rate, group = ours(Path(folder) / f"ours{number}.sqlite")
            floor, floor_group = bare_by_threads(Path(folder) / f"floor{number}.sqlite")
            many = max(1, round(group))
            one, alone = handed_over(Path(folder) / f"one{number}.sqlite", many), bare(Path(folder) / f"bare{number}.sqlite", many)
            found.append((rate / floor, rate, floor, group, floor_group, one, alone))
        ratio, rate, floor, group, floor_group, one, alone = middle(found)
    print(f"answers durably saved: {rate:,.0f} a second by {THREADS} threads, {group:.1f} in a commit; bare sqlite3 behind as many threads {floor:,.0f}, {floor_group:.1f} in a commit: ratio {ratio:.2f} (aim {AIM} or more)")
    print(f"the same groups by one thread that waits for nobody: {one:,.0f} a second; bare sqlite3 {alone:,.0f}: ratio {one / alone:.2f}; ours by threads beside bare sqlite3 by one: {rate / alone:.2f}")


if __name__ == "__main__":
    main()
