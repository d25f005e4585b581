"""What the writing of records came to since they were opened: answers saved and refused, how long changes took. Counts of nobody in particular."""

from bisect import bisect_left
from collections import Counter
from threading import Lock

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds up to which a histogram counts; what took longer stands in its last place."""


class Histogram:
    """How many took how long."""

    def __init__(self):
        self.counts, self.seconds = [0] * (len(BOUNDS) + 1), 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


class Figures:
    """Kept in memory: a start begins at nothing. Adding takes about a microsecond."""

    def __init__(self):
        self.saved = self.repeated = 0           # answers: stored; handed in again and stored before
        self.refused: Counter[str] = Counter()   # answers that were not saved, by reason
        self.failed: Counter[str] = Counter()    # changes of any kind that were not saved, by reason
        self.changes = Histogram()               # from asking until it is on the disk, waiting included
        self.commits = Histogram()               # the transaction alone: one for all who waited together
        self._lock = Lock()

    def answered(self, stored: bool) -> None:
        with self._lock:
            self.saved, self.repeated = self.saved + stored, self.repeated + (not stored)

    def answer_refused(self, reason: str) -> None:
        with self._lock:
            self.refused[reason] += 1

    def change_failed(self, reason: str) -> None:
        with self._lock:
            self.failed[reason] += 1

    def changed(self, seconds: float) -> None:
        with self._lock:
            self.changes.add(seconds)

    def committed(self, seconds: float) -> None:
        with self._lock:
            self.commits.add(seconds)
