"""What glibc is told of how it keeps memory; elsewhere nothing is told.

Each run of a page is a thread of its own, and glibc keeps a store for each thread that ever asked: what ran out is free in one and asked for anew in another.
"""

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8
"""From malloc.h."""


def one_store() -> None:
    """All threads share one: only one of them runs Python at a time anyway. Before the first thread."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """What is free goes back to the machine."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
