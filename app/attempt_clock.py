"""What time it is in an attempt: never before what happened in it already, and running on by itself when the machine's clock is turned back."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

HELD = 4096
_known: OrderedDict[str, tuple[int, int]] = OrderedDict()
"""By attempt, the latest time that was told of it, and what the steady clock said then."""
_lock = Lock()


def steady() -> int:
    """Milliseconds on a clock that nobody can turn."""
    return time.monotonic_ns() // 1_000_000


def time_in(attempt: str, wall: int, last: Callable[[], int]) -> int:
    """The machine's time, or what it must be at least by the time that passed since this process last told it. last: when something last happened in the attempt; asked where this process knows nothing of it."""
    since = steady()
    known = _known.get(attempt)
    least = known[0] + since - known[1] if known else last()
    with _lock:
        at = max(wall, least, _known[attempt][0] if attempt in _known else 0)
        _known[attempt] = (at, since)
        _known.move_to_end(attempt)
        while len(_known) > HELD:
            _known.popitem(last=False)
    return at


def forget() -> None:
    """As a process that has just started."""
    with _lock:
        _known.clear()
