"""Damaged records can be copied and such a copy restored, in so many words: nobody takes either for a sound one."""

import json
from datetime import datetime, timedelta

import pytest

from app.__main__ import main
from records import Records, backup, backup_even_damaged, verify
from tests.commands.test_backup import events
from tests.records import made
from tests.records.test_damaged import damage


@pytest.fixture
def nightly(tmp_path, monkeypatch):
    """A folder with a good backup of twenty days ago, a damaged copy of forty, and records one row of which was changed since."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    folder = tmp_path / "backups"
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        records.append(made.step(), made.grading())
        backup(records.path, folder / f"clean-claim-{datetime.now() - timedelta(days=20):%Y%m%d-%H%M%S}.sqlite")
        damage(records)
    (folder / f"clean-claim-{datetime.now() - timedelta(days=40):%Y%m%d-%H%M%S}.damaged.sqlite").write_text("old")
    return folder


def test_damaged_records_are_copied_when_asked_for_and_the_copy_says_so(nightly, capsys):
    assert main(["backup", str(nightly)]) == 1 and "--even-damaged` copies them as they are" in capsys.readouterr().err
    assert main(["backup", str(nightly), "--even-damaged"]) == 3
    said, copy = capsys.readouterr(), max(nightly.glob("*.damaged.sqlite"))
    assert "the records are DAMAGED" in said.err and "step: row 1, of attempt a1, is not what was written" in said.err and str(copy) in said.err and said.out == ""
    assert (events(said.err)[0]["event"], events(said.err)[0]["level"], events(said.err)[0]["faults"]) == ("damaged backup made", "error", 1)


def test_a_damaged_copy_lets_no_good_backup_go_and_is_never_the_newest_good_one(nightly, capsys):
    good = next(path for path in nightly.iterdir() if "damaged" not in path.name)
    assert main(["backup", str(nightly), "--even-damaged", "--keep-days", "10"]) == 3
    assert good.exists() and len(list(nightly.glob("*.damaged.sqlite"))) == 1, "the old damaged one went"
    assert main(["verify", str(nightly)]) == 0 and str(good) in capsys.readouterr().out


def test_sound_records_give_an_ordinary_backup_whatever_was_asked(nightly, tmp_path, capsys):
    good = next(path for path in nightly.iterdir() if "damaged" not in path.name)
    assert main(["backup", str(tmp_path / "again.sqlite"), "--db", str(good), "--even-damaged"]) == 0
    assert "sound" in capsys.readouterr().out and (tmp_path / "again.sqlite").exists()


def test_a_damaged_copy_is_restored_only_in_so_many_words(nightly, tmp_path, capsys):
    main(["backup", str(nightly), "--even-damaged"])
    copy, new = max(nightly.glob("*.damaged.sqlite")), tmp_path / "new.sqlite"
    asked = ["restore", str(copy), "--db", str(new), "--erasures-from", str(tmp_path / "records.sqlite")]
    capsys.readouterr()
    assert main(asked) == 1 and "--even-damaged restores this one as it is" in capsys.readouterr().err and not new.exists()
    assert main([*asked, "--even-damaged"]) == 0
    said = capsys.readouterr()
    assert "DAMAGED and was restored as it is" in said.out and "step: row 1, of attempt a1" in said.out and events(said.err)[0]["level"] == "error"
    with Records.open(new) as records:
        assert len(records.attempt("a1").steps) == 1 and verify(new).faults
    assert main(["restore", str(copy), "--db", str(tmp_path / "other.sqlite"), "--erasures-from", "none", "--even-damaged", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["faults"]) == 1


@pytest.mark.parametrize("where", [0.5, 0.9])
def test_pages_that_are_damaged_are_copied_and_where_nothing_works_with_them_restore_says_what_still_may(tmp_path, capsys, where):
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        for number in range(200):
            records.append(made.step(slot=f"q{number}", answer="x" * 500), made.grading(slot=f"q{number}"))
    held = bytearray((tmp_path / "records.sqlite").read_bytes())
    at = int(len(held) * where)
    held[at:at + 9000] = b"\xff" * 9000
    (tmp_path / "records.sqlite").write_bytes(held)
    kept = backup_even_damaged(tmp_path / "records.sqlite", tmp_path / "night.sqlite")
    assert kept.faults and kept.file == tmp_path / "night.damaged.sqlite" and kept.file.stat().st_mode & 0o777 == 0o600
    assert main(["restore", str(kept.file), "--db", str(tmp_path / "new.sqlite"), "--erasures-from", "none", "--even-damaged"]) == 1
    assert f"`sqlite3 {kept.file} .recover`" in capsys.readouterr().err and not (tmp_path / "new.sqlite").exists()
