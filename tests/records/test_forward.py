"""Records as any released version wrote them, with rows in every table, are brought to the present shape on both engines, and all that stood in them is read back.

The dumps are made by the code of those versions: `python -m tests.records.fixtures.make`.
"""

import json
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from records import People, Records, Training, restore, verify
from records.copying import tables
from records.migrations import APPLICATION, migrations
from tests.records import made

FIXTURES = Path(__file__).parent / "fixtures"
STEPS = [step.name for step in migrations._migrations]
FILES = sorted((path for path in FIXTURES.glob("v*.sql") if "postgres" not in path.name), key=lambda path: int(path.stem[1:]))
SERVERS = sorted(FIXTURES.glob("v*.postgres.sql"))
PROJECTIONS = {"slot_result", "attempt_result", "counted_evidence", "competency_result"}


def version(dump: Path) -> int:
    return int(re.match(r"v(\d+)", dump.name)[1])


@pytest.fixture
def load(tmp_path, request):
    """Makes the database of a dump; returns where it is."""
    def loaded(dump: Path) -> Path | str:
        if dump in FILES:
            with closing(sqlite3.connect(tmp_path / "records.sqlite")) as db:
                db.executescript(dump.read_text())
            return tmp_path / "records.sqlite"
        url = request.getfixturevalue("server").make(f"forward{abs(hash(tmp_path))}")
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(dump.read_text())
        return url
    return loaded


def rows(where) -> dict[str, list[dict]]:
    """Every row of every table as it lies there, without looking through our own code."""
    def of(db, names, factory) -> dict[str, list[dict]]:
        return {name: sorted((dict(zip([column[0] for column in found.description], row, strict=True)) for row in found.fetchall()), key=repr) for name in names for found in [factory(db, name)]}
    if isinstance(where, Path):
        with closing(sqlite3.connect(where)) as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'")]
            return of(db, names, lambda db, name: db.execute(f"SELECT * FROM {name}"))
    with psycopg.connect(where) as db:
        names = [row[0] for row in db.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%'")]
        return of(db, names, lambda db, name: db.execute(f"SELECT * FROM {name}"))


def lost(before: dict[str, list[dict]], after: dict[str, list[dict]]) -> list[str]:
    """Each row that stood there and is not there now, column for column of then."""
    found = []
    for table, stood in before.items():
        for row in stood:
            if not any(all(column in now and now[column] == value for column, value in row.items()) for now in after.get(table, [])):
                found.append(f"{table}: {row}")
    return found + [f"{table}: {len(after[table])} rows, {len(stood)} before" for table, stood in before.items() if len(after[table]) != len(stood)]


def test_there_is_a_dump_of_every_released_version_but_the_one_under_work():
    assert [version(dump) for dump in FILES] == list(range(1, len(FILES) + 1)) and len(FILES) >= len(STEPS) - 1
    assert sorted(map(version, SERVERS)) == list(range(2, len(FILES) + 1))


@pytest.mark.parametrize("dump", [*FILES, *SERVERS], ids=lambda dump: dump.name)
def test_every_table_of_a_dump_has_rows(dump, load):
    held = rows(load(dump))
    assert [table for table, stood in held.items() if not stood] == [] and len(held) >= 9


@pytest.mark.parametrize("dump", [*FILES, *SERVERS], ids=lambda dump: dump.name)
def test_records_of_any_version_come_forward_whole(dump, load):
    where = load(dump)
    before = rows(where)
    with Records.open(where) as records:
        assert records.projections_equal_fold() == [] and People(records).audit_faults() == []
        assert lost(before, rows(where)) == []
        read_back(records, version(dump))
        records.add_profile(made.profile("new", "New"))
        records.start(made.attempt("new-1", "new"))
        assert records.append(made.step("new-1"), made.grading("new-1")).stored
        assert records.projections_equal_fold() == []
    assert verify(where).faults == ()
    if dump in FILES:
        with closing(sqlite3.connect(where)) as db:
            assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION


@pytest.mark.parametrize("dump", FILES, ids=lambda dump: dump.name)
def test_a_backup_of_any_version_is_restored_into_a_server(dump, load, server, tmp_path):
    file, there = load(dump), server.make(f"backwards{abs(hash(tmp_path))}")
    before = rows(file)
    restore(file, there, even_unaccounted=True, at=9_000)
    after = rows(there)
    gone = {"session", "ticket"}                     # a restore ends them, and lets none begin anew
    for account in before.get("account", []):
        del account["epoch"]
    assert [said for said in lost(before, after) if said.split(":")[0] not in gone] == []
    with Records.open(there) as records:
        assert records.projections_equal_fold() == [] and {table.name for table in tables()} <= set(after)
        read_back(records, version(dump))
    assert verify(there).faults == ()


@pytest.mark.parametrize("last", STEPS)
def test_a_file_that_stopped_at_any_step_goes_on_from_there(tmp_path, last):
    from sqlite_utils import Database
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.executescript(FILES[0].read_text())
        later = STEPS[STEPS.index(last) + 1:]
        migrations.apply(Database(db), stop_before=later[0] if later else None)
    with Records.open(path) as records:
        assert records.projections_equal_fold() == []
        read_back(records, 1)
    assert verify(path).faults == ()


def read_back(records: Records, version: int) -> None:
    """What fill.py put there, by the ways in which the app reads it now."""
    ann, kinds = records.profile("ann"), ("question-set", "scenario", "practice", "exam")[:3 if version == 1 else 4]
    assert (ann.name, ann.goal, str(ann.exam_date)) == ("Ann O’Brien-Núñez", "cpb", "2027-03-01")
    assert (ann.time_percent, ann.minutes_a_day) == (150 if version >= 2 else 100, 35 if version >= 3 else 20)
    assert {line.kind for line in records.attempts_of("ann")} == set(kinds)
    first = records.attempt("question-set-1")
    assert first.attempt.form == {"q1": {"key": "b", "text": "é\n$5"}} and first.finished_at == 9_000 and first.score == Decimal("0.8333")
    assert [step.payload for step in first.steps if step.slot == "q2"] == [{"claim": {"lines": ["é", 1, None]}}, {"text": "later"}]
    assert {each.earned for each in first.gradings} == {Decimal("0.5"), Decimal("0.3333")} and first.superseded
    assert records.draft("scenario-1", "q3").payload == {"answer": "half a"}
    assert records.profile("eve") is None and "eve" in records.gone().erased and records.evidence("ann")["modifiers"].n == len(kinds)
    if version >= 2:
        undone, run = records.regrade_runs("q1")
        assert (run.reason, undone.undoes) == ("Two were right.", "run-1") and records.regrade_changes("run-1")
    if version >= 4:
        team_read_back(People(records), version)
    if version >= 5:
        training_read_back(Training(records))
    if version >= 6:
        assert records.difficulties()["q1"].n == 60 and records.real_exams("ann")[0].chances == (0.5, 0.75)
    if version >= 7:
        assert records.completions_of("ann")[0].results == (("Whole exam", "82.5 %"),)
        assert json.loads(records.certificates_of("ann")[0].credential) == {"id": "urn:uuid:k1"}
        assert records.attempt("bea-1") is None and {one.item for one in records.past_answers()} == {"q1"} and records.gone().expired == (("bea-1", "attempt", 5_800),)


def team_read_back(people: People, version: int) -> None:
    assert [account.profile for account in people.accounts()] and people.account("tom").role == "admin" and people.password("ann") == "hash of ann"
    assert people.account_of_identity("https://id.example", "subject-bea").profile == "bea"
    assert people.cohort("g1").name == "Spring" and [one.profile for one in people.members("g1")] == ["ann", "bea"]
    assert people.leads("tom", "ann") and people.audit_log()


def training_read_back(training: Training) -> None:
    given, = training.assigned_to("ann")
    assert given.assignment.parts == ("item-0", "item-1") and given.due_at == 10_000
    assert [one.note for one in training.sign_offs("ann")] == ["Seen at the desk."]
    assert training.one_dispute("d1").reason == "I read it differently." and [mark.reason for mark in training.hand_marks("ann")] == ["Fair."]
    assert [one.text for one in training.remarks("ann")] == ["Look at the modifier."]
