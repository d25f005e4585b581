"""What marking can prove of content: that an answer given blind earns full credit, and that a scenario's worked answer is the engine's."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from billing.answer import Remittance
from billing.codes import CodeBooks, OutsideKnownDates
from billing.policy import PayerPolicy
from curriculum import claim_fields
from curriculum.ask import Ask
from curriculum.asks import outcome_of
from curriculum.claim_fields import FieldError, with_field
from curriculum.forms.form import field_at
from curriculum.forms.reading import plain, steps
from curriculum.forms.scenario import FormScenario
from curriculum.exercise_proof import PROBLEMS
from curriculum.exercises import Exercise, Sheet, draw_exercise, shelf_of
from curriculum.kinds import KINDS
from curriculum.lives import Life, draw_life
from curriculum.models import Question
from curriculum.scenarios import Scenario
from curriculum.variants import drawn
from scoring.ask_marks import mark_asks
from scoring.course import SENDS_FIRST, Course
from scoring.life import Benchmark, benchmark
from scoring.marks import Marks, mark_question

SEEDS = range(20)


class Prover:
    """Marks with the policies and the code books at hand."""

    def __init__(self, policies: Mapping[str, PayerPolicy], books: CodeBooks):
        self.policies, self.books, self.shelf = policies, books, shelf_of(policies, books)

    def earns_full(self, item: Question | Scenario | FormScenario | Exercise | Life, response: object, seed: int) -> bool:
        """Whether the blind response earns full credit; to a scenario it answers what is asked, or fills in the claim
        that earns every mark (`claim.` before a field's path); to an exercise it answers every ask (of a letter, what it must hold); to a life it tells what the careful way collects."""
        if isinstance(item, Question):
            return question_earns_full(item, response, seed)
        if isinstance(item, (Exercise, Life)):
            return self._solved(item, response, seed)
        try:
            course = self._course(item, seed)
            if not isinstance(response, Mapping):
                return False
            claim = {name.removeprefix("claim."): text for name, text in response.items() if name.startswith("claim.")}
            told = {name: text for name, text in response.items() if not name.startswith("claim.")}
            sent = not claim or course.send(_blind_claim(course, claim)).marks(1).full
            return sent and bool(claim or told) and not list(_differences(course, told))
        except (FieldError, OutsideKnownDates, LookupError, ValueError):
            return False

    def _solved(self, item: Exercise | Life, response: object, seed: int) -> bool:
        if not isinstance(response, Mapping):
            return False
        try:
            if isinstance(item, Life):
                return not list(_life_differences(benchmark(draw_life(item, seed, self.shelf).world), response))
            asks = self._sheet(item, seed).asks
            marks = mark_asks(asks, dict(response))
            optional = {f"{ask.id}:{element.id}" for ask in asks for element in ask.elements if not element.required}
            return isinstance(marks, Marks) and response.keys() == {ask.id for ask in asks} and all(credit.earned == credit.possible or credit.part in optional for credit in marks.credits)
        except PROBLEMS:
            return False

    def _sheet(self, exercise: Exercise, seed: int) -> Sheet:
        kind = KINDS[exercise.kind]
        return kind.sheet(draw_exercise(exercise, kind, seed).world, self.shelf)

    def exercise(self, exercise: Exercise) -> Iterator[tuple[tuple[str, ...], str]]:
        """Where in the exercise, and what is wrong: a key that does not earn its marks, a mistake that does, a worked answer that is not the engine's."""
        try:
            sheets = [self._sheet(exercise, seed) for seed in SEEDS]
        except PROBLEMS:
            return   # the curriculum's proof says why it cannot be played
        for seed, sheet in enumerate(sheets):
            if problem := next(_marked(sheet.asks), ""):
                yield ("world",), f"variant {seed}: {problem}"
                break
        asks = {ask.id: ask for ask in sheets[0].asks}
        for name, answer in exercise.expected.asks.items():
            if name not in asks:
                yield ("expected", "asks", name), f"nothing of this name is asked; asked are {', '.join(asks)}"
            elif not _full(asks[name], answer):
                yield ("expected", "asks", name), f'"{answer}" is not what the engine finds: {asks[name].key}'
        if left := [id for id, ask in asks.items() if ask.kind != "letter" and id not in exercise.expected.asks]:
            yield ("expected", "asks"), f"worked by hand is every ask of the first variant; not worked: {', '.join(left)}"

    def life(self, life: Life) -> Iterator[tuple[tuple[str, ...], str]]:
        """Where the figures worked by hand for the first variant differ from the careful way's."""
        try:
            aim = benchmark(draw_life(life, 0, self.shelf).world)
        except PROBLEMS:
            return
        for name, sentence in _life_differences(aim, life.expected.model_dump()):
            yield ("expected", name), sentence

    def scenario(self, scenario: Scenario | FormScenario) -> Iterator[tuple[tuple[str, ...], str]]:
        """Where in the scenario, and what is wrong: a variant that cannot be played, or a worked answer that is not the engine's."""
        if scenario.world.payer not in self.policies:
            return
        for seed in SEEDS:
            try:
                course = self._course(scenario, seed)
                _asked(course), course.clean_answer, course.fields  # computed when asked for
            except (FieldError, OutsideKnownDates, ValueError, ArithmeticError, LookupError) as error:
                yield ("vary",) if seed else ("world",), f"variant {seed} cannot be played: {error}"
                return
        told = {**scenario.expected.asks, "clean_outcome": scenario.expected.clean_outcome, "clean_paid": scenario.expected.clean_paid}
        for name, sentence in _differences(self._course(scenario, 0), {name: value for name, value in told.items() if value}):
            yield ("expected", name) if name.startswith("clean_") else ("expected", "asks", name), sentence

    def _course(self, scenario: Scenario | FormScenario, seed: int) -> Course:
        return Course.begin(scenario, seed, self.policies[scenario.world.payer], self.books)


def _marked(asks: tuple[Ask, ...]) -> Iterator[str]:
    """Keys earn everything, known mistakes and other values do not."""
    for ask in asks:
        if ask.kind == "letter":
            if not _full(ask, ask.model):
                yield f"{ask.id}: the model letter does not hold every element"
        elif not _full(ask, ask.key):
            yield f"{ask.id}: the key {ask.key} does not earn full marks"
        for wrong in ask.wrong:
            if _full(ask, wrong.value):
                yield f"{ask.id}: the mistake {wrong.slug} earns full marks"


def _full(ask: Ask, answer: object) -> bool:
    alone = replace(ask, carry=None)
    marks = mark_asks((alone,), {ask.id: answer})
    return isinstance(marks, Marks) and marks.full


def _life_differences(aim: Benchmark, told: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, right in (("collectable", aim.collectable), ("from_payers", aim.from_payers), ("from_patient", aim.from_patient)):
        if not _equal(told.get(name, ""), right):
            yield name, f"the careful way gives {right}"


def question_earns_full(question: Question, response: object, seed: int) -> bool:
    """Whether the response to the question under the seed earns full credit; an unreadable one does not."""
    marks = mark_question(question, drawn(question, seed), list(response) if isinstance(response, tuple) else response)
    return isinstance(marks, Marks) and marks.full


def _blind_claim(course: Course, told: dict[str, str]) -> Any:
    """The claim at hand with what somebody wrote into it: fields by path, `diagnoses` as codes, and `line.N` as date, place, code, modifiers, pointers, charge, units.

    Modifiers and pointers are joined by commas; `-` stands for none, and a whole line of `-` for a line taken off.
    """
    if course.case.form:
        return _blind_form(course, told)
    claim = claim_fields.typed(course.at_hand)
    lines = {number: line for number, line in enumerate(plain(claim)["lines"], 1)}
    accident = {name.removeprefix("accident."): text for name, text in told.items() if name.startswith("accident.")}
    for name, text in told.items():
        if name.startswith("line."):
            lines[int(name.removeprefix("line."))] = _blind_line(text)
        elif name == "diagnoses":
            claim = with_field(claim, name, text.split())
        elif not name.startswith("accident."):
            claim = with_field(claim, name, text)
    whole = plain(claim)
    return claim_fields.typed({**whole, "accident": {**(whole["accident"] or {}), **accident} or None, "lines": [lines[number] for number in sorted(lines) if lines[number]]})


def _blind_form(course: Course, told: dict[str, str]) -> Any:
    """The claim on its form with what somebody wrote into it: a field by its path (rows from 1: `lines.2.charge`), several codes with spaces between, yes for a cross; a whole row `-` takes it off."""
    document, form = deepcopy(course.at_hand), course.case.form
    gone = []
    for path, text in sorted(told.items(), key=lambda each: [part.zfill(3) for part in each[0].split(".")]):
        *parents, leaf = steps(path)
        if parents and isinstance(document[parents[0]], list) and len(document[parents[0]]) <= (parents[1] if len(parents) > 1 else leaf):
            document[parents[0]].append({})
        if text.strip() == "-" and len(parents) == 1 and isinstance(leaf, int):
            gone.append((parents[0], leaf))
            continue
        field, held = field_at(form, path), document
        for part in parents:
            held = held[part]
        held[leaf] = text.split() if field and field.kind == "codes" else text == "yes" if field and field.kind == "yes" else text
    for group, place in reversed(gone):
        del document[group][place]
    return course.typed(document)


def _blind_line(text: str) -> dict | None:
    if text.strip() == "-":
        return None
    day, place, procedure, modifiers, pointers, charge, units = text.split()
    several = {"modifiers": modifiers, "diagnosis_pointers": pointers}
    return {"service_date": day, "place_of_service": place, "procedure": procedure, "charge": charge, "units": units,
            **{part: [] if joined == "-" else joined.split(",") for part, joined in several.items()}}


def _asked(course: Course) -> tuple[Ask, ...]:
    """What is asked first: of what lies on the desk or, where the learner begins by sending, of the claim at hand sent as it is."""
    return course.send(course.case.start).asks_after(1) if course.case.scenario.kind in SENDS_FIRST else course.first_asks


def _differences(course: Course, told: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Where an answer worked by hand differs from the engine's."""
    clean = course.clean_answer
    if told.pop("clean_outcome", outcome := outcome_of(clean)) != outcome:
        yield "clean_outcome", f"the engine answers the clean claim with {outcome}"
    paid = clean.paid if isinstance(clean, Remittance) else Decimal("0.00")
    if not _equal(told.pop("clean_paid", str(paid)), paid):
        yield "clean_paid", f"the engine pays the clean claim {paid}"
    asks = {ask.id: ask for ask in _asked(course)}
    for name, answer in told.items():
        if name not in asks:
            yield name, f"nothing of this name is asked; asked are {', '.join(asks) or 'no questions'}"
            continue
        marks = mark_asks((asks[name],), {name: answer})
        if not isinstance(marks, Marks) or not marks.full:
            yield name, f'"{answer}" is not what the engine finds: {asks[name].key}'


def _equal(told: object, paid: Decimal) -> bool:
    try:
        return Decimal(str(told)) == paid
    except InvalidOperation:
        return False
