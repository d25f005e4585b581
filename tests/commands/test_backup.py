"""A timer's backup: made in a folder under today's name, checked there, and old ones let go only when the new one is good."""

import json
from datetime import datetime, timedelta

import pytest

from app.__main__ import main
from records import Records
from tests.records import made


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Records, and a folder for backups with two old ones and a file of somebody else's."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
    folder = tmp_path / "backups"
    folder.mkdir()
    for days in (40, 20):
        (folder / f"clean-claim-{datetime.now() - timedelta(days=days):%Y%m%d-%H%M%S}.sqlite").write_text("old")
    (folder / "clean-claim-notes.txt").write_text("mine")
    return folder


def events(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_folder_gets_a_backup_under_todays_name_and_its_newest_is_verified(kept, capsys):
    assert main(["backup", str(kept)]) == 0 and main(["verify", str(kept)]) == 0
    said = capsys.readouterr()
    newest = max(kept.glob("clean-claim-2*.sqlite"))
    assert datetime.now().strftime("%Y%m%d") in newest.name and f"{newest}: " in said.out and "Sound" in said.out and len(list(kept.iterdir())) == 4
    made_, checked = events(said.err)
    assert (made_["event"], made_["rows"], made_["bytes"], checked["event"]) == ("backup made", 1, newest.stat().st_size, "checked")


def test_old_ones_go_after_a_good_one_and_nothing_else_does(kept):
    assert main(["backup", str(kept), "--keep-days", "30"]) == 0
    assert len(list(kept.glob("clean-claim-2*.sqlite"))) == 2 and (kept / "clean-claim-notes.txt").exists()
    assert main(["backup", str(kept / "mine.sqlite"), "--keep-days", "1"]) == 0
    assert len(list(kept.glob("clean-claim-2*.sqlite"))) == 1 and (kept / "mine.sqlite").exists()


def test_where_none_can_be_made_the_old_ones_stay_and_the_log_says_why(kept, capsys, monkeypatch):
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(kept / "nowhere" / "records.sqlite"))
    assert main(["backup", str(kept), "--keep-days", "0"]) == 1 and len(list(kept.iterdir())) == 3
    assert events(capsys.readouterr().err)[0]["reason"] == "no-place"


def test_a_backup_that_is_none_is_unsound_in_the_log_and_for_the_timer(kept, capsys):
    assert main(["verify", str(kept)]) == 1
    assert events(capsys.readouterr().err)[0]["event"] == "unsound"


def test_an_empty_folder_has_no_backup_to_trust(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 1 and "There are no records at" in capsys.readouterr().out
