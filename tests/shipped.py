"""The content as it is shipped, read once for all the tests of a process that only look at it."""

from functools import cache
from pathlib import Path

from curriculum.catalogue import Catalogue, load

ROOT = Path(__file__).resolve().parents[1]


@cache
def catalogue() -> Catalogue:
    return load(ROOT)
