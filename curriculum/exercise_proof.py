"""What an exercise and a life must hold beyond their fields, on every variant: texts that fill, papers that are whole, keys among the options, decisions that differ."""

import re
from collections.abc import Collection, Iterator

from billing.account.best import best
from billing.codes import OutsideKnownDates
from curriculum.ask import Ask
from curriculum.catalogue import Origin
from curriculum.exercises import Exercise, Kind, Sheet, Shelf, draw_exercise
from curriculum.claim_fields import FieldError
from curriculum.lives import Life, draw_life
from curriculum.mistakes import Mistake

SEEDS = range(20)
FEWEST_DECISIONS = 4
PROBLEMS = (FieldError, OutsideKnownDates, LookupError, ValueError, ArithmeticError, TypeError, RuntimeError)
"""What drawing and computing may raise for content that does not fit; each carries a sentence."""


def prove_exercise(exercise: Exercise, origin: Origin, kind: Kind, shelf: Shelf) -> Iterator[Mistake]:
    """Every mistake of the exercise; a mistake is told once, of the first variant that has it."""
    told: set[str] = set()
    decisions = set()
    yield from _first_case(exercise, origin)
    for seed in SEEDS:
        try:
            drawn = draw_exercise(exercise, kind, seed)
            sheet = kind.sheet(drawn.world, shelf)
            drawn.tell(exercise.story), drawn.tell(exercise.teaches)
        except PROBLEMS as error:
            yield from located(origin, seed, error)
            return
        decisions.add(decisions_of(sheet))
        for what in mistakes_of(sheet):
            if what not in told:
                told.add(what)
                yield origin.mistake(f"variant {seed}{f' ({drawn.branch})' if drawn.branch else ''}: {what}", "world")
    yield from _few(decisions, origin)


def located(origin: Origin, seed: int, error: Exception) -> Iterator[Mistake]:
    """A variant that cannot be played: each field of the world that does not fit, at its line; of a later variant, what it varies."""
    said = re.split(r"; (?=world\.)", str(error))
    for part in said:
        named = re.match(r"(blank|world(?:\.\w+)+): ", part)
        steps = tuple(int(step) if step.isdigit() else step for step in named.group(1).split(".")) if named and not seed else ("vary" if seed else "world",)
        yield origin.mistake(f"variant {seed} cannot be played: {part}", *steps)


def decisions_of(sheet: Sheet) -> tuple:
    """What a learner must decide, without names, days and amounts."""
    return (sheet.signature, tuple((ask.id, ask.key if ask.kind in ("choice", "multiple", "order", "code") else "") for ask in sheet.asks))


def mistakes_of(sheet: Sheet) -> Iterator[str]:
    """What is wrong with one sheet."""
    ids = [ask.id for ask in sheet.asks]
    if not ids:
        yield "nothing is asked"
    for id in {id for id in ids if ids.count(id) > 1}:
        yield f"two questions have the id {id}"
    for ask in sheet.asks:
        yield from _ask(ask)
    for paper in (*sheet.file, *sheet.closing, *(paper for each in sheet.rounds for paper in each.papers)):
        for table in paper.tables:
            if any(len(row) != len(table.heads) for row in (*table.rows, *((table.totals,) if table.totals else ()))):
                yield f'the table "{table.caption}" has a row of another length than its head'


def _ask(ask: Ask) -> Iterator[str]:
    options = [id for id, _ in ask.options]
    if ask.kind in ("choice", "multiple", "order"):
        keys = ask.key.split(",") if ask.kind != "choice" else [ask.key]
        if stray := [key for key in keys if key not in options]:
            yield f"{ask.id}: the key {', '.join(stray)} is none of its options"
        if ask.kind == "order" and sorted(keys) != sorted(options):
            yield f"{ask.id}: the key does not order every option"
        if len({words for _, words in ask.options}) < len(options):
            yield f"{ask.id}: two options read the same"
    if any(wrong.value == ask.key for wrong in ask.wrong):
        yield f"{ask.id}: a known mistake gives the key"


def prove_life(life: Life, origin: Origin, shelf: Shelf) -> Iterator[Mistake]:
    """Every variant comes to an end on the careful way, without a breach and at zero; and they call for different ways."""
    ways = set()
    yield from _first_case(life, origin)
    for seed in SEEDS:
        try:
            drawn = draw_life(life, seed, shelf)
            for text in (life.story, life.teaches, *(value for paper in drawn.facts.papers for value in (*paper.boxes.values(), *(part.text for part in paper.passages)))):
                drawn.tell(text)
            actions, account = best(drawn.world)
        except PROBLEMS as error:
            yield from located(origin, seed, error)
            return
        ways.add((tuple(type(action).__name__ for action in actions if type(action).__name__ not in ("Wait", "Note")), tuple(a.kind for a in account.arrivals)))
        if account.balance or account.breaches:
            yield origin.mistake(f"variant {seed} ({drawn.branch}): the careful way ends at {account.balance} with {len(account.breaches)} breaches", "world")
            return
    yield from _few(ways, origin)


def _first_case(item: Exercise | Life, origin: Origin) -> Iterator[Mistake]:
    if item.vary.cases and item.vary.cases[0].set:
        yield origin.mistake("the first case is the document as written: it sets nothing", "vary", "cases", 0, "set")


def _few(decisions: Collection, origin: Origin) -> Iterator[Mistake]:
    if len(decisions) < FEWEST_DECISIONS:
        yield origin.mistake(f"twenty variants ask for {len(decisions)} different decisions; {FEWEST_DECISIONS} are the fewest. Names, days and amounts alone make no new one", "vary")
