"""Today's one list: reviews that are due, the weakest part of the goal, and what is next in the track, mixed at the length asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app import practising, reviewing, standing
from app.session import catalogue, today
from curriculum.exam_form import offered_on
from curriculum.models import Question
from curriculum.practice_form import Block, blocks, card_of, composed, interleaved
from records import Profile
from scoring.review import Memory

LENGTHS = (5, 10, 20, 30, 45)    # minutes
DUE, WEAK, NEXT = "due", "weak", "next"
SHARES = {DUE: 0.6, WEAK: 0.2, NEXT: 0.2}
LEVELS = ("first-30-days", "days-31-90", "after-90-days")
FEWEST = 3                       # answers, before a part can be called the weakest


@dataclass(frozen=True)
class Part:
    """A domain of the exam, or an area where the goal is a job, with what it takes to belong to it."""
    name: str
    exam: str = ""
    id: str = ""


@dataclass(frozen=True)
class Plan:
    """The list for today, in its order. why: by question, which of the three lists it comes from; weakest: what WEAK means now."""
    blocks: tuple[Block, ...]
    why: dict[str, str]
    weakest: str
    minutes: int

    @property
    def counts(self) -> Counter:
        """How many questions of each list."""
        return Counter(self.why.values())


def plan(profile: Profile, minutes: int) -> Plan:
    """What to do today in so many minutes. The same until something is answered, so that what is shown is what is started."""
    part = weakest(profile)
    lists = {DUE: reviewing.due_blocks(profile), WEAK: _of(profile, part), NEXT: _next(profile)}
    chosen = interleaved(composed([(lists[name], share) for name, share in SHARES.items()], minutes * 60))
    source = {question: name for name in (NEXT, WEAK, DUE) for block in lists[name] for question in block.questions}
    why = {question: source[question] for block in chosen for question in block.questions}
    return Plan(chosen, why, part.name if part else "", max(1, round(sum(block.seconds for block in chosen) / 60)) if chosen else 0)


def begin(profile: Profile, minutes: int) -> str:
    """Starts the list as one session."""
    made = plan(profile, minutes)
    says = {DUE: "Due for review", WEAK: f"Your weakest part: {made.weakest}", NEXT: "Next for your goal"}
    return practising.begin(profile, practising.TODAY, f"Today, {today():%-d %B}: {len(made.why)} questions", made.blocks, {"minutes": minutes},
                            {question: says[name] for question, name in made.why.items()})


def weakest(profile: Profile) -> Part | None:
    """The part of the goal with the lowest share of points among those met often enough; None while there is none."""
    if profile.goal_kind == "exam" and profile.goal in catalogue().blueprints:
        lines = [(line.share, Part(line.name, profile.goal, line.id)) for line in standing.domains(profile, profile.goal) if line.standing and line.standing.n >= FEWEST]
    else:
        lines = [(area.share, Part(area.name)) for area in standing.areas(profile) if sum(line.standing.n for line in area.seen) >= FEWEST]
    return min(lines, key=lambda each: (each[0], each[1].name))[1] if lines else None


def _of(profile: Profile, part: Part | None) -> tuple[Block, ...]:
    """Questions of the part that were missed or never met, the missed first; none whose card was met today or is well remembered."""
    if part is None:
        return ()
    held, past = catalogue(), reviewing.past(profile)
    areas = {skill.id: area.name for area in held.areas for skill in area.skills}
    inside = (question for question in _on_offer()
              if (part.id in held.domains_of(question, part.exam) if part.exam else any(areas.get(skill) == part.name for skill in question.competencies)))
    open_ = [q for q in inside if (id_ := str(q.id)) in past.missed or id_ not in past.met]
    return blocks(held, sorted((q for q in open_ if not _met_today(past.memories.get(card_of(q)))), key=lambda q: (str(q.id) not in past.missed, q.difficulty, str(q.id))))


def _next(profile: Profile) -> tuple[Block, ...]:
    """Questions never met, on what the goal asks for: what a new hire needs first, first, and the easier before the harder."""
    held, past, wanted = catalogue(), reviewing.past(profile), standing.wanted_skills(profile)
    order = {skill.id: (LEVELS.index(skill.level) if skill.level in LEVELS else len(LEVELS), at)
             for at, skill in enumerate(skill for area in held.areas for skill in area.skills)}
    new = [q for q in _on_offer() if str(q.id) not in past.met and q.competencies[0] in wanted and card_of(q) not in past.memories]
    return blocks(held, sorted(new, key=lambda q: (*order.get(q.competencies[0], (9, 0)), q.difficulty, str(q.id))))


def _met_today(memory: Memory | None) -> bool:
    return memory is not None and memory.last >= today()


def _on_offer() -> Iterable[Question]:
    return (question for question in catalogue().questions.values() if offered_on(question, today()))
