"""A form of an exam put together from a pool by the blueprint: how many questions of each domain, which ones, in what order; the same from the same seed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from random import Random

from curriculum.catalogue import Catalogue
from curriculum.exams import Blueprint
from curriculum.filling import Filling
from curriculum.models import Question

SIZES = {"full": Fraction(1), "half": Fraction(1, 2), "quarter": Fraction(1, 4)}
SECTION = "section"              # the size of a form that asks one domain alone
FILL_IN = ("numeric", "money", "date", "code-entry")
"""The kinds that an outline calls fill-in: the answer is written, not chosen."""
DAY = 86_400_000                 # milliseconds: items seen on one day are equally long ago


@dataclass(frozen=True)
class Candidate:
    """A question that could be asked. `family` is shared by an item and its corrections; `case` and `place` say where in a case set it stands."""
    id: str
    family: str
    domains: tuple[str, ...]
    difficulty: int
    case: str = ""
    place: int = 0


@dataclass(frozen=True)
class Slot:
    """One question of a form, the domain it counts in, and whether it counts at all."""
    item: str
    domain: str
    scored: bool = True
    case: str = ""


@dataclass(frozen=True)
class Shortfall:
    """A domain for which the pool had too few questions."""
    domain: str
    name: str
    wanted: int
    found: int


@dataclass(frozen=True)
class Form:
    """What is asked, in order. `sections` are the domains of an exam sat in many sittings; `seconds` is None without a clock."""
    slots: tuple[Slot, ...]
    shortfalls: tuple[Shortfall, ...]
    wanted: int
    seconds: int | None
    sections: tuple[str, ...] = ()


def candidates(held: Catalogue, exam: str, day: date) -> tuple[Candidate, ...]:
    """The published questions in force on the day, of the kinds that the exam uses, that serve one of its domains."""
    kinds = asked_kinds(held.blueprints[exam])
    found = []
    for question in held.questions.values():
        domains = held.domains_of(question, exam)
        if question.kind in kinds and domains and offered_on(question, day):
            case = held.case_of(str(question.id))
            place = [str(one.id) for one in case.questions].index(str(question.id)) if case else 0
            found.append(Candidate(str(question.id), family(held, question), domains, question.difficulty, str(case.id) if case else "", place))
    return tuple(found)


def asked_kinds(blueprint: Blueprint) -> frozenset[str]:
    """Our kinds of question for the outline's."""
    return frozenset(kind for name in blueprint.format.item_types for kind in (FILL_IN if name == "fill-in" else (name,)))


def offered_on(question: Question, day: date) -> bool:
    """Whether it is published and in force on the day."""
    return question.status == "published" and question.in_force.from_ <= day and (question.in_force.to is None or day <= question.in_force.to)


def family(held: Catalogue, question: Question) -> str:
    """The id of the first item in the line of corrections that leads to this one."""
    first, known = question, {str(question.id)}
    while first.reimplements and str(first.reimplements) in held.questions and str(first.reimplements) not in known:
        first = held.questions[str(first.reimplements)]
        known.add(str(first.id))
    return str(first.reimplements or first.id)


def shares(weights: Mapping[str, int], seats: int) -> dict[str, int]:
    """Seats in proportion to the weights by the largest remainder; of equal remainders the earlier one gets the seat."""
    total = sum(weights.values())
    exact = {name: Fraction(weight * seats, total) for name, weight in weights.items()}
    given = {name: int(part) for name, part in exact.items()}
    for name in sorted(exact, key=lambda name: given[name] - exact[name])[:seats - sum(given.values())]:
        given[name] += 1
    return given


def whole(blueprint: Blueprint) -> dict[str, int]:
    """The scored questions of the whole exam by domain: as published, else the practice count in equal parts."""
    if all(domain.questions for domain in blueprint.domains):
        return {domain.id: domain.questions for domain in blueprint.domains}
    seats = blueprint.format.questions or (blueprint.practice.questions if blueprint.practice else 0)
    return shares({domain.id: 1 for domain in blueprint.domains}, seats)


def counts(blueprint: Blueprint, size: str, section: str = "") -> tuple[dict[str, int], int]:
    """Scored questions by domain, and how many unscored ones are mixed in, for a form of that size."""
    full = whole(blueprint)
    if size == SECTION:
        return {section: full[section]}, 0
    seats = sum(full.values())
    return shares(full, round(seats * SIZES[size])), round(blueprint.format.unscored * SIZES[size])


def assemble(pool: Iterable[Candidate], blueprint: Blueprint, size: str, seen: Mapping[str, int], seed: int, section: str = "") -> Form:
    """The form. `seen`: when the learner last met an item, in milliseconds; unseen ones come first, then those seen longest ago.

    No family is asked twice, here or as an unscored question. Where the pool is too small the form is shorter and says where.
    """
    wanted, unscored = counts(blueprint, size, section)
    chance = Random(f"{blueprint.id}:{size}:{section}:{seed}")
    pool = tuple(sorted(pool, key=lambda one: one.id))
    cases = _cases(pool, blueprint, wanted, seen, chance)
    singles = _ranked([one for one in pool if not one.case], seen, chance)
    used = {one.family for chosen in cases.values() for one in chosen}
    slots = _fill(singles, {domain: many - len(cases.get(domain, ())) for domain, many in wanted.items()}, used)
    scored = {domain: (*slots.get(domain, ()), *(Slot(one.id, domain, case=one.case) for one in cases.get(domain, ()))) for domain in wanted}
    trial = _fill(singles, shares(wanted, unscored), used) if unscored else {}
    mixed = tuple(replace(slot, scored=False) for domain in trial.values() for slot in domain)
    short = _shortfalls(blueprint, wanted, scored)
    if unscored > len(mixed):
        short += (Shortfall("", "Questions that do not count", unscored, len(mixed)),)
    ordered, sections = _ordered(blueprint, scored, mixed, chance)
    return Form(ordered, short, sum(wanted.values()) + unscored, _seconds(blueprint, len(ordered)), sections)


def _met(pool: Iterable[Candidate], seen: Mapping[str, int]) -> dict[str, int]:
    """The day on which each family was last met, by any of its members; families never met are not in it."""
    met: dict[str, int] = {}
    for one in pool:
        for id_ in (one.id, one.family):
            if id_ in seen:
                met[one.family] = max(met.get(one.family, -1), seen[id_] // DAY)
    return met


def _ranked(pool: list[Candidate], seen: Mapping[str, int], chance: Random) -> list[Candidate]:
    """Unseen first, then longest ago; within one day so that every beginning of a domain's list has the difficulties as its pool has them."""
    met, strata = _met(pool, seen), {}
    for one in pool:
        strata.setdefault((met.get(one.family, -1), one.domains, one.difficulty), []).append(one)
    ranked = []
    for (when, _, _), level in strata.items():
        chance.shuffle(level)
        ranked += [((when, (at + chance.random()) / len(level), one.id), one) for at, one in enumerate(level)]
    return [one for _, one in sorted(ranked, key=lambda entry: entry[0])]


def _fill(ranked: list[Candidate], wanted: Mapping[str, int], used: set[str]) -> dict[str, tuple[Slot, ...]]:
    """As many as can be placed, the first ranked before all others; adds their families to those used."""
    filling = Filling(wanted)
    for one in ranked:
        if filling.full:
            break
        if one.family not in used and filling.place(one.id, one.domains):
            used.add(one.family)
    return {domain: tuple(Slot(item, domain) for item in items) for domain, items in filling.held.items()}


def _cases(pool: tuple[Candidate, ...], blueprint: Blueprint, wanted: Mapping[str, int], seen: Mapping[str, int], chance: Random) -> dict[str, list[Candidate]]:
    """For each domain asked in case sets the sets it gets, whole and together; only the last may be cut to its first questions."""
    found: dict[str, list[Candidate]] = {}
    used: set[str] = set()
    for domain in blueprint.domains:
        if domain.case_sets and wanted.get(domain.id):
            sets: dict[str, list[Candidate]] = {}
            for one in sorted(pool, key=lambda one: one.place):
                if one.case and domain.id in one.domains and one.case not in used:
                    sets.setdefault(one.case, []).append(one)
            chosen = _chosen_sets(sets, wanted[domain.id], seen, chance)
            used.update(one.case for one in chosen)
            found[domain.id] = chosen
    return found


def _chosen_sets(sets: dict[str, list[Candidate]], wanted: int, seen: Mapping[str, int], chance: Random) -> list[Candidate]:
    last_met = {name: max((seen[one.id] // DAY for one in asked if one.id in seen), default=-1) for name, asked in sets.items()}
    queue = sorted(sets, key=lambda name: (last_met[name], chance.random()))
    chosen: list[Candidate] = []
    while queue and len(chosen) < wanted:
        left = wanted - len(chosen)
        exact = (name for name in queue if len(sets[name]) == left and last_met[name] == last_met[queue[0]])
        name = queue[0] if len(sets[queue[0]]) <= left else next(exact, queue[0])
        queue.remove(name)
        chosen += sets[name][:left]
    return chosen


def _shortfalls(blueprint: Blueprint, wanted: Mapping[str, int], scored: Mapping[str, tuple[Slot, ...]]) -> tuple[Shortfall, ...]:
    return tuple(Shortfall(domain.id, domain.name, wanted[domain.id], len(scored[domain.id]))
                 for domain in blueprint.domains if domain.id in wanted and len(scored[domain.id]) < wanted[domain.id])


def _ordered(blueprint: Blueprint, scored: Mapping[str, tuple[Slot, ...]], mixed: tuple[Slot, ...], chance: Random) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Section by section where the exam is sat so; else single questions of all domains mixed, then the cases, each set together."""
    if blueprint.format.sitting == "many":
        sections = tuple(domain.id for domain in blueprint.domains if scored.get(domain.id))
        return tuple(slot for domain in sections for slot in _shuffled(scored[domain], chance)), sections
    return _shuffled((*(slot for slots in scored.values() for slot in slots), *mixed), chance), ()


def _shuffled(slots: tuple[Slot, ...], chance: Random) -> tuple[Slot, ...]:
    singles = [slot for slot in slots if not slot.case]
    chance.shuffle(singles)
    return (*singles, *(slot for slot in slots if slot.case))


def _seconds(blueprint: Blueprint, asked: int) -> int | None:
    """The exam's own time in proportion to what is asked, up to the whole minute."""
    if not blueprint.format.minutes:
        return None
    return ceil(Fraction(blueprint.format.minutes * asked, sum(whole(blueprint).values()) + blueprint.format.unscored)) * 60
