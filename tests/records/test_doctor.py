"""The doctor says what it found, in words or as JSON, and fails only when something needs mending."""

import argparse
import json

import pytest

from app import place as places
from app.commands import doctor
from records import Records
from records.examination import wal_reset_fixed
from tests.records import made


@pytest.fixture
def place(tmp_path):
    """A file: what these tests ask is about files."""
    return tmp_path / "records.sqlite"


COUNT_CONTENT = doctor.content_counts


@pytest.fixture(autouse=True)
def content(monkeypatch):
    """The content has its own tests; here three questions stand for it."""
    monkeypatch.setattr(doctor, "content_counts", lambda: ({"questions": 3}, []))


def consult(*words) -> int:
    parser = argparse.ArgumentParser()
    doctor.add(parser.add_subparsers())
    args = parser.parse_args(["doctor", *map(str, words)])
    return args.run(args)


def test_a_sound_database_is_well(started, capsys):
    started.append(made.step())
    assert consult("--db", started.path) == 0
    told = capsys.readouterr().out
    assert "1 profile, 1 attempt, 1 step" in told and told.endswith("All is well.\n") and "3 questions" in told


def test_the_findings_can_be_read_as_json(started, capsys):
    assert consult("--db", started.path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["database"]["rows"]["profile"] == 1 and found["faults"] == [] and found["versions"]["sqlite"]


def test_a_database_not_made_yet_is_no_fault_and_is_not_made(tmp_path, capsys):
    assert consult("--db", tmp_path / "none.sqlite") == 0
    assert "not there yet" in capsys.readouterr().out and list(tmp_path.iterdir()) == []


def test_damage_is_a_fault(tmp_path, capsys):
    path = tmp_path / "bad.sqlite"
    path.write_bytes(b"no database at all" * 100)
    assert consult("--db", path) == 1
    assert "Fault" in capsys.readouterr().out


def test_a_sum_that_drifted_is_a_fault(started, capsys):
    started.write(lambda db: db.execute("UPDATE attempt_result SET earned = 9"))
    assert consult("--db", started.path) == 1
    assert "add up to" in capsys.readouterr().out


def test_the_database_is_found_by_option_then_environment_then_place(monkeypatch):
    monkeypatch.setenv("CLEAN_CLAIM_DB", "/elsewhere/x.sqlite")
    assert str(places.place("given.sqlite")).endswith("/given.sqlite")
    assert str(places.place()) == "/elsewhere/x.sqlite"
    monkeypatch.delenv("CLEAN_CLAIM_DB")
    assert places.place() == places.DEFAULT


@pytest.mark.parametrize("version, fixed", [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
                                            ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True)])
def test_a_release_with_the_wal_reset_bug_is_known(version, fixed):
    assert wal_reset_fixed(version) is fixed


def test_a_server_still_running_may_be_examined(started, capsys):
    with Records.open(started.path):
        assert consult("--db", started.path) == 0


def test_a_mistake_in_the_content_is_a_fault(tmp_path, monkeypatch):
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "broken.yaml").write_text("kind: question-set\nkind: question-set\n")
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    counts, faults = COUNT_CONTENT()
    assert counts["questions"] == 0
    assert faults and "broken.yaml" in faults[0] and "python -m app check" in faults[0]
