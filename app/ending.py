"""When an attempt ends by itself: with the last answer to all that it asks, or, where something was cut short then, as soon as anybody opens it."""

from collections.abc import Collection, Iterable
from contextlib import suppress

from records import Records, RecordsError, StoredAttempt

TABS = 3
"""As many answers as may come at once, each from a tab that does not know of the others."""


def last_of(asked: Iterable[str], answered: Collection[str]) -> frozenset[str]:
    """What the records are told that an attempt asks, so that they end it in the transaction of its last answer; nothing while that cannot be this one, since to look costs them a question."""
    asked = frozenset(asked)
    return asked if len(asked.difference(answered)) <= TABS else frozenset()


def end_if_answered(records: Records, found: StoredAttempt, asked: Iterable[str]) -> bool:
    """Whether all of it is answered. One that stands open all the same is ended, as of its last answer: it was complete then, and in time where that was in time."""
    answers, asked = [step for step in found.steps if step.kind == "submit"], frozenset(asked)
    if not asked or not asked <= {step.slot for step in answers}:
        return False
    if found.finished_at is None:
        with suppress(RecordsError):         # who may only read it, or cannot write just now, leaves it to the next
            records.finish(found.attempt.id, max(step.at for step in answers))
    return True
