"""What is posted of a claim that was decided whole, as hospital stays are."""

from decimal import Decimal

import pytest

from billing.answer import Adjustment, Outcome, Remittance, WholeClaim
from curriculum.asks import about_the_remittance
from curriculum.code_books import DEFAULT
from curriculum.forms.proof import decisions_of
from tests.institutional.made import OUT, stay
from tests.scoring import forms_made

D = Decimal


def posted(*adjustments: tuple[str, str, str], charge: str = "10000.00", allowed: str = "9000.00", paid: str = "7118.72", outcome: Outcome = Outcome.PAID) -> dict:
    """The asks by id of a stay answered so."""
    whole = WholeClaim(D(charge), D(allowed), D(paid), tuple(Adjustment(group, carc, D(amount)) for group, carc, amount in adjustments), outcome)
    return {ask.id: ask for ask in about_the_remittance(Remittance("p", "a", "n", OUT, OUT, (), (), (), whole=whole))}


STAY = (("CO", "45", "1000.00"), ("PR", "1", "1736.00"), ("CO", "253", "145.28"))


@pytest.mark.parametrize("ask, key", [("payment-claim", "7118.72"), ("write-off-claim", "1145.28"), ("patient-claim", "1736.00"), ("left-to-work", "0.00")])
def test_a_stay_is_posted_once_for_the_claim(ask, key):
    assert D(posted(*STAY)[ask].key) == D(key)


def test_a_stay_asks_the_patients_part_only_once():
    assert set(posted(*STAY)) == {"payment-claim", "write-off-claim", "patient-claim", "left-to-work"}


def test_sequestration_left_on_the_account_is_a_known_mistake_of_a_stay():
    assert ("sequestration-left", "1000.00") in [(wrong.slug, wrong.value) for wrong in posted(*STAY)["write-off-claim"].wrong]


def test_a_stay_that_is_denied_stays_open_at_its_charge_and_nothing_is_written_off():
    asks = posted(("CO", "197", "10000.00"), allowed="0.00", paid="0.00", outcome=Outcome.DENIED)
    assert [D(asks[id].key) for id in ("write-off-claim", "left-to-work")] == [D("0.00"), D("10000.00")]


def test_a_payment_over_the_charge_is_posted_against_the_adjustment():
    """Charge 8,000.00, allowed 9,000.00: OA-94 −1,000.00, sequestration 145.28; account 8000 − 7118.72 − (−854.72) − 1736 = 0."""
    ask = posted(("OA", "94", "-1000.00"), ("PR", "1", "1736.00"), ("CO", "253", "145.28"), charge="8000.00")["write-off-claim"]
    assert (D(ask.key), "OA-94" in ask.prompt) == (D("-854.72"), True)


@pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")
def test_a_hospital_remittance_is_a_scenario_with_its_adjustments_among_the_decisions():
    course = forms_made.course("institutional", "post-the-remittance")
    assert course.first_asks[0].id == "payment-claim" and course.before.charge == stay().charge
    assert ("CO", "253") in decisions_of(course.case, course.policy, course.books)[1]


def test_a_refusal_that_is_the_patients_leaves_the_contracts_part_to_be_written_off_and_nothing_open():
    asks = posted(("PR", "119", "84.00"), ("CO", "45", "28.00"), charge="112.00", allowed="0.00", paid="0.00", outcome=Outcome.DENIED)
    assert [D(asks[id].key) for id in ("write-off-claim", "patient-claim", "left-to-work")] == [D("28.00"), D("84.00"), D("0.00")]
