"""The product as `make load` serves it, to people who are signed in: in one process on SQLite, or in two behind nginx on PostgreSQL; its page Progress has nothing on it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import Processes

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "progress"
SECRET = "for the benchmark and nobody else, 32 characters and more"
QUESTIONS = 60


@dataclass
class Served:
    """A server that is up: where it is, where its records are, and its processes by what they are."""
    address: str
    records: str
    parts: dict[str, Processes]


def copied(at: Path) -> Path:
    """The product in a folder of its own; all but its code is linked."""
    at.mkdir()
    for path in ROOT.iterdir():
        if path.name not in (".git", "app", "data", "streamlit_app.py", ".streamlit", "build"):
            (at / path.name).symlink_to(path)
    for folder in ("app", ".streamlit"):
        shutil.copytree(ROOT / folder, at / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "build", at / "build")
    shutil.copy(ROOT / "streamlit_app.py", at)
    (at / "app" / "pages" / f"{EMPTY}.py").write_text("")
    return at


def people(records: str, learners: int) -> list[tuple[str, str, str]]:
    """A cookie, an exam begun and a practice session begun for each learner."""
    os.environ["CLEAN_CLAIM_DB" if "://" not in records else "DATABASE_URL"] = records
    import logging
    logging.disable(logging.WARNING)     # Streamlit says that no browser is there
    from app import exam_offers, practice_orders, session
    from curriculum.practice_form import Wish
    from records import People, Profile, Records, Session, Ticket, digest
    made, at = [], time.time_ns() // 1_000_000
    with Records.open(records) as opened:
        rooms = People(opened)
        rooms.invite(Profile("admin", "Admin", "exam", "cpb", None, at), "admin", "admin@example.org", Ticket(digest("admin"), "admin", "join", at, at + 3_600_000), "bench", at)
        rooms.use_for_password(digest("admin"), "none", at)        # without one the server does not start
        for number in range(learners):
            id = f"learner-{number}"
            rooms.invite(Profile(id, f"Learner {number}", "exam", "cpb", None, at), "learner", f"{id}@example.org", Ticket(digest(f"ticket {number}"), id, "join", at, at + 3_600_000), "bench", at)
            rooms.use_for_password(digest(f"ticket {number}"), "none", at)
            rooms.sign_in(Session(f"session-{number}", id, at, at, at + 36_000_000, "bench"), digest(f"secret-{number}"))
            profile = session.ledger().profile(id)
            practice = practice_orders.begin(profile, Wish(kinds=frozenset({"single-choice"}), count=QUESTIONS))
            exam = exam_offers.begin(profile, "cpb", "half")        # last: while its clock runs nothing else is begun
            made.append((f"clean-claim=secret-{number}", exam, practice))
    session.ledger().close()
    return made


# Servers

@contextmanager
def running(at: Path, records: str, port: int, *more: str):
    """The product on that port until the block ends."""
    url = f"http://127.0.0.1:{port}"
    env = {**os.environ, "CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": url, "CLEAN_CLAIM_COOKIE_SECRET": SECRET}
    env |= {"DATABASE_URL": records} if "://" in records else {"CLEAN_CLAIM_DB": records}
    process = subprocess.Popen([sys.executable, "-m", "app", "serve", "--port", str(port), *more], cwd=at, env=env, stdout=subprocess.DEVNULL, stderr=open(at / "server.log", "ab"))
    try:
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{url}/auth/login", timeout=5)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit((at / "server.log").read_text()) from None
                time.sleep(0.1)
        yield process.pid, f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def one_process(at: Path, records: str, port: int):
    with running(at, records, port) as (pid, address):
        yield Served(address, records, {"app": Processes(pid, among="python")})


@contextmanager
def two_behind_nginx(at: Path, records: str, port: int, database):
    with running(at, records, port, "--replicas", "2") as (pid, address):
        yield Served(address, records, {"app": Processes(pid, among="python"), "nginx": Processes(pid, among="nginx"), "postgres": Processes(database.leader.pid)})
