"""Backups are whole and sound, a restore mixes nothing and forgets no erasure, and a copy between engines is proved."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from time import sleep

import psycopg
import pytest

from records import CannotOpen, NotSaved, Records, backup, copy, is_server, projections, restore, verify
from records.copying import content_of, tables
from records.migrations import migrations
from records.postgres import masked
from tests.records import made

STEPS = [step.name for step in migrations._migrations]


def answer(records, attempt: str, profile: str = "ann", slots: int = 5) -> None:
    records.start(made.attempt(attempt, profile))
    for number in range(slots):
        records.append(made.step(attempt, f"q{number}", answer=f"{attempt}-{number} é\0"), made.grading(attempt, f"q{number}", earned="0.5"))


def content(records):
    return records.engine.read(content_of)


def test_every_table_is_kept_and_none_before_what_it_belongs_to():
    names = [table.name for table in tables()]
    assert set(names) >= {"profile", "attempt", "step", "grading", "draft", "erasure", "slot_result", "attempt_result", "counted_evidence", "regrade_run"}
    assert names.index("profile") < names.index("attempt") < names.index("step") < names.index("grading")


def test_a_backup_holds_everything_and_is_sound(started, tmp_path):
    answer(started, "a2")
    kept = tmp_path / "kept" / "backup.sqlite"
    assert backup(started.path if not is_server(started.path) else started.engine.url, kept) == content(started)
    assert verify(kept).faults == () and [file.name for file in kept.parent.iterdir()] == ["backup.sqlite"]


def test_a_backup_overwrites_nothing(started, tmp_path):
    kept = tmp_path / "backup.sqlite"
    kept.write_text("mine")
    with pytest.raises(CannotOpen, match="never overwrites"):
        backup(where(started), kept)
    assert kept.read_text() == "mine"


def where(records) -> Path | str:
    return records.engine.url if is_server(records.path) else records.path


def test_a_backup_made_under_writes_ends_and_holds_what_was_acknowledged_before(started, tmp_path):
    """Copied a hundred pages at a time with a rest between, as SQLite's manual has it, it begins anew at every write and this fails."""
    for number in range(60):
        started.append(made.step(slot=f"long{number}", answer="x" * 40_000))
    stop, said, outcome = Event(), [], []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            started.append(made.step(slot=f"busy{number}"), made.grading(slot=f"busy{number}"))
            said.append(f"busy{number}")
    writer, copying = Thread(target=write), Thread(target=lambda: outcome.append(backup(where(started), tmp_path / "busy.sqlite")))
    writer.start()
    while len(said) < 20:
        sleep(0.01)
    before = set(said)
    copying.start()
    copying.join(timeout=20)
    ended, meanwhile = bool(outcome), len(said) - len(before)
    stop.set()
    writer.join()
    copying.join()
    assert ended and meanwhile > 0, "it must end while answers go on coming"
    with Records.open(tmp_path / "busy.sqlite") as kept:
        assert before <= {step.slot for step in kept.attempt("a1").steps} and kept.projections_equal_fold() == []


def test_what_is_damaged_is_not_restored(started, tmp_path):
    kept = tmp_path / "backup.sqlite"
    backup(where(started), kept)
    whole = bytearray(kept.read_bytes())
    whole[5000:9000] = b"\xff" * 4000
    kept.write_bytes(whole)
    with pytest.raises(CannotOpen, match="damaged"):
        restore(kept, tmp_path / "new.sqlite", at=9_000)
    assert verify(kept).faults and not (tmp_path / "new.sqlite").exists()


def test_a_copy_is_the_same_on_the_other_engine_and_goes_on(started, tmp_path, request):
    answer(started, "a2")
    there = tmp_path / "there.sqlite" if is_server(started.path) else request.getfixturevalue("server").make(f"copy{abs(hash(tmp_path))}")
    with Records.open(there) as target:
        assert copy(started.engine, target) == content(started) == content(target)
        assert target.projections_equal_fold() == []
        answer(target, "a3")
        assert [line.attempt for line in target.attempts_of("ann")] == ["a3", "a2", "a1"]
        with pytest.raises(NotSaved, match="holds records already"):
            copy(started.engine, target)


def test_a_server_that_takes_no_writes_is_read_and_backed_up(tmp_path, server):
    url = server.make(f"standby{abs(hash(tmp_path))}")
    with Records.open(url) as whole:
        whole.add_profile(made.profile())
        answer(whole, "a1")
        whole.write(lambda db: db.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_read_only = on"))
    with Records.open(url) as standby:
        assert len(standby.attempt("a1").steps) == 5 and standby.projections_equal_fold() == []
        assert backup(url, tmp_path / "backup.sqlite") == content(standby)
        with pytest.raises(NotSaved):
            answer(standby, "a2")


def test_a_backup_of_a_server_of_an_earlier_shape_changes_nothing_there(tmp_path, server):
    """Made with the next version while this one runs, it would shut this one's replicas out."""
    url = server.make(f"earlier{abs(hash(tmp_path))}")
    for folded in (lambda: None, lambda: Records.open(url).close()):
        folded()
        with psycopg.connect(url, autocommit=True) as db:
            if db.execute("SELECT to_regclass('_migrations')").fetchone()[0]:
                db.execute("DELETE FROM _migrations WHERE name = %s", [STEPS[-1]])
            before = db.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()
        with pytest.raises(CannotOpen, match="of an earlier shape, or there are none"):
            backup(url, tmp_path / "backup.sqlite")
        with psycopg.connect(url) as db:
            assert db.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone() == before
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url, shown", [
    ("postgresql://trainer:hunter2@db/records", "postgresql://trainer:…@db/records"),
    ("postgresql://db/records?user=trainer&password=hunter2&sslmode=require", "postgresql://db/records?user=trainer&password=…&sslmode=require"),
    ("postgresql://db/records?sslpassword=hunter2&oauth_client_secret=hunter3", "postgresql://db/records?sslpassword=…&oauth_client_secret=…"),
    ("postgresql://trainer:hun#t?er[2@db/records", "postgresql://trainer:…@db/records"),
    ("postgresql://trainer:hunt@er2@db/records", "postgresql://trainer:…@db/records"),
    ("postgresql://trainer@db:5432/records", "postgresql://trainer@db:5432/records"),
    ("postgresql://db/records", "postgresql://db/records")])
def test_no_password_of_an_address_is_shown(url, shown):
    assert masked(url) == shown


def test_what_goes_over_everything_is_bounded_by_no_statement_time(tmp_path, server):
    url = server.make(f"slow{abs(hash(tmp_path))}")
    with Records.open(url) as records:
        for asked in (lambda db: (projections.drift(db), db)[1], lambda db: (content_of(db), db)[1]):
            assert records.engine.read(lambda db: asked(db).execute("SHOW statement_timeout").fetchone()[0]) == "0"
        assert records.engine.read(lambda db: db.execute("SHOW statement_timeout").fetchone()[0]) == "1min"


def test_drift_is_found_in_whichever_attempt_it_is(started, monkeypatch):
    monkeypatch.setattr(projections, "AT_A_TIME", 2)
    for name in ("a2", "a3", "a4", "a5"):
        answer(started, name)
    started.write(lambda db: db.execute("UPDATE slot_result SET earned = earned + 1 WHERE attempt IN ('a2', 'a5') AND slot = 'q3'"))
    assert [said.split(" says")[0] for said in started.projections_equal_fold()] == ["slot_result of attempt a2", "slot_result of attempt a5"]


class TestFiles:
    """What only files have: what lies beside them, and whoever holds them open."""

    @pytest.fixture
    def place(self, tmp_path):
        return tmp_path / "records.sqlite"

    def test_a_restore_brings_the_backup_back_and_keeps_what_stood_there(self, started, tmp_path):
        answer(started, "a2")
        kept = tmp_path / "backup.sqlite"
        backup(started.path, kept)
        then = content(started)
        answer(started, "a3")
        started.close()
        done = restore(kept, started.path, at=9_000)
        with Records.open(started.path) as again, Records.open(done.kept) as before:
            assert content(again) == then and again.attempt("a3") is None and before.attempt("a3") is not None

    def test_an_old_write_ahead_log_brings_nothing_back(self, started, tmp_path):
        """A backup copied over a file whose log still lay beside it would show the old rows in silence."""
        kept = tmp_path / "backup.sqlite"
        backup(started.path, kept)
        answer(started, "a2")
        log = started.path.with_name("records.sqlite-wal").read_bytes()
        started.close()
        started.path.with_name("records.sqlite-wal").write_bytes(log)
        done = restore(kept, started.path, at=9_000)
        assert not started.path.with_name("records.sqlite-wal").exists() and done.kept.exists()
        with Records.open(started.path) as again:
            assert again.attempt("a2") is None and again.attempt("a1") is not None

    def test_records_rescued_with_their_write_ahead_log_come_back_with_it(self, started, tmp_path):
        """What a machine that died leaves: a file, and beside it a log in which the last answers stand."""
        answer(started, "a2")
        rescued = tmp_path / "rescued" / "records.sqlite"
        rescued.parent.mkdir()
        for end in ("", "-wal"):
            rescued.with_name(rescued.name + end).write_bytes(started.path.with_name(started.path.name + end).read_bytes())
        assert rescued.with_name("records.sqlite-wal").stat().st_size
        then = content(started)
        restore(rescued, tmp_path / "new.sqlite", even_unaccounted=True, at=9_000)
        with Records.open(tmp_path / "new.sqlite") as again:
            assert content(again) == then and len(again.attempt("a2").steps) == 5

    def test_who_was_erased_since_is_erased_again(self, started, tmp_path):
        started.add_profile(made.profile("bea", "Bea"))
        answer(started, "b1", "bea")
        kept = tmp_path / "backup.sqlite"
        backup(started.path, kept)
        started.delete_profile("bea")
        started.close()
        done = restore(kept, started.path, at=9_000)
        assert done.erased == ("bea",)
        with Records.open(started.path) as again:
            assert again.profile("bea") is None and again.attempt("b1") is None and again.projections_equal_fold() == []

    def test_a_file_in_use_is_not_replaced(self, started, tmp_path):
        kept = tmp_path / "backup.sqlite"
        backup(started.path, kept)
        answer(started, "a2")
        with pytest.raises(CannotOpen, match="is in use. Stop the app"):
            restore(kept, started.path, patience=0.3, at=9_000)
        assert started.attempt("a2") is not None and started.append(made.step(slot="after")).stored

    def test_a_damaged_file_is_replaced_and_kept(self, started, tmp_path):
        kept = tmp_path / "backup.sqlite"
        backup(started.path, kept)
        started.close()
        started.path.write_bytes(b"\0" * 9000)
        with pytest.raises(CannotOpen, match="it is not known who was erased"):
            restore(kept, started.path, at=9_000)
        assert started.path.read_bytes() == b"\0" * 9000
        done = restore(kept, started.path, even_unaccounted=True, at=9_000)
        assert done.kept.read_bytes() == b"\0" * 9000
        with Records.open(started.path) as again:
            assert again.attempt("a1") is not None

    def test_a_backup_of_an_earlier_shape_is_brought_forward(self, tmp_path):
        kept = tmp_path / "old.sqlite"
        with closing(sqlite3.connect(kept)) as db:
            db.executescript((Path(__file__).parent / "fixtures" / "v1.sql").read_text())
        done = restore(kept, tmp_path / "new.sqlite", even_unaccounted=True, at=9_000)
        assert done.content.counts["attempt"] > 0 and verify(tmp_path / "new.sqlite").faults == ()
