"""A life: one account from before the visit to its last cent, as its author writes it; drawn by a seed into the world that the account unfolds in."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from billing.account.world import Clocks, PatientSide, PayerSide, Takeback, World
from billing.claim import ProfessionalClaim
from billing.coverage import Coverage
from curriculum.cases import chance, told
from curriculum.claim_fields import FieldError, put
from curriculum.exercises import Shelf
from curriculum.forms import FORMS as CLAIM_FORMS
from curriculum.forms.form import Sent
from curriculum.models import Content, ItemHead, Text
from curriculum.scenarios import NoteSection, Vary

FORMS: dict[str, tuple[type, type]] = {"professional": (ProfessionalClaim, Coverage), **{name: (form.claim_type, form.member_type) for name, form in CLAIM_FORMS.items()}}
"""The forms a life's claim may have: the type of the claim, and of a member in the payer's records."""


class LifePayer(Content):
    """A payer of the account, in the order in which they truly pay. member: its records of the member as he is; believes: fields that it holds otherwise. authorization: what it grants when
    it is asked before the service, as its records keep it.

    The other fields are those of billing.account.world.PayerSide.
    """
    payer: Text
    member: dict[str, object]
    believes: dict[str, object] = {}
    turnaround_days: Annotated[int, Field(ge=1, le=90)] = 14
    authorization_days: Annotated[int, Field(ge=0, le=30)] = 3
    authorization: dict[str, object] | None = None
    appeal_days: Annotated[int, Field(ge=1, le=90)] = 30
    crossover_to: str = ""
    late_days: Annotated[int, Field(ge=0, le=120)] = 0
    interest_percent: Decimal = Decimal("0.00")
    prompt_days: int = 0
    pays_twice_days: Annotated[int, Field(ge=0, le=90)] = 0
    takeback: Takeback | None = None
    participates: bool = True


class LifePaper(Content):
    """A paper of the file that the author writes: boxes and passages."""
    title: Text
    issuer: str = ""
    boxes: dict[str, str] = {}
    passages: tuple[NoteSection, ...] = ()


class LifeWorld(Content):
    """The truth of one account. claim: the claim that the record supports, whole, as it goes to the first payer.

    at_hand: fields of the claim as the registration has them, where they are wrong or still blank, by path.
    service: the day of service; opened: the first day at the desk.
    """
    account: Text
    form: Literal["professional", "institutional", "dental", "pharmacy"] = "professional"
    opened: date
    service: date
    claim: dict[str, object]
    at_hand: dict[str, object] = {}
    payers: Annotated[tuple[LifePayer, ...], Field(min_length=1, max_length=3)]
    patient: PatientSide = PatientSide()
    clocks: Clocks
    papers: Annotated[tuple[LifePaper, ...], Field(min_length=1)]


class LifeExpected(Content):
    """Worked by hand for the first variant: what can be collected in all, what of it comes from payers, what the patient pays in the end, and the careful way in words."""
    worked_by: Text
    collectable: Text
    from_payers: Text
    from_patient: Text
    way: Text


class Life(ItemHead):
    """An account to be worked from its first question to zero."""
    kind: Literal["life"]
    title: Text
    summary: Text
    minutes: Annotated[int, Field(ge=10, le=120)] = 40
    story: Text
    world: LifeWorld
    vary: Vary = Vary()
    teaches: Text
    expected: LifeExpected

    @model_validator(mode="after")
    def check_days(self):
        """An account is opened before the service or on its day."""
        if self.world.opened > self.world.service:
            raise ValueError("world.opened lies after world.service: a life begins before the visit")
        return self


@dataclass(frozen=True)
class DrawnLife:
    """One variant: the world behind the account, the claim as it lies on the desk, and the document that texts are filled from."""
    life: Life
    seed: int
    branch: str
    facts: LifeWorld
    world: World
    start: Any
    document: dict

    def tell(self, text: str) -> str:
        """The text with {paths} into the world filled in."""
        return told(text, self.document)


@cache
def reading(type_: type) -> TypeAdapter:
    """The reader of a type of billing."""
    return TypeAdapter(type_)


def draw_life(life: Life, seed: int, shelf: Shelf) -> DrawnLife:
    """The variant of that seed; seed 0 is the document as written. FieldError where it does not fit."""
    document, branch = life.world.model_dump(mode="json"), ""
    if life.vary.cases:
        case = life.vary.cases[seed % len(life.vary.cases)]
        branch = case.name
        for path, value in case.set.items():
            put(document, _path(path), deepcopy(value), new=True)
    if seed:
        stream = chance(life.id, seed)
        for path, values in sorted(life.vary.draw.items()):
            put(document, _path(path), deepcopy(stream.choice(values)), new=True)
    facts = _typed(LifeWorld, document, "world")
    claim_type, member_type = FORMS[facts.form]
    clean = _typed(claim_type, facts.claim, "world.claim")
    plain = reading(claim_type).dump_python(clean, mode="json")
    start = deepcopy(plain)
    for path, value in facts.at_hand.items():
        put(start, _path(path), value)
    sides = tuple(_side(each, member_type, place) for place, each in enumerate(facts.payers))
    if missing := [side.payer for side in sides if side.payer not in shelf.policies]:
        raise FieldError(f"world.payers: there is no payer {', '.join(missing)}")
    form = CLAIM_FORMS.get(facts.form)
    answering = (lambda *told_: form.answer(Sent(*told_))) if form else None
    world = World(facts.account, facts.opened, facts.service, clean, sides, facts.patient, facts.clocks, dict(shelf.policies), shelf.books, answering, form.remember if form else None)
    return DrawnLife(life, seed, branch, facts, world, _typed(claim_type, start, "world.at_hand"), {**document, "claim": plain})


def _side(told_: LifePayer, member_type: type, place: int) -> PayerSide:
    truth = _typed(member_type, told_.member, f"world.payers.{place}.member")
    believed = _typed(member_type, {**told_.member, **told_.believes}, f"world.payers.{place}.believes")
    rest = {name: getattr(told_, name) for name in LifePayer.model_fields if name not in ("member", "believes", "authorization")}
    given = None
    if told_.authorization is not None:
        given = _typed(member_type, {**told_.member, "authorizations": [told_.authorization]}, f"world.payers.{place}.authorization").authorizations[0]
    return PayerSide(truth=truth, believed=believed, authorization=given, **rest)


def _typed(type_: Any, document: object, where: str) -> Any:
    try:
        return reading(type_).validate_python(document)
    except ValidationError as error:
        raise FieldError("; ".join(f"{where}.{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())) from error


def _path(path: str) -> list:
    return [int(part) if part.isdigit() else part for part in path.removeprefix("world.").split(".")]
