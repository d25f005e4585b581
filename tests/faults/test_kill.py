"""A server killed at any moment has kept every answer that it had acknowledged."""

import json
import random
import sqlite3
import time
from contextlib import closing
from threading import Thread

from records import Records
from tests.faults.children import drain, kill, needs_fork, start_child
from tests.records import made

KILLS = 10
THREADS = 4


def answer_for_ever(records, worker: str, write):
    """Begins attempts and answers them, twenty slots each, with a retry here and a regrade there; says so after each is acknowledged."""
    for block in range(10_000):
        attempt = f"{worker}-{block}"
        records.start(made.attempt(attempt))
        for number in range(20):
            slot, said = f"q{number}", {"attempt": attempt, "slot": f"q{number}", "answer": f"{worker}/{block}/{number}"}
            step = made.step(attempt, slot, answer=said["answer"])
            records.append(step, made.grading(attempt, slot, earned="0.5"))
            if number % 5 == 0:
                assert records.append(step).already
            if number % 7 == 0:
                records.append_grading(made.grading(attempt, slot, earned="1", grader="2"))
                said["grader"] = "2"
            write(json.dumps(said).encode() + b"\n")


def serve(path, life: int):
    def work(write):
        records = Records.open(path)
        threads = [Thread(target=answer_for_ever, args=(records, f"life{life}-thread{n}", write)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return work


def lost(records, acknowledged: list[dict]) -> list[dict]:
    """What was acknowledged and is not there as it was said."""
    there = {}
    for attempt in {said["attempt"] for said in acknowledged}:
        kept = records.attempt(attempt)
        graders = {grading.slot: grading.grader for grading in kept.gradings} if kept else {}
        there |= {(attempt, step.slot): (step.payload["answer"], graders.get(step.slot)) for step in (kept.steps if kept else ())}
    return [said for said in acknowledged
            if there.get((said["attempt"], said["slot"])) != (said["answer"], said.get("grader", "1"))]


@needs_fork
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    path, chance, acknowledged = tmp_path / "records.sqlite", random.Random(20261123), []
    with Records.open(path) as records:
        records.add_profile(made.profile())
    for life in range(KILLS):
        child, out = start_child(serve(path, life))
        time.sleep(chance.uniform(0.03, 0.35))
        kill(child)
        acknowledged += [json.loads(line) for line in drain(out).splitlines()]
        with Records.open(path) as records:
            assert lost(records, acknowledged) == []
            assert records.projections_equal_fold() == []
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("SELECT count(*) FROM v_answer WHERE score IS NULL").fetchone() == (0,), "a step without its grading"
    assert len(acknowledged) > 200, "the kills came before enough was answered to mean anything"
