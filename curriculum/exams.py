"""What exams ask and what the job asks: competencies, onboarding tracks, exam blueprints, and the sources that content cites."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from curriculum.models import Content, Exam, Slug, Text

Level = Literal["first-30-days", "days-31-90", "after-90-days"]
Sureness = Literal["high", "medium", "low", "none-published"]
SkillId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]


class Skill(Content):
    """A competency: what someone can do who has it, when a new hire needs it, and the exam domains that ask for it ("all": every one)."""
    id: SkillId
    name: Text
    shows: Text
    level: Level
    exams: dict[Exam, tuple[str, ...] | Literal["all"]]


class Area(Content):
    """Competencies that belong together."""
    area: Slug
    name: Text
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]


class Competencies(Content):
    """exams/competencies.yaml: the areas, and the onboarding tracks as lists of areas."""
    areas: tuple[Area, ...]
    tracks: dict[Slug, tuple[Slug, ...]]


class Domain(Content):
    """A part of an exam and, where published, the number of its questions. partly: why this bank can prepare for it only in part."""
    id: Text
    name: Text
    questions: Annotated[int, Field(gt=0)] | None = None
    case_sets: bool = False
    partly: str = ""


class Format(Content):
    """How the exam is sat; None where the body publishes no figure."""
    questions: int | None
    minutes: int | None
    unscored: int = 0
    window_days: int | None = None
    sitting: Literal["one", "many"]
    item_types: tuple[str, ...]
    case_sets: bool = False


class Pass(Content):
    """The pass mark: a per cent, or a point on a scale."""
    kind: Literal["percent", "scaled"]
    value: Decimal
    min: Decimal | None = None
    max: Decimal | None = None


class Practice(Content):
    """What a practice form asks where the body publishes no number: our own estimate, and since when it is ours."""
    questions: Annotated[int, Field(gt=0)]
    as_of: date
    note: Text


class Blueprint(Content):
    """One exam as far as it is known: since when, from where, and how sure."""
    id: Exam
    exam: Text
    body: Text
    as_of: Text
    format: Format
    pass_: Pass = Field(alias="pass")
    books: tuple[str, ...]
    confidence: dict[str, Sureness]
    source: Text
    note: str = ""
    practice: Practice | None = None
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]


class Blueprints(Content):
    """exams/blueprints.yaml."""
    blueprints: tuple[Blueprint, ...]


class Source(Content):
    """Where something is written, and how and when we saw it."""
    id: Slug
    title: Text
    publisher: Text
    url: Annotated[str, Field(pattern=r"^(https?://\S+|docs/\S+\.md)$")]
    kind: Slug
    seen: Text
    note: str = ""
    published: date | None = None
