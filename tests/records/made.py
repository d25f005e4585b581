"""Profiles, attempts, steps and gradings for the tests, each made with as little said as the test needs."""

from decimal import Decimal

from records import Attempt, Evidence, Grading, Profile, Step


def profile(id="ann", name="Ann", exam_date=None):
    return Profile(id, name, "exam", "cpb", exam_date, 1_000)


def attempt(id="a1", profile="ann", item="item-1", behaviour="practice", started_at=2_000):
    return Attempt(id, profile, item, "question-set", f"Title of {item}", "hash-1", 7, behaviour, {"q1": {"key": "b"}}, started_at)


def step(attempt="a1", slot="q1", sequence=1, answer="a", kind="submit", at=3_000):
    return Step(attempt, slot, sequence, kind, {"answer": answer}, at)


def grading(attempt="a1", slot="q1", sequence=1, earned="1", possible="1", competency="modifiers", domains=("cpb:cpb1",), grader="1"):
    earned, possible = Decimal(earned), Decimal(possible)
    return Grading(attempt, slot, sequence, grader, "hash-1", earned, possible, ({"reason": "key", "earned": str(earned)},),
                   (Evidence(competency, domains, earned, possible),))
