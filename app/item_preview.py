"""One item as its author reads it over: as a learner sees it, with its key, reasons, known mistakes and sources; as its file stands on the disk now."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.blind_sheet import sheet_of
from app.content_desk import MAY, place_of
from app.exercise_desk import said
from app.reveal import Feedback, told
from app.session import books, catalogue, require
from app.sittings import Answered
from curriculum.ask import Ask
from curriculum.catalogue import Catalogue
from curriculum.exercises import Exercise, draw_exercise, shelf_of
from curriculum.forms.reading import plain
from curriculum.kinds import KINDS
from curriculum.mistakes import Mistake, Unreadable
from curriculum.models import Question
from curriculum.papers import Paper
from curriculum.reader import inside, read, typed
from curriculum.variants import PublicQuestion, vary
from records import Grading, Unknown
from scoring.course import Course

SEEDS = 20
"""How many variants can be looked through."""


@dataclass(frozen=True)
class Facts:
    """What an item states of itself. domains: by exam; sources: title, place and address of each, with the day it was last checked."""
    id: str
    slug: str
    kind: str
    status: str
    place: str
    difficulty: int
    in_force: tuple[date, date | None]
    checked: date
    competencies: tuple[str, ...]
    domains: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str, str], ...]
    reimplements: str


@dataclass(frozen=True)
class ShownAsk:
    """A question of an exercise or claim with its key in words, why, what else earns credit, and what known mistakes give. model: a letter that would do."""
    prompt: str
    options: tuple[str, ...]
    key: str
    why: str
    accepted: tuple[str, ...]
    wrong: tuple[str, ...]
    elements: tuple[str, ...]
    rule: dict | None
    model: str


@dataclass(frozen=True)
class ShownRound:
    """A part of an exercise or claim."""
    heading: str
    lead: str
    papers: tuple[Paper, ...]
    asks: tuple[ShownAsk, ...]


@dataclass(frozen=True)
class Preview:
    """An item. Of a question `public` and `feedback`; of other work `story`, `papers` or `sheet` (as text), `rounds`, `teaches`, `worked`, the answer its author worked from the papers, and `claim`, the claim that should be sent."""
    facts: Facts
    title: str
    faults: tuple[Mistake, ...]
    public: PublicQuestion | None = None
    feedback: Feedback | None = None
    hints: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    story: str = ""
    papers: tuple[Paper, ...] = ()
    sheet: str = ""
    rounds: tuple[ShownRound, ...] = ()
    teaches: str = ""
    worked: str = ""
    claim: str = ""


def preview(id: str, seed: int = 0) -> Preview:
    """The item of that seed. A file that cannot be read any more is shown as it was when the app began, beside its mistakes."""
    require(MAY)
    held = catalogue()
    if id not in held.items:
        raise Unknown("There is no such item in the content. Choose one from the list.")
    item, faults = on_disk(held, id)
    facts = facts_of(held, id, item)
    if isinstance(item, Question):
        return _question(held, item, facts, faults, seed)
    try:
        return _exercise(held, item, facts, faults, seed) if isinstance(item, Exercise) else _worked(held, item, facts, faults)
    except (LookupError, ValueError, ArithmeticError) as problem:
        return Preview(facts, item.title, (*faults, Mistake(*_split(facts.place), "", f"it could not be played: {problem}")), story=item.story, teaches=item.teaches)


def on_disk(held: Catalogue, id: str) -> tuple[object, tuple[Mistake, ...]]:
    """The item as its file says it now, and the file's mistakes."""
    origin, item = held.origins[id], held.items[id]
    whole = next((one for one in held.sets if held.origins[str(one.id)].node.file == origin.node.file), item)
    try:
        node = read(inside(held.root, held.root / origin.node.file), shown=origin.node.file)
    except (Unreadable, OSError) as problem:
        return item, getattr(problem, "mistakes", (Mistake(*_split(place_of(held, id)), "", "the file is not there any more"),))
    found, mistakes = typed(type(whole), node)
    if found is None or mistakes:
        return item, tuple(mistakes)
    if whole is item:
        return found, ()
    return next((question for question in found.questions if str(question.id) == id), item), ()


def facts_of(held: Catalogue, id: str, item) -> Facts:
    names = {exam: {domain.id: domain.name for domain in blueprint.domains} for exam, blueprint in held.blueprints.items()}
    domains = tuple((blueprint.exam, ", ".join(names[exam][domain] for domain in held.domains_of(item, exam))) for exam, blueprint in held.blueprints.items() if held.domains_of(item, exam))
    skills = tuple(held.competencies[skill].name if skill in held.competencies else f"{skill} (unknown)" for skill in item.competencies)
    return Facts(id, item.slug, item.kind, item.status, place_of(held, id), item.difficulty, (item.in_force.from_, item.in_force.to), item.last_checked, skills, domains, sources_of(held, item),
                 str(item.reimplements or ""))


def sources_of(held: Catalogue, item) -> tuple[tuple[str, str, str], ...]:
    """Title, place and address of what it cites."""
    return tuple((held.sources[one.source].title, one.at, held.sources[one.source].url) if one.source in held.sources else (f"{one.source} (unknown)", one.at, "") for one in item.citations)


def _question(held: Catalogue, item: Question, facts: Facts, faults, seed: int) -> Preview:
    variant = vary(item, seed, case=held.case_of(facts.id))
    form = {"sources": {name: [source.title, source.url] for name, source in held.sources.items()}, "skills": {id: skill.name for id, skill in held.competencies.items()}}
    unmarked = Grading("", facts.id, 1, "", "", Decimal(0), Decimal(1), ({"reason": ""},), ())
    feedback = told(form, variant, Answered("", Decimal(0), Decimal(1)), unmarked)
    mistakes = tuple(f"{variant.keyed.tell(option.text)}: {option.misconception}" for option in item.options if option.misconception)
    return Preview(facts, item.slug, faults, variant.public, feedback, tuple(map(variant.keyed.tell, item.hints)), mistakes)


def _exercise(held: Catalogue, item: Exercise, facts: Facts, faults, seed: int) -> Preview:
    kind = KINDS[item.kind]
    drawn = draw_exercise(item, kind, seed)
    sheet = kind.sheet(drawn.world, shelf_of(held.policies, books()))
    rounds = tuple(ShownRound(each.heading, each.lead, tuple(each.papers), tuple(map(shown, each.asks))) for each in sheet.rounds)
    return Preview(facts, item.title, faults, story=drawn.tell(item.story), papers=tuple(sheet.file), rounds=rounds, teaches=drawn.tell(item.teaches), worked=worked(item))


def _worked(held: Catalogue, item, facts: Facts, faults) -> Preview:
    """A claim or an account: its first variant as text, what is asked of a claim with its keys, and the worked answer."""
    shelf = shelf_of(held.policies, books())
    if item.kind == "life":
        return Preview(facts, item.title, faults, sheet=sheet_of(item, shelf), teaches=item.teaches, worked=worked(item))
    course = Course.begin(item, 0, held.policies[item.world.payer], shelf.books)
    rounds = (ShownRound("What is asked first", "", (), tuple(map(shown, course.first_asks))),) if course.first_asks else ()
    return Preview(facts, item.title, faults, sheet=sheet_of(item, shelf), rounds=rounds, teaches=course.case.tell(item.teaches), worked=worked(item), claim=as_text(plain(course.case.clean)))


def shown(ask: Ask) -> ShownAsk:
    """An ask with its key in words."""
    prompt = f"{ask.cell.grid}, {ask.cell.row}: {ask.cell.column}" if ask.cell else ask.prompt
    return ShownAsk(prompt, tuple(words for _, words in ask.options), "" if ask.kind == "letter" else said(ask, ask.key), ask.why,
                    tuple(f"{said(ask, one.value)} earns {Decimal(one.credit):.0%}: {one.why}" for one in ask.accepted), tuple(f"{said(ask, one.value)}: {one.says} ({one.slug})" for one in ask.wrong),
                    tuple(f"{one.says}{'' if one.required else ' (not required)'}: {one.why}" for one in ask.elements), ask.rule, ask.model)


def worked(item) -> str:
    """The answer that its author worked from the papers, as the file has it."""
    return as_text(item.expected.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def as_text(held: dict) -> str:
    return json.dumps(held, indent=2, ensure_ascii=False)


def _split(place: str) -> tuple[str, int]:
    file, line = place.rsplit(":", 1)
    return file, int(line)
