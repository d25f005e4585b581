"""What changed since the learner last looked: questions and payers' rules whose dates turned over, and a drill of what is asked otherwise now."""

from dataclasses import dataclass
from datetime import date, datetime

from app import practice_orders, practising, reviewing
from app.session import catalogue, ledger, today
from curriculum.exercises import payers_named
from curriculum.turned import BEGUN, ENDED, REPLACED, turned_questions, turned_rules
from records import Profile

SAYS = {ENDED: "No longer in force", REPLACED: "Asked anew, with another answer", BEGUN: "Newly in force"}
MOST = 1000


@dataclass(frozen=True)
class Changed:
    """A question or a rule that turned over, in words; drill: the question to answer now, empty where there is none."""
    how: str
    says: str
    more: str
    on: date
    drill: str = ""


def questions(profile: Profile) -> tuple[Changed, ...]:
    """The questions that turned over since the learner met them, newest first."""
    met = {id_: reviewing.day_of(at) for id_, at in reviewing.past(profile).met.items()}
    names = {skill.id: skill.name for area in catalogue().areas for skill in area.skills}
    return tuple(Changed(SAYS[one.how], one.question.stem if one.how != BEGUN else names.get(one.question.competencies[0], ""), _when(one.seen, one.on),
                         one.on, str(one.now.id) if one.now else "")
                 for one in turned_questions(catalogue(), met, today()))


def rules(profile: Profile) -> tuple[Changed, ...]:
    """The rules with a new value since the learner last worked a claim to that payer."""
    titles = {source.id: source.title for source in catalogue().sources.values()}
    return tuple(Changed("Ended" if one.ended else "A new value", f"{one.name}: {one.title}",
                         f"{_when(one.seen, one.since)} {'Made for training.' if one.invented else 'Written in ' + '; '.join(_cited(titles, each) for each in one.citations) + '.'}", one.since)
                 for one in turned_rules(catalogue(), _worked(profile), today()))


def begin(profile: Profile) -> str:
    """A session of what is asked otherwise or newly now."""
    asked = tuple(dict.fromkeys(one.drill for one in questions(profile) if one.drill))
    return practice_orders.like(profile, asked, practising.CHANGED, f"What changed: {len(asked)} question{'s' if len(asked) != 1 else ''}", "Changed since you last looked")


def _worked(profile: Profile) -> dict[str, date]:
    """Each payer with the day on which the learner last worked something of it."""
    held, days = catalogue(), {}
    for attempt in ledger().attempts_of(profile.id, MOST):
        item = held.items.get(attempt.item)
        if attempt.kind == "scenario" and item is not None:
            world = item.world if isinstance(item.world, dict) else item.world.model_dump(mode="json")
            day = datetime.fromtimestamp((attempt.finished or attempt.started) / 1000).date()
            for payer in payers_named(world):
                days[payer] = max(day, days.get(payer, day))
    return days


def _when(seen: date, on: date) -> str:
    return f"Since {on:%-d %B %Y}; you last met it on {seen:%-d %B %Y}."


def _cited(titles: dict[str, str], citation: str) -> str:
    source, _, at = citation.partition(" ")
    return f"{titles.get(source, source)}, {at}"
