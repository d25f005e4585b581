"""What is shown of every scenario: no paper with a place that was not filled in, and of a life the answer that its first question earns."""

import re
from functools import cache

import pytest

from app.blind_sheet import sheet_of
from curriculum.code_books import CodeBooks
from curriculum.exercises import shelf_of
from tests import shipped

UNFILLED = re.compile(r"\{[a-z_]+(\.[a-z0-9_]+)*\}")


@cache
def held():
    catalogue = shipped.catalogue()
    return catalogue, shelf_of(catalogue.policies, CodeBooks.open())


ITEMS = [(kind, id_) for kind in ("scenarios", "form_scenarios", "exercises", "lives") for id_ in getattr(shipped.catalogue(), kind)]


@pytest.mark.parametrize("kind, id_", ITEMS)
def test_every_place_in_the_papers_is_filled_in(kind, id_):
    catalogue, shelf = held()
    shown = sheet_of(getattr(catalogue, kind)[id_], shelf)
    assert UNFILLED.search(shown) is None
    assert kind != "lives" or "Asked before the service" in shown
