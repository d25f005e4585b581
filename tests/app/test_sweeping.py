"""Garbage is collected whole while nothing runs, rarely while much does, and never so often that people wait for it; and what the server says leaves it at once."""

import asyncio
import socket

import pytest
from streamlit.web.server.starlette import starlette_server

from app import asgi, memory, sending
from tests.team.conftest import finished


@pytest.fixture
def seen(monkeypatch):
    """A sweeper's looks by their generation, how often memory was given back, and a clock that each look at everything moves on."""
    class Seen:
        looks, given, forgotten, new, takes, now = [], [], [], 0, 0.0, 0.0

        def collect(self, generation=2):
            self.looks.append(generation)
            self.now += self.takes if generation == 2 else 0

        def sweep(self, seconds, new, takes=0.0):
            self.looks, self.given, self.forgotten, self.new, self.takes = [], [], [], new, takes
            for _ in range(seconds):
                self.sweeper.second()
            return self.looks.count(2)
    held = Seen()
    monkeypatch.setattr(memory.gc, "get_count", lambda: (held.new, 0, 0))
    monkeypatch.setattr(memory.gc, "collect", held.collect)
    monkeypatch.setattr(memory.time, "perf_counter", lambda: held.now)
    monkeypatch.setattr(memory, "give_back", lambda: held.given.append(1))
    held.sweeper = memory.Sweeper(lambda: held.forgotten.append(1))
    return held


def test_each_second_is_looked_at_once(seen):
    seen.sweep(300, 100_000)
    assert len(seen.looks) == 300 and set(seen.looks) == {1, 2}


def test_while_much_runs_everything_is_looked_at_once_a_minute_and_nothing_is_given_back(seen):
    assert seen.sweep(59, 100_000) == 0 and seen.sweep(61, 100_000) == 2 and seen.given == seen.forgotten == []


def test_when_nothing_runs_any_more_everything_is_looked_at_and_given_back_once(seen):
    seen.sweep(30, 100_000)
    assert seen.sweep(60, 0) == 1 and seen.given == seen.forgotten == [1]


def test_where_nothing_runs_everything_is_looked_at_all_the_same_for_little_things_add_up(seen):
    assert seen.sweep(5 + 6_000, 0) == 1 + 10


@pytest.mark.parametrize("takes, many", [(0.01, 20), (0.4, 5), (1.0, 2)])
def test_people_wait_for_it_at_most_a_fiftieth_of_the_time(seen, takes, many):
    looks = sum(seen.sweep(1, 100_000 if second % 5 == 0 else 0, takes) for second in range(100))
    assert looks == many and looks * takes <= 100 / 50


def test_the_server_sweeps_each_second_and_tells_what_was_refused_every_five(monkeypatch):
    slept, swept, told = [], [], []

    async def sleep(seconds):
        slept.append(seconds)
        if len(slept) > 12:
            raise asyncio.CancelledError
    monkeypatch.setattr(asgi.asyncio, "sleep", sleep)
    monkeypatch.setattr(memory.Sweeper, "second", lambda self: swept.append(self))
    monkeypatch.setattr(asgi.watching, "tell_what_is_new", lambda: told.append(1))
    with pytest.raises(asyncio.CancelledError):
        finished(asgi.sweep(print))
    assert set(slept) == {1} and len(swept) == 12 and len(set(map(id, swept))) == 1 and len(told) == 2


@pytest.mark.parametrize("what", [memory.one_store, memory.give_back])
def test_where_there_is_no_glibc_nothing_is_told(monkeypatch, what):
    asked = []
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: asked.append(name) or object())
    what()
    assert asked == [None]


def test_a_connection_waits_for_no_acknowledgement(monkeypatch):
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    sending.at_once()
    listening, _ = starlette_server._bind_server_socket("127.0.0.1", "127.0.0.1", 0, 5)
    with listening, socket.create_connection(listening.getsockname()):
        listening.setblocking(True)
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
