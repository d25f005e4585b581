"""What practice can be ordered by, how much there is of it, and the session made of an order."""

from app import practising, reviewing
from app.session import catalogue, new_seed, today
from curriculum import pace
from curriculum.practice_form import Block, Wish, blocks, fitting, interleaved, shuffled, wanted
from records import Profile

KINDS = {"single-choice": "One right option", "multiple-choice": "Several right options", "true-false": "True or false", "matching": "Matching", "ordering": "Ordering",
         "numeric": "A number", "money": "An amount", "date": "A date", "code-entry": "A code"}
DIFFICULTIES = {1: "1, easy", 2: "2", 3: "3", 4: "4", 5: "5, hard"}
ONLY = {"": "All", "unseen": "Only unseen", "missed": "Only missed"}


def areas() -> dict[str, str]:
    """Area of competency to its name."""
    return {area.area: area.name for area in catalogue().areas}


def competencies(chosen: frozenset[str]) -> dict[str, str]:
    """Competency to its name; of the areas chosen, or all."""
    return {skill.id: skill.name for area in catalogue().areas if not chosen or area.area in chosen for skill in area.skills}


def domains(exam: str) -> dict[str, str]:
    """Domain of the exam to its name."""
    return {domain.id: domain.name for domain in catalogue().blueprints[exam].domains} if exam else {}


def there(profile: Profile, wish: Wish) -> tuple[Block, ...]:
    """All that fits the wish, whatever its length, in a chance order of today's."""
    past = reviewing.past(profile)
    questions = wanted(catalogue(), wish, today(), past.missed, past.met)
    return blocks(catalogue(), sorted(questions, key=lambda q: str(q.id)))


def count(offered: tuple[Block, ...]) -> int:
    """How many questions that is."""
    return sum(len(block.questions) for block in offered)


def minutes(offered: tuple[Block, ...]) -> int:
    """About how long they take."""
    return max(1, round(sum(block.seconds for block in offered) / 60)) if offered else 0


def begin(profile: Profile, wish: Wish) -> str:
    """A session of what the wish names, at its length, by chance and interleaved."""
    chosen = fitting(shuffled(there(profile, wish), new_seed()), wish.count, wish.minutes * 60)
    return practising.begin(profile, practising.ORDERED, title(wish, count(chosen)), interleaved(chosen), wish.plain())


def title(wish: Wish, asked: int) -> str:
    """What the session is called in lists."""
    names = [areas()[area] for area in sorted(wish.areas) if area in areas()] or ([domains(wish.exam).get(wish.domain) or wish.exam.upper()] if wish.exam else [])
    about = names[0] if len(names) == 1 else f"{names[0]} and more" if names else {"missed": "what was missed", "unseen": "what is new"}.get(wish.only, "a bit of everything")
    return f"Practice: {about}, {asked} question{'s' if asked != 1 else ''}"


def like(profile: Profile, questions: tuple[str, ...], item: str, name: str, why: str = "") -> str:
    """A session of exactly these questions, interleaved."""
    held = catalogue()
    chosen = interleaved(blocks(held, (held.questions[id_] for id_ in questions), pace.seconds))
    return practising.begin(profile, item, name, chosen, {"questions": len(questions)}, dict.fromkeys(questions, why) if why else None)
