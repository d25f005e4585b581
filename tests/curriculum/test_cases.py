"""Drawing a variant leaves the scenario as it was, whatever was drawn before it."""


import pytest

from curriculum.cases import draw
from curriculum.catalogue import content_hash
from tests import shipped

SCENARIOS = tuple(shipped.catalogue().scenarios.values())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.slug)
def test_drawing_changes_neither_the_scenario_nor_a_later_draw(scenario):
    before, first = content_hash(scenario), [draw(scenario, seed).world for seed in range(20)]
    assert [draw(scenario, seed).world for seed in range(20)] == first
    assert content_hash(scenario) == before
