"""An exercise: facts an author writes, papers and questions its kind computes from them, asked in rounds.

A claim that is filled in and answered is a Scenario (scenarios.py); everything else that is read, worked out, ordered, posted or
written is an exercise of some kind of curriculum/kinds/. The file is the same but for `world`, which each kind types for itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from billing.codes import CodeBooks
from billing.policy import PayerPolicy
from curriculum.ask import Ask
from curriculum.cases import chance, told
from curriculum.claim_fields import FieldError, put
from curriculum.forms.institutional import grouper
from curriculum.models import Content, ItemHead, Slug, Text
from curriculum.papers import Paper
from curriculum.scenarios import Expected, Vary


@dataclass(frozen=True)
class Shelf:
    """What a kind may look up: the payers' rules by folder name, the code books, and what groups inpatient stays."""
    policies: Mapping[str, PayerPolicy]
    books: CodeBooks
    grouper: Any = None


def shelf_of(policies: Mapping[str, PayerPolicy], books: CodeBooks) -> Shelf:
    """The shelf with the grouper of hospital stays on it."""
    return Shelf(policies, books, grouper())


@dataclass(frozen=True)
class Round:
    """What arrives together and what is then asked of it; the next round comes when this one is answered."""
    heading: str
    asks: tuple[Ask, ...]
    papers: tuple[Paper, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class Sheet:
    """An exercise of one variant: the file (papers that lie there all the time), the rounds, and what is shown at the end.

    signature: what decisions this variant asks for beyond the keys of its choices (a branch taken, a limit met).
    """
    file: tuple[Paper, ...]
    rounds: tuple[Round, ...]
    closing: tuple[Paper, ...] = ()
    signature: tuple = ()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Every ask of every round."""
        return tuple(ask for each in self.rounds for ask in each.asks)


@dataclass(frozen=True)
class Kind:
    """A kind of exercise. name: as `kind:` in the file; world: the type of its facts; sheet: computes papers and asks, or raises ValueError or
    LookupError with a sentence for the author.

    step: of an account's life (verify, estimate, build, send, answer, post, deny, second, patient); empty: the step of its competencies.
    form: of its claims (professional, institutional, dental, pharmacy); empty: by its competencies.
    """
    name: str
    title: str
    world: type[Content]
    sheet: Callable[[Any, Shelf], Sheet]
    step: str = ""
    form: str = ""


class Exercise(ItemHead):
    """An exercise as its author writes it."""
    kind: Slug
    title: Text
    summary: Text
    minutes: Annotated[int, Field(ge=3, le=120)] = 12
    story: Text
    world: dict[str, object]
    vary: Vary = Vary()
    teaches: Text
    expected: Expected


@dataclass(frozen=True)
class Drawn:
    """One variant: its branch, the typed world, and the same as a document for the texts."""
    exercise: Exercise
    seed: int
    branch: str
    world: Any
    document: dict

    def tell(self, text: str) -> str:
        """The text with {paths} into the world filled in."""
        return told(text, self.document)


def payers_named(world: object) -> Iterator[str]:
    """Every payer that the facts name, wherever they do."""
    if isinstance(world, dict):
        for name, value in world.items():
            if name == "payer" and isinstance(value, str):
                yield value
            else:
                yield from payers_named(value)
    elif isinstance(world, (list, tuple)):
        for value in world:
            yield from payers_named(value)


def draw_exercise(exercise: Exercise, kind: Kind, seed: int) -> Drawn:
    """The variant of that seed; seed 0 is the document as written. FieldError with every field that does not fit."""
    document, branch = deepcopy(exercise.world), ""
    if exercise.vary.cases:
        case = exercise.vary.cases[seed % len(exercise.vary.cases)]
        branch = case.name
        for path, value in case.set.items():
            put(document, _path(path), deepcopy(value), new=True)
    if seed:
        stream = chance(exercise.id, seed)
        for path, values in sorted(exercise.vary.draw.items()):
            put(document, _path(path), deepcopy(stream.choice(values)), new=True)
    try:
        world = kind.world.model_validate(document)
    except ValidationError as error:
        raise FieldError("; ".join(f"world.{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())) from error
    return Drawn(exercise, seed, branch, world, world.model_dump(mode="json"))


def _path(path: str) -> list:
    return [int(part) if re.fullmatch(r"\d+", part) else part for part in path.removeprefix("world.").split(".")]
