"""How an exam is graded when it ends: the latest answer of every question, and what was left or never reached, with no evidence taken from a blank."""

from dataclasses import replace
from decimal import Decimal

from app.sittings import grading_of
from curriculum.models import Question
from curriculum.variants import KeyedQuestion, QuestionVariant
from records import WHOLE, Ending, Grading, Step, StoredAttempt
from scoring.answers import Unreadable
from scoring.exam_result import BLANKS, OMIT, UNREACHED
from scoring.marks import GRADER, Credit, Marks, mark_question

NOTHING = (None, "", [])
"""Responses that take an answer back."""


def variants(form: dict) -> dict[str, QuestionVariant]:
    """The form's questions with their keys, by slot."""
    return {variant.public.id: variant for variant in map(QuestionVariant.from_plain, form["questions"])}


def ending(found: StoredAttempt, at: int, expired: bool) -> Ending:
    """The last steps and gradings of an exam. An answer counts when it was saved by the deadline; the finish is dated no later than that."""
    form = found.attempt.form
    deadline, at = form["deadline_at"], max([at, *(step.at for step in found.steps)])
    end = at if deadline is None else min(at, deadline)
    held = variants(form)
    graded = tuple(_last(found, slot, held[slot["item"]].keyed, end) for slot in form["slots"])
    return Ending(graded, {"expired": expired, "written_at": at}, end)


def _last(found: StoredAttempt, slot: dict, keyed: KeyedQuestion, end: int) -> tuple[Step, Grading]:
    """The step that counts in a slot, and its grading."""
    item, form = slot["item"], found.attempt.form
    own = [step for step in found.steps if step.slot == item]
    answers = [step for step in own if step.kind == "submit" and step.at <= end]
    if answers and answers[-1].payload["response"] not in NOTHING:
        marks = marks_of(keyed, answers[-1].payload["response"])
        return answers[-1], grading(answers[-1], form, keyed.question, marks, slot["scored"])
    shown = answers or any(step.slot == WHOLE and step.kind == "navigate" and step.payload.get("to") == item for step in found.steps)
    kind = OMIT if shown else UNREACHED
    blank = Step(found.attempt.id, item, max((step.sequence for step in own), default=0) + 1, kind, {}, end)
    credit = Credit("answer", Decimal(0), Decimal(int(slot["scored"])), BLANKS[kind])
    return blank, Grading(found.attempt.id, item, blank.sequence, GRADER, form["hashes"][item], Decimal(0), credit.possible, (credit.plain(),), ())


def marks_of(keyed: KeyedQuestion, response: object) -> Marks:
    """The marks of a response as the attempt kept the question; one that cannot be read earns nothing and says why."""
    marks = mark_question(keyed.question, keyed.drawn, response)
    if isinstance(marks, Unreadable):
        return Marks((Credit("answer", Decimal(0), Decimal(1), f"It could not be read. {marks.sentence}"),))
    return marks


def grading(step: Step, form: dict, question: Question, marks: Marks, scored: bool = True) -> Grading:
    """The grading of an answer. An unscored question is worth nothing of nothing; what it shows of a competency counts all the same."""
    found = grading_of(step, form, question, marks.credits)
    return found if scored else replace(found, earned=Decimal(0), possible=Decimal(0))
