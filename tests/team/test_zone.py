"""A day ends where the installation says it does: due dates, and what is told of them."""

import os
import time
from datetime import UTC, date, datetime

import pytest

from app import assigning, cohort_files, gate, zone
from app.team import complaints
from tests.team.conftest import viewer, words

NOON = 1_796_385_600_000         # 4 December 2026, 12:00 UTC


@pytest.fixture
def at(monkeypatch):
    """Sets the zone as a start does, and the machine's own again afterwards."""
    before = os.environ.get("TZ")

    def set_(name: str) -> None:
        monkeypatch.setenv(zone.ZONE, name)
        zone.settle()
    yield set_
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize("name, hours", [("America/New_York", 5), ("Pacific/Honolulu", 10), ("Asia/Tokyo", -9), ("UTC", 0)])
def test_work_is_due_at_the_end_of_the_day_there(at, name, hours):
    at(name)
    due = datetime.fromtimestamp(assigning.end_of(date(2026, 12, 5)) / 1000, UTC).replace(tzinfo=None)
    assert round((due - datetime(2026, 12, 6)).total_seconds() / 3600) == hours


@pytest.mark.parametrize("name, day", [("Pacific/Auckland", 5), ("Pacific/Honolulu", 4)])
def test_today_is_the_day_there(at, name, day, desk, monkeypatch):
    at(name)
    monkeypatch.setattr("app.session.now", lambda: NOON)
    assert desk.today() == date(2026, 12, day)


@pytest.mark.parametrize("wrong", ["Mars/Olympus", "EST5EDT4", "/etc/passwd", "../../etc/passwd", "America"])
def test_a_zone_that_is_none_is_told_at_the_start_and_changes_nothing(at, wrong):
    assert any(f"{zone.ZONE} is {wrong}, which is no time zone" in one for one in complaints({zone.ZONE: wrong}, True))
    before = time.tzname
    at(wrong)
    assert time.tzname == before and zone.name() == datetime.now().astimezone().tzname()


def test_left_out_it_is_the_machines_own():
    assert complaints({}, True) == [] and zone.complaints({zone.ZONE: " "}) == []


def test_beside_a_due_date_it_is_said_which(at, app, desk):
    at("America/New_York")
    with gate.acting(viewer("tom")):
        assigning.give_track("dental", {level.id: desk.today() for level in assigning.levels("dental")}, ("c1",), ())
    assert "(America/New York time)" in words(app("ann", "work"))


def test_a_file_says_which_its_times_are_in(at, desk):
    at("America/New_York")
    with gate.acting(viewer("tom")):
        heads = cohort_files.cohort("c1", "csv")().decode("utf-8-sig").splitlines()[0]
    assert "Last seen (America/New York time)" in heads and "Answers (" not in heads
