"""Servers that start together, and a migration that is killed: one brings the records forward, whole or not at all."""

import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from records import Records, verify
from records.migrations import migrations
from tests.faults.children import drain, kill, killed_in, needs_fork, start_child
from tests.records import made

FIRST_RELEASE = (Path(__file__).parents[1] / "records" / "fixtures" / "v1.sql").read_text()
STEPS = [step.name for step in migrations._migrations]
SERVERS, KILLS, ROWS = 6, 4, 10_000


@needs_fork
@pytest.mark.parametrize("old", [False, True], ids=["new", "of the first release"])
def test_servers_that_start_together_open_one_whole_database(tmp_path, old):
    path = tmp_path / "records.sqlite"
    if old:
        with closing(sqlite3.connect(path)) as db:
            db.executescript(FIRST_RELEASE)

    def serve(number):
        def work(write):
            with Records.open(path, patience=20) as records:
                records.add_profile(made.profile(f"p{number}", f"Person {number}"))
                write(b"open")
        return work
    children = [start_child(serve(number)) for number in range(SERVERS)]
    assert [drain(out) for _, out in children] == [b"open"] * SERVERS
    with Records.open(path) as records:
        assert {f"p{number}" for number in range(SERVERS)} <= {profile.id for profile in records.profiles()}
    assert verify(path).faults == ()


def rows(path: Path) -> tuple:
    """What a migration must leave as it is, and which steps stand."""
    with closing(sqlite3.connect(path)) as db:
        return (db.execute("SELECT count(*), sum(seed) FROM attempt").fetchone(), db.execute("PRAGMA integrity_check").fetchone(),
                [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY rowid")], db.execute("SELECT count(*) FROM sqlite_master").fetchone())


@pytest.fixture
def first(tmp_path) -> Path:
    """Records of the first release, with many attempts."""
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FIRST_RELEASE)
        one = db.execute("SELECT * FROM attempt LIMIT 1").fetchone()
        db.executemany(f"INSERT INTO attempt VALUES ({', '.join('?' * len(one))})", ((None, f"many{number}", *one[2:]) for number in range(ROWS)))
        db.executemany("INSERT INTO attempt_result (attempt, earned, possible, slots, finished_at, last_at) VALUES (?, 0, 0, 0, NULL, ?)", ((f"many{number}", one[-1]) for number in range(ROWS)))
        db.commit()
    return path


@needs_fork
def test_a_migration_that_is_killed_in_any_of_its_steps_leaves_the_old_shape_whole_and_is_carried_out_at_the_next_start(first):
    before = rows(first)
    for step in STEPS[1:]:
        assert killed_in(step, lambda: Records.open(first).close()), f"{step} was never begun"
        assert rows(first) == before, step
    Records.open(first).close()
    after = rows(first)
    assert after[:2] == before[:2] and after[2] == STEPS and verify(first).faults == ()


@needs_fork
def test_a_migration_that_is_killed_at_any_moment_leaves_the_old_shape_or_the_new(first, tmp_path):
    def begun(name: str):
        """A copy of the first release's records, and a process that opens it."""
        copy = tmp_path / name
        shutil.copy(first, copy)
        return copy, time.monotonic(), *start_child(lambda write: (Records.open(copy).close(), write(b"open")))
    _, at, _, out = begun("whole.sqlite")
    assert drain(out) == b"open"
    whole, before, chance, shapes = time.monotonic() - at, rows(first), random.Random(7), set()
    for number, part in enumerate((0.02, *(chance.random() for _ in range(KILLS)))):
        copy, at, child, out = begun(f"killed{number}.sqlite")
        time.sleep(max(0.0, at + whole * part - time.monotonic()))
        kill(child)
        drain(out)
        found = rows(copy)
        shapes.add(len(found[2]))
        assert found[:2] == before[:2] and len(found[2]) in (1, len(STEPS))
        Records.open(copy).close()
        assert rows(copy)[2] == STEPS and verify(copy).faults == ()
    assert 1 in shapes, "no kill came before the migration had ended"
