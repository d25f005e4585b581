"""Home offers again the claims that were worked before, when their day has come."""

import time
import uuid

import pytest

from app import standing
from records import Attempt, Evidence, Grading, Profile, Records, Step

DAY_MS = 86_400_000


def worked(records, person, item: str, earned: int, days_ago: int) -> None:
    """A claim worked to its end."""
    at = int(time.time() * 1000) - days_ago * DAY_MS
    attempt = records.start(Attempt(str(uuid.uuid4()), person.id, item, "scenario", "A claim", "h", 1, "practice", {}, at))
    grading = Grading(attempt.id, "q", 1, "1", "h", earned, 1, (), (Evidence("payers.medicare", ("cpb:cpb1",), earned, 1),))
    records.append(Step(attempt.id, "q", 1, "submit", {}, at), grading)
    records.finish(attempt.id, at)


@pytest.fixture
def person(tmp_path, monkeypatch):
    with Records.open(tmp_path / "r.sqlite") as records:
        monkeypatch.setattr(standing, "ledger", lambda: records)
        yield records, records.add_profile(Profile(str(uuid.uuid4()), "Ada", "exam", "cpb", None, 1))


def test_a_claim_missed_yesterday_is_due_and_one_worked_well_is_not(person):
    from app import offers
    records, ada = person
    weak, strong = (card.id for card in offers.cards()[:2])
    worked(records, ada, weak, 0, 1)
    worked(records, ada, strong, 1, 1)
    again = standing.due_again(ada, standing.unfinished(ada))
    assert [one.card.id for one in again] == [weak] and "0% of the marks" in again[0].why


def test_a_claim_worked_well_twice_waits_longer_than_one_worked_well_once(person):
    from app import offers
    records, ada = person
    once, twice = (card.id for card in offers.cards()[:2])
    worked(records, ada, once, 1, 4)
    worked(records, ada, twice, 1, 9)
    worked(records, ada, twice, 1, 4)
    assert [one.card.id for one in standing.due_again(ada, standing.unfinished(ada))] == [once]
