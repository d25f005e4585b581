"""What an item did among those who met it: how many were right, whether it tells the able from the others, which options drew whom; each with its n and interval."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.form_statistics import alpha
from scoring.intervals import Interval, of_correlation, wilson
from scoring.response_table import ANSWERED, NOT_REACHED, OMITTED, Responses, thirds


@dataclass(frozen=True)
class OptionChosen:
    """An option: how many chose it in all, and in the lowest, middle and highest third; `option` is "" where none was chosen."""
    option: str
    right: bool
    n: int
    thirds: tuple[int, int, int]


@dataclass(frozen=True)
class VariantSlice:
    """Those who met the item with one value of one parameter."""
    parameter: str
    value: str
    n: int
    facility: float
    interval: Interval


@dataclass(frozen=True)
class ItemStatistics:
    """n: answers; facility: the mean share of marks among them, with a 95 % interval; scored_facility: among all persons, nothing answered counting as nothing.

    discrimination: correlation of the item with the rest of the form, in per cent; efficiency: the same against the best that its marks allow; weight: the
    per cent of the spread of scores that it brings; alpha_without: the form's reliability if it were dropped. None where the responses do not allow one.
    """
    item: str
    persons: int
    n: int
    omitted: int
    not_reached: int
    facility: float | None
    facility_interval: Interval | None
    scored_facility: float
    sd: float | None
    discrimination: float | None
    discrimination_interval: Interval | None
    efficiency: float | None
    weight: float | None
    item_total: float | None
    alpha_without: float | None
    median_seconds: float | None
    quartile_seconds: tuple[float, float] | None
    options: tuple[OptionChosen, ...] = ()
    slices: tuple[VariantSlice, ...] = ()


def item_statistics(responses: Responses) -> tuple[ItemStatistics, ...]:
    """Every item's, in the form's order."""
    shared = [_covariance(responses.scored[:, place], responses.totals) for place in range(len(responses.items))]
    roots = np.array([np.sqrt(one) if one is not None and one >= 0 else np.nan for one in shared])
    return tuple(_item(responses, place, roots) for place in range(len(responses.items)))


def _item(responses: Responses, place: int, roots: np.ndarray) -> ItemStatistics:
    marks, state, x = responses.marks[:, place], responses.state[:, place], responses.scored[:, place]
    rest = responses.totals - x
    given = marks[state == ANSWERED]
    r = correlation(x, rest)
    total = np.nansum(roots)
    seconds = _seconds(responses, place)
    return ItemStatistics(
        item=responses.items[place], persons=len(marks), n=len(given), omitted=int((state == OMITTED).sum()), not_reached=int((state == NOT_REACHED).sum()),
        facility=float(given.mean()) if len(given) else None, facility_interval=wilson(float(given.sum()), len(given)), scored_facility=float(x.mean()),
        sd=float(x.std(ddof=1)) if len(x) > 1 else None,
        discrimination=None if r is None else 100 * r, discrimination_interval=_hundredfold(None if r is None else of_correlation(r, len(x))),
        efficiency=efficiency(x, rest), weight=None if np.isnan(roots[place]) or not total else float(100 * roots[place] / total),
        item_total=correlation(x, responses.totals), alpha_without=alpha(np.delete(responses.scored, place, 1)),
        median_seconds=float(np.median(seconds)) if len(seconds) else None,
        quartile_seconds=tuple(float(q) for q in np.quantile(seconds, (0.25, 0.75))) if len(seconds) else None,
        options=_options(responses, place, thirds(rest)), slices=slices(marks, [row[place] for row in responses.drawn]) if responses.drawn else ())


def _covariance(x: np.ndarray, y: np.ndarray) -> float | None:
    return float(((x - x.mean()) * (y - y.mean())).sum() / (len(x) - 1)) if len(x) > 1 else None


def correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """None for fewer than two persons, or where all are alike."""
    if len(x) < 2 or x.var() * y.var() < 1e-18:
        return None
    return float(np.clip(_covariance(x, y) / np.sqrt(x.var(ddof=1) * y.var(ddof=1)), -1, 1))


def efficiency(x: np.ndarray, rest: np.ndarray) -> float | None:
    """The covariance with the rest against the greatest that these marks allow, in per cent."""
    best = _covariance(np.sort(x), np.sort(rest))
    return 100 * _covariance(x, rest) / best if best is not None and abs(best) > 1e-12 else None


def _hundredfold(interval: Interval | None) -> Interval | None:
    return interval and (100 * interval[0], 100 * interval[1])


def _seconds(responses: Responses, place: int) -> np.ndarray:
    if responses.seconds is None:
        return np.array([])
    took = responses.seconds[:, place]
    return took[~np.isnan(took)]


def _options(responses: Responses, place: int, third: np.ndarray) -> tuple[OptionChosen, ...]:
    """Options in their order, then "" for those who chose none though they reached it; an answer of several options counts in each."""
    if responses.choices is None:
        return ()
    reached = responses.state[:, place] != NOT_REACHED
    chosen = [frozenset(str(one).split("|")) if one else frozenset() for one in responses.choices[:, place]]
    key = responses.keys[place] if responses.keys else frozenset()
    known = responses.options[place] if responses.options else tuple(sorted(frozenset().union(*chosen) | key))
    hits = [(option, option in key, np.array([option in one for one in chosen])) for option in known]
    hits.append(("", False, np.array([not one for one in chosen])))
    return tuple(OptionChosen(option, right, int((hit & reached).sum()), tuple(int((hit & reached & (third == one)).sum()) for one in range(3)))
                 for option, right, hit in hits)


MOST_VALUES = 6


def slices(marks: np.ndarray, drawn: list[Mapping[str, str]]) -> tuple[VariantSlice, ...]:
    """The item by each parameter of its variants; a number with many values by its lower, middle and upper third."""
    found = []
    for parameter in sorted({name for one in drawn for name in one}):
        values = np.array([one.get(parameter, "") for one in drawn], dtype=object)
        for value, where in _classes(values):
            given = marks[where & ~np.isnan(marks)]
            if len(given):
                found.append(VariantSlice(parameter, value, len(given), float(given.mean()), wilson(float(given.sum()), len(given))))
    return tuple(found)


def _classes(values: np.ndarray) -> list[tuple[str, np.ndarray]]:
    distinct = sorted(set(values) - {""})
    if len(distinct) <= MOST_VALUES:
        return [(value, values == value) for value in distinct]
    try:
        numbers = np.array([float(value) if value else np.nan for value in values])
    except ValueError:
        return [(value, values == value) for value in distinct]
    third = thirds(np.where(np.isnan(numbers), np.inf, numbers))
    classes = [(third == one) & ~np.isnan(numbers) for one in range(3)]
    return [(f"{numbers[where].min():g} to {numbers[where].max():g}", where) for where in classes if where.any()]
