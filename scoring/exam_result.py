"""What an exam comes to: points by domain, passed or not by the body's rule, time by question, confidence held against the truth."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

OMIT, UNREACHED = "omit", "unreached"
BLANKS = {OMIT: "Left without an answer.", UNREACHED: "Never shown: the exam ended before."}
"""The kinds of step that stand for a question without an answer."""
State = Literal["right", "partly", "wrong", "omit", "unreached"]


@dataclass(frozen=True)
class Outcome:
    """One question at the end. `scored` False: it was tried out and never counts. `possible` 0 for a scored one: it was dropped afterwards."""
    item: str
    domain: str
    scored: bool
    state: State
    earned: Decimal
    possible: Decimal
    sure: int | None = None


@dataclass(frozen=True)
class Total:
    """Points over several questions, with blanks told apart from wrong answers."""
    asked: int
    earned: Decimal
    possible: Decimal
    omitted: int
    unreached: int

    @property
    def share(self) -> Decimal | None:
        return self.earned / self.possible if self.possible else None


def total(outcomes: Iterable[Outcome]) -> Total:
    """The points of the questions that count."""
    counted = [one for one in outcomes if one.scored]
    return Total(len(counted), sum((one.earned for one in counted), Decimal(0)), sum((one.possible for one in counted), Decimal(0)),
                 sum(one.state == "omit" for one in counted), sum(one.state == "unreached" for one in counted))


def by_domain(outcomes: Iterable[Outcome], domains: Iterable[str]) -> dict[str, Total]:
    """The same for each domain that was asked, in the order given."""
    outcomes = tuple(outcomes)
    asked = {one.domain for one in outcomes if one.scored}
    return {domain: total(one for one in outcomes if one.domain == domain) for domain in domains if domain in asked}


def passed(kind: str, mark: Decimal, whole: Total) -> bool | None:
    """Whether the points reach the pass mark, a per cent of what was possible; None for a scaled mark, which raw points cannot reach, or without points."""
    if kind != "percent" or whole.share is None:
        return None
    return whole.share * 100 >= mark


def missing(mark: Decimal, whole: Total) -> Decimal:
    """How many points more would have passed; nothing when it did."""
    return max(mark / 100 * whole.possible - whole.earned, Decimal(0))


def time_spent(steps: Iterable[tuple[str, int, str, bool]], end: int) -> dict[str, int]:
    """Milliseconds by question. steps: kind, time, the question opened (of a `navigate`), and whether it was a return after being away.

    A question has the time from its opening to the next one's. What lies before a return is time away and counts for none.
    """
    spent: dict[str, int] = {}
    here, since = "", 0
    for kind, at, opened, resumed in (*steps, ("finish", end, "", False)):
        if here and not resumed:
            spent[here] = spent.get(here, 0) + max(at - since, 0)
        since = at
        if kind == "navigate":
            here = opened
        if kind == "finish":
            break
    return spent


def sureness(outcomes: Iterable[Outcome]) -> dict[int, tuple[int, int]]:
    """For each level of confidence that was given: how many answers, and how many of them earned every point."""
    found: dict[int, tuple[int, int]] = {}
    for one in outcomes:
        if one.sure is not None and one.state in ("right", "partly", "wrong"):
            many, right = found.get(one.sure, (0, 0))
            found[one.sure] = (many + 1, right + (one.state == "right"))
    return dict(sorted(found.items()))
