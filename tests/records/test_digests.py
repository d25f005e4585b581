"""Each row of the logs has a digest of what was written: the same on both engines, made for older rows when they come forward, and told when it no longer holds."""

import pytest

from records import Records, RecordsError, is_server, verify
from records.digests import DIGESTED, changed_rows, digest
from tests.records import made


@pytest.fixture
def answered(started):
    """Words of every kind: of other scripts, with what JSON escapes, marked anew, and finished."""
    for number, answer in enumerate(("a", "é ű 字 🙂", 'quo"te \\ %s :at ?', "line\nline\x1f\0", "")):
        started.append(made.step(slot=f"q{number}", answer=answer), made.grading(slot=f"q{number}", earned="0.3333"))
    started.append_grading(made.grading(slot="q1", earned="1", grader="2"))
    started.finish("a1", 9_000)
    return started


def kept(records) -> dict:
    return {table: [row[0] for row in records.engine.read(lambda db, table=table: db.execute(f"SELECT digest FROM {table} ORDER BY serial").fetchall())] for table in DIGESTED}


def where(records):
    return records.engine.url if is_server(records.path) else records.path


def unguarded(records, table: str, change: str) -> None:
    """Changes rows behind the app's back."""
    def write(db):
        guard = f"{table}_never_changes"
        db.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}" if is_server(records.path) else f"DROP TRIGGER {guard}")
        db.execute(change)
    records.write(write)


def test_every_row_has_its_digest_and_all_is_well(answered):
    assert {table: len(digests) for table, digests in kept(answered).items()} == {"attempt": 1, "step": 6, "grading": 6} and all(None not in digests for digests in kept(answered).values())
    assert answered.engine.read(changed_rows) == [] and verify(where(answered)).faults == ()


@pytest.mark.parametrize("table, change", [("step", "UPDATE step SET payload = '{\"answer\":\"b\"}' WHERE slot = 'q0'"), ("step", "UPDATE step SET at = at + 1 WHERE slot = 'q0'"),
                                           ("grading", "UPDATE grading SET credits = '[]' WHERE slot = 'q0'"), ("attempt", "UPDATE attempt SET form = '{\"q1\":{\"key\":\"c\"}}'"),
                                           ("grading", "UPDATE grading SET digest = NULL WHERE slot = 'q0'")])
def test_a_row_that_was_changed_is_told(answered, table, change):
    unguarded(answered, table, change)
    assert [fault.split(" is not what was written")[0] for fault in answered.engine.read(changed_rows)] == [f"{table}: row 1, of attempt a1,"]
    assert any("is not what was written" in fault for fault in verify(where(answered)).faults)


def test_rows_from_before_there_were_digests_get_them_as_they_come_forward(answered):
    before, place = kept(answered), where(answered)
    records = "_migrations" if is_server(place) else "_sqlite_migrations"

    def as_it_was(db):
        for table in DIGESTED:
            db.execute(f"ALTER TABLE {table} DROP COLUMN digest")
        db.execute(f"DELETE FROM {records} WHERE name LIKE '%_digests'")
    answered.write(as_it_was)
    answered.close()
    with Records.open(place) as forward:
        assert kept(forward) == before and forward.engine.read(changed_rows) == []
        with pytest.raises(RecordsError, match="append-only"):
            forward.write(lambda db: db.execute("UPDATE step SET at = 1"))


def test_a_digest_is_of_the_rows_words():
    assert digest(("a", 1)) == digest(("a", "1")) != digest(("a", 2)) and -(2 ** 63) <= digest(("x",)) < 2 ** 63


def test_a_structure_without_a_digest_that_cannot_be_read_is_a_fault_in_a_sentence(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        records.save_draft("a1", "q1", {"text": "half"}, 5)
        records.write(lambda db: (db.execute("PRAGMA ignore_check_constraints = ON"), db.execute("UPDATE draft SET payload = '{\"text\":'")))
    assert any("draft" in fault for fault in verify(tmp_path / "records.sqlite").faults)
