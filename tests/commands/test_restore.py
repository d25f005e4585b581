"""What `restore` says: who was erased again, of whom nothing is known, and how to tell it."""

import json

import pytest

from app.__main__ import main
from records import Records, backup
from tests.records import made


@pytest.fixture
def night(tmp_path, monkeypatch):
    """A backup that holds Ann and Mae, of records from which Mae was erased since."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
        records.add_profile(made.profile("mae", "Mae"))
        backup(records.path, tmp_path / "night.sqlite")
        records.delete_profile("mae")
    return tmp_path / "night.sqlite"


def test_in_their_own_place_whoever_was_erased_is_erased_again_and_counted(night, capsys):
    assert main(["restore", str(night)]) == 0
    said = capsys.readouterr().out
    assert "Erased again, since they were erased after that backup: 1 person." in said and "WARNING" not in said and "are kept as" in said


def test_elsewhere_it_says_what_to_name_and_restores_nothing(night, tmp_path, capsys):
    assert main(["restore", str(night), "--db", str(tmp_path / "new.sqlite")]) == 1
    assert capsys.readouterr().err.strip() == (
        "Nothing was restored: it is not known who was erased since this backup was made. Of 2 people in it, the records where it goes say neither that they are still there nor that they "
        "were erased; whoever was erased would be back. Name what knows, with --erasures-from: the records as they last were, wherever they are, or a newer backup. "
        "If there is nothing of the kind, --erasures-from none restores all of them, and names them.")
    assert not (tmp_path / "new.sqlite").exists()


def test_with_the_old_records_named_it_goes_on(night, tmp_path, capsys):
    assert main(["restore", str(night), "--db", str(tmp_path / "new.sqlite"), "--erasures-from", str(tmp_path / "records.sqlite")]) == 0
    assert "1 person." in capsys.readouterr().out


def test_with_none_everybody_who_is_back_is_named_with_a_warning(night, tmp_path, capsys):
    assert main(["restore", str(night), "--db", str(tmp_path / "new.sqlite"), "--erasures-from", "none"]) == 0
    said = capsys.readouterr().out
    assert "Erased again, since they were erased after that backup: nobody." in said
    assert "WARNING: it is not known whether 2 people were erased after that backup was made. They are back. Erase again whoever was: " in said and "Ann (ann)" in said and "Mae (mae)" in said


def test_the_same_is_told_to_a_program(night, tmp_path, capsys):
    assert main(["restore", str(night), "--db", str(tmp_path / "new.sqlite"), "--erasures-from", "none", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["erased again"] == [] and sorted(told["not known"]) == ["ann", "mae"]
