"""Practice at the desk: a session begun from chosen questions, hints and their cost, an answer handed in with how sure one was, and how it went."""

from dataclasses import dataclass, replace
from decimal import Decimal

from app import reviewing
from app.attempt_clock import time_in
from app.ending import last_of
from app.session import catalogue, change, ledger, new_id, new_seed, now
from app.sittings import Sitting, asked, begun, complete, finish, form_of, grading_of, mark_of, plain_response, stored, variants
from curriculum.practice_form import Block
from curriculum.variants import KeyedQuestion
from records import Attempt, Log, Profile, Receipt, Step, StoredAttempt, Unknown
from scoring import confidence
from scoring.answers import Unreadable
from scoring.hints import deduction
from scoring.marks import mark_question

KIND = "practice"
ORDERED, REVIEW, TODAY, CHANGED = "practice", "practice:review", "practice:today", "practice:changed"
"""What a session is an attempt at."""
SHOWN, ANSWER = 0, 100           # sequences of a slot's steps; hints are 1, 2, 3: a hint taken in two tabs is one
A_HINT, WHERE_TO_LOOK = Decimal("0.25"), Decimal("0.5")
"""The share of the points that a hint costs; and where an item has none of its own, the way to find it."""
AWAY = 15 * 60_000


@dataclass(frozen=True)
class Hints:
    """What was taken, how many are left, and what the next one costs."""
    taken: tuple[str, ...]
    left: int
    price: Decimal


def begin(profile: Profile, item: str, title: str, chosen: tuple[Block, ...], asked: dict, why: dict[str, str] | None = None) -> str:
    """A new session, saved when this returns; one of the same sort that is under way ends there. why: by question, what it was chosen for."""
    if not chosen:
        raise Unknown("No question fits what you ask for. Ask for less, or for other things.")
    unfinished = ledger().open_attempt(profile.id, item)
    if unfinished:
        finish(unfinished.attempt.id)
    held = catalogue()
    questions = [held.questions[id_] for block in chosen for id_ in block.questions]
    form = form_of((question, reviewing.seed_for(question, profile)) for question in questions) | {"asked": asked, "why": why or {}}
    return ledger().start(Attempt(new_id(), profile.id, item, KIND, title, mark_of(form), new_seed(), "practice", form, now())).id


def under_way(profile: Profile, item: str) -> str | None:
    """The unfinished session of that sort."""
    unfinished = ledger().open_attempt(profile.id, item)
    return unfinished.attempt.id if unfinished and not complete(unfinished) else None


def shown(attempt: str, question: str) -> None:
    """Notes when the question was first seen: the time it takes counts from there."""
    ledger().append(Step(attempt, question, SHOWN, "shown", {}, clock(attempt)))


def clock(attempt: str, found: Log | StoredAttempt | None = None) -> int:
    """What time it is in the session: how long a question took is right, or left out, also when the machine's clock is turned back meanwhile."""
    return time_in(attempt, now(), lambda: max((step.at for step in (found or begun(attempt)).steps), default=0))


# Hints

def hints(found: StoredAttempt, question: str) -> Hints:
    """Where the learner stands with the question's hints."""
    keyed = variants(found.attempt.id)[question].keyed
    texts, taken = _texts(keyed), _taken(found, question)
    return Hints(texts[:taken], len(texts) - taken, _price(keyed))


def take_hint(attempt: str, question: str) -> None:
    """One more hint; kept, and its cost with it."""
    found = stored(attempt)
    taken = _taken(found, question)
    if taken < len(_texts(variants(attempt)[question].keyed)) and not any(s.slot == question and s.kind == "submit" for s in found.steps):
        ledger().append(Step(attempt, question, taken + 1, "hint", {"number": taken + 1}, clock(attempt, found)))


def _texts(keyed: KeyedQuestion) -> tuple[str, ...]:
    return tuple(map(keyed.tell, keyed.question.hints or (keyed.question.find_it,)))


def _price(keyed: KeyedQuestion) -> Decimal:
    return A_HINT if keyed.question.hints else WHERE_TO_LOOK


def _taken(found: StoredAttempt | Log, question: str) -> int:
    return sum(step.slot == question and step.kind == "hint" for step in found.steps)


# An answer

def hand_in(attempt: str, question: str, response: object, sure: int = 0) -> Receipt | Unreadable:
    """Marks and saves an answer, less what hints cost; durable when this returns. An unreadable one is no attempt and is not kept."""
    asks, found = asked(attempt), begun(attempt)
    at = clock(attempt, found)
    keyed = asks.variants[question].keyed
    marks = mark_question(keyed.question, keyed.drawn, response)
    if isinstance(marks, Unreadable):
        return marks
    taken, sure = _taken(found, question), sure if sure in confidence.LEVELS else 0
    cost = taken * _price(keyed)
    payload = {"response": plain_response(keyed.question.kind, response), "sure": sure, "hints": taken, "cost": str(cost), "seed": keyed.seed,
               "milliseconds": _spent(found, question, at), "usual": reviewing.usual(keyed.question)}
    step = Step(attempt, question, ANSWER, "submit", payload, at)
    answered = {s.slot for s in found.steps if s.kind == "submit"}
    return ledger().append(step, grading_of(step, asks.form, keyed.question, (*marks.credits, *deduction(marks, taken, cost))), asked=last_of(asks.variants, answered))


def _spent(found: Log, question: str, at: int) -> int:
    """Milliseconds since the question was first seen; 0 where it is not known, or so long that the learner was away."""
    first = next((step.at for step in found.steps if step.slot == question and step.kind == "shown"), at)
    return at - first if 0 < at - first <= AWAY else 0


# How it went

@dataclass(frozen=True)
class Sureness:
    """The confidence marks of a session: beside the score, never in it. best: had every answer been right and sure; wrong_and_sure: how many were not."""
    marks: int
    best: int
    said: int
    wrong_and_sure: int


def sureness(sitting: Sitting) -> Sureness:
    """The session's confidence marks."""
    said = [(answer.right, answer.sure) for answer in sitting.answered.values() if answer.sure]
    return Sureness(*confidence.total(said), sum(not right and level == 3 for right, level in said))


def minutes_given(profile: Profile, minutes: int) -> Profile:
    """The profile with another number of minutes a day, saved when this returns."""
    return change(replace(profile, minutes_a_day=minutes))
