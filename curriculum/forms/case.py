"""A scenario of any form drawn by a seed: the claim its record supports, the claim on the desk, the member as he is and as the payer has him."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from curriculum.cases import chance, told
from curriculum.claim_fields import FieldError, put
from curriculum.forms import FORMS
from curriculum.forms.form import ClaimForm
from curriculum.forms.reading import plain, reader, steps, typed
from curriculum.forms.scenario import FiledPaper, FormScenario, FormWorld
from curriculum.papers import Paper, Table
from curriculum.scenarios import Fault


@dataclass(frozen=True)
class FormCase:
    """One variant; what is said of curriculum.cases.Case holds here. at_hand: the claim on the desk, plain: what is blank on it need not be a whole claim."""
    scenario: FormScenario
    seed: int
    branch: str
    form: ClaimForm
    world: FormWorld
    faults: tuple[Fault, ...]
    clean: Any
    start: Any
    at_hand: dict
    truth: Any
    believed: Any
    document: dict

    def tell(self, text: str) -> str:
        """The text with {paths} into the world filled in."""
        return told(text, self.document)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The author's papers with their texts filled."""
        return tuple(_paper(self, paper) for paper in self.world.papers)


def draw_form(scenario: FormScenario, seed: int) -> FormCase:
    """The variant of that seed; seed 0 is the document as written. FieldError with every field that does not fit."""
    document = scenario.world.model_dump(mode="json")
    faults, branch = scenario.faults, ""
    if scenario.vary.cases:
        case = scenario.vary.cases[seed % len(scenario.vary.cases)]
        branch, faults = case.name, scenario.faults if case.faults is None else case.faults
        for path, value in case.set.items():
            put(document, _path(path), deepcopy(value), new=True)
    if seed:
        stream = chance(scenario.id, seed)
        for path, values in sorted(scenario.vary.draw.items()):
            put(document, _path(path), deepcopy(stream.choice(values)), new=True)
    form = FORMS[scenario.form]
    world = _read(FormWorld, document, "world")
    clean = _read(form.claim_type, {"payer": world.payer, **world.claim}, "world.claim")
    truth, believed = (_read(form.member_type, {**world.member, **other}, where) for other, where in (({}, "world.member"), (world.payer_believes, "world.payer_believes")))
    whole = plain(clean)
    wrong = _wronged(whole, faults, world)
    at_hand = deepcopy(wrong)
    for path in scenario.blank:
        _blank(form, whole, at_hand, path)
    return FormCase(scenario, seed, branch, form, world, faults, clean, _sendable(form, at_hand, wrong), at_hand, truth, believed, {**document, "claim": whole})


def _sendable(form: ClaimForm, at_hand: dict, wrong: dict) -> Any:
    """The claim at hand as it could be sent; where too much is blank on it for that, or no line is left to decide, with the blanks filled in."""
    if at_hand.get("lines") == []:
        return typed(form, wrong)
    try:
        return typed(form, at_hand)
    except FieldError:
        return typed(form, wrong)


def _wronged(whole: dict, faults: tuple[Fault, ...], world: FormWorld) -> dict:
    """The clean claim with its faults, and with what the record does not support."""
    document = deepcopy(whole)
    for fault in faults:
        put(document, steps(fault.field), list(fault.value) if isinstance(fault.value, tuple) else fault.value)
    for group, rows in world.beyond.items():
        if not isinstance(document.get(group), list):
            raise FieldError(f"world.beyond: a claim of this form has no group {group}")
        document[group] = [*document[group], *deepcopy(rows)]
    return document


def _blank(form: ClaimForm, whole: dict, document: dict, path: str) -> None:
    """Empties a field or a group: a list to none, a cross to no, text to nothing, and what no claim can hold as nothing (a day, an amount) to absent."""
    try:
        held: Any = document
        for part in steps(path)[:-1]:
            held = held[part]
        value = held[steps(path)[-1]]
    except (KeyError, IndexError, TypeError) as error:
        raise FieldError(f"blank: there is no field {path}") from error
    held[steps(path)[-1]] = [] if isinstance(value, list) else False if isinstance(value, bool) else "" if _text(form, whole, path) else None


def _text(form: ClaimForm, whole: dict, path: str) -> bool:
    """Whether a claim could hold nothing but an empty text there."""
    trial = deepcopy(whole)
    put(trial, steps(path), "")
    try:
        return typed(form, trial) is not None
    except FieldError:
        return False


def _read(type_: type, document: object, where: str) -> Any:
    try:
        return reader(type_).validate_python(document)
    except ValidationError as error:
        raise FieldError("; ".join(f"{where}.{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())) from error


def _path(path: str) -> list:
    return [int(part) if part.isdigit() else part for part in path.removeprefix("world.").split(".")]


def _paper(case: FormCase, paper: FiledPaper) -> Paper:
    tell = case.tell
    tables = tuple(Table(each.caption, tuple((head, head in each.figures) for head in each.heads), tuple(tuple(map(tell, row)) for row in each.rows), tuple(map(tell, each.totals)))
                   for each in paper.tables)
    return Paper(paper.title, tell(paper.issuer), tuple((tell(label), tell(value)) for label, value in paper.boxes.items()),
                 tuple((tell(part.heading), tell(part.text)) for part in paper.passages), tables, tell(paper.note))
