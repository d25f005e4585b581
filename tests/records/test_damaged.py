"""Records in which a row is not what was written are copied as they are when that is asked for, and come back as they are when that is asked for too."""

import pytest

from records import CannotOpen, backup_even_damaged, is_server, restore
from tests.records import made
from tests.records.test_digests import where
from tests.records.conftest import NUMBERS

CHANGE = "UPDATE step SET payload = '{\"answer\":\"b\"}' WHERE slot = 'q1'"


def damage(records) -> None:
    """Changes an answer behind the app's back, and leaves everything else as it is."""
    def on_server(db):
        db.execute("ALTER TABLE step DISABLE TRIGGER step_never_changes")
        db.execute(CHANGE)
        db.execute("ALTER TABLE step ENABLE TRIGGER step_never_changes")

    def in_file(db):
        guard = db.execute("SELECT sql FROM sqlite_master WHERE name = 'step_never_changes'").fetchone()[0]
        db.execute("DROP TRIGGER step_never_changes")
        db.execute(CHANGE)
        db.execute(guard)
    records.write(on_server if is_server(records.path) else in_file)


@pytest.fixture
def damaged(started):
    started.append(made.step(), made.grading())
    started.append(made.step(slot="q2"), made.grading(slot="q2"))
    damage(started)
    return started


@pytest.fixture
def elsewhere(place, tmp_path, request):
    return request.getfixturevalue("server").make(f"t{next(NUMBERS)}") if is_server(place) else tmp_path / "there.sqlite"


def test_everything_is_copied_as_it_is_and_the_file_is_named_so(damaged, tmp_path):
    kept = backup_even_damaged(where(damaged), tmp_path / "night.sqlite")
    assert kept.file == tmp_path / "night.damaged.sqlite" and [path.name for path in tmp_path.glob("night*")] == ["night.damaged.sqlite"]
    assert [fault.split(",")[0] for fault in kept.faults] == ["step: row 1"] and kept.content.counts["step"] == 2
    with pytest.raises(CannotOpen, match="never overwrites"):
        backup_even_damaged(where(damaged), tmp_path / "night.sqlite")


def test_sound_records_get_an_ordinary_backup(started, tmp_path):
    kept = backup_even_damaged(where(started), tmp_path / "night.sqlite")
    assert kept.file == tmp_path / "night.sqlite" and kept.faults == ()


def test_it_comes_back_as_it_is_when_that_is_asked_for(damaged, tmp_path, elsewhere):
    kept = backup_even_damaged(where(damaged), tmp_path / "night.sqlite")
    with pytest.raises(CannotOpen, match="This is no good backup"):
        restore(kept.file, elsewhere, even_unaccounted=True, at=9_000)
    done = restore(kept.file, elsewhere, even_unaccounted=True, even_damaged=True, at=9_000)
    assert done.faults == kept.faults and done.content.counts["step"] == 2
    with type(damaged).open(elsewhere) as again:
        assert again.attempt("a1").steps == damaged.attempt("a1").steps
