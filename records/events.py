"""What the records keep of a learner: who they are, what they were asked, what they did, and how each step was graded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ANSWERS = ("submit", "send")     # the kinds of step that answer; a finished attempt takes no more of them
FINISH = "finish"
WHOLE = "attempt"                # the slot of steps that concern the attempt as a whole


@dataclass(frozen=True, slots=True)
class Profile:
    """A person at this installation. `id` is a uuid; `created_at`, like every time here, is UTC in milliseconds."""
    id: str
    name: str
    goal_kind: Literal["exam", "track"]
    goal: str
    exam_date: date | None
    created_at: int
    time_percent: int = 100      # of an exam's own time, for who is given more
    minutes_a_day: int = 20      # what one means to give to reviews and practice


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sitting at an item. `form` holds everything that was asked, key included, so that the attempt needs no content to be read again."""
    id: str
    profile: str
    item: str
    item_kind: Literal["question-set", "scenario", "practice", "exam"]
    title: str
    content_hash: str
    seed: int
    behaviour: Literal["practice", "exam"]
    form: dict
    started_at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the learner did in a slot of the attempt. The caller numbers the steps of a slot, so a retry names the same step."""
    attempt: str
    slot: str
    sequence: int
    kind: str                    # submit, send, reveal, hint, navigate, note, finish, ...
    payload: dict
    at: int

    @property
    def event(self) -> str:
        """The client-made id: the same step handed in twice has the same one."""
        return f"{self.attempt}/{self.slot}/{self.sequence}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a graded step says of one competency, and of the exam domains (`cpb:cpb1`) it counts in."""
    competency: str
    domains: tuple[str, ...]
    earned: Decimal
    possible: Decimal


@dataclass(frozen=True, slots=True)
class Grading:
    """A list of credits for one step. A later grading of the same step supersedes an earlier one; none is ever changed."""
    attempt: str
    slot: str
    sequence: int
    grader: str
    content_hash: str
    earned: Decimal
    possible: Decimal
    credits: tuple[dict, ...]
    evidence: tuple[Evidence, ...]
    at: int | None = None        # when it was graded; left out, the time of its step


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of handing in a step.

    `step` is what the records hold. `stored`: this call stored it; `already`: it was there before. `same` is False when
    another tab had answered under this sequence with something else: then `step` is that other answer.
    """
    stored: bool
    already: bool
    step: Step
    same: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """Work in progress in a slot; `after` is the last sequence of the slot when it was saved (0 before any step)."""
    attempt: str
    slot: str
    payload: dict
    after: int
    at: int


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """An attempt with all that happened in it. `gradings` are those that count now, `superseded` the earlier ones."""
    attempt: Attempt
    steps: tuple[Step, ...]
    gradings: tuple[Grading, ...]
    superseded: tuple[Grading, ...]
    score: Decimal
    possible: Decimal
    finished_at: int | None


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer to a question as it counts now. sure: 1 to 3, 0 unsaid; cost: the share of the points that hints took; times in milliseconds, 0 unknown; seed: the variant."""
    attempt: str
    slot: str
    at: int
    earned: Decimal
    possible: Decimal
    seed: int
    sure: int
    hints: int
    cost: Decimal
    taken: int
    usual: int


@dataclass(frozen=True, slots=True)
class Since:
    """What came to a learner's answers after an earlier look: the marker as it is now, the place in the log that this reaches, and the new answers."""
    marker: tuple[int, ...]
    reaches: int
    answers: tuple[PastAnswer, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The steps of an attempt, in the order in which they were written, without what was asked."""
    attempt: str
    profile: str
    item: str
    title: str
    started_at: int
    finished_at: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt is graded at its end: the steps, those stored already among them, each with its grading; and what the finish says."""
    steps: tuple[tuple[Step, Grading], ...]
    payload: dict
    at: int


@dataclass(frozen=True, slots=True)
class RegradeRun:
    """A correction of the marks of one item, and why; `question`: the corrected item as it was then, empty where the policy needs none.

    `undone_at`: when another run took it back.
    """
    id: str
    item: str
    policy: Literal["replace", "never-lower", "accept-both", "full-credit", "drop", "undo"]
    actor: str
    reason: str
    question: dict
    undoes: str | None
    at: int
    undone_at: int | None = None


@dataclass(frozen=True, slots=True)
class RegradeChange:
    """One step whose grading a run superseded: the grading before and the one after."""
    run: str
    profile: str
    name: str
    title: str
    before: Grading
    after: Grading


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line of a learner's history; `possible` counts the slots graded so far."""
    attempt: str
    item: str
    kind: str
    title: str
    behaviour: str
    score: Decimal
    possible: Decimal
    started: int
    finished: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The evidence a learner has given for a competency or an exam domain: `n` marks from `items` different slots of items."""
    n: int
    earned: Decimal
    possible: Decimal
    items: int
    last_at: int


@dataclass(frozen=True, slots=True)
class ItemState:
    """How often and how well a learner has worked an item; the ratios are None until something was graded (unattempted is not wrong)."""
    attempts: int
    last_score_ratio: Decimal | None
    best: Decimal | None
    first_at: int
    last_at: int
