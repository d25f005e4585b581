"""What items did where persons met different ones, as in practice: the same figures as of a form, with a rest that allows for which other items a person met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from scoring.calibration import Calibration, calibrate
from scoring.intervals import of_correlation, wilson
from scoring.item_statistics import ItemStatistics, OptionChosen, correlation, efficiency, slices
from scoring.readiness_model import MODEL, Model
from scoring.response_table import ANSWERED, NOT_REACHED, OMITTED, thirds

FEWEST_OTHERS = 5
"""Other answers of a person, before they say whether the person is able."""


@dataclass(frozen=True)
class Meeting:
    """A person's first meeting with an item. state: ANSWERED, OMITTED or NOT_REACHED; mark: the share of its marks, None without an answer;
    seconds: None where unknown; drawn: the values of the variant."""
    person: str
    item: str
    state: int
    mark: float | None = None
    chosen: frozenset[str] = frozenset()
    seconds: float | None = None
    drawn: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What is known of an item apart from its answers. options and key: of a question of choice; guess: the chance of being right without knowing."""
    options: tuple[str, ...] = ()
    key: frozenset[str] = frozenset()
    guess: float = 0.0
    label: int = 3


@dataclass(frozen=True)
class Difficulty:
    """A calibrated difficulty in logits on the scale of the authors' labels, its standard error, and the first answers it rests on."""
    item: str
    logits: float
    se: float
    n: int


def bank_statistics(meetings: Iterable[Meeting], asked: Mapping[str, Asked]) -> tuple[ItemStatistics, ...]:
    """Every item that someone met, in the order of `asked`. Discrimination is with the rest: how much better than others the person was on the other items."""
    met: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        met.setdefault(meeting.item, []).append(meeting)
    facility = {item: float(np.mean(marks)) for item, all_ in met.items() if (marks := [one.mark for one in all_ if one.state == ANSWERED])}
    over: dict[str, tuple[float, int]] = {}
    for item, all_ in met.items():
        for one in all_:
            if one.state == ANSWERED:
                total, many = over.get(one.person, (0.0, 0))
                over[one.person] = total + one.mark - facility[item], many + 1
    return tuple(_item(item, met[item], asked[item], over, facility.get(item)) for item in asked if item in met)


def _item(item: str, met: list[Meeting], known: Asked, over: Mapping[str, tuple[float, int]], facility: float | None) -> ItemStatistics:
    marks = np.array([one.mark for one in met if one.state == ANSWERED], float)
    rest = np.array([_rest(one, over, facility) for one in met])
    told = np.array([one.state == ANSWERED for one in met]) & ~np.isnan(rest)
    given, others = np.array([one.mark if one.mark is not None else 0.0 for one in met])[told], rest[told]
    r = correlation(given, others) if len(given) > 2 else None
    spread = of_correlation(r, len(given)) if r is not None else None
    seconds = [one.seconds for one in met if one.seconds is not None]
    return ItemStatistics(
        item=item, persons=len(met), n=len(marks), omitted=sum(one.state == OMITTED for one in met), not_reached=sum(one.state == NOT_REACHED for one in met),
        facility=facility, facility_interval=wilson(float(marks.sum()), len(marks)), scored_facility=float(marks.sum() / len(met)),
        sd=float(marks.std(ddof=1)) if len(marks) > 1 else None, discrimination=None if r is None else 100 * r,
        discrimination_interval=spread and (100 * spread[0], 100 * spread[1]), efficiency=efficiency(given, others) if len(given) > 2 else None, weight=None, item_total=None,
        alpha_without=None, median_seconds=float(np.median(seconds)) if seconds else None,
        quartile_seconds=tuple(float(q) for q in np.quantile(seconds, (0.25, 0.75))) if seconds else None, options=_options(met, known, rest),
        slices=slices(np.array([np.nan if one.mark is None else one.mark for one in met], float), [one.drawn for one in met]))


def _rest(one: Meeting, over: Mapping[str, tuple[float, int]], facility: float | None) -> float:
    """How much better than others on the other items; nan after too few of them."""
    total, many = over.get(one.person, (0.0, 0))
    if one.state == ANSWERED:
        total, many = total - (one.mark - facility), many - 1
    return total / many if many >= FEWEST_OTHERS else np.nan


def _options(met: list[Meeting], known: Asked, rest: np.ndarray) -> tuple[OptionChosen, ...]:
    """Thirds among those whose other answers say how able they are; "" for those who left it out."""
    if not known.options:
        return ()
    reached, able = np.array([one.state != NOT_REACHED for one in met]), ~np.isnan(rest)
    third = np.full(len(met), -1)
    if able.any():
        third[able] = thirds(rest[able])
    hits = [(option, option in known.key, np.array([option in one.chosen for one in met])) for option in known.options]
    hits.append(("", False, np.array([not one.chosen for one in met])))
    return tuple(OptionChosen(option, right, int((hit & reached).sum()), tuple(int((hit & reached & (third == one)).sum()) for one in range(3))) for option, right, hit in hits)


def difficulties(meetings: Iterable[Meeting], asked: Mapping[str, Asked], fewest: int, model: Model = MODEL) -> tuple[tuple[Difficulty, ...], Calibration | None]:
    """Rasch difficulties of the items with at least so many first answers, where their standard error is smaller than a label's spread.

    An answer that earned every mark is right, any other is not. The whole is moved so that the calibrated items lie on the average where their labels do: items without answers
    enough keep their labels, and both stand on one scale.
    """
    given = [one for one in meetings if one.state == ANSWERED and one.item in asked]
    counts: dict[str, int] = {}
    for one in given:
        counts[one.item] = counts.get(one.item, 0) + 1
    items = [item for item in asked if counts.get(item, 0) >= fewest]
    if not items:
        return (), None
    persons = {person: at for at, person in enumerate(dict.fromkeys(one.person for one in given))}
    place = {item: at for at, item in enumerate(items)}
    table = np.full((len(persons), len(items)), np.nan)
    for one in given:
        if one.item in place:
            table[persons[one.person], place[one.item]] = float(one.mark >= 1 - 1e-9)
    table = table[~np.isnan(table).all(1)]
    found = calibrate(table, "rasch", np.array([asked[item].guess for item in items]), settled=1e-3)
    good = np.isfinite(found.difficulty_se) & (found.difficulty_se < model.label_sd) & (np.nanmin(table, 0) < np.nanmax(table, 0))
    labels = np.array([model.label_logits[asked[item].label - 1] for item in items])
    move = float((labels - found.difficulty)[good].mean()) if good.any() else 0.0
    told = tuple(Difficulty(item, float(b + move), float(se), counts[item]) for item, b, se, fit in zip(items, found.difficulty, found.difficulty_se, good, strict=True) if fit)
    return told, found
