"""The operator's crosswalk, if the environment variable CLEAN_CLAIM_CROSSWALK names one: read once, and told of where it cannot be read."""

import os
import sys
from functools import cache
from pathlib import Path

from curriculum.crosswalk import Crosswalk, read
from curriculum.mistakes import Unreadable

VARIABLE = "CLEAN_CLAIM_CROSSWALK"


@cache
def crosswalk() -> Crosswalk:
    """As read when first asked for; without the variable, or with mistakes in the file, training codes are shown as they are."""
    path = os.environ.get(VARIABLE)
    if not path:
        return Crosswalk()
    try:
        return read(Path(path))
    except Unreadable as error:
        print(f"{VARIABLE}: training codes are shown, since the crosswalk has mistakes.", *error.mistakes, sep="\n", file=sys.stderr)
        return Crosswalk()


def shown(code: str) -> str:
    """The code as a page shows it: the operator's, with the training code that the learner types beside it."""
    real = crosswalk().shown(code)
    return code if real == code else f"{real} ({code})"
