"""After signing in one is where one was: the place carried through our own form, or, with a provider, through a cookie, since Streamlit leads everybody to the first page."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

from app.team import Team

PLACE = "clean-claim-place"
SECONDS = 900                    # in which somebody signs in at a provider
LONGEST = 500
SIGNS_IN, RETURNS = "/auth/login", "/oauth2callback"
"""Streamlit's own, with a provider."""


def within(path: str) -> str:
    """A page of ours to go on to; anything else becomes the home page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\", "/auth/")) and path.isprintable() and "\\" not in path else "/"


def place(path: str, query: str) -> str:
    """A page with what its address asks for, unless that is longer than any address of ours."""
    whole = f"{path}?{query}" if query else path
    return whole if len(whole) <= LONGEST else path


def way_in(path: str, query: str = "") -> str:
    """The address of our sign-in form that leads on to a page."""
    return f"{SIGNS_IN}?next={quote(place(path, query))}"


class Returning:
    """Remembers the page that a provider's sign-in was begun from, and goes on to it."""

    def __init__(self, app, held: Team):
        self.app, self.held = app, held

    async def __call__(self, scope, receive, send):
        if self.held.mode != "oidc" or scope["type"] != "http" or scope["path"] not in (SIGNS_IN, RETURNS):
            return await self.app(scope, receive, send)
        found = Headers(scope=scope)
        asked = self.from_here(found.get("referer", "")) if scope["path"] == SIGNS_IN else ""
        kept = within(unquote(cookie_parser(found.get("cookie", "")).get(PLACE, ""))) if scope["path"] == RETURNS else ""

        async def led(message):
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                fields = MutableHeaders(scope=message)
                if asked:
                    fields.append("set-cookie", f"{PLACE}={quote(asked, safe='')}; Max-Age={SECONDS}; Path=/; HttpOnly; SameSite=Lax")
                elif kept and fields.get("location", "") in ("/", f"{self.held.url}/"):
                    fields["location"] = quote(kept, safe="/?&=%+-._~:,")
                    fields.append("set-cookie", f"{PLACE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
            await send(message)
        return await self.app(scope, receive, led)

    def from_here(self, referer: str) -> str:
        """The place of a page of this installation; nothing where the browser names none or another site's."""
        at = urlsplit(referer)
        return place(at.path, at.query) if f"{at.scheme}://{at.netloc}" == self.held.url and within(at.path) == at.path else ""
