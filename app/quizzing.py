"""Quizzes at the desk: which sets there are, a sitting of one, and an answer handed in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.ending import last_of
from app.session import catalogue, ledger, new_id, new_seed, now, today
from app.sittings import asked, begun, complete, form_of, grading_of, mark_of, plain_response
from curriculum.exam_form import offered_on
from curriculum.models import Question, QuestionSet
from records import Attempt, AttemptSummary, Profile, Receipt, Step, Unknown
from scoring.answers import Unreadable
from scoring.marks import mark_question

KIND = "question-set"
FIRST = 1                        # in practice a question is answered once; a second tab meets the stored answer


@dataclass(frozen=True)
class SetCard:
    """A set as the list shows it. domains: exam id to the names of its domains that the set serves."""
    id: str
    title: str
    description: str
    area: str
    count: int
    competencies: tuple[str, ...]
    domains: dict[str, tuple[str, ...]]


# The list

def sets() -> tuple[SetCard, ...]:
    """The sets that have published questions in force today."""
    return _cards(today())


@lru_cache(maxsize=4)
def _cards(day: date) -> tuple[SetCard, ...]:
    return tuple(_card(whole, questions) for whole in catalogue().sets if (questions := offered(whole, day)))


def offered(whole: QuestionSet, day: date) -> tuple[Question, ...]:
    """The set's questions that are published and in force on the day."""
    return tuple(question for question in whole.questions if offered_on(question, day))


def _card(whole: QuestionSet, questions: tuple[Question, ...]) -> SetCard:
    skills = tuple(dict.fromkeys(skill for q in questions for skill in q.competencies))
    held = catalogue()
    domains = {exam: tuple(d.name for d in blueprint.domains if any(d.id in held.domains_of(q, exam) for q in questions))
               for exam, blueprint in held.blueprints.items()}
    return SetCard(str(whole.id), whole.title, whole.description, area_of(whole), len(questions), skills, domains)


def area_of(whole: QuestionSet) -> str:
    """The folder the set lies in, under the name of the competency area where it has one."""
    folder = catalogue().origins[str(whole.id)].node.file.split("/")[1]
    names = {area.area: area.name for area in catalogue().areas}
    return names.get(folder, folder.replace("-", " ").capitalize())


def last_results(profile: Profile) -> dict[str, AttemptSummary]:
    """The newest attempt at each set."""
    newest: dict[str, AttemptSummary] = {}
    for summary in ledger().attempts_of(profile.id, limit=500):
        if summary.kind == KIND:
            newest.setdefault(summary.item, summary)
    return newest


# A sitting

def begin(profile: Profile, item: str) -> str:
    """The attempt to go on with: the unfinished one, else a new one that is saved when this returns."""
    unfinished = ledger().open_attempt(profile.id, item)
    if unfinished and not complete(unfinished):
        return unfinished.attempt.id
    whole = next((one for one in catalogue().sets if str(one.id) == item), None)
    if whole is None or not offered(whole, today()):
        raise Unknown("This set is not offered any more. Past attempts at it stay in your progress.")
    seed = new_seed()
    form = {"set": {"title": whole.title, "description": whole.description}} | form_of((question, seed) for question in offered(whole, today()))
    return ledger().start(Attempt(new_id(), profile.id, item, KIND, whole.title, mark_of(form), seed, "practice", form, now())).id


def hand_in(attempt: str, question: str, response: object) -> Receipt | Unreadable:
    """Marks and saves an answer; durable when this returns. An unreadable one is no attempt and is not kept.

    The receipt's step is what the records hold: where another tab was first, that tab's answer.
    """
    asks = asked(attempt)
    variant = asks.variants[question]
    marks = mark_question(variant.keyed.question, variant.keyed.drawn, response)
    if isinstance(marks, Unreadable):
        return marks
    answered = {step.slot for step in begun(attempt).steps if step.kind == "submit"}
    step = Step(attempt, question, FIRST, "submit", {"response": plain_response(variant.public.kind, response)}, now())
    return ledger().append(step, grading_of(step, asks.form, variant.keyed.question, marks.credits), asked=last_of(asks.variants, answered))
