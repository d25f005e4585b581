"""Many learners at once, over real websockets: answers a second, how long each took, what it cost, what an idle learner holds; beside an empty page under the same load.

One process on SQLite, and two behind nginx on PostgreSQL; sign-in is on, so each learner has a session, as in a team. The server is the product itself, but
that its page Progress is replaced by one without anything on it. Every answer of which the page said "saved" is looked for in the records afterwards.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from crowd import PERIOD, Learner, Took, busy, each  # noqa: E402
from processes import Processes  # noqa: E402
from served import EMPTY, Served, copied, one_process, people, two_behind_nginx  # noqa: E402

SETTLE = 60
"""Seconds after which what opening and answering left behind has been swept, 500 learners' as well: see app.memory.SHARE."""
AIM = 1.5


@dataclass
class Row:
    """What one load showed."""
    what: str
    learners: int
    seconds: float
    took: Took
    after: Took
    cpu: dict[str, float]
    driver: float
    kilobytes: float = 0.0

    @property
    def many(self) -> int:
        return len(self.took.seconds)

    @property
    def failures(self) -> list[str]:
        return self.took.failures + self.after.failures

    @property
    def each(self) -> float:
        """Milliseconds of the app's CPU for each answer, with what followed it."""
        return self.cpu["app"] * 1000 / max(1, self.many)


# A load

async def load(served: Served, what: str, learners: list[Learner], seconds: float, first, then=None) -> Row:
    """One kind of work of everybody for so long."""
    before, own, begun = {name: part.cpu() for name, part in served.parts.items()}, time.process_time(), time.perf_counter()
    took, after = await busy(learners, seconds, first, then)
    await asyncio.sleep(0.3)     # what follows a run on the server belongs to it
    spent = {name: part.cpu() - before[name] for name, part in served.parts.items()}
    return Row(what, len(learners), time.perf_counter() - begun, took, after, spent, time.process_time() - own)


async def idle(served: Served, before: float, learners: int) -> float:
    """Kilobytes that each learner holds who does nothing."""
    await asyncio.sleep(SETTLE)
    return (served.parts["app"].resident() - before) / learners / 1024


def ended(records: str, made: list) -> None:
    """The exams, for practice: while a clock runs, nothing else is answered."""
    from app import exam_marking
    from records import Records
    at = time.time_ns() // 1_000_000
    with Records.open(records) as opened:
        for _, exam, _ in made:
            opened.close_attempt(exam, lambda found: exam_marking.ending(found, at, False))


async def measured(served: Served, records: str, made: list, seconds: float) -> tuple[list[Row], list[Learner], float]:
    """Everything for one number of learners at one server; and the app's memory before the first came, in MB."""
    learners = [Learner(served.address, EMPTY, "", cookie=cookie) for cookie, *_ in made]
    await learners[0].enter()
    await learners[0].go("exam", f"attempt={made[0][1]}&q=1")        # what the first visitor makes the server load is nobody's
    await learners[0].choose()
    await learners[0].go(EMPTY, "")
    await asyncio.sleep(SETTLE)
    before, rows = served.parts["app"].resident(), []
    await each(learners[1:], Learner.enter)
    await load(served, "", learners, PERIOD, Learner.look)           # not counted: the first time of everything
    held = await idle(served, before, len(learners))
    rows.append(await load(served, "empty page", learners, seconds, Learner.look))
    rows[-1].kilobytes = held
    for page, place, first, names in (("exam", 1, Learner.choose, ("exam: an answer", "exam: an answer, and on")), ("sitting", 2, Learner.hand_in, ("", "practice: an answer, and on"))):
        if page == "sitting":
            await asyncio.to_thread(ended, records, made)       # meanwhile pings are answered
        await each(list(enumerate(learners)), lambda one, page=page, place=place: one[1].go(page, f"attempt={made[one[0]][place]}&q=1"))
        await load(served, "", learners, PERIOD, first, Learner.onward)
        held = await idle(served, before, len(learners))
        if names[0]:
            rows.append(await load(served, names[0], learners, seconds, first))
            rows[-1].kilobytes = held
        rows.append(await load(served, names[1], learners, seconds, first, Learner.onward))
        rows[-1].kilobytes = held
    await each(learners, Learner.leave)
    return rows, learners, before / 1e6


def lost(records: str, learners: list[Learner]) -> tuple[int, int, int]:
    """How many answers the pages said are saved, how many of them the records do not hold, and how many more than were sent."""
    from records import Records
    said = missing = twice = 0
    with Records.open(records) as opened:
        for learner in learners:
            for attempt, many in learner.acknowledged.items():
                stored = sum(step.kind == "submit" for step in opened.log(attempt).steps)
                said, missing, twice = said + many, missing + max(0, many - stored), twice + max(0, stored - learner.sent[attempt])
    return said, missing, twice


# What is told

def told(rows: list[Row], base: float, answers: tuple[int, int, int]) -> None:
    empty = rows[0]
    for row in rows:
        reruns = 2 if row.after.seconds else 1
        others = "".join(f", {name} {spent * 1000 / max(1, row.many):.1f}" for name, spent in row.cpu.items() if name != "app")
        beside = "" if row is empty else f"; beside {'an empty page' if reruns == 1 else 'two of an empty page'}: CPU {row.each / empty.each / reruns:.2f}, p95 {row.took.at(.95) / empty.took.at(.95):.2f}, memory {row.kilobytes / empty.kilobytes:.2f}"
        print(f"  {row.what:28} {row.learners:4} learners  {row.many / row.seconds:6.1f}/s  p50 {row.took.at(.5):5.0f}  p95 {row.took.at(.95):5.0f}  p99 {row.took.at(.99):5.0f} ms  "
              f"CPU {row.each:5.1f} ms each{others}  idle {row.kilobytes:4.0f} kB each  load driver {row.driver / row.seconds:.0%} of a core{beside}")
        for failure in sorted(set(row.failures))[:3]:
            print(f"      {row.failures.count(failure)} failed: {failure}")
    print(f"  {answers[0]:,} answers were said to be saved; {answers[1]} of them are not in the records, {answers[2]} were stored more often than sent. The app held {base:.0f} MB before the first came.", flush=True)


def bare(at: Path, learners: int, seconds: float) -> None:
    """A script of Streamlit's with nothing on it, no navigation, no sign-in and no content, under the same settings: what no page can be below."""
    at.mkdir()
    (at / "bare.py").write_text("import streamlit as st\n\nst.title('Nothing')\n")
    shutil.copytree(ROOT / ".streamlit", at / ".streamlit")
    (at / "static").mkdir()
    from tests.browser.running import free_port
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "bare.py", "--server.port", str(port)], cwd=at, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        served = Served(f"127.0.0.1:{port}", "", {"app": Processes(process.pid, among="python")})

        async def go() -> list[Row]:
            crowd = [Learner(served.address, "", "") for _ in range(learners)]
            await crowd[0].enter()
            await asyncio.sleep(SETTLE)
            before = served.parts["app"].resident()
            await each(crowd[1:], Learner.enter)
            await load(served, "", crowd, PERIOD, Learner.look)
            held = await idle(served, before, learners)
            row = await load(served, "a bare script", crowd, seconds, Learner.look)
            row.kilobytes = held
            await each(crowd, Learner.leave)
            return row
        row = asyncio.run(go())
        print(f"  {row.what:28} {row.learners:4} learners  {row.many / row.seconds:6.1f}/s  p50 {row.took.at(.5):5.0f}  p95 {row.took.at(.95):5.0f}  p99 {row.took.at(.99):5.0f} ms  "
              f"CPU {row.each:5.1f} ms each  idle {row.kilobytes:4.0f} kB each", flush=True)
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--learners", type=int, nargs="+", default=[50, 200, 500])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--only", choices=("bare", "one", "two"), help="one of the three servers")
    asked = options.parse_args()
    if not sys.platform.startswith("linux"):
        raise SystemExit("make load reads /proc, which only Linux has; nothing was measured.")
    print(f"An answer every {PERIOD:g} seconds of each learner, for {asked.seconds:g} seconds; times from the moment an answer was due. Aim: CPU, p95 and memory at most {AIM} of an empty page's.")
    with tempfile.TemporaryDirectory() as folder:
        if asked.only in (None, "bare"):
            print("Streamlit alone:")
            for many in asked.learners:
                bare(Path(folder, f"bare-{many}"), many, asked.seconds)
        at = copied(Path(folder, "served"))
        if asked.only in (None, "one"):
            print("One process, SQLite:")
            for many in asked.learners:
                one(at, str(Path(folder, f"{many}.sqlite")), many, asked.seconds, one_process)
        if asked.only in (None, "two"):
            two(at, asked)


def one(at: Path, records: str, many: int, seconds: float, server, *more) -> None:
    """One server, made anew, for one number of learners. Who they are is prepared by a process of its own."""
    from tests.browser.running import free_port
    prepared = subprocess.run([sys.executable, __file__, "--prepare", records, str(many)], capture_output=True, text=True, env={**os.environ, "CLEAN_CLAIM_TEAM": ""})
    if prepared.returncode:
        raise SystemExit(prepared.stderr)
    made = [tuple(line.split("\t")) for line in prepared.stdout.splitlines() if line.startswith("clean-claim=")]
    with server(at, records, free_port(), *more) as served:
        rows, learners, base = asyncio.run(measured(served, records, made, seconds))
    told(rows, base, lost(records, learners))


def two(at: Path, asked) -> None:
    """Two replicas; skipped aloud where nginx or PostgreSQL is not there."""
    from app.replicas import nginx
    from tests.postgres import server as postgres
    if not nginx() or not postgres.installed():
        print("Two behind nginx: not measured, for nginx or PostgreSQL is not installed (apt-get install nginx-light postgresql).")
        return
    print("Two processes behind nginx, PostgreSQL:")
    with postgres.running(durable=True) as database:
        for many in asked.learners:
            one(at, database.make(f"load_{many}"), many, asked.seconds, two_behind_nginx, database)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--prepare"]:
        print("\n".join("\t".join(one) for one in people(sys.argv[2], int(sys.argv[3]))))
    else:
        main()
