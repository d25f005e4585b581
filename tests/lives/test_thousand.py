"""A thousand lives drawn by seed, over every payer and form, worked carefully and worked at random: balances, transactions and clocks hold in all of them."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app import wires
from billing.account.actions import Appeal, AskStatus, Call, Post, Refund, Send, Statement, Verify, Wait, WriteOff
from billing.account.best import best
from billing.account.clocks import due
from billing.account.fold import Refused, act, begin, fold
from billing.answer import Rejection
from billing.codes import OutsideKnownDates
from billing.pharmacy.claim import PharmacyClaim
from billing.x12.acknowledgements import read_claim_acknowledgement, write_claim_acknowledgement
from billing.x12.claims import read_claims, write_claims
from billing.x12.remittance import read_remittance
from curriculum.code_books import DEFAULT
from tests.lives.worlds import world
from tests.x12.judging import pyx12_says
from tests.x12.made import PARTIES

AT = datetime(2026, 3, 12, 9, 30)
LIVES, PART = 1000, 100
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


def balanced(answer) -> bool:
    decided = (answer.whole,) if answer.whole else answer.lines
    return all(each.charge == each.paid + sum((a.amount for a in each.adjustments), Decimal(0)) for each in decided) and answer.charge == sum((each.charge for each in decided), Decimal(0))


def holds(account) -> None:
    """What must hold of any account, however it was worked."""
    for sending in account.sendings:
        assert isinstance(sending.answer, Rejection) or balanced(sending.answer)
    days = [arrival.day for arrival in account.arrivals]
    assert days == sorted(days) and all(day <= account.today for day in days) and all(each.day > account.today for each in account.coming)
    payments = [arrival for arrival in account.arrivals if arrival.kind == "835"]
    assert all(payment.content.amount == sum((c.paid + c.interest for c in payment.content.claims), Decimal(0)) - sum((r.of.paid for r in payment.content.reversals), Decimal(0)) for payment in payments)
    assert account.collected == account.from_payers + account.patient_paid - account.refunded_patient
    assert [each.day for each in due(account)] == sorted(each.day for each in due(account))


def transacted(account) -> None:
    """Each claim sent is written and read back as it was; each acknowledgement says what was decided."""
    for sending in account.sendings:
        if isinstance(sending.claim, PharmacyClaim) or sending.way == "appeal":
            continue
        read = read_claims(write_claims([sending.claim], PARTIES, AT, sending.number))
        assert [str(fault) for fault in read.faults] == [] and len(read.claims) == 1
        assert read.claims[0].charge == sending.claim.charge and read.claims[0].account == sending.claim.account
        statuses, faults = read_claim_acknowledgement(write_claim_acknowledgement([(sending.claim, sending.answer)], PARTIES, AT, sending.number))
        assert faults == () and statuses[0].accepted is not isinstance(sending.answer, Rejection)


def paid_over_the_wire(account) -> None:
    """Each payment is written as an 835 that balances, and read back to the cent."""
    for arrival in account.arrivals:
        if arrival.kind not in ("835", "takeback"):
            continue
        claim = account.sendings[arrival.sending - 1].claim
        if text := wires.of_payment(arrival.content, {claim.account: claim}, "Payer"):
            read = read_remittance(text)
            assert [str(fault) for fault in read.faults] == []
            assert read.opening.amount == arrival.content.amount
            assert [paid.paid for paid in read.claims] == [-r.of.paid for r in arrival.content.reversals] + [c.paid for c in arrival.content.claims]


@pytest.mark.parametrize("first", range(0, LIVES, PART))
def test_lives_worked_with_care_end_at_zero(first):
    for seed in range(first, first + PART):
        actions, account = best(world(seed))
        holds(account)
        transacted(account)
        paid_over_the_wire(account)
        assert account.balance == 0 and account.breaches == (), f"life {seed} ends at {account.balance} with {account.breaches}"


@pytest.mark.parametrize("seed", range(0, LIVES, 20))
def test_the_same_actions_always_make_the_same_account(seed):
    drawn = world(seed)
    actions, account = best(drawn)
    again = fold(drawn, actions)
    assert (again.entries, again.collected, again.arrivals) == (account.entries, account.collected, account.arrivals)


def anything(chance: random.Random, account):
    """Some action, sensible or not."""
    payer = chance.choice([side.payer for side in account.world.payers])
    arrived = [a.number for a in account.arrivals if a.kind in ("835", "takeback")] or [1]
    dollars = Decimal(chance.randrange(0, 50000)) / 100
    return chance.choice([Wait(chance.randrange(1, 60)), Verify(payer), Send(payer, account.world.clean), AskStatus(payer), Call(payer), Post(chance.choice(arrived), dollars, dollars, dollars), Appeal(1), WriteOff(dollars, "courtesy"),
                          Statement(dollars), Refund("patient", dollars), Refund(payer, dollars)])


@pytest.mark.parametrize("seed", range(0, LIVES, 5))
def test_lives_worked_at_random_never_break(seed):
    chance, account = random.Random(seed), begin(world(seed))
    for _ in range(25):
        try:
            account = act(account, anything(chance, account))
        except (Refused, OutsideKnownDates) as refusal:
            assert str(refusal)
        holds(account)
    late = account.today - account.world.service > timedelta(days=366)
    assert not late or any(each.what == "file" for each in due(account)) or account.sendings


@pytest.mark.parametrize("seed", range(0, LIVES, 97))
def test_pyx12_finds_nothing_wrong_with_the_claims_of_a_life(seed):
    claim = world(seed).clean
    if isinstance(claim, PharmacyClaim) or type(claim).__name__ == "DentalClaim":
        pytest.skip("pyx12 judges professional and institutional claims")
    assert pyx12_says(write_claims([claim], PARTIES, AT, 1)) == ""


@pytest.mark.parametrize("first", range(0, LIVES, PART))
def test_oxedi_and_pyx12_find_nothing_wrong_with_the_payments_of_lives(first):
    oxedi = pytest.importorskip("oxedi")
    for seed in range(first, first + PART, 7):
        _, account = best(world(seed))
        for arrival in account.arrivals:
            if arrival.kind in ("835", "takeback") and (text := wires.of_payment(arrival.content, {s.claim.account: s.claim for s in account.sendings}, "Payer")):
                assert [each.rule for each in oxedi.parse(text.encode()).diagnostics] == []
                if seed % 5 == 0:
                    assert pyx12_says(text) == ""
