"""Home offers again what was worked before, when its day has come."""

import time
import uuid

from app import standing
from records import Attempt, Evidence, Grading, Profile, Records, Step

DAY_MS = 86_400_000


def test_a_weak_quiz_of_two_days_ago_is_due_and_a_strong_one_is_not(tmp_path, monkeypatch):
    from curriculum.catalogue import load
    from tests.browser.running import ROOT
    catalogue = load(ROOT)
    weak, strong = catalogue.sets[0], catalogue.sets[1]
    with Records.open(tmp_path / "r.sqlite") as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), "Ada", "exam", "cpb", None, 1))
        at = int(time.time() * 1000) - 2 * DAY_MS
        for whole, earned in ((weak, 0), (strong, 1)):
            attempt = records.start(Attempt(str(uuid.uuid4()), person.id, str(whole.id), "question-set", whole.title, "h", 1, "practice", {}, at))
            grading = Grading(attempt.id, "q", 1, "1", "h", earned, 1, (), (Evidence("payers.medicare", ("cpb:cpb1",), earned, 1),))
            records.append(Step(attempt.id, "q", 1, "submit", {}, at), grading)
            records.finish(attempt.id, at)
        monkeypatch.setattr(standing, "ledger", lambda: records)
        again = standing.due_again(person)
    assert [one.card.id for one in again] == [str(weak.id)] and "0% of the marks" in again[0].why
