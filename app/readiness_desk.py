"""How ready a learner is for an exam, as a page may say it: the chance, what it rests on, what would raise it most, and what this bank cannot prepare for."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from app import first_answers, practice_orders
from app.exam_offers import KIND, PREFIX, pass_words
from app.session import catalogue, ledger, today
from curriculum.practice_form import Wish
from records import Profile
from scoring.readiness import NotEnough, Offset, Readiness, readiness
from scoring.readiness_model import MODEL
from scoring.real_results import Result, offset_of

WORDS = ("unlikely", "less likely than not", "an even chance", "more likely than not", "likely")
"""The five fifths of the scale."""
SESSION = 10
UNPUBLISHED = "none-published"


@dataclass(frozen=True)
class Partly:
    """A part of the exam for which this bank prepares only partly, its share of the questions, and why."""
    name: str
    share: float
    why: str


@dataclass(frozen=True)
class Told:
    """Everything the page says of one exam. found: the readiness, or what is missing before anything may be said."""
    exam: str
    name: str
    body: str
    on: date
    found: Readiness | NotEnough
    names: dict[str, str]
    pass_share: float
    pass_words: str
    estimates: tuple[str, ...]
    partly: tuple[Partly, ...]
    calibrated: int
    items: int

    @property
    def enough(self) -> bool:
        return isinstance(self.found, Readiness)

    @property
    def words(self) -> str:
        """The band in words."""
        return WORDS[round(self.found.band[0] * 5)]

    @property
    def thin(self) -> tuple[tuple[str, str, int], ...]:
        """The parts that want answers before anything is said: id, name, how many."""
        return tuple((domain, self.names[domain], -int(-more // 1)) for domain, more in getattr(self.found, "domains", ()))


def exams(profile: Profile) -> dict[str, str]:
    """The exams one prepares for: the goal's first, then any that was sat here in practice; all of them where the goal is a job."""
    names = {blueprint.id: blueprint.exam for blueprint in catalogue().blueprints.values()}
    sat = {attempt.item.removeprefix(PREFIX) for attempt in ledger().attempts_of(profile.id, 500) if attempt.kind == KIND}
    mine = [exam for exam in names if exam == profile.goal and profile.goal_kind == "exam"] + [exam for exam in names if exam in sat and exam != profile.goal]
    return {exam: names[exam] for exam in mine} or names


def told(profile: Profile, exam: str) -> Told:
    """How ready the learner would be today; kept until an answer, a result, a calibration or another day comes."""
    marker = (ledger().path, ledger().marker(profile.id), ledger().calibrated(), today(), results(exam))
    held, key = _kept(), (profile.id, exam)
    if key not in held or held[key][0] != marker:
        held[key] = (marker, _told(profile, exam))
    return held[key][1]


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[str, str], tuple[object, Told]]:
    return {}


def results(exam: str) -> tuple[Result, ...]:
    """The real results that were reported here for this exam."""
    return tuple(Result(passed, chances) for passed, chances in ledger().results_of_exam(exam))


def offset(exam: str) -> Offset:
    """How the real exam differs from the bank, as far as reported results say."""
    found = results(exam)
    return offset_of(found) if found else Offset()


def _told(profile: Profile, exam: str) -> Told:
    blueprint, shares, items = catalogue().blueprints[exam], first_answers.shares(exam), first_answers.bank(exam)
    found = readiness(first_answers.evidence(profile, exam), shares, today(), offset(exam))
    known = first_answers.difficulties()
    partly = tuple(Partly(domain.name, part.questions / shares.questions, domain.partly) for domain, part in zip(blueprint.domains, shares.parts, strict=True) if domain.partly)
    doubt = (f"The pass mark, {pass_words(blueprint)}, could not be verified.",) if blueprint.confidence.get("pass") in ("low", UNPUBLISHED) else ()
    return Told(exam, blueprint.exam, blueprint.body, today(), found, {domain.id: domain.name for domain in blueprint.domains}, shares.pass_share, pass_words(blueprint),
                (*shares.estimates, *doubt), partly, sum(item in known for item in items), len(items))


def line(profile: Profile) -> str:
    """One line for home: the band, or what is missing; nothing where no exam is prepared for."""
    if profile.goal_kind != "exam" or profile.goal not in catalogue().blueprints:
        return ""
    made = told(profile, profile.goal)
    if not made.enough:
        return f"Are you ready? {made.found.sentence}"
    low, high = (f"{100 * end:.0f}" for end in made.found.band)
    return f"If you sat the {made.exam.upper()} today: {made.words}, {low} to {high} in 100."


def practise(profile: Profile, exam: str, domain: str) -> str:
    """Starts practice in a domain: what was never met, or, where nothing new is left, anything; the attempt."""
    new = Wish(exam=exam, domain=domain, only="unseen", count=SESSION)
    return practice_orders.begin(profile, new if practice_orders.there(profile, new) else Wish(exam=exam, domain=domain, count=SESSION))


def wanted(made: Told) -> tuple[str, int]:
    """The domain to practise while too little is known, and how many of its answers are missing; "" for the exam as a whole."""
    if made.thin:
        domain, _, more = max(made.thin, key=lambda each: each[2])
        return domain, more
    return "", -int(-getattr(made.found, "wanted", 0) // 1)


FEWEST, FEWEST_IN_PART = MODEL.fewest_answers, MODEL.fewest_in_domain
