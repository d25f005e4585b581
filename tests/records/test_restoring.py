"""Whoever was erased does not come back with a backup in silence: on either engine, onto a machine that knows nothing, in whatever order backups are put back."""

from pathlib import Path

import pytest

from records import CannotOpen, Records, backup, is_server, restore
from tests.records import made


@pytest.fixture
def where(records) -> Path | str:
    """Where the records of Ann and Mae are."""
    records.add_profile(made.profile("mae", "Mae"))
    records.start(made.attempt("m1", "mae"))
    records.append(made.step("m1"), made.grading("m1"))
    return records.engine.url if is_server(records.path) else records.path


@pytest.fixture
def night(where, tmp_path) -> Path:
    backup(where, tmp_path / "night.sqlite")
    return tmp_path / "night.sqlite"


@pytest.fixture(params=["file", "server"])
def machine(request, tmp_path, where):
    """A place that has never held anything: of either engine, whichever the records were on."""
    return tmp_path / "another" / "records.sqlite" if request.param == "file" else request.getfixturevalue("server").make(f"another{abs(hash(tmp_path))}")


def people(place) -> set[str]:
    with Records.open(place) as records:
        assert records.projections_equal_fold() == []
        return {profile.id for profile in records.profiles()}


def test_onto_a_machine_that_knows_nothing_it_is_asked_who_was_erased(records, night, machine):
    records.delete_profile("mae")
    with pytest.raises(CannotOpen, match="it is not known who was erased since this backup was made. Of 2 people in it.*--erasures-from"):
        restore(night, machine, at=9_000)
    assert is_server(machine) and people(machine) == set() or not Path(str(machine)).exists()


def test_the_old_records_tell_who_was_erased_wherever_they_are(records, where, night, machine):
    records.delete_profile("mae")
    done = restore(night, machine, erasures_from=[where], at=9_000)
    assert done.erased == ("mae",) and done.unaccounted == () and people(machine) == {"ann"}


def test_a_newer_backup_tells_it_too(records, where, night, machine, tmp_path):
    records.delete_profile("mae")
    backup(where, tmp_path / "newer.sqlite")
    assert restore(night, machine, erasures_from=[tmp_path / "newer.sqlite"], at=9_000).erased == ("mae",)
    assert people(machine) == {"ann"}


def test_where_nothing_knows_all_come_back_only_when_asked_for_and_are_named(records, night, machine):
    records.delete_profile("mae")
    done = restore(night, machine, even_unaccounted=True, at=9_000)
    assert done.erased == () and {one.name for one in done.unaccounted} == {"Ann", "Mae"} and people(machine) == {"ann", "mae"}


def test_an_app_that_was_started_on_an_empty_database_knows_nothing_either(records, night, tmp_path):
    records.delete_profile("mae")
    with Records.open(tmp_path / "fresh.sqlite") as fresh:
        fresh.add_profile(made.profile("new", "New"))
    with pytest.raises(CannotOpen, match="Of 2 people in it"):
        restore(night, tmp_path / "fresh.sqlite", at=9_000)
    assert people(tmp_path / "fresh.sqlite") == {"new"}


def test_who_joined_since_is_asked_after_where_only_an_earlier_backup_tells(records, where, night, machine, tmp_path):
    records.add_profile(made.profile("eve", "Eve"))
    backup(where, tmp_path / "later.sqlite")
    with pytest.raises(CannotOpen, match="Of 1 person in it"):
        restore(tmp_path / "later.sqlite", machine, erasures_from=[night], at=9_000)
    assert [one.id for one in restore(tmp_path / "later.sqlite", machine, erasures_from=[night], even_unaccounted=True, at=9_000).unaccounted] == ["eve"]


def test_a_source_that_cannot_be_read_is_said_and_nothing_is_restored(night, machine, tmp_path):
    (tmp_path / "lost.sqlite").write_bytes(b"\0" * 9000)
    for lost in (tmp_path / "lost.sqlite", tmp_path / "nowhere.sqlite"):
        with pytest.raises(CannotOpen, match=f"Nothing was restored: who was erased cannot be read from .*{lost.name}"):
            restore(night, machine, erasures_from=[lost], even_unaccounted=True, at=9_000)
    assert not (tmp_path / "nowhere.sqlite").exists()


def test_an_erasure_outlives_the_restore_of_a_backup_that_never_held_the_person(where, records, night, machine, tmp_path):
    """Restored is first the backup from before Eve came, then one that holds her."""
    records.add_profile(made.profile("eve", "Eve"))
    backup(where, tmp_path / "with-eve.sqlite")
    records.delete_profile("eve")
    assert restore(night, tmp_path / "first.sqlite", erasures_from=[where], at=9_000).erased == ()
    assert restore(tmp_path / "with-eve.sqlite", machine, erasures_from=[tmp_path / "first.sqlite"], at=9_000).erased == ("eve",)
    assert people(machine) == {"ann", "mae"}


@pytest.mark.parametrize("broken", [lambda held: b"not a database at all" + held[21:], lambda held: held[:len(held) // 2]], ids=["header", "half"])
def test_a_file_that_nothing_works_with_is_said_to_be_so_wherever_it_was_to_go(night, machine, broken):
    night.write_bytes(broken(night.read_bytes()))
    with pytest.raises(CannotOpen, match=r"damaged so far that the app could not work with it .*\.recover"):
        restore(night, machine, even_unaccounted=True, even_damaged=True, at=9_000)
    assert [file.name for file in night.parent.iterdir() if ".reading-" in file.name or ".restoring-" in file.name] == []
