"""The desk of whole accounts: what is stored, what is shown, and that nothing behind the account is told before its time."""

import time
import uuid

import pytest

from app.life_desk import LifeDesk
from billing.account.actions import Close, Send, Verify, Wait
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import Shelf
from curriculum.lives import draw_life, reading
from records import Profile, Records
from scoring.life import benchmark
from tests import shipped

CATALOGUE = shipped.catalogue()
LIVES = sorted((life for life in CATALOGUE.lives.values() if life.status != "retired"), key=lambda life: life.slug)
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="the code books are not there yet: make setup")


@pytest.fixture
def shelf():
    return Shelf(CATALOGUE.policies, CodeBooks.open(DEFAULT))


@pytest.fixture
def held(tmp_path, shelf):
    with Records.open(tmp_path / "records.sqlite") as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), "Robin", "exam", "cpb", None, int(time.time() * 1000)))
        yield LifeDesk(records, CATALOGUE, shelf, lambda: int(time.time() * 1000)), person, records


def played(desk, attempt, actions) -> None:
    """The actions, one by one, as the page hands them in."""
    for action in actions:
        done = desk.work(attempt).done
        if isinstance(action, Send):
            document = reading(type(action.claim)).dump_python(action.claim, mode="json")
            assert desk.send(attempt, action.payer, document, action.way, getattr(action.claim, "prior_payment", None) is not None, done) == ""
        else:
            assert desk.act(attempt, action, done) == ""


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.slug)
def test_the_careful_way_earns_every_mark(held, shelf, life, seed):
    desk, person, records = held
    attempt = desk.begin(person.id, str(life.id), seed)
    played(desk, attempt, benchmark(draw_life(life, seed, shelf).world).actions)
    work = desk.work(attempt)
    assert work.finished and work.score == work.possible and work.balance == 0
    assert not records.projections_equal_fold()


def test_what_is_on_its_way_is_not_shown(held):
    desk, person, _ = held
    attempt = desk.begin(person.id, str(LIVES[0].id), 0)
    assert desk.work(attempt).aim is None
    played(desk, attempt, [Verify(LIVES[0].world.payers[0].payer)])
    work = desk.work(attempt)
    assert [arrival.kind for arrival in work.arrivals] == ["271"] and not hasattr(work, "coming") and not hasattr(work, "world")


def test_an_action_from_a_tab_that_lags_behind_is_refused(held):
    desk, person, _ = held
    attempt = desk.begin(person.id, str(LIVES[0].id), 0)
    assert desk.act(attempt, Wait(1), 0) == ""
    assert "another tab" in desk.act(attempt, Wait(1), 0)
    assert desk.work(attempt).done == 1


def test_a_close_that_another_tab_came_before_is_told_so_and_ends_nothing(held, monkeypatch):
    desk, person, records = held
    attempt, append = desk.begin(person.id, str(LIVES[0].id), 0), Records.append

    def second(self, *given, **named):
        monkeypatch.setattr(Records, "append", append)
        assert desk.act(attempt, Wait(1), 0) == ""
        return append(self, *given, **named)
    monkeypatch.setattr(Records, "append", second)
    assert "another tab" in desk.act(attempt, Close(), 0)
    assert not desk.work(attempt).finished and records.attempt(attempt).finished_at is None


def test_what_cannot_be_done_is_said_and_nothing_is_stored(held):
    desk, person, _ = held
    attempt = desk.begin(person.id, str(LIVES[0].id), 0)
    problem = desk.send(attempt, LIVES[0].world.payers[0].payer, desk.work(attempt).claim, "claim", True, 0)
    assert "No other payer's remittance" in problem and desk.work(attempt).done == 0


def test_closing_at_once_earns_next_to_nothing(held):
    desk, person, _ = held
    attempt = desk.begin(person.id, str(LIVES[0].id), 0)
    played(desk, attempt, [Close()])
    work = desk.work(attempt)
    assert float(work.score) <= 0.5 * float(work.possible)


@pytest.mark.parametrize("life", [life for life in LIVES if life.world.form != "pharmacy"], ids=lambda life: life.slug)
def test_every_transaction_of_a_life_is_read_without_a_fault(held, shelf, life, tmp_path):
    from app.commands.x12 import parts
    desk, person, _ = held
    attempt = desk.begin(person.id, str(life.id), 2)
    played(desk, attempt, benchmark(draw_life(life, 2, shelf).world).actions)
    kinds = set()
    for arrival in desk.work(attempt).arrivals:
        if text := desk.wire(attempt, arrival.number):
            path = tmp_path / f"{arrival.number}.x12"
            path.write_text(text, newline="")
            _, faults = parts(path)
            assert [str(fault) for fault in faults] == []
            kinds.add(arrival.kind)
    assert kinds >= {"999", "277CA", "835"}
