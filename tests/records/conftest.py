"""An empty database for each test, with one learner in it."""

import pytest

from records import Records
from tests.records import made


@pytest.fixture
def records(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as opened:
        opened.add_profile(made.profile())
        yield opened


@pytest.fixture
def started(records):
    """The same with attempt a1 begun."""
    records.start(made.attempt())
    return records
