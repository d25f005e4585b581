"""Scenarios on every form at the shipped payers, from the small claims of the engines' own tests, for the tests of marking and of the desk."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

from curriculum.forms.reading import plain
from curriculum.forms.scenario import FormScenario
from scoring.course import Course
from tests.dental import made as dental
from tests.institutional import made as hospital
from tests.pharmacy import made as pharmacy
from tests.scoring.made import HEAD

BOOKS = hospital.Books()
TODAY = {"institutional": date(2026, 3, 24), "dental": date(2026, 5, 20), "pharmacy": pharmacy.DAY}
PAYERS = {"institutional": hospital.PART_A, "dental": dental.HAREBELL, "pharmacy": pharmacy.HERONWOOD}
BOOKS_OF = {"institutional": BOOKS, "dental": SimpleNamespace(), "pharmacy": SimpleNamespace()}


def clean(form: str):
    """The claim that the record supports."""
    return {"institutional": hospital.stay, "dental": dental.claim, "pharmacy": pharmacy.claim}[form]()


def member(form: str):
    return {"institutional": hospital.member, "dental": dental.member, "pharmacy": pharmacy.member}[form]()


def policy(form: str):
    return pharmacy.payer() if form == "pharmacy" else {"institutional": hospital, "dental": dental}[form].payer(PAYERS[form])


def scenario(form: str, kind: str = "scrub-the-claim", **changes) -> FormScenario:
    """A scenario of that form; faults, blank, beyond and accept as stated."""
    claim = {name: value for name, value in plain(clean(form)).items() if name != "payer"}
    world = {"payer": PAYERS[form], "today": TODAY[form], "claim": claim, "member": plain(member(form)), "papers": [{"title": "Record", "boxes": {"Claim": "{claim.payer}"}}],
             "beyond": changes.pop("beyond", {}), "turnaround_days": 0 if form == "pharmacy" else 14}
    if kind in ("mend-the-rejection", "decide-on-a-denial", "post-the-remittance"):
        world |= {"sent": TODAY[form], "adjudicated": TODAY[form]}
    return FormScenario.model_validate({**HEAD, "id": UUID(int=9), "kind": kind, "form": form, "title": "Made", "summary": "Made.", "story": "Made.", "world": world, "teaches": "Made.",
                                        "expected": {"worked_by": "tests"}, **changes})


def course(form: str, kind: str = "scrub-the-claim", **changes) -> Course:
    """The course of seed 0."""
    return Course.begin(scenario(form, kind, **changes), 0, policy(form), BOOKS_OF[form])
