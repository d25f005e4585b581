"""What turned over since somebody last saw it: questions out of force, replaced or newly in force, and payers' rules with a new value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from curriculum.catalogue import Catalogue
from curriculum.exam_form import offered_on
from curriculum.models import Question

ENDED, REPLACED, BEGUN = "ended", "replaced", "begun"


@dataclass(frozen=True)
class TurnedQuestion:
    """A question whose days turned. on: the day; seen: when the learner last met it or, where it is new, its competency; now: the question to answer instead, if there is one."""
    question: Question
    how: str
    on: date
    seen: date
    now: Question | None = None


@dataclass(frozen=True)
class TurnedRule:
    """A rule of a payer with a value since a later day than the learner last worked with that payer. ended: it has no value any more."""
    payer: str
    name: str
    rule: str
    title: str
    since: date
    seen: date
    ended: bool
    citations: tuple[str, ...]
    invented: bool


def turned_questions(held: Catalogue, met: Mapping[str, date], today: date) -> tuple[TurnedQuestion, ...]:
    """The questions that turned over since each was met; newest first."""
    return tuple(sorted((*_gone(held, met, today), *_begun(held, met, today)), key=lambda one: (-one.on.toordinal(), str(one.question.id))))


def _gone(held: Catalogue, met: Mapping[str, date], today: date) -> Iterator[TurnedQuestion]:
    """Those met that are answered otherwise now: replaced by another, or with days that ran out since."""
    instead = {str(q.reimplements): q for q in held.questions.values() if q.reimplements and offered_on(q, today)}
    for id_, seen in met.items():
        question = held.questions.get(id_)
        if question is None:
            continue
        new, last = instead.get(id_), question.in_force.to
        if new and id_ != str(new.id) and str(new.id) not in met:
            yield TurnedQuestion(question, REPLACED, max(new.in_force.from_, seen), seen, new)
        elif last and seen <= last < today and not new:
            yield TurnedQuestion(question, ENDED, last, seen)


def _begun(held: Catalogue, met: Mapping[str, date], today: date) -> Iterator[TurnedQuestion]:
    """Those never met that came into force after their competency was last met."""
    skills: dict[str, date] = {}
    for id_, seen in met.items():
        if id_ in held.questions:
            skill = held.questions[id_].competencies[0]
            skills[skill] = max(seen, skills.get(skill, seen))
    for id_, question in held.questions.items():
        seen = skills.get(question.competencies[0])
        if seen and id_ not in met and not question.reimplements and offered_on(question, today) and seen < question.in_force.from_:
            yield TurnedQuestion(question, BEGUN, question.in_force.from_, seen, question)


def turned_rules(held: Catalogue, worked: Mapping[str, date], today: date) -> tuple[TurnedRule, ...]:
    """The rules of payers that got a new value since a claim to them was last worked; newest first. worked: payer to that day."""
    found = [TurnedRule(payer, held.policies[payer].name, kind, rule.title, value.since, seen, value.value is None, tuple(map(str, value.citations)), rule.invented)
             for payer, seen in worked.items() if payer in held.policies
             for kind, rule in held.policies[payer].rules.items() for value in rule.values if seen < value.since <= today]
    return tuple(sorted(found, key=lambda one: (-one.since.toordinal(), one.name, one.title)))
