"""`make bench-large`: EVENTS answers (10 million unless it says otherwise) of a team: the fold, the comparison with it, a cohort's page, and keeping them; `postgres` as the first argument for that engine, `real` for attempts of their real size.

Ten million need some 40 GB under BENCH_DIR (a temporary folder unless it is named) and about half an hour.
"""

import os
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import bench_cohort  # noqa: E402
import large_fold  # noqa: E402
import large_keeping  # noqa: E402
import large_world  # noqa: E402
from large_world import AS_REAL, World  # noqa: E402
from tests.postgres.server import running  # noqa: E402


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def main(words: list[str]) -> None:
    world = World(int(os.environ.get("EVENTS", "10000000").replace("_", "")), **(AS_REAL if "real" in words else {}))
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder, running(durable=True) if "postgres" in words else nullcontext() as server:
        where = server.make("large") if server else Path(folder) / "large.sqlite"
        say(f"{world.learners:,} learners, {world.attempts:,} attempts of {world.slots} answers, on {'PostgreSQL' if server else 'SQLite'}")
        say(f"the logs made by SQL in {large_world.make(where, world):.0f} s")
        say(large_fold.measure(where))
        say(bench_cohort.measure(where, world))
        for line in large_keeping.measure(where, Path(folder), server.make("there") if server else ""):
            say(line)


if __name__ == "__main__":
    main(sys.argv[1:])
