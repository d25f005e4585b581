"""Every payment of many lives as an 835: balanced by our own reading and by another's, to the cent, under group codes that the reason may travel with."""

from decimal import Decimal
from functools import cache

import pytest

from billing.account.best import best
from billing.answer import Remittance
from billing.pharmacy.claim import PharmacyClaim
from billing.x12.remittance import read_remittance
from billing.x12.remittance_writing import write_remittance
from curriculum.code_books import DEFAULT
from curriculum.x12_glossary import Lists
from tests.lives.worlds import world
from tests.x12.judging import pyx12_says
from tests.x12.made import AT
from tests.x12.made_payments import TRANSFER

pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")
SEEDS = range(0, 1000, 5)


@cache
def lists() -> Lists:
    return Lists()


@cache
def life(seed):
    return best(world(seed))[1]


def sendings(account):
    """What was answered by the X12: prescriptions are not."""
    return [each for each in account.sendings if isinstance(each.answer, Remittance) and not isinstance(each.claim, PharmacyClaim)]


def remittances(account):
    """Each payment on its way, with the claims it answers."""
    sent = {each.claim.account: each.claim for each in sendings(account)}
    for arrival in account.arrivals:
        if arrival.kind in ("835", "takeback") and arrival.content.claims + arrival.content.reversals and all(a.account in sent for a in (*arrival.content.claims, *(r.of for r in arrival.content.reversals))):
            yield arrival.content, sent


@pytest.mark.parametrize("seed", SEEDS)
def test_every_payment_of_a_life_travels_whole_and_balanced(seed):
    oxedi = pytest.importorskip("oxedi")
    for payment, sent in remittances(life(seed)):
        text = write_remittance(payment, TRANSFER, sent, AT, 1)
        read = read_remittance(text)
        assert [str(fault) for fault in read.faults] == [] and read.opening.amount == payment.amount
        kept = [claim for claim in read.claims if claim.status != "22"]
        assert [(c.charge, c.paid, c.interest, c.adjusted("PR"), c.adjusted("CO")) for c in kept] == [(c.charge, c.paid, c.interest, c.adjusted("PR"), c.adjusted("CO")) for c in payment.claims]
        assert [each.rule for each in oxedi.parse(text.encode()).diagnostics if "balance" in each.rule] == []


@pytest.mark.parametrize("seed", range(0, 1000, 125))
def test_pyx12_finds_nothing_wrong_with_the_payments_of_a_life(seed):
    for payment, sent in remittances(life(seed)):
        assert pyx12_says(write_remittance(payment, TRANSFER, sent, AT, 1)) == ""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_adjustment_of_a_life_is_under_a_group_its_reason_may_travel_with(seed):
    for sending in sendings(life(seed)):
        answer = sending.answer
        for each in (a for part in ((answer.whole,) if answer.whole else answer.lines) for a in part.adjustments if a.amount != Decimal(0)):
            reason = lists().entry("carc", each.carc)
            assert reason and each.group in reason.groups, f"{each.group} {each.carc}: {reason.groups if reason else 'not on the list'}"
            assert [code for code in (*each.rarcs, *answer.rarcs) if not lists().entry("rarc", code)] == []


def test_the_lives_hold_enough_to_say_something():
    kinds = {type(claim).__name__ for seed in SEEDS for _, sent in remittances(life(seed)) for claim in sent.values()}
    assert {"ProfessionalClaim", "InstitutionalClaim", "DentalClaim"} <= kinds
    assert any(payment.reversals for seed in SEEDS for payment, _ in remittances(life(seed)))
