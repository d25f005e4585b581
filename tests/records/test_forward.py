"""A database that stopped at any step of its history is brought to the present shape, with all that stood in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from records import Records, verify
from records.migrations import APPLICATION, migrations
from tests.records import made

FIRST = (Path(__file__).parent / "fixtures" / "v1.sql").read_text()
STEPS = [step.name for step in migrations._migrations]


@pytest.mark.parametrize("last", STEPS)
def test_a_database_of_any_step_comes_forward_whole(tmp_path, last):
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.executescript(FIRST)
        before = {row[0]: db.execute(f"SELECT count(*) FROM {row[0]}").fetchone()[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'").fetchall()}
        later = STEPS[STEPS.index(last) + 1:]
        migrations.apply(Database(db), stop_before=later[0] if later else None)
    with Records.open(path) as records:
        assert records.projections_equal_fold() == []
        records.add_profile(made.profile("new", "New"))
        records.start(made.attempt("new-1", "new"))
        assert records.append(made.step("new-1"), made.grading("new-1")).stored
    assert verify(path).faults == ()
    with closing(sqlite3.connect(path)) as db:
        after = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in before}
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    assert all(after[name] >= count for name, count in before.items())
