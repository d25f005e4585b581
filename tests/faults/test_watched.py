"""Whether the records can be written is found out before a learner does, for each way in which they cannot."""

import os
import resource
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from records import Records
from tests.faults.children import NOBODY, as_nobody, needs_fork, result_in_child
from tests.records import made
from tests.records.conftest import needed
from tests.postgres.server import running


def kept(folder: Path) -> Path:
    with Records.open(folder / "records.sqlite") as records:
        records.add_profile(made.profile())
    return folder / "records.sqlite"


def test_a_lock_of_another_program_is_found_and_its_end_too(tmp_path):
    with Records.open(kept(tmp_path), patience=0.2) as records, closing(sqlite3.connect(records.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert records.cannot_write() == "locked"
        other.execute("ROLLBACK")
        assert records.cannot_write() == ""


@needs_fork
def test_a_full_disk_is_found_and_room_too(tmp_path):
    path = kept(tmp_path)

    def question():
        with Records.open(path) as records:
            before = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
            full = records.cannot_write()
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            return full, records.cannot_write()
    assert result_in_child(question) == ("disk-full", "")


@needs_fork
def test_a_file_that_may_no_longer_be_written_is_found():
    folder = Path(tempfile.mkdtemp())
    try:
        path = kept(folder)
        for each in (folder, *folder.iterdir()):
            os.chown(each, NOBODY, NOBODY) if os.getuid() == 0 else None

        def question():
            as_nobody()
            with Records.open(path) as records:
                before = records.cannot_write()
                path.chmod(0o444)
                records.engine.writer._drop()            # a connection made anew, as after a failed write
                return before, records.cannot_write()
        assert result_in_child(question) == ("", "read-only")
    finally:
        shutil.rmtree(folder)


def test_a_server_made_read_only_and_one_that_is_away_are_found():
    needed()
    with running(durable=False) as server:
        url = server.make("watched")
        with Records.open(url, patience=1) as records:
            assert records.cannot_write() == ""
            records.engine.write(lambda db: db.execute("ALTER DATABASE watched SET default_transaction_read_only = on"))
        with closing(_unprepared(url)) as records:
            assert records.cannot_write() == "read-only"
            server.stop()
            assert records.cannot_write() == "unreachable"


def _unprepared(url):
    """Records on a server that takes no writes: opened without the migration, which it would refuse."""
    from records.postgres import Postgres
    records = Records.__new__(Records)
    records.engine = Postgres(url, 1, prepared=False)
    return records
