"""What a learner remembers: the cards of the content, the memory of each that their answers add up to, and what is due."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from statistics import median

import streamlit as st

from app.session import catalogue, ledger, new_seed, today
from curriculum import pace
from curriculum.exam_form import offered_on
from curriculum.models import Question
from curriculum.practice_form import Block, blocks, card_of, fresh, freshest
from records import PastAnswer, Profile, Since
from scoring import review
from scoring.review import Aim, Answer, Memory

ENOUGH_TIMES = 8                 # answers at this installation, before their median stands for the estimate


@dataclass(frozen=True)
class Past:
    """What a learner's answers say, as of now. last: by question, the newest answer; met: by question, when it was last seen."""
    memories: Mapping[str, Memory]
    last: Mapping[str, PastAnswer]
    met: Mapping[str, int]

    @property
    def missed(self) -> frozenset[str]:
        """The questions whose newest answer was not wholly right."""
        return frozenset(slot for slot, answer in self.last.items() if share(answer) < 1)


@lru_cache(maxsize=1)
def cards() -> Mapping[str, tuple[Question, ...]]:
    """Every card with the questions that show it."""
    alike: dict[str, list[Question]] = defaultdict(list)
    for question in catalogue().questions.values():
        alike[card_of(question)].append(question)
    return {card: tuple(questions) for card, questions in alike.items()}


@lru_cache(maxsize=1)
def _card_by_question() -> Mapping[str, str]:
    return {str(question.id): card for card, alike in cards().items() for question in alike}


def share(answer: PastAnswer) -> float:
    """The share of the marks, before hints took theirs."""
    return min(float(answer.earned / answer.possible / (1 - answer.cost)), 1.0) if answer.cost < 1 else 0.0


def day_of(at: int) -> date:
    """The learner's own day."""
    return datetime.fromtimestamp(at / 1000).date()


def read(answers: tuple[PastAnswer, ...]) -> tuple[Answer, ...]:
    """The answers as evidence of their cards; of questions that are gone from the content nothing is asked again."""
    card = _card_by_question()
    return tuple(Answer(card[a.slot], day_of(a.at), share(a), a.sure, a.hints, a.taken, a.usual) for a in answers if a.slot in card)


KEPT = 1_024                     # learners whose fold is kept: as many as are here at once


@dataclass(frozen=True)
class Fold:
    """A learner's past with what it was made of."""
    records: object
    since: Since
    past: Past


@st.cache_resource(show_spinner=False)
def _kept() -> dict[str, Fold]:
    """The last fold of each learner, the one looked at longest ago first."""
    return {}


def past(profile: Profile) -> Past:
    """The learner's memories, folded from the log; where only answers came since the last look, those alone are read."""
    kept, path = _kept(), ledger().path
    held = kept.pop(profile.id, None)
    if held is None or held.records != path or held.since.marker != ledger().marker(profile.id):
        held = (held and held.records == path and grown(profile, held)) or whole(profile)
    kept[profile.id] = held
    while len(kept) > KEPT:
        kept.pop(list(kept)[0], None)
    return held.past


def whole(profile: Profile) -> Fold:
    """All of it."""
    found = ledger().answers_since(profile.id)
    return Fold(ledger().path, found, Past(review.folded(read(found.answers)), {a.slot: a for a in found.answers}, ledger().met(profile.id)))


def grown(profile: Profile, held: Fold) -> Fold | None:
    """The fold before with the answers since; None where something else has changed."""
    found = ledger().answers_since(profile.id, held.since.marker, held.since.reaches)
    if not found or not found.answers:
        return None
    before, new = held.past, found.answers
    return Fold(held.records, found, Past(review.folded(read(new), before.memories), {**before.last, **{a.slot: a for a in new}}, {**before.met, **{a.slot: a.at for a in new}}))


def aim(profile: Profile) -> Aim:
    """What the reviews are arranged for: the exam's day, where it lies ahead, within the minutes a day the learner gives."""
    exam = profile.exam_date if profile.exam_date and profile.exam_date > today() else None
    held = past(profile).memories
    return review.aim_of(held, _seconds(), profile.minutes_a_day, today(), exam)


@lru_cache(maxsize=1)
def _seconds() -> Mapping[str, int]:
    """What a review of each card takes."""
    return {card: pace.seconds(alike[0]) for card, alike in cards().items()}


def offered(card: str, day: date) -> tuple[Question, ...]:
    """The questions that show the card and are on offer."""
    return tuple(question for question in cards()[card] if offered_on(question, day))


def due(profile: Profile) -> tuple[str, ...]:
    """The cards to review today, those missed while sure first."""
    return tuple(card for card in review.due(past(profile).memories, aim(profile), today()) if offered(card, today()))


def due_blocks(profile: Profile) -> tuple[Block, ...]:
    """For each card that is due the question of it that was met longest ago, or never; in the order of their cards."""
    held = past(profile)
    return blocks(catalogue(), (freshest(offered(card, today()), held.met) for card in due(profile)))


def seed_for(question: Question, profile: Profile) -> int:
    """A seed under which the question looks other than when the learner last met it."""
    last = past(profile).last.get(str(question.id))
    return fresh(question, new_seed(), last.seed if last else None)


def usual(question: Question) -> int:
    """Milliseconds the question usually takes: the median at this installation, or an estimate until there are enough answers."""
    times = ledger().times_of(str(question.id))
    return round(median(times)) if len(times) >= ENOUGH_TIMES else pace.seconds(question) * 1000


def again_on(profile: Profile, question: str) -> date | None:
    """The day on which the question's card is to be met again."""
    card = _card_by_question().get(question)
    memory = past(profile).memories.get(card)
    return review.due_on(card, memory, aim(profile)) if memory else None
