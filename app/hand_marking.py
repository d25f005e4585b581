"""What a mark set by a person comes to as a grading: of a question in points, of a letter element by element, of other work part by part; the evidence follows the points."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from records import Evidence, Grading, Step, StoredAttempt
from scoring.exam_result import BLANKS
from scoring.hints import deduction
from scoring.marks import Credit, Marks

BY_HAND = "by hand"
"""The grader of every mark that a person set."""
ANSWER = "answer"


def answer_points(grading: Grading) -> tuple[Decimal, Decimal]:
    """What the answer to a question earned of what it could, before hints took theirs and whether or not it counts."""
    first = grading.credits[0]
    return Decimal(first["earned"]), Decimal(first["possible"])


def number(found: StoredAttempt, slot: str, sequence: int) -> int:
    """The number of the grading that counts: those of a step are counted from one."""
    return 1 + sum((one.slot, one.sequence) == (slot, sequence) for one in found.superseded)


def question_by_hand(found: StoredAttempt, step: Step, before: Grading, share: Decimal, reason: str) -> Grading:
    """The answer to a question with another share of its points. Hints still cost what they cost; an exam's unscored question still does not count."""
    possible = answer_points(before)[1] or Decimal(1)
    marks = Marks((Credit(ANSWER, (possible * share).quantize(Decimal("0.0001")), possible, f"Marked by your trainer: {reason}"),))
    marks = Marks((*marks.credits, *deduction(marks, step.payload.get("hints", 0), Decimal(step.payload.get("cost", "0")))))
    scored = next((one["scored"] for one in found.attempt.form.get("slots", ()) if one["item"] == step.slot), True)
    earned, counted = (marks.earned, marks.possible) if scored else (Decimal(0), Decimal(0))
    evidence = () if step.kind in BLANKS else tuple(replace(one, earned=marks.earned, possible=marks.possible) for one in before.evidence)
    return replace(before, grader=BY_HAND, earned=earned, possible=counted, credits=tuple(credit.plain() for credit in marks.credits), evidence=evidence, at=None)


def letter_by_hand(before: Grading, part: str, found: Mapping[str, bool]) -> Grading:
    """A round with its letter's elements found or not as a reader says. `part`: the letter's id; found: element to whether it is there."""
    credits = tuple(_said(credit, found.get(credit["part"].removeprefix(f"{part}:"))) if credit["part"].startswith(f"{part}:") else credit for credit in before.credits)
    return _with(before, credits)


def parts_by_hand(before: Grading, shares: Mapping[str, Decimal], reason: str) -> Grading:
    """A step of worked material with another share of the points for some of its parts. shares: by the part's id."""
    return _with(before, tuple(_shared(credit, shares[credit["part"]], reason) if credit["part"] in shares else credit for credit in before.credits))


def _with(before: Grading, credits: tuple[dict, ...]) -> Grading:
    """The grading with these credits, and its evidence by them."""
    if credits == before.credits:
        return replace(before, at=None)
    credits = _floored(credits)
    earned, possible = (sum((Decimal(credit[name]) for credit in credits), Decimal(0)) for name in ("earned", "possible"))
    counted = credits if len(credits) == len(before.evidence) else [credit for credit in credits if Decimal(credit["possible"])]
    evidence = tuple(Evidence(one.competency, one.domains, Decimal(credit["earned"]), Decimal(credit["possible"])) for one, credit in zip(before.evidence, counted, strict=True))
    return replace(before, grader=BY_HAND, earned=earned, possible=possible, credits=credits, evidence=evidence, at=None)


def _floored(credits: tuple[dict, ...]) -> tuple[dict, ...]:
    """What is taken off takes no more than there is."""
    left = sum((Decimal(credit["earned"]) for credit in credits if Decimal(credit["earned"]) > 0), Decimal(0))
    found = []
    for credit in credits:
        if (off := Decimal(credit["earned"])) < 0:
            off = max(off, -left)
            left += off
            credit = {**credit, "earned": str(off)}
        found.append(credit)
    return tuple(found)


def _shared(credit: dict, share: Decimal, reason: str) -> dict:
    """A part's credit with that share of its points; with all of them it is no mistake and does no harm any more."""
    earned = (Decimal(credit["possible"]) * share).quantize(Decimal("0.0001")).normalize()
    cleared = {"misconception": "", "severity": ""} if share == 1 else {}
    return {**credit, **cleared, "earned": f"{earned:f}", "reason": f"Marked by your trainer: {reason}"}


def _said(credit: dict, there: bool | None) -> dict:
    """An element's credit as the reader has it; as it was where they leave it."""
    was = Decimal(credit["earned"]) > 0
    if there is None or there == was:
        return credit
    return {**credit, "earned": credit["possible"] if there else "0", "reason": "Found by your trainer." if there else "Not found by your trainer."}
