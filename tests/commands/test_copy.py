"""What `copy` says: that all arrived, or why nothing did."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from records import Records
from tests.records import made

FIRST_RELEASE = Path(__file__).parents[1] / "records" / "fixtures" / "v1.sql"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    return tmp_path / "records.sqlite"


def test_all_of_it_arrives_and_is_counted(place, tmp_path, capsys):
    with Records.open(place) as records:
        records.add_profile(made.profile())
    assert main(["copy", "--to", str(tmp_path / "new.sqlite"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["profile"] == 1
    with Records.open(tmp_path / "new.sqlite") as new:
        assert [profile.name for profile in new.profiles()] == ["Ann"]


def test_from_a_place_without_records_nothing_is_copied_and_nothing_made(place, tmp_path, capsys):
    assert main(["copy", "--to", str(tmp_path / "new.sqlite")]) == 1
    assert capsys.readouterr().err.startswith(f"Nothing was copied: there are no records at {place}.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("held", ["", FIRST_RELEASE.read_text()], ids=["nothing", "an earlier shape"])
def test_what_this_version_does_not_know_is_left_as_it_is(place, tmp_path, capsys, held):
    with closing(sqlite3.connect(place)) as db:
        db.executescript(held)
    place.touch()
    before = place.read_bytes()
    assert main(["copy", "--to", str(tmp_path / "new.sqlite")]) == 1
    assert "of an earlier shape, or there are none" in capsys.readouterr().err and place.read_bytes() == before
