"""Reviews: the fold of ten thousand answers, as a ratio to bare py-fsrs on the same ratings, and the choice of what comes next, as a ratio to sorting as many dates."""

import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fsrs import Card, State  # noqa: E402

from curriculum.practice_form import Block, composed, interleaved  # noqa: E402
from scoring import review  # noqa: E402

ANSWERS, CARDS, ROUNDS = 10_000, 800, 5
START = date(2026, 1, 1)


def answers() -> list[review.Answer]:
    """Two hundred days of fifty answers, some of them unsure, slow, helped or wrong."""
    chance = Random(7)
    return [review.Answer(f"card-{chance.randrange(CARDS)}", START + timedelta(days=at // 50), 1.0 if chance.random() < 0.75 else 0.0, chance.randrange(4), int(chance.random() < 0.1),
                          chance.randrange(5_000, 120_000), 40_000) for at in range(ANSWERS)]


def bare(several: list[review.Answer]) -> float:
    """Seconds that py-fsrs alone takes for the same ratings."""
    prepared = [(answer.card, review.rating(answer), review._moment(answer.day)) for answer in several]
    begun, held = time.perf_counter(), {}
    for card, grade, moment in prepared:
        held[card], _ = review.SCHEDULER.review_card(held.get(card) or Card(card_id=0, state=State.Learning, due=moment), grade, moment)
    return time.perf_counter() - begun


def timed(work) -> tuple[float, object]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def choosing(memories: dict, today: date) -> tuple[float, float]:
    """Seconds for the aim, the due cards and a mixed list of twenty minutes; and for sorting as many dates."""
    def chosen():
        aim = review.aim_of(memories, {}, 20, today, today + timedelta(days=60))
        blocks = [Block((card,), card[-1], 60) for card in review.due(memories, aim, today)]
        return interleaved(composed([(blocks, 0.5), (blocks[::-1], 0.5)], 20 * 60))
    return timed(chosen)[0], timed(lambda: sorted(memory.last for memory in memories.values()))[0]


def main() -> None:
    several = answers()
    memories = review.folded(several)
    fold = min(timed(lambda: review.folded(several))[0] for _ in range(ROUNDS))
    floor = min(bare(several) for _ in range(ROUNDS))
    print(f"reviews: {ANSWERS:,} answers folded in {fold * 1000:.0f} ms, {fold / floor:.2f} times bare py-fsrs")
    choice, sorting = (min(each) for each in zip(*(choosing(memories, START + timedelta(days=220)) for _ in range(ROUNDS))))
    print(f"reviews: what comes next of {len(memories)} cards in {choice * 1000:.1f} ms, {choice / sorting:.0f} times sorting as many dates")


if __name__ == "__main__":
    main()
