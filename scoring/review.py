"""When a skill or fact is worth meeting again: a memory of each, folded from the answers by FSRS-6, and the day on which it is due.

The answers are the truth; a memory can always be made again from them. A rating is read off the evidence, nobody is asked for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zlib import crc32

from fsrs import Card, Rating, Scheduler, State

SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
DECAY = -SCHEDULER.parameters[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
HALF_RIGHT = 0.6                 # of the marks: below it an answer counts as wrong
SLOW, QUICK = 3.0, 0.75          # of the item's usual time
AWAY = 15 * 60_000               # milliseconds: whoever took longer was not at it all the time
SURE, UNSURE = 3, 1
RETENTIONS = tuple(each / 100 for each in range(95, 69, -1))
USUAL = 0.90                     # the recall aimed at while the exam is far: more costs more reviews than it keeps
CLOSE = 30                       # days before the exam from which on more is aimed at, if there is time
LAST_LOOK = 7                    # days before the exam over which the last looks are spread
ORIGIN = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to any question of a card. share: of its marks without the cost of hints, 0 to 1; sure: 1 to 3, 0 unsaid; times in milliseconds, 0 unknown."""
    card: str
    day: date
    share: float
    sure: int = 0
    hints: int = 0
    taken: int = 0
    usual: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is held of a card: FSRS' stability (days until recall falls to 90 %) and difficulty (1 to 10), the last day, how often met and how often wrong.

    sure_and_wrong: the last answer was wrong and the learner sure of it.
    """
    stability: float
    difficulty: float
    last: date
    reviews: int = 1
    lapses: int = 0
    sure_and_wrong: bool = False


def rating(answer: Answer) -> Rating:
    """Wrong is Again; right with a doubt, a hint or great delay, or right in part, is Hard; right, sure and quick is Easy; all else Good."""
    timed = 0 < answer.taken <= AWAY and answer.usual > 0
    if answer.share < HALF_RIGHT:
        return Rating.Again
    if answer.share < 1 or answer.sure == UNSURE or answer.hints or timed and answer.taken > SLOW * answer.usual:
        return Rating.Hard
    return Rating.Easy if answer.sure == SURE and timed and answer.taken < QUICK * answer.usual else Rating.Good


def reviewed(memory: Memory | None, answer: Answer) -> Memory:
    """The memory after one more answer. Days count by the calendar: two answers on one day are FSRS' same-day reviews."""
    before = memory or Memory(0, 0, answer.day, 0)
    graded = rating(answer)
    last = _moment(before.last)
    card = Card(card_id=0, due=last, state=State.Review, stability=before.stability, difficulty=before.difficulty, last_review=last) if memory else Card(card_id=0, due=last)
    after, _ = SCHEDULER.review_card(card, graded, max(_moment(answer.day), last))
    wrong = graded is Rating.Again
    return Memory(after.stability, after.difficulty, max(answer.day, before.last), before.reviews + 1, before.lapses + wrong, wrong and answer.sure == SURE)


def folded(answers: Iterable[Answer], memories: Mapping[str, Memory] | None = None) -> dict[str, Memory]:
    """The memories after these answers, in the order in which they were given."""
    held = dict(memories or {})
    for answer in answers:
        held[answer.card] = reviewed(held.get(answer.card), answer)
    return held


def recall(memory: Memory, on: date) -> float:
    """The chance of knowing it on that day."""
    return (1 + FACTOR * max((on - memory.last).days, 0) / memory.stability) ** DECAY


def interval(stability: float, retention: float) -> int:
    """Days until the chance of recall has fallen to the retention; one at least."""
    return max(1, round(stability * _stretch(retention)))


@lru_cache
def _stretch(retention: float) -> float:
    """The days to that recall, for each day to a recall of 90 %."""
    return (retention ** (1 / DECAY) - 1) / FACTOR


@dataclass(frozen=True)
class Aim:
    """What the reviews are arranged for: the chance of recall at which a card is met again, and the exam's day."""
    retention: float
    exam: date | None = None


def aim_of(memories: Mapping[str, Memory], seconds: Mapping[str, int], minutes: int, today: date, exam: date | None = None) -> Aim:
    """The highest retention whose reviews, as the memories stand, fit into the minutes a day. seconds: what a review of each card takes."""
    ceiling = RETENTIONS[0] if exam and (exam - today).days <= CLOSE else USUAL

    def load(retention: float) -> float:
        return sum(seconds.get(card, 60) / interval(memory.stability, retention) for card, memory in memories.items())
    return Aim(next((each for each in RETENTIONS if each <= ceiling and load(each) <= minutes * 60), RETENTIONS[-1]), exam)


def due_on(card: str, memory: Memory, aim: Aim) -> date:
    """The day on which it is to be met again: when recall has fallen to the aim, and once more in the week before the exam."""
    usual = memory.last + timedelta(days=interval(memory.stability, aim.retention))
    if aim.exam is None or memory.last >= aim.exam:
        return usual
    last_look = aim.exam - timedelta(days=1 + crc32(card.encode()) % LAST_LOOK)
    return min(usual, last_look) if memory.last < aim.exam - timedelta(days=LAST_LOOK) and last_look > memory.last else usual


def due(memories: Mapping[str, Memory], aim: Aim, today: date) -> tuple[str, ...]:
    """The cards whose day has come: those missed while sure first, then the least likely to be known."""
    ready = (card for card, memory in memories.items() if memory.last < today and due_on(card, memory, aim) <= today)
    return tuple(sorted(ready, key=lambda card: (not memories[card].sure_and_wrong, recall(memories[card], today), card)))


def forecast(memories: Mapping[str, Memory], aim: Aim, today: date, days: int) -> tuple[int, ...]:
    """How many cards fall due on each of the coming days, today first with all that is overdue; if none is met in between."""
    counts = [0] * days
    for card, memory in memories.items():
        ahead = (due_on(card, memory, aim) - today).days
        if ahead < days:
            counts[max(ahead, 0)] += 1
    return tuple(counts)


def _moment(day: date) -> datetime:
    return ORIGIN + timedelta(days=day.toordinal() - ORIGIN.toordinal())
