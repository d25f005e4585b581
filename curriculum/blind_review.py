"""Who solved an item without its key, and what they answered: blind-review.yaml, marked again whenever content is checked."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from curriculum.catalogue import Catalogue
from curriculum.mistakes import Mistake
from curriculum.models import Content, Text
from curriculum.reader import Node, typed


class Review(Content):
    """One item solved from its stem and exhibits alone. hash: the content that was solved; seed: the variant, 0 unless stated."""
    id: UUID
    hash: Text
    response: str | tuple[str, ...] | dict[str, str]
    on: date
    seed: int = 0


def prove_reviews(catalogue: Catalogue, marks: Callable[[Any, Any, int], bool] | None) -> Iterator[Mistake]:
    """Reviews that are unreadable, of no item, stale or wrong; and the published items that have none."""
    reviewed: set[str] = set()
    for node in catalogue.review_files:
        reviews, found = typed(tuple[Review, ...], node)
        yield from found
        for place, review in enumerate(reviews or ()):
            yield from _proved(catalogue, node, place, review, reviewed, marks)
            reviewed.add(str(review.id))
    yield from _missing(catalogue, reviewed)


def _proved(catalogue: Catalogue, node: Node, place: int, review: Review, reviewed: set[str], marks) -> Iterator[Mistake]:
    item = catalogue.items.get(str(review.id))
    if item is None:
        yield node.mistake((place, "id"), f"no item has the id {review.id}")
        return
    if str(review.id) in reviewed:
        yield node.mistake((place, "id"), f'"{item.slug}" has a review already')
    if item.status != "published":
        return
    if review.hash != catalogue.hash_of(str(review.id)):
        yield node.mistake((place, "hash"), f'"{item.slug}" has changed since it was solved blind (it is {catalogue.hash_of(str(review.id))} now): solve it again')
    elif marks and not marks(item, review.response, review.seed):
        yield node.mistake((place, "response"), f'the blind answer to "{item.slug}" does not earn full credit: settle which is right from the primary source')


def _missing(catalogue: Catalogue, reviewed: set[str]) -> Iterator[Mistake]:
    """One mistake a file, naming its items."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for id_, item in catalogue.items.items():
        if item.status == "published" and id_ not in reviewed:
            by_file[catalogue.origins[id_].node.file].append(item.slug)
    for file, slugs in by_file.items():
        yield Mistake(file, 1, "", f"published without a blind review on record ({len(slugs)}): {', '.join(slugs)}")
