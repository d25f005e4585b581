"""When memory is looked through for what nobody holds, and what glibc is told of how it keeps it; elsewhere nothing is told.

Each run of a page is a thread of its own, and glibc keeps a store for each thread that ever asked: what ran out is free in one and asked for anew in another.
"""

import ctypes
import gc
import time
from collections.abc import Callable
from contextlib import suppress

M_ARENA_MAX = -8
"""From malloc.h."""
IDLE, BUSY, STILL = 5, 60, 600
"""Seconds from one look at everything to the next: while nothing runs, while much does, and where nothing has run since."""
SHARE = 50
"""Of the time at most one part in so many goes to looking at everything, for everybody waits meanwhile: half a second, with hundreds of learners."""
FEW = 1_000
"""Objects that are new since the second before, of a server where nothing runs."""


def one_store() -> None:
    """All threads share one: only one of them runs Python at a time anyway. Before the first thread."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """What is free goes back to the machine."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def loaded() -> None:
    """What is there by now stays, and is not looked at again. What is new is looked at each second, and not, as Streamlit would, all of everything after every run: see docs/decisions/0016-load.md."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class Sweeper:
    """Looks through what is new, and now and then through everything."""

    def __init__(self, forget: Callable[[], None] = lambda: None):
        """forget: lets go of what is held to be quick, and not needed while nothing runs."""
        self.forget = forget
        self.waited, self.stirred, self.spent = 0, True, 0.0

    def second(self) -> None:
        """One more has passed."""
        busy = gc.get_count()[0] > FEW
        self.stirred |= busy
        self.waited += 1
        if self.waited < max(self.spent * SHARE, BUSY if busy else IDLE if self.stirred else STILL):
            gc.collect(1)
            return
        begun = time.perf_counter()
        gc.collect()
        self.waited, self.stirred, self.spent = 0, busy, time.perf_counter() - begun
        if not busy:
            self.forget()
            give_back()
