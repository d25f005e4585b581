"""Ordering payers and billing the second one: every variant of the shipped exercises, and both sides of what decides."""

from datetime import date
from decimal import Decimal

import pytest

from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercise_proof import mistakes_of
from curriculum.exercises import Shelf, draw_exercise
from curriculum.kinds import KINDS
from scoring.ask_marks import mark_asks
from tests import shipped

CATALOGUE = shipped.catalogue()
HELD = {one.kind: one for one in CATALOGUE.exercises.values() if one.slug in ("whose-card-goes-first", "the-second-payer")}
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


def drawn(kind, seed):
    return draw_exercise(HELD[kind], KINDS[kind], seed)


def sheet(shelf, kind, seed):
    return KINDS[kind].sheet(drawn(kind, seed).world, shelf)


def case(kind, words):
    """The seed of the first case whose name holds the words."""
    return next(place for place, each in enumerate(HELD[kind].vary.cases) if words in each.name)


def keys(shelf, kind, words):
    return {ask.id: ask.key for ask in sheet(shelf, kind, case(kind, words)).asks}


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("kind", HELD)
def test_every_world_is_whole_and_its_own_key_earns_everything(shelf, kind, seed):
    whole = sheet(shelf, kind, seed)
    assert list(mistakes_of(whole)) == []
    assert mark_asks(whole.asks, {ask.id: ask.key for ask in whole.asks}).full


@pytest.mark.parametrize("kind", HELD)
def test_a_named_mistake_never_gives_the_key(shelf, kind):
    for seed in range(24):
        for ask in sheet(shelf, kind, seed).asks:
            assert ask.key not in {wrong.value for wrong in ask.wrong}
            if ask.kind == "money":
                assert Decimal(ask.key) not in {Decimal(wrong.value) for wrong in ask.wrong}


@pytest.mark.parametrize("words, first, rule", [
    ("employer of twenty", "employer", "msp-aged"), ("employer of nineteen", "medicare", "msp-aged-small"), ("ninety-nine", "medicare", "msp-disabled-small"), ("of a hundred", "employer", "msp-disabled"),
    ("thirtieth month", "employer", "msp-kidney"), ("thirty-first", "medicare", "msp-kidney-over"), ("retired from", "medicare", "msp-not-at-work"), ("COBRA", "medicare", "msp-not-at-work"),
    ("hurt at work", "compensation", "accident-carrier"), ("live together", "mothers", "birthday"), ("without a decree", "mothers", "custody"), ("a court made responsible", "fathers", "court-decree")])
def test_who_is_first_and_by_which_rule(shelf, words, first, rule):
    got = keys(shelf, "order-payers", words)
    assert (got["first"], got["rule"]) == (first, rule)


@pytest.mark.parametrize("words, order", [
    ("spouse at work", "spouses,medicare,own"), ("plan that has ended", "medicare,medicaid"), ("TRICARE", "employer,tricare,medicaid"), ("without a decree", "mothers,stepfathers,fathers")])
def test_the_whole_order(shelf, words, order):
    assert keys(shelf, "order-payers", words)["order"] == order


def test_what_cannot_be_billed_at_all_is_asked(shelf):
    assert keys(shelf, "order-payers", "plan that has ended")["not-billed"] == "employer"
    assert keys(shelf, "order-payers", "and no accident")["not-billed"] == "compensation"
    assert "not-billed" not in keys(shelf, "order-payers", "employer of twenty")


def test_the_rule_is_among_few_options_and_every_fact_stands_in_the_papers(shelf):
    whole = sheet(shelf, "order-payers", case("order-payers", "thirtieth month"))
    assert 4 <= len(next(ask for ask in whole.asks if ask.id == "rule").options) <= 6
    told = " ".join(text for paper in whole.file for _, text in (*paper.boxes, *paper.passages))
    assert "October 2023" in told and "has retired from there" in told and "20 employees" in told


@pytest.mark.parametrize("words, todo", [("its deductible met", "send"), ("passed on to Medicaid", "wait"), ("passed on to a supplement", "wait"), ("not passed on", "send"), ("left nothing", "nothing")])
def test_whether_to_send_at_all(shelf, words, todo):
    assert keys(shelf, "bill-secondary", words)["send"] == todo


@pytest.mark.parametrize("words, last", [("maintains its benefits", "2027-04-03"), ("carves out", "2026-06-08"), ("standard method", "2026-09-06"), ("its deductible met", "2027-03-10")])
def test_the_second_payers_clock(shelf, words, last):
    assert keys(shelf, "bill-secondary", words)["deadline"] == str(date.fromisoformat(last))


def test_a_qmb_owes_nothing_and_billing_one_is_unlawful(shelf):
    for words in ("passed on to Medicaid", "not passed on", "Advantage"):
        ask = next(ask for ask in sheet(shelf, "bill-secondary", case("bill-secondary", words)).asks if ask.id == "patient-owes")
        assert ask.key == "0.00" and ask.wrong and {wrong.severity for wrong in ask.wrong} == {"unlawful"}


def test_anyone_else_owes_what_the_second_payer_leaves(shelf):
    """Cedar leaves 30.00 and 89.28; Tamarack, its deductible met, pays 30.00 and 84.86 after it."""
    got = keys(shelf, "bill-secondary", "maintains its benefits")
    assert (got["second-pays-1"], got["second-pays-2"], got["patient-owes"]) == ("30.00", "84.86", "4.42")


def test_the_second_remittance_is_shown_at_the_end_alone(shelf):
    whole = sheet(shelf, "bill-secondary", 0)
    shown = [paper.title for paper in (*whole.file, *(paper for each in whole.rounds for paper in each.papers))]
    assert [paper.title for paper in whole.closing] == ["Remittance of the second payer"] and "Remittance of the second payer" not in shown
