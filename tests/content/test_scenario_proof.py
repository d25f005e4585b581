"""A scenario's worked answer is compared with the engine, and each difference named where it stands."""


import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from scoring.proof import Prover
from tests import shipped

CATALOGUE = shipped.catalogue()
DENIAL = next((one for one in CATALOGUE.scenarios.values() if one.kind == "decide-on-a-denial"), None)
pytestmark = pytest.mark.skipif(not DEFAULT.is_file() or DENIAL is None, reason="needs the code books (make setup) and a denial scenario")


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(CATALOGUE.policies, CodeBooks.open())


def changed(**told):
    return DENIAL.model_copy(update={"expected": DENIAL.expected.model_copy(update=told)})


def test_the_worked_answer_is_the_engines(prover):
    assert list(prover.scenario(DENIAL)) == []


@pytest.mark.parametrize("told, where", [
    ({"clean_paid": "0.01"}, ("expected", "clean_paid")),
    ({"clean_paid": "plenty"}, ("expected", "clean_paid")),
    ({"clean_outcome": "rejected"}, ("expected", "clean_outcome")),
    ({"asks": {**DENIAL.expected.asks, "action": "bill-patient"} if DENIAL else {}}, ("expected", "asks", "action")),
    ({"asks": {"weather": "rain"}}, ("expected", "asks", "weather")),
])
def test_a_worked_answer_that_differs_is_named(prover, told, where):
    assert [steps for steps, _ in prover.scenario(changed(**told))] == [where]


def test_a_variant_that_cannot_be_played_is_named(prover):
    broken = DENIAL.model_copy(update={"vary": DENIAL.vary.model_copy(update={"cases": (), "draw": {"world.nowhere.at_all": ("1", "2")}})})
    assert [steps for steps, _ in prover.scenario(broken)] == [("vary",)]


def test_a_blind_answer_is_held_to_the_engine(prover):
    right = {**DENIAL.expected.asks, "clean_paid": DENIAL.expected.clean_paid}
    assert prover.earns_full(DENIAL, right, 0)
    assert not prover.earns_full(DENIAL, {**right, "action": "bill-patient"}, 0)
    assert not prover.earns_full(DENIAL, "paid", 0)
