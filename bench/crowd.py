"""Many learners at once over Streamlit's websocket: each keeps a tab open, and does something every few seconds whether the server keeps up or not."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from stream import Shown
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120
PERIOD = 5.0
"""Seconds from one answer of a learner to the next."""
TOGETHER = 8
"""How many open their page at the same time."""


class Lost(Exception):
    """What a run should have said was not said."""


@dataclass
class Learner(Shown):
    """One of them. `cookie` says who it is where people sign in; `acknowledged`: how many answers the page said are saved, by attempt; `sent`: how many were sent."""
    cookie: str = ""
    states: dict[str, tuple[str, object]] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    turns: count = field(default_factory=count)
    _socket: ClientConnection | None = None

    async def enter(self) -> None:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._socket = await connect(f"ws://{self.address}/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE, ping_interval=None,
                                     additional_headers=headers, origin=f"http://{self.address}")
        await self.run()

    async def leave(self) -> None:
        await self._socket.close()

    async def go(self, page: str, query: str) -> None:
        """Another page of the app, by its address."""
        self.page, self.query, self.page_hash, self.states = page, query, "", {}
        await self.run()

    async def run(self, pressed: str = "", **values) -> None:
        """One rerun to its end. As a browser does, it sends what was chosen before as well; pressed: the button that is for this run alone."""
        self.states |= values
        asked = {**({pressed: ("trigger_value", True)} if pressed else {}), **values, **self.states}
        await self._socket.send(self.asking("", asked))
        async with asyncio.timeout(PATIENCE):
            while not self.finished(await self._socket.recv()):
                pass
        there = {one.id for held in self.widgets.values() for one in held if hasattr(one, "id")}
        self.states = {name: state for name, state in self.states.items() if name in there}

    # What a learner does

    @property
    def attempt(self) -> str:
        return self.query.split("attempt=")[1].split("&")[0]

    async def look(self) -> None:
        """Runs the page again, as it stands."""
        await self.run()

    async def choose(self) -> None:
        """Answers an exam's question, or answers it anew."""
        await self._answer("", **self._given())

    async def hand_in(self) -> None:
        """Answers a question of a practice session or a quiz, which takes one answer."""
        await self._answer(next(button.id for button in self.widgets["button"] if button.is_form_submitter), **self._given())

    async def onward(self) -> None:
        """To the next question; from the last one to the first again."""
        button = next((one for one in self.widgets["button"] if one.label in ("Next", "Next question", "Skip for now", "To the end", "See the summary")), None)
        if button is None:
            raise Lost(f"{self.page} shows no way on")
        await self.run(button.id)
        if not self._fields():
            await self.go(self.page, self.query.partition("&q=")[0] + "&q=1")

    async def _answer(self, pressed: str, **given) -> None:
        self.sent[self.attempt] = self.sent.get(self.attempt, 0) + 1
        await self.run(pressed, **given)
        if not any("aved." in text for text in self.texts):
            raise Lost("the page did not say that the answer is saved")
        self.acknowledged[self.attempt] = self.acknowledged.get(self.attempt, 0) + 1

    def _fields(self) -> list:
        return [one for one in self.widgets.get("radio", []) if one.label == "Your answer"] + self.widgets.get("text_input", []) + self.widgets.get("checkbox", [])

    def _given(self) -> dict[str, tuple[str, object]]:
        """Another answer than before in the first field."""
        one, turn = self._fields()[0], next(self.turns)
        if hasattr(one, "options"):
            return {one.id: ("string_value", one.options[turn % len(one.options)])}
        if one in self.widgets.get("text_input", []):
            return {one.id: ("string_value", str(turn))}
        return {one.id: ("bool_value", not self.states.get(one.id, ("", False))[1])}


@dataclass
class Took:
    """How long each thing took from the moment it was due, in seconds, and what went wrong."""
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Milliseconds below which that share of them was."""
        held = sorted(self.seconds)
        return held[min(len(held) - 1, int(share * len(held)))] * 1000 if held else float("nan")


async def each(learners: list[Learner], act: Callable) -> None:
    """Everybody, a few at a time."""
    turn = asyncio.Semaphore(TOGETHER)

    async def one(learner):
        async with turn:
            await act(learner)
    async with asyncio.TaskGroup() as group:
        for learner in learners:
            group.create_task(one(learner))


async def busy(learners: list[Learner], seconds: float, first: Callable, then: Callable | None = None) -> tuple[Took, Took]:
    """Everybody does `first` every PERIOD, spread evenly over it, and `then` half a PERIOD later. Time counts from when it was due: who has to wait for the one before, waits."""
    took, after, begun = Took(), Took(), time.perf_counter() + 0.5

    async def one(learner: Learner, place: int):
        due = begun + PERIOD * place / len(learners)
        while due < begun + seconds:
            for act, kept, when in ((first, took, due), (then, after, due + PERIOD / 2)):
                if act is None:
                    continue
                await asyncio.sleep(max(0.0, when - time.perf_counter()))
                try:
                    await act(learner)
                    kept.seconds.append(time.perf_counter() - when)
                except Exception as problem:   # whatever it is, it is counted and told
                    kept.failures.append(f"{type(problem).__name__}: {problem}")
                    return
            due += PERIOD
    async with asyncio.TaskGroup() as group:
        for place, learner in enumerate(learners):
            group.create_task(one(learner, place))
    return took, after
