"""What `copy` says: that all arrived, or why nothing did."""

import json

import pytest

from app.__main__ import main
from records import Records
from tests.records import made


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
