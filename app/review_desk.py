"""Reviews at the desk: how many are due, what the coming days bring, and a session of those that are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from app import practising, reviewing
from app.session import today
from curriculum.practice_form import fitting, interleaved
from records import Profile
from scoring import review
from scoring.review import Aim

AHEAD = 14                       # days
WHY = "Due for review"


@dataclass(frozen=True)
class Waiting:
    """The reviews of today. sure_and_wrong: how many were missed while sure; next_day: when the next ones are due, where none is now."""
    due: int
    minutes: int
    sure_and_wrong: int
    next_day: date | None


def waiting(profile: Profile) -> Waiting:
    """What is due today."""
    cards, past, aim = reviewing.due(profile), reviewing.past(profile), reviewing.aim(profile)
    seconds = sum(block.seconds for block in reviewing.due_blocks(profile))
    days = [review.due_on(card, memory, aim) for card, memory in past.memories.items() if reviewing.offered(card, today())]
    return Waiting(len(cards), max(1, round(seconds / 60)), sum(past.memories[card].sure_and_wrong for card in cards),
                   None if cards else min(days, default=None))


def aim(profile: Profile) -> Aim:
    """The recall that the reviews aim at, and the exam's day."""
    return reviewing.aim(profile)


def days_ahead(profile: Profile, days: int = AHEAD) -> tuple[tuple[date, int], ...]:
    """Each of the coming days with the reviews that fall due on it, today with all that is overdue."""
    counts = review.forecast(reviewing.past(profile).memories, reviewing.aim(profile), today(), days)
    return tuple((today() + timedelta(days=ahead), many) for ahead, many in enumerate(counts))


def begin(profile: Profile, minutes: int) -> str:
    """A session of what is due, the most pressing first as far as the minutes go, then interleaved."""
    chosen = interleaved(fitting(reviewing.due_blocks(profile), seconds=minutes * 60))
    asked = [question for block in chosen for question in block.questions]
    title = f"Review, {today():%-d %B}: {len(asked)} question{'s' if len(asked) != 1 else ''}"
    return practising.begin(profile, practising.REVIEW, title, chosen, {"minutes": minutes}, dict.fromkeys(asked, WHY))
