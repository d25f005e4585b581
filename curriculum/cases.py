"""A scenario drawn by a seed: the world of this variant, the claim its record supports, and the claim that lies on the desk."""

import random
import re
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from pydantic import TypeAdapter, ValidationError

from billing.answer import Answer, Outcome, Remittance
from billing.adjudication import adjudicate
from billing.claim import ProfessionalClaim
from billing.codes import CodeBooks
from billing.coverage import Coverage, EarlierLine
from billing.next_step import NextStep, next_step
from billing.policy import PayerPolicy
from curriculum.claim_fields import FieldError, put, with_field
from curriculum.forms.form import Sent
from curriculum.scenarios import Fault, Scenario, World

_COVERAGE = TypeAdapter(Coverage)
_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_0-9]+)*)\}")


@dataclass(frozen=True)
class Case:
    """One variant. clean: what the record supports; start: the claim at hand; truth and believed: the member as he is and as the payer has him."""
    scenario: Scenario
    seed: int
    branch: str
    world: World
    faults: tuple[Fault, ...]
    clean: ProfessionalClaim
    start: ProfessionalClaim
    truth: Coverage
    believed: Coverage

    form = None   # the professional form; a case of another (curriculum.forms.case) names its own

    def tell(self, text: str) -> str:
        """The text with {paths} into the world filled in."""
        return told(text, self.world.model_dump(mode="json"))


def draw(scenario: Scenario, seed: int) -> Case:
    """The variant of that seed; seed 0 is the document as written. FieldError when a branch or a draw does not fit the world."""
    world, faults, branch = _vary(scenario, seed)
    clean = _clean_claim(world)
    start = replace(clean, lines=world.sent_services or clean.lines, diagnoses=world.sent_diagnoses or clean.diagnoses)
    for fault in faults:
        start = with_field(start, fault.field, list(fault.value) if isinstance(fault.value, tuple) else fault.value)
    truth = _coverage(world, {})
    return Case(scenario, seed, branch, world, faults, clean, start, truth, _coverage(world, world.payer_believes))


def answer_to(case: Case, claim: ProfessionalClaim, policy: PayerPolicy, books: CodeBooks, coverage: Coverage | None = None,
              received=None, adjudicated=None) -> Answer:
    """The payer's answer to a claim of this case; by default on the days the world states for the claim that went before, or today."""
    received = received or case.world.sent or case.world.today
    adjudicated = adjudicated or case.world.adjudicated or received
    if case.form:
        return case.form.answer(Sent(claim, policy, coverage or case.believed, received, adjudicated, books, case.world.participates))
    return adjudicate(claim, policy, coverage or case.believed, received, adjudicated, books, case.world.participates)


def clean_received(case: Case, policy: PayerPolicy, before: Answer | None) -> date:
    """The day the clean claim counts as received: the first day at the desk; or, while the payer takes a correction of the claim before, the day
    of that one, since the filing limit has stopped running for it."""
    rule = policy.rule("remedies")
    if rule and isinstance(before, Remittance) and before.outcome is not Outcome.UNPROCESSABLE:
        days = rule.on(before.received).correction_days
        if days and case.world.today <= before.adjudicated + timedelta(days=days):
            return before.received
    return case.world.today


def at_hand(case: Case) -> ProfessionalClaim:
    """The claim the learner starts from: in complete-the-claim the lines, diagnoses, member id, group, authorization and accident are still blank."""
    if case.scenario.kind != "complete-the-claim":
        return case.start
    return replace(case.start, member_id="", group_number="", diagnoses=(), lines=(), prior_authorization="", accident=None)


def first_day(case: Case) -> date:
    """The first day of service of what the record supports."""
    return case.form.first_day(case.clean) if case.form else min(line.service_date for line in case.clean.lines)


def step_for(case: Case, answer: Answer, policy: PayerPolicy, *known: bool) -> NextStep | None:
    """What is done about the answer, the way the form's payers take; known: as billing.next_step asks."""
    return case.form.step(answer, case.clean, policy, *known) if case.form else next_step(answer, case.clean, policy, *known, today=case.world.today)


def remembered(case: Case, held: Any, claim: Any, answer: Answer, policy: PayerPolicy) -> Any:
    """The payer's records of the case's member after the answer."""
    return case.form.remember(held, claim, answer, policy) if case.form else remember(held, claim, answer)


def remember(coverage: Coverage, claim: ProfessionalClaim, answer: Answer) -> Coverage:
    """The payer's records after an adjudicated claim: its lines can be duplicated from now on. Rejected and unprocessable ones leave no trace."""
    if not isinstance(answer, Remittance):
        return coverage
    kept = tuple(EarlierLine(claim.member_id, claim.rendering.npi, line.service_date, line.procedure, line.modifiers, line.units, line.charge, answer.control_number, answer.adjudicated, decided.outcome.value == "denied")
                 for line, decided in zip(claim.lines, answer.lines) if decided.outcome.value in ("paid", "denied"))
    return _COVERAGE.validate_python({**_COVERAGE.dump_python(coverage), "earlier_lines": (*coverage.earlier_lines, *kept)})


def chance(item: object, seed: int) -> random.Random:
    """The same stream of chance for the same item and seed, on every machine."""
    return random.Random(int.from_bytes(blake2b(f"{item}:{seed}".encode(), digest_size=8).digest()))


def told(text: str, document: dict) -> str:
    """The text with each {path} into the document filled in; FieldError where it leads nowhere."""
    return _PLACE.sub(lambda found: _spoken(document, found.group(1)), text)


def _vary(scenario: Scenario, seed: int) -> tuple[World, tuple[Fault, ...], str]:
    document = scenario.world.model_dump(mode="json")
    faults, branch = scenario.faults, ""
    if scenario.vary.cases:
        case = scenario.vary.cases[seed % len(scenario.vary.cases)]
        branch, faults = case.name, scenario.faults if case.faults is None else case.faults
        for path, value in case.set.items():
            put(document, _path(path), deepcopy(value))   # a draw may set a field inside of it
    if seed:
        stream = chance(scenario.id, seed)
        for path, values in sorted(scenario.vary.draw.items()):
            put(document, _path(path), deepcopy(stream.choice(values)))
    try:
        return World.model_validate(document), faults, branch
    except ValidationError as error:
        raise FieldError("; ".join(f"world.{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())) from error


def _path(path: str) -> list:
    return [int(part) if part.isdigit() else part for part in path.removeprefix("world.").split(".")]


def _clean_claim(world: World) -> ProfessionalClaim:
    return ProfessionalClaim(
        account=world.account, payer=world.payer, member_id=world.coverage.member_id, patient=world.patient, subscriber=world.subscriber or world.patient,
        relationship=world.relationship, billing=world.billing, rendering=world.rendering, diagnoses=world.diagnoses, lines=world.services,
        accepts_assignment=world.accepts_assignment, prior_authorization=world.prior_authorization, referring=world.referring,
        group_number=world.coverage.group_number, prior_payment=world.prior_payment, accident=world.accident)


def _coverage(world: World, other: dict) -> Coverage:
    held = world.coverage.model_dump(mode="json")
    person = world.patient
    named = {"last_name": held["last_name"] or person.last_name, "first_name": held["first_name"] or person.first_name,
             "birth_date": held["birth_date"] or person.birth_date}
    try:
        return _COVERAGE.validate_python({**held, **named, **other})
    except ValidationError as error:
        raise FieldError("; ".join(f"coverage.{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())) from error


def _spoken(document: object, path: str) -> str:
    held = document
    try:
        for part in path.split("."):
            held = held[int(part)] if part.isdigit() else held[part]
    except (KeyError, IndexError, TypeError) as error:
        raise FieldError(f"the text names {{{path}}}, which the world does not have") from error
    return ", ".join(map(str, held)) if isinstance(held, list) else said(str(held))


def said(text: str) -> str:
    """A day as a story says it: March 9, 2026; anything else as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    day = date.fromisoformat(text)
    return f"{day:%B} {day.day}, {day.year}"
