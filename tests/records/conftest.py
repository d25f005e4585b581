"""An empty database for each test, with one learner in it; on both engines, where PostgreSQL is installed."""

import os
from itertools import count

import pytest

from records import Records
from tests.postgres.server import installed, running
from tests.records import made

NUMBERS = count(1)


def needed() -> None:
    """Skips aloud where there is no PostgreSQL, or fails where everything must be there."""
    if not installed():
        sentence = "PostgreSQL is not installed: its tests were not run. apt-get install postgresql"
        (pytest.fail if os.environ.get("REQUIRE_POSTGRES") else pytest.skip)(sentence)


@pytest.fixture(scope="session")
def server():
    needed()
    with running() as begun:
        yield begun


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Where a test keeps its records: a path, or the address of a database of its own."""
    if request.param == "sqlite":
        return tmp_path / "records.sqlite"
    return request.getfixturevalue("server").make(f"t{next(NUMBERS)}")


@pytest.fixture
def records(place):
    with Records.open(place) as opened:
        opened.add_profile(made.profile())
        yield opened


@pytest.fixture
def started(records):
    """The same with attempt a1 begun."""
    records.start(made.attempt())
    return records
