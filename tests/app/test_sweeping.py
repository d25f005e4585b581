"""Garbage is collected whole while nothing runs, and rarely while much does."""

import asyncio

import pytest

from app import asgi
from tests.team.conftest import finished


@pytest.mark.parametrize("new, seconds, whole", [(0, 30, 6), (0, 4, 0), (100_000, 59, 0), (100_000, 120, 2)])
def test_everything_is_looked_at_when_nothing_runs_and_else_once_a_minute(monkeypatch, new, seconds, whole):
    collected, slept, given_back = [], [], []

    async def sleep(for_):
        slept.append(for_)
        if sum(slept) > seconds:
            raise asyncio.CancelledError
    monkeypatch.setattr(asgi.asyncio, "sleep", sleep)
    monkeypatch.setattr(asgi.gc, "get_count", lambda: (new, 0, 0))
    monkeypatch.setattr(asgi.gc, "collect", collected.append)
    monkeypatch.setattr(asgi.memory, "give_back", lambda: given_back.append(1))
    with pytest.raises(asyncio.CancelledError):
        finished(asgi.sweep())
    assert (len(collected), collected.count(2)) == (seconds, whole) and set(collected) <= {1, 2}
    assert len(given_back) == (0 if new else whole), "only while nothing runs"


@pytest.mark.parametrize("what", [asgi.memory.one_store, asgi.memory.give_back])
def test_where_there_is_no_glibc_nothing_is_told(monkeypatch, what):
    asked = []
    monkeypatch.setattr(asgi.memory.ctypes, "CDLL", lambda name: asked.append(name) or object())
    what()
    assert asked == [None]
