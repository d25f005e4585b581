"""The desk where scenarios are worked: it begins an attempt, takes what the learner hands in, and shows what may be known by then.

Pages see only the Public types and Reveals of this module; keys stay on this side until an answer is in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from app.claim_told import field_names, told_of
from billing.answer import Answer
from billing.codes import OutsideKnownDates
from billing.eligibility import EligibilityResponse
from curriculum.ask import Ask
from curriculum.asks import allowed_of
from curriculum.catalogue import Catalogue
from curriculum.claim_fields import FieldError
from curriculum.forms.reading import plain
from curriculum.forms.scenario import FormScenario
from curriculum.papers import Paper
from curriculum.plain import answer_plain, answer_typed, response_plain, response_typed
from curriculum.scenarios import Scenario
from records import Attempt, Evidence, Grading, Records, Step, StoredAttempt, Unknown
from scoring.answers import Unreadable
from scoring.ask_marks import mark_asks
from scoring.course import CLAIM, REOPENING, SENDS_FIRST, Course
from scoring.marks import GRADER, Credit, Marks

RESENDS = ("new-claim", "corrected-claim", "reopening")


@dataclass(frozen=True)
class PublicAsk:
    """A question without its key."""
    id: str
    kind: str
    prompt: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Revealed:
    """A decision after it was made: what was asked, answered and right, the reason, and the rule with where it is written."""
    prompt: str
    given: str
    right: str
    earned: str
    possible: str
    reason: str
    misconception: str
    rule: dict | None
    severity: str = ""           # unlawful: a breach, which the page calls one


@dataclass(frozen=True)
class Sent:
    """A claim that was sent: what it was, how, when, what came back, and what it earned in marks."""
    number: int
    claim: Any
    way: str
    received: date
    answer: Answer
    credits: tuple[dict, ...]
    read: tuple[Revealed, ...] = ()


@dataclass(frozen=True)
class Work:
    """An attempt at a scenario as the page may see it now. stage: flag, asks, claim, read, settled or finished.

    start, claim: the claim as it lay there at first and as it does now, plain; draft: the form's texts as last saved, where they are newer.
    """
    attempt: str
    kind: str
    form: str
    title: str
    story: str
    minutes: int
    teaches: str
    today: date
    payer: str
    payer_name: str
    payer_real: bool
    profile: str
    world: dict
    papers: tuple[Paper, ...]
    start: dict
    claim: dict
    draft: dict | None
    before: Answer | None
    response: EligibilityResponse | None
    fees: tuple[tuple[str, str], ...]
    asks: tuple[PublicAsk, ...]
    first: tuple[Revealed, ...]
    flags: tuple[str, ...]
    flagged: tuple[dict, ...]
    sent: tuple[Sent, ...]
    stage: str
    reopens: bool
    score: str
    possible: str
    field_names: tuple[tuple[str, str], ...] = field(default=())


class ClaimDesk:
    """Takes work in. `now` gives UTC milliseconds; every method that stores returns only after it is durable."""

    def __init__(self, records: Records, catalogue: Catalogue, books, now: Callable[[], int]):
        self._records, self._catalogue, self._books, self._now = records, catalogue, books, now

    def begin(self, profile: str, scenario_id: str, seed: int) -> str:
        """The id of the unfinished attempt at this scenario, or of a new one of that seed."""
        going = self._records.open_attempt(profile, scenario_id)
        if going:
            return going.attempt.id
        scenario = self._catalogue.items.get(scenario_id)
        if scenario is None:
            raise Unknown("This work is no longer offered. Past attempts at it stay in your progress.")
        attempt = Attempt(str(uuid4()), profile, scenario_id, "scenario", scenario.title, self._catalogue.hash_of(scenario_id), seed, "practice",
                          self._form(scenario, seed), self._now())
        return self._records.start(attempt).id

    def _form(self, scenario: Scenario | FormScenario, seed: int) -> dict:
        """Everything asked, so that the attempt can be read without the content it came from."""
        course = self._course_of(scenario, seed)
        case = course.case
        eligibility = scenario.kind == "read-the-eligibility-response"
        return {"scenario": scenario.model_dump(mode="json", by_alias=True), "seed": seed, "branch": case.branch, "story": case.tell(scenario.story), "teaches": case.tell(scenario.teaches),
                "world": {} if case.form else told_of(case), "papers": [paper.plain() for paper in case.papers] if case.form else [], "clean": plain(case.clean), "start": course.at_hand, "asks": [ask.plain() for ask in course.first_asks],
                "before": answer_plain(course.before) if course.before else None,
                "response": response_plain(course.response) if eligibility else None,
                "fees": [[code, str(fee)] for code, fee in allowed_of(case, course.policy, self._books)] if eligibility else []}

    def work(self, attempt_id: str) -> Work | None:
        """The attempt as it stands; None when there is none of that id, or it is of another kind."""
        stored = self._records.attempt(attempt_id)
        if stored is None or "scenario" not in stored.attempt.form:
            return None
        return self._public(stored)

    def flag(self, attempt_id: str, flags: list[str]) -> None:
        """What the learner holds to be wrong on the claim at hand; marked field by field."""
        stored, course = self._opened(attempt_id)
        wrong, chosen = set(course.fields), set(flags)
        credits = [Credit(f"flag:{path}", Decimal(int(path in chosen)), Decimal(1), f"{course.name_of(path)} is wrong on this claim." if path in chosen else f"{course.name_of(path)} is wrong too, and was not picked.")
                   for path in course.fields]
        spare = sorted(chosen - wrong)
        credits += [Credit(f"flag:{path}", Decimal("-0.5"), Decimal(0), f"{course.name_of(path)} is right as it stands.") for path in spare]
        marks = Marks(_floored(credits))
        self._append(stored, "flags", "submit", {"flags": sorted(chosen)}, marks, {credit.part: course.competency_of(credit.part.removeprefix("flag:")) for credit in marks.credits})

    def answer(self, attempt_id: str, slot: str, responses: dict[str, object]) -> dict[str, str]:
        """Hands in the answers of a slot (`asks` or `read-N`); sentences by ask id for those that cannot be read: then nothing is stored."""
        stored, course = self._opened(attempt_id)
        asks = self._asks(stored, slot)
        marks = mark_asks(asks, responses)
        if isinstance(marks, dict):
            return {id: unreadable.sentence for id, unreadable in marks.items() if isinstance(unreadable, Unreadable)}
        self._append(stored, slot, "submit", {"responses": {ask.id: responses[ask.id] for ask in asks}}, marks, {ask.id: ask.competency for ask in asks})
        return {}

    def send(self, attempt_id: str, document: dict, way: str) -> str:
        """Sends a claim (plain, as the form holds it); empty, or the sentence that says why it could not be sent: then nothing is stored."""
        stored, course = self._opened(attempt_id)
        try:
            claim = course.typed(document)
            if not getattr(claim, "lines", True):
                return "The claim has no service line: fill at least line 1."
            if way == REOPENING and not course.reopens:
                return f"{course.policy.name} takes no reopening requests; send a claim."
            after = course.send(claim, way)
        except (FieldError, OutsideKnownDates, LookupError, ValueError) as error:
            return str(error)
        number = len(after.sendings)
        marks, sending = after.marks(number), after.sendings[-1]
        payload = {"claim": plain(claim), "way": way, "received": str(sending.received), "answer": answer_plain(sending.answer),
                   "asks": [ask.plain() for ask in after.asks_after(number)]}
        self._append(stored, "claim", "send", payload, marks, {credit.part: course.competency_of(credit.part) for credit in marks.credits if credit.possible}, number)
        return ""

    def finish(self, attempt_id: str) -> None:
        """Ends the attempt."""
        self._records.finish(attempt_id, self._now())

    def save_draft(self, attempt_id: str, document: dict) -> None:
        """Keeps the claim form as it stands."""
        self._records.save_draft(attempt_id, "claim", document, self._now())

    def _append(self, stored: StoredAttempt, slot: str, kind: str, payload: dict, marks: Marks, shows: dict[str, str], sequence: int | None = None) -> None:
        """One step and its grading in one transaction; the step's number makes a retry or a second tab find the first answer."""
        attempt, at = stored.attempt, self._now()
        sequence = sequence or 1
        evidence = tuple(Evidence(shows[credit.part], self._domains(attempt.item), credit.earned, credit.possible) for credit in marks.credits if credit.possible and credit.part in shows)
        grading = Grading(attempt.id, slot, sequence, GRADER, attempt.content_hash, marks.earned, marks.possible, tuple(credit.plain() for credit in marks.credits), evidence)
        self._records.append(Step(attempt.id, slot, sequence, kind, payload, at), grading)

    def _domains(self, item: str) -> tuple[str, ...]:
        scenario = self._catalogue.items.get(item)
        if scenario is None:
            return ()
        return tuple(f"{exam}:{domain}" for exam in self._catalogue.blueprints for domain in self._catalogue.domains_of(scenario, exam))

    def _course_of(self, scenario: Scenario | FormScenario, seed: int) -> Course:
        return Course.begin(scenario, seed, self._catalogue.policies[scenario.world.payer], self._books)

    def _opened(self, attempt_id: str) -> tuple[StoredAttempt, Course]:
        stored = self._records.attempt(attempt_id)
        return stored, self._course(stored)

    def _course(self, stored: StoredAttempt) -> Course:
        """The course as it stands, with the answers given then."""
        form = stored.attempt.form
        course = self._course_of(_scenario(form["scenario"]), form["seed"])
        for step in stored.steps:
            if step.slot == "claim" and step.kind == "send":
                course = course.with_answer(course.typed(step.payload["claim"]), step.payload["way"], answer_typed(step.payload["answer"]))
        return course

    def _asks(self, stored: StoredAttempt, slot: str) -> tuple[Ask, ...]:
        if slot == "asks":
            return tuple(map(Ask.from_plain, stored.attempt.form["asks"]))
        number = int(slot.removeprefix("read-"))
        step = next(s for s in stored.steps if s.slot == "claim" and s.sequence == number)
        return tuple(map(Ask.from_plain, step.payload["asks"]))

    def _public(self, stored: StoredAttempt) -> Work:
        form, course = stored.attempt.form, self._course(stored)
        scenario = course.case.scenario
        sent = tuple(self._sent(stored, step, course) for step in stored.steps if step.slot == "claim" and step.kind == "send")
        slots = {step.slot for step in stored.steps}
        stage = self._stage(scenario.kind, slots, sent, course, stored)
        slot = "asks" if stage == "asks" else f"read-{len(sent)}"
        asks = self._asks(stored, slot) if stage in ("asks", "read") else ()
        draft = self._records.draft(stored.attempt.id, "claim")
        claim = plain(sent[-1].claim) if sent else form["start"]
        texts = draft.payload if draft and draft.after >= len(sent) else None
        return Work(
            stored.attempt.id, scenario.kind, scenario.form, scenario.title, form["story"], scenario.minutes, form["teaches"], course.today, course.policy.payer, course.policy.name, course.policy.real,
            stored.attempt.profile, form["world"], tuple(map(Paper.from_plain, form.get("papers", ()))), form["start"], claim, texts, answer_typed(form["before"]) if form["before"] else None,
            response_typed(form["response"]) if form["response"] else None, tuple(map(tuple, form["fees"])),
            tuple(PublicAsk(ask.id, ask.kind, ask.prompt, ask.options) for ask in asks), self._revealed(stored, "asks"),
            tuple(next((s.payload["flags"] for s in stored.steps if s.slot == "flags"), ())), self._credits(stored, "flags"), sent, stage,
            course.reopens, f"{stored.score:.2f}", f"{stored.possible:.2f}", field_names(course))

    @staticmethod
    def _stage(kind: str, slots: set[str], sent: tuple, course: Course, stored: StoredAttempt) -> str:
        if stored.finished_at is not None:
            return "finished"
        if kind == "scrub-the-claim" and "flags" not in slots:
            return "flag"
        if kind not in SENDS_FIRST and "asks" not in slots:
            return "asks"
        if sent and f"read-{len(sent)}" not in slots:
            return "read"
        if sent and course.settled:
            return "settled"
        mends = kind in SENDS_FIRST or any(ask["id"] == "action" and ask["key"] in RESENDS for ask in stored.attempt.form["asks"])
        return "claim" if mends else "settled"

    def _sent(self, stored: StoredAttempt, step: Step, course: Course) -> Sent:
        return Sent(step.sequence, course.typed(step.payload["claim"]), step.payload["way"], date.fromisoformat(step.payload["received"]), answer_typed(step.payload["answer"]),
                    self._credits(stored, "claim", step.sequence), self._revealed(stored, f"read-{step.sequence}"))

    @staticmethod
    def _credits(stored: StoredAttempt, slot: str, sequence: int = 1) -> tuple[dict, ...]:
        return next((g.credits for g in stored.gradings if (g.slot, g.sequence) == (slot, sequence)), ())

    def _revealed(self, stored: StoredAttempt, slot: str) -> tuple[Revealed, ...]:
        """What was decided in a slot; empty until it was."""
        step = next((s for s in stored.steps if s.slot == slot), None)
        if step is None:
            return ()
        credits = {credit["part"]: credit for credit in self._credits(stored, slot)}
        return tuple(_reveal(ask, step.payload["responses"][ask.id], credits[ask.id]) for ask in self._asks(stored, slot))


def _reveal(ask: Ask, given: object, credit: dict) -> Revealed:
    words = dict(ask.options)
    return Revealed(ask.prompt, words.get(given, str(given)), words.get(ask.key, ask.key), credit["earned"], credit["possible"], credit["reason"], credit["misconception"], ask.rule, credit.get("severity", ""))


def _scenario(kept: dict) -> Scenario | FormScenario:
    """The scenario as the attempt keeps it."""
    return (Scenario if kept.get("form", "professional") == "professional" else FormScenario).model_validate(kept)


def _floored(credits: list[Credit]) -> tuple[Credit, ...]:
    """Picking everything must not pay, and deductions stop at zero."""
    left, kept = sum((max(credit.earned, Decimal(0)) for credit in credits), Decimal(0)), []
    for credit in credits:
        earned = credit.earned if credit.earned >= 0 else -min(-credit.earned, left)
        left += min(earned, Decimal(0))
        kept.append(replace(credit, earned=earned))
    return tuple(kept)
