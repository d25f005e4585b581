"""How much one person may keep open and begin: generous, bounded, and others at the same address never feel it."""

import asyncio

import pytest

from app import gate, guarded, quizzing, session
from app.door import layers, open_pages
from app.door.routes import cookie_name
from app.team import team
from records import NotSaved
from records import appending
from tests.records import made
from tests.team.conftest import finished, viewer


def scope(speaker: str = "", address: str = "10.0.0.1", **more) -> dict:
    return {"type": "websocket", "path": "/_stcore/stream", "client": (address, 1), "state": {"speaker": speaker}, "headers": [], **more}


class Page:
    """An app whose pages stay open until they are let go."""

    def __init__(self):
        self.opened, self.ends, self.said = 0, asyncio.Event(), []
        self.door = open_pages.Open(self)

    async def __call__(self, *_):
        self.opened += 1
        await self.ends.wait()

    async def send(self, message):
        self.said.append(message)

    async def receive(self):
        return {"type": "websocket.connect"}

    async def open(self, *scopes):
        """Opens them all, and says how many of them stand open."""
        self.tasks = [*getattr(self, "tasks", ()), *(asyncio.create_task(self.door(one, self.receive, self.send)) for one in scopes)]
        await asyncio.sleep(0.05)
        return sum(not task.done() for task in self.tasks)

    async def close(self):
        self.ends.set()
        await asyncio.gather(*self.tasks)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(open_pages, "MOST", {"session": 3, "person": 5, "address": 4})
    open_pages.OPEN.clear()
    yield
    assert not open_pages.OPEN, "every page that was closed is counted no more"


def test_a_sign_in_has_so_many_pages_and_another_at_the_same_address_has_as_many_again():
    async def journey():
        page = Page()
        stand = await page.open(*[scope("s1 ann")] * 5), await page.open(*[scope("s2 bea")] * 3)
        assert page.said[0] == {"type": "websocket.close", "code": 1013, "reason": open_pages.TOO_MANY}
        await page.close()
        return stand
    assert finished(journey()) == (3, 6)


def test_several_sign_ins_of_one_person_count_together():
    async def journey():
        page = Page()
        stand = await page.open(*[scope("s1 ann")] * 3, *[scope("s2 ann")] * 3)
        await page.close()
        return stand
    assert finished(journey()) == 5


def test_a_page_that_was_closed_makes_room():
    async def journey():
        page = Page()
        await page.open(*[scope("s1 ann")] * 3)
        await page.close()
        page.ends.clear()
        await page.open(scope("s1 ann"))
        await page.close()
        return page.opened
    assert finished(journey()) == 4


def test_strangers_are_counted_by_their_address_and_told_in_a_sentence():
    async def journey():
        page = Page()
        stand = await page.open(*[scope(address="2001:db8:1:2::1")] * 3, *[scope(address="2001:db8:1:2::9")] * 3, scope(address="2001:db8:9::1"))
        assert [one["reason"] for one in page.said] == [open_pages.TOO_MANY] * 2
        await page.close()
        return stand
    assert finished(journey()) == 5


def asked(speaker: str, path: str = "/exam", accept: str = "text/html,*/*", **more) -> dict:
    return {"type": "http", "method": "GET", "path": path, "query_string": b"attempt=a1&q=2", "client": ("10.0.0.1", 1), "state": {"speaker": speaker}, "headers": [(b"accept", accept.encode())], **more}


@pytest.mark.parametrize("request_, told", [(asked("s1 ann"), True), (asked("s1 ann", "//evil.example"), True), (asked("s2 ann"), False), (asked("s1 ann", "/static/main.js"), False), (asked("s1 ann", accept="*/*"), False)],
                         ids=["a page", "another site's name", "another sign-in's", "a part of one", "a script's own"])
def test_whoever_loads_a_page_too_many_reads_why_and_how_to_go_on(request_, told):
    async def journey():
        page = Page()
        await page.open(*[scope("s1 ann")] * 3)
        page.ends.set()
        await page.door(request_, page.receive, page.send)
        await page.close()
        return page
    page = finished(journey())
    if not told:
        assert page.said == [] and page.opened == 4
        return
    begun, body = page.said
    assert begun["status"] == 429 and page.opened == 3
    shown = body["body"].decode()
    assert open_pages.TOO_MANY in shown and '<a href="">' in shown, "the same address again, its question included"
    assert "evil" not in shown, "an address that names another site leads nowhere else"


def test_who_speaks_is_said_by_the_cookie_and_by_nothing_that_the_client_says(desk):
    held, told = team(), []

    async def app(scope, *_):
        told.append(scope["state"]["speaker"])
    layer = layers.Identity(app, held)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        told.append(message["type"])
    finished(layer(asked("s9 root", headers=[(b"cookie", f'{cookie_name(held)}="secret ann"'.encode()), (b"accept", b"text/html")]), receive, send))
    assert told.pop() == "session-ann ann", "of a page that is asked for as well"
    for secret in ("secret ann", "nonsense"):
        finished(layer(scope("s9 root", headers=[(b"cookie", f'{cookie_name(held)}="{secret}"'.encode())]), receive, send))
    assert told == ["session-ann ann", "websocket.close"]


def test_the_limits_leave_a_class_and_a_load_test_alone():
    """One page for each learner, all behind one address: counted by sign-in, so that none is refused."""
    async def journey():
        page = Page()
        stand = await page.open(*(scope(f"s{number} p{number}") for number in range(500)))
        await page.close()
        return stand
    assert finished(journey()) == 500


class TestBegun:
    def test_attempts_within_a_day_are_bounded_and_the_next_day_is_another(self, desk, monkeypatch):
        monkeypatch.setattr(guarded, "MOST_BEGUN", 2)
        with gate.acting(viewer("ann")):
            cards = quizzing.sets()
            for card in cards[:2]:
                quizzing.begin(session.me(), card.id)
            with pytest.raises(NotSaved, match="2 attempts were begun in your name within a day"):
                quizzing.begin(session.me(), cards[2].id)
            monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", "90000")
            assert quizzing.begin(session.me(), cards[2].id)
        with gate.acting(viewer("bea")):
            assert quizzing.begin(session.me(), cards[0].id), "another's are not counted"

    def test_steps_in_one_place_are_bounded_and_the_end_is_always_taken(self, desk, monkeypatch):
        monkeypatch.setattr(appending, "MOST_ANSWERS", 3)
        monkeypatch.setattr(appending, "MOST_NOTES", 3)
        records = desk.ledger().unguarded
        records.start(made.attempt(profile="ann"))
        for number in (1, 2, 3):
            assert records.append(made.step(sequence=number), made.grading(sequence=number)).stored
            records.note("a1", appending.WHOLE, "note", {"n": number}, number)
        for change in (lambda: records.append(made.step(sequence=4), made.grading(sequence=4)), lambda: records.note("a1", appending.WHOLE, "note", {"n": 4}, 4)):
            with pytest.raises(NotSaved, match="changed more often than anybody"):
                change()
        assert records.finish("a1", 9_000).stored
