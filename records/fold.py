"""What the logs add up to, computed anew in plain Python: the second opinion against which the projections are held."""

from dataclasses import dataclass
from itertools import groupby

from records.events import Attempt, FINISH, Grading, Step
from records.rows import units


@dataclass(frozen=True)
class Fold:
    """Everything the projections say of one attempt, as rows of their three tables."""
    slot_results: frozenset
    attempt_result: tuple
    counted_evidence: frozenset


def current(gradings: tuple[Grading, ...]) -> dict[tuple[str, int], Grading]:
    """The grading that counts for each step, by (slot, sequence): the last one written."""
    return {(grading.slot, grading.sequence): grading for grading in gradings}


def fold(attempt: Attempt, steps: tuple[Step, ...], gradings: tuple[Grading, ...]) -> Fold:
    """The score and the evidence of an attempt; steps and gradings in the order in which they were written.

    A slot scores what its latest graded step scored. As evidence of competence counts the latest graded step in an exam, where
    feedback comes at the end, and the first in practice, where an answer given after the feedback shows no more than reading.
    """
    graded = sorted(current(gradings).items())
    by_slot = {slot: [g for _, g in group] for slot, group in groupby(graded, key=lambda entry: entry[0][0])}
    times = {(step.slot, step.sequence): step.at for step in steps}
    results = {slot: found[-1] for slot, found in by_slot.items()}
    counted = {slot: found[-1 if attempt.behaviour == "exam" else 0] for slot, found in by_slot.items()}
    finished = next((step.at for step in steps if step.kind == FINISH), None)
    return Fold(
        frozenset((attempt.id, slot, g.sequence, units(g.earned), units(g.possible)) for slot, g in results.items()),
        (attempt.id, sum(units(g.earned) for g in results.values()), sum(units(g.possible) for g in results.values()),
         len(results), finished, max([attempt.started_at, *times.values()])),
        frozenset((attempt.profile, attempt.item, attempt.id, slot, place, e.competency, e.domains, units(e.earned),
                   units(e.possible), times[slot, g.sequence])
                  for slot, g in counted.items() for place, e in enumerate(g.evidence)))
