"""Figures as Prometheus reads them: text format 0.0.4, each with what it is and of which type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from records import BOUNDS, Histogram

TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "clean_claim_"


@dataclass(frozen=True)
class Metric:
    """One figure, or one for each value of its label. `kind`: counter, gauge or histogram; a counter's name ends in _total."""
    name: str
    kind: str
    what: str
    value: float | Histogram | Mapping[str, float]
    label: str = ""


def text(metrics: Iterable[Metric]) -> str:
    return "".join(each + "\n" for metric in metrics for each in lines(metric))


def lines(metric: Metric):
    """What it is, its type, its values."""
    name = PREFIX + metric.name
    yield f"# HELP {name} {metric.what}"
    yield f"# TYPE {name} {metric.kind}"
    if isinstance(metric.value, Histogram):
        yield from buckets(name, metric.value)
    elif isinstance(metric.value, Mapping):
        yield from (f'{name}{{{metric.label}="{escaped(value)}"}} {number(many)}' for value, many in sorted(metric.value.items()))
    else:
        yield f"{name} {number(metric.value)}"


def buckets(name: str, held: Histogram):
    """Each bound with everything up to it, as the format has it; then the sum and the number."""
    counts, so_far = tuple(held.counts), 0
    for bound, many in zip((*map(str, BOUNDS), "+Inf"), counts):
        so_far += many
        yield f'{name}_bucket{{le="{bound}"}} {so_far}'
    yield f"{name}_sum {number(held.seconds)}"
    yield f"{name}_count {so_far}"


def number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
