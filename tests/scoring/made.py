"""Questions, and a scenario at a made payer, for the tests of marking."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from billing.policy import Pair, PairEdits, Reason
from curriculum.models import Question
from curriculum.scenarios import Scenario
from scoring.course import Course
from tests.billing.made import BILLING, RENDERING, Books, policy

HEAD = {"id": UUID(int=7), "slug": "made", "competencies": ("coding.modifiers",), "difficulty": 2, "in_force": {"from": date(2024, 1, 1)},
        "citations": ({"source": "training", "at": "tests"},), "last_checked": date(2026, 11, 1)}
DAY = date(2026, 3, 9)


def question(kind: str, **fields) -> Question:
    """A question of the kind; options as {id: correct}."""
    options = tuple({"id": id, "text": f"text {id}", "correct": right, "why": f"why {id}", "misconception": "" if right else f"took-{id}"}
                    for id, right in fields.pop("options", {}).items())
    return Question.model_validate({**HEAD, "kind": kind, "stem": "What?", "options": options, "rationale": "So.", "find_it": "There.", **fields})


def service(procedure: str, charge: str, **more) -> dict:
    return {"service_date": DAY, "place_of_service": "11", "procedure": procedure, "diagnosis_pointers": ("A",), "charge": charge, **more}


def scenario(kind: str = "scrub-the-claim", **changes) -> Scenario:
    """A visit and two removals, the second apart from the first; the claim at hand lacks the visit's 25.."""
    world = {"payer": "made", "today": date(2026, 3, 20), "turnaround_days": 14, "account": "A1",
             "patient": {"last_name": "Okafor", "first_name": "Ruth", "birth_date": date(1961, 5, 4), "sex": "F"},
             "coverage": {"member_id": "M1234", "plan": "plain", "begins": date(2020, 1, 1)},
             "billing": {"name": "Clinic", "npi": BILLING}, "rendering": {"name": "Dr Lee", "npi": RENDERING}, "diagnoses": ("E11.9", "L57.0"),
             "services": (service("TX113", "150.00", modifiers=("25",)), service("TX201", "90.00", diagnosis_pointers=("B",)),
                          service("TX202", "100.00", diagnosis_pointers=("B",), modifiers=("59",)))}
    own = {name: changes.pop(name) for name in ("faults", "accept", "ask_about") if name in changes}
    if kind in ("post-the-remittance", "decide-on-a-denial"):
        world |= {"sent": date(2026, 3, 10), "adjudicated": date(2026, 3, 18)}
    faults = ({"field": "lines.1.modifiers", "value": (), "why": "The visit stood by itself."},)
    return Scenario.model_validate({**HEAD, "kind": kind, "title": "T", "summary": "S", "story": "Story.", "world": world | changes, "faults": faults,
                                    "accept": {"lines.3.modifiers": ("XS",)}, "teaches": "T.", "expected": {"worked_by": "tests"}, **own})


PAIRS = PairEdits(Reason("CO", "97"), (Pair("TX201", "TX113", "1", ("25",)), Pair("TX201", "TX202", "1")), ("25", "59", "XS"))


def course(kind: str = "scrub-the-claim", payer=None, **changes) -> Course:
    """The course of that scenario's first variant."""
    return Course.begin(scenario(kind, **changes), 0, payer or policy(procedure_pairs=PAIRS), Books())


def dollars(text: str) -> Decimal:
    return Decimal(text)


def days(number: int) -> timedelta:
    return timedelta(days=number)
