"""What an item is: the parts every item has, and a question of each kind, as typed content."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from billing.policy import Citation

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Exam = Literal["cpb", "cmrs", "crcs", "cbcs"]


class Content(BaseModel):
    """Frozen, and closed to unknown fields."""
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Content):
    """The days an item is in force, both included; `to` open when absent."""
    from_: date = Field(alias="from")
    to: date | None = None


class ItemHead(Content):
    """What every item states of itself."""
    id: UUID
    slug: Slug
    competencies: Annotated[tuple[str, ...], Field(min_length=1)]
    domains: dict[Exam, tuple[str, ...]] = {}
    difficulty: Annotated[int, Field(ge=1, le=5)]
    status: Literal["draft", "published", "retired"] = "draft"
    in_force: Span
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    last_checked: date
    reimplements: UUID | None = None


class Option(Content):
    """One option; its id never changes, its place on the screen does. In an ordering they are written in the right order; in a matching they are what prompts are matched to."""
    id: Slug
    text: Text
    correct: bool = False
    why: str = ""                          # needed unless a prompt of a matching says it
    misconception: str = ""


class Prompt(Content):
    """The left side of a pair: what is matched, the option it belongs to, and why."""
    id: Slug
    text: Text
    match: Slug
    why: Text


class AcceptedCode(Content):
    """A code that earns `credit` (1 full; less for the right category with the wrong specificity), and why."""
    code: Text
    credit: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)
    why: Text


class Computed(Content):
    """A key that billing computes: the formula's name in billing/formulas.py and what it is given.

    A value of `given` is a literal, or a list to draw from by the seed. `{name}` in the stem shows the drawn value.
    """
    formula: Slug
    given: dict[str, str | tuple[str, ...]]


class Question(ItemHead):
    """A question of any kind; `check_kind` says which fields each kind needs."""
    kind: Literal["single-choice", "multiple-choice", "true-false", "numeric", "money", "date", "code-entry", "matching", "ordering"]
    stem: Text
    exhibit: str = ""
    prompts: tuple[Prompt, ...] = ()       # matching
    options: tuple[Option, ...] = ()
    partial_credit: Literal["all-or-nothing", "right-minus-wrong"] = "right-minus-wrong"
    answer: str = ""                       # numeric, money, date: the typed key of a knowledge question
    tolerance: Decimal = Decimal(0)        # numeric and money: at most this far off
    compute: Computed | None = None        # numeric, money, date: the computed key
    code_set: Literal["", "icd-10-cm", "hcpcs", "modifier", "pos", "carc", "rarc"] = ""
    accepted: tuple[AcceptedCode, ...] = ()
    rationale: Text
    find_it: Text
    hints: Annotated[tuple[Text, ...], Field(max_length=3)] = ()   # in the order in which they are given
    fact: Slug | None = None               # questions of one competency with the same fact may stand for each other in a review

    @model_validator(mode="after")
    def check_kind(self):
        """Each kind has its own fields and no others."""
        right = [option for option in self.options if option.correct]
        wants = {
            "single-choice": (len(self.options) == 4 and len(right) == 1, "exactly four options, one of them correct"),
            "multiple-choice": (len(self.options) >= 4 and 1 < len(right) < len(self.options), "four or more options, at least two correct and one not"),
            "true-false": ({o.id for o in self.options} == {"true", "false"} and len(right) == 1, "the options true and false, one of them correct"),
            "numeric": (bool(self.answer) != bool(self.compute), "either answer or compute"),
            "money": (bool(self.answer) != bool(self.compute), "either answer or compute"),
            "date": (bool(self.answer) != bool(self.compute), "either answer or compute"),
            "code-entry": (bool(self.code_set) and any(a.credit == 1 for a in self.accepted), "code_set and an accepted code of full credit"),
            "matching": (3 <= len(self.prompts) <= 8 and 3 <= len(self.options) <= 9 and not right, "three to eight prompts and three to nine options, none of them marked correct"),
            "ordering": (3 <= len(self.options) <= 8 and not right, "three to eight options in the right order, none of them marked correct"),
        }
        met, what = wants[self.kind]
        if not met:
            raise ValueError(f"a {self.kind} question needs {what}")
        if self.prompts and self.kind != "matching":
            raise ValueError(f"a {self.kind} question has no prompts; only matching has")
        for several, name in ((self.options, "options"), (self.prompts, "prompts")):
            if len({each.id for each in several}) != len(several):
                raise ValueError(f"two {name} have the same id")
        self._check_reasons()
        return self

    def _check_reasons(self) -> None:
        """Every prompt names an option; every option says why, unless the prompts that belong to it do."""
        ids, matched = {option.id for option in self.options}, {prompt.match for prompt in self.prompts}
        if astray := sorted(matched - ids):
            raise ValueError(f"no option has the id {astray[0]}, which a prompt is matched to")
        if silent := [option.id for option in self.options if not option.why and option.id not in matched]:
            raise ValueError(f'the option {silent[0]} needs a "why" of its own')


class QuestionSet(Content):
    """A file under quizzes/: questions that are offered together."""
    kind: Literal["question-set"]
    id: UUID
    slug: Slug
    title: Text
    description: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Exhibit(Content):
    """A paper of a case: a table or a passage, under its own title."""
    id: Slug
    title: Text
    text: Text


class CaseSet(QuestionSet):
    """A file under quizzes/cases/: questions on one shared situation and its papers, each answered and scored apart from the others."""
    kind: Literal["case-set"]
    story: Text
    exhibits: tuple[Exhibit, ...]

    @model_validator(mode="after")
    def check_case(self):
        """A case fits on a desk: one to four papers, told apart, and three to six questions about them."""
        if not 1 <= len(self.exhibits) <= 4:
            raise ValueError(f"a case has one to four exhibits, this one has {len(self.exhibits)}")
        if not 3 <= len(self.questions) <= 6:
            raise ValueError(f"a case has three to six questions, this one has {len(self.questions)}")
        if len({exhibit.id for exhibit in self.exhibits}) != len(self.exhibits):
            raise ValueError("two exhibits have the same id")
        return self
