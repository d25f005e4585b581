"""How many pages may stand open at once: each is a websocket with a run of its own behind it, and a browser opens one for every tab."""

from collections import Counter

from starlette.responses import HTMLResponse

from app.door import sheet
from app.door.entering import network_of
from app.door.layers import page_asked

MOST = {"session": 30, "person": 150, "address": 300}
"""How many of one sign-in, of one person over all of theirs, and, of whoever is not known by a sign-in, from one address. At each replica."""
TOO_MANY = "Too many pages of yours stand open. Close some, then load this one again."
OPEN: Counter[tuple[str, str]] = Counter()
"""Pages that stand open at this moment."""


def counted_under(scope) -> tuple[tuple[str, str], ...]:
    """The names that a page is counted under. The layer before this one says who speaks, where that is known."""
    session, _, person = scope.get("state", {}).get("speaker", "").partition(" ")
    if session:
        return ("session", session), ("person", person)
    return (("address", network_of((scope.get("client") or ("",))[0])),)


def full(names: tuple[tuple[str, str], ...]) -> bool:
    """Whether no further page may be opened under those names."""
    return any(OPEN[name] >= MOST[name[0]] for name in names)


class Open:
    """Refuses a page more than that. A browser that asks for one is told so; a websocket is closed before it is opened, so that the browser waits longer each time before it tries again."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if page_asked(scope) and full(counted_under(scope)):
            return await tell(scope, receive, send)
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        names = counted_under(scope)
        if full(names):
            return await refuse(scope, receive, send)
        OPEN.update(names)
        try:
            return await self.app(scope, receive, send)
        finally:
            OPEN.subtract(names)
            for name in names:
                if OPEN[name] <= 0:
                    del OPEN[name]


async def tell(scope, receive, send) -> None:
    """A page of the door, with the way to try again: to the address that it stands at, whatever that is."""
    await HTMLResponse(sheet.page("Too many pages", sheet.link("", "Load it again"), TOO_MANY), 429)(scope, receive, send)


async def refuse(_scope, receive, send) -> None:
    """Closed before it opens, with 1013, try again later. A sentence as an answer of HTTP no browser would show, and uvicorn takes it for an error of ours and logs it each time."""
    await receive()
    await send({"type": "websocket.close", "code": 1013, "reason": TOO_MANY})
