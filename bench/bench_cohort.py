"""The cohort's page of a trainer, whole, as their browser waits for it: over a real websocket from a team's server, its reads and its drawing; beside the sum of the same people's evidence by one bare query; aim over ten million answers: under 100 ms."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import large_world  # noqa: E402
from app import work_board  # noqa: E402
from large_world import NOW, PATIENCE, TRAINER, World  # noqa: E402
from records import People, Records, Session, Training, digest, is_server  # noqa: E402
from stream import Tab  # noqa: E402

SMALL, AIM, ROUNDS = 200_000, 0.100, 15
SECRET, LIGHT = "of-the-trainer", "exams"
"""A page that asks little, of the same trainer: what any page of theirs takes."""


@contextmanager
def served(where: Path | str):
    """The address of a team's server on these records, once it is up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    team = {"CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": f"http://127.0.0.1:{port}", "CLEAN_CLAIM_COOKIE_SECRET": "x" * 40, "DATABASE_URL" if is_server(where) else "CLEAN_CLAIM_DB": str(where)}
    server = subprocess.Popen([sys.executable, "-m", "app", "serve", "--port", str(port)], cwd=ROOT, env={**os.environ, **team}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def seconds(work, rounds: int = ROUNDS) -> list[float]:
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return spent


def forget(where: Path | str) -> None:
    """What the system keeps of the file in memory goes; a server's is left."""
    if not is_server(where):
        with open(where, "rb") as held:
            os.posix_fadvise(held.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def pages(where: Path | str, members: int) -> tuple[float, float, float]:
    """Seconds of the cohort's page with nothing of the records in memory, of it drawn again in the same tab, and of a page that asks little."""
    with served(where) as address:
        tab = Tab(address, LIGHT, "", cookie=f"clean-claim={SECRET}").run()
        said = "".join(tab.go("cohorts", "cohort=c1").texts)     # what a server reads once, the content and the page's code, is read by then
        if said.count('class="cc-person"') != members:
            raise SystemExit("The page did not show everybody; the benchmark no longer fits it.")
        tab.go(LIGHT, "")
        forget(where)
        cold = seconds(lambda: tab.go("cohorts", "cohort=c1"), 1)[0]
        warm = median(seconds(tab.run))
        tab.go(LIGHT, "")
        light = median(seconds(tab.run))
        tab.close()
    return cold, warm, light


def measure(where: Path | str, world: World) -> str:
    """Opens the page as the cohort's trainer, then asks what it asks without it."""
    members = world.members
    with Records.open(where, patience=PATIENCE) as records:
        large_world.cohort(records, world)
        People(records).sign_in(Session("bench", TRAINER, NOW, NOW, NOW + 10**9, "Bench"), digest(SECRET))
    cold, warm, light = pages(where, len(members))
    with Records.open(where, patience=PATIENCE) as records:
        def asked():
            return work_board.people(Training(records).board("c1", work_board.since(NOW)), members, NOW)
        answers = sum(person.answers for person in asked())
        reads, bare = median(seconds(asked)), median(seconds(lambda: records.engine.read(lambda db: floor(db, members))))
    return (f"the page of a cohort of {len(members)} among {world.learners:,} learners and {world.events:,} answers: {1000 * warm:.1f} ms (aim {1000 * AIM:.0f} ms), the first {1000 * cold:.1f} ms; "
            f"of that its reads and their meaning {1000 * reads:.1f} ms; a page that asks little {1000 * light:.1f} ms; "
            f"their {answers:,} answers summed by one bare query {1000 * bare:.1f} ms: ratio {warm / bare:.2f}")


def floor(db, members: tuple[str, ...]) -> list:
    """One sum over the same people's evidence."""
    return db.execute(f"SELECT profile, competency, count(*), sum(earned), sum(possible), max(at) FROM counted_evidence WHERE profile IN ({', '.join('?' * len(members))}) GROUP BY profile, competency", members).fetchall()


def main() -> None:
    world = World(int(os.environ.get("EVENTS", SMALL)))
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        where = Path(folder) / "records.sqlite"
        large_world.make(where, world)
        with Records.open(where, patience=PATIENCE) as records:
            records.rebuild_projections()
        print(measure(where, world))


if __name__ == "__main__":
    main()
