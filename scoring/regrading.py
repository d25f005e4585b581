"""Marking an answer anew after its item was corrected: what each policy makes of it, and nothing where the answer stands as it did."""

from dataclasses import dataclass
from decimal import Decimal

from curriculum.models import Question
from scoring.answers import Unreadable
from scoring.hints import deduction
from scoring.marks import Credit, Marks, mark_question

POLICIES = {
    "replace": "the corrected key decides, for better or worse",
    "never-lower": "the corrected key decides where that lowers nobody's score",
    "accept-both": "what either key calls right is right",
    "full-credit": "everyone who was asked gets the point, those who left it blank too",
    "drop": "the question counts for nobody",
}
NEED_A_KEY = ("replace", "never-lower", "accept-both")


@dataclass(frozen=True)
class Standing:
    """A grading as it stands. `blank`: the question was left or never reached. `scored` False: it never counts, in an exam that tries questions out.

    hints, cost: how many hints were taken in practice, and the share of the points they took, which they take of the new ones too.
    """
    earned: Decimal
    possible: Decimal
    blank: bool
    scored: bool
    hints: int = 0
    cost: Decimal = Decimal(0)


@dataclass(frozen=True)
class Anew:
    """The grading an answer should have. `shown`: the marks that speak for a competency, None where they say nothing; `corrected`: by the new key."""
    earned: Decimal
    possible: Decimal
    credits: tuple[Credit, ...]
    shown: Marks | None
    corrected: bool


def mark_anew(policy: str, asked: Question, corrected: Question | None, drawn: dict[str, str], response: object, standing: Standing) -> Anew | None:
    """What the policy makes of a stored answer; None where it stands as it does. `drawn`: the values that the attempt kept, which win over any new draw."""
    if policy == "drop":
        return _said(Decimal(0), Decimal(0), "This question was dropped: it counts for nobody.")
    if policy == "full-credit":
        point = Decimal(int(standing.scored))
        return _said(point, point, "Everyone who was asked this question has the point.")
    if standing.blank or corrected is None:
        return None
    new = mark_question(corrected, drawn, response)
    if isinstance(new, Unreadable):
        return None
    if policy == "accept-both":
        old = mark_question(asked, drawn, response)
        return _marked(old, standing, False) if not isinstance(old, Unreadable) and old.earned > new.earned else _marked(new, standing, True)
    made = _marked(new, standing, True)
    return None if policy == "never-lower" and lowers(standing, made) else made


def lowers(before: Standing, after: Anew) -> bool:
    """Whether points or their share could be fewer than before: every point newly possible must be earned as well."""
    return after.earned - before.earned < max(after.possible - before.possible, Decimal(0))


def _marked(bare: Marks, standing: Standing, corrected: bool) -> Anew:
    marks = Marks((*bare.credits, *deduction(bare, standing.hints, standing.cost)))
    earned, possible = (marks.earned, marks.possible) if standing.scored else (Decimal(0), Decimal(0))
    return Anew(earned, possible, marks.credits, marks, corrected)


def _said(earned: Decimal, possible: Decimal, sentence: str) -> Anew:
    return Anew(earned, possible, (Credit("answer", earned, possible, sentence),), None, False)
