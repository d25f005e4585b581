"""The cohort's page of a trainer, whole: its reads, what they mean and its drawing, run by Streamlit's own runner; beside the sum of the same people's evidence by one bare query; aim over ten million answers: under 100 ms."""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
logging.disable(logging.WARNING)   # Streamlit's notes on running without a server

import large_world  # noqa: E402
from large_world import NOW, PATIENCE, TRAINER, World  # noqa: E402
from records import People, Records, Session, Training, digest, is_server  # noqa: E402

SMALL, AIM, ROUNDS = 200_000, 0.100, 15
TEAM = {"CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": "http://127.0.0.1:8501", "CLEAN_CLAIM_COOKIE_SECRET": "x" * 40}


def opened(page: str, **params):
    """That page, run once, in a new tab of the trainer's."""
    from streamlit.testing.v1 import AppTest
    tab = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=PATIENCE)
    tab.user = {"is_logged_in": False, "sid": "bench"}
    for name, value in params.items():
        tab.query_params[name] = value
    tab.switch_page(f"app/pages/{page}.py")
    return tab.run()


def drawn(members: int) -> None:
    """The page, and that everybody stands on it with their answers."""
    said = "".join(str(getattr(one, "body", "") or getattr(one, "value", "")) for one in opened("cohorts", cohort="c1").get("html"))
    if said.count('class="cc-person"') != members or ">0</td>" in said:
        raise SystemExit("The page did not show everybody with their answers; the benchmark no longer fits it.")


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


def measure(where: Path | str, world: World) -> str:
    """Opens the page as the cohort's trainer."""
    os.environ |= TEAM | {"DATABASE_URL" if is_server(where) else "CLEAN_CLAIM_DB": str(where)}
    from app import session, work_board
    with Records.open(where, patience=PATIENCE) as records:
        large_world.cohort(records, world)
        People(records).sign_in(Session("bench", TRAINER, NOW, NOW, NOW + 10**9, "Bench"), digest("secret"))
    opened("reference")              # what a server reads once: the content, the code books, Streamlit itself
    forget(where)
    members = len(world.members)
    cold = seconds(lambda: drawn(members), 1)[0]
    warm = median(seconds(lambda: drawn(members)))
    empty = median(seconds(lambda: opened("assign")))
    records = session.ledger().unguarded
    reads = median(seconds(lambda: work_board.people(Training(records).board("c1", work_board.since(NOW)), world.members, NOW)))
    bare = median(seconds(lambda: records.engine.read(lambda db: floor(db, world.members))))
    answers = sum(person.answers for person in work_board.people(Training(records).board("c1", work_board.since(NOW)), world.members, NOW))
    session.ledger().close()
    session.ledger.clear()
    return (f"the page of a cohort of {members} among {world.learners:,} learners and {world.events:,} answers, drawn: {1000 * warm:.1f} ms (aim {1000 * AIM:.0f} ms), the first {1000 * cold:.1f} ms; "
            f"of that its reads and their meaning {1000 * reads:.1f} ms; another page of the same trainer {1000 * empty:.1f} ms; "
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
