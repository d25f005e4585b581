"""What every request passes before it reaches a page: the host it asks for, where a form came from, who it is, and the headers of every answer."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import quote

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from app import gate
from app.door import sheet
from app.door.entering import session_of
from app.door.going_back import way_in
from app.door.routes import cookie_name
from app.session import people
from app.team import Team
from records import RecordsError, digest

SESSION_HEADER = "x-clean-claim-session"
OURS = b"x-clean-claim-"
WATCHED = ("/healthz", "/metrics")
"""Asked by machines under whatever host name."""
SHUT = ("/_stcore/metrics", "/_stcore/agent")
"""Streamlit's own addresses that are nobody's business here."""
HELD_BACK = ("/_stcore/upload_file", "/media/")
"""Streamlit's own addresses that only someone signed in may use."""
LEAVES = "/auth/logout"
"""With a provider Streamlit's own, which a mere GET is enough for."""
OPEN = ("/auth/", "/_stcore/", "/static/", "/app/static/", "/component/", "/media/", "/oauth2callback", "/healthz", "/metrics", "/favicon")


def policy() -> str:
    """The content security policy of the pages: nothing from elsewhere; of inline scripts only the one that Streamlit's own page has, by its hash."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = [body for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S) if "src=" not in attributes and body.strip()]
    hashes = " ".join(f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" for body in scripts)
    return (f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
            "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'")


def headers(held: Team) -> dict[str, str]:
    """What every answer carries besides its policy. With the referrer policy `no-referrer` browsers would send our own forms without their origin."""
    always = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin",
              "cross-origin-resource-policy": "same-origin",
              "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=()"}
    return always | ({"strict-transport-security": "max-age=31536000; includeSubDomains"} if held.secure else {})


def secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Over TLS every cookie is for TLS alone, Streamlit's own among them."""
    return (name, value + b"; Secure") if name.lower() == b"set-cookie" and b"; secure" not in value.lower() else (name, value)


def spoken_for(path: str, prefixes: tuple[str, ...]) -> bool:
    return path.startswith(prefixes)


def page_asked(scope) -> bool:
    """Whether a browser asks for a page of the app's own, to show it."""
    return scope["type"] == "http" and scope["method"] == "GET" and not spoken_for(scope["path"], OPEN) and "text/html" in Headers(scope=scope).get("accept", "")


class Headed:
    """Puts the headers on every answer, also of Streamlit's own addresses."""

    def __init__(self, app, held: Team):
        self.app, self.fixed, self.policy, self.secure = app, headers(held), policy(), held.secure

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def headed(message):
            if message["type"] == "http.response.start":
                fields = MutableHeaders(scope=message)
                for name, value in self.fixed.items():
                    fields[name] = value
                at_door = spoken_for(scope["path"], ("/auth/",))
                fields["content-security-policy"] = sheet.POLICY if at_door else self.policy
                if at_door:
                    fields["cache-control"] = "no-store"
                if self.secure:
                    message["headers"] = [secured(name, value) for name, value in message["headers"]]
            await send(message)
        return await self.app(scope, receive, headed)


class Addressed:
    """Refuses a request for another host, a form that another site sent, and what is shut."""

    def __init__(self, app, held: Team):
        self.app, self.held = app, held

    async def __call__(self, scope, receive, send):
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        found, path = Headers(scope=scope), scope["path"]
        if spoken_for(path, SHUT):
            return await refuse("Not found.", 404, scope, receive, send)
        if found.get("host", "").lower() != self.held.host.lower() and path not in WATCHED:
            return await refuse(f"This installation is at {self.held.url}.", 421, scope, receive, send)
        if scope["type"] == "websocket" and found.get("origin", self.held.url) != self.held.url:
            return await refuse("Refused: not from a page of this installation.", 403, scope, receive, send)
        if scope["type"] == "http" and path == LEAVES and found.get("sec-fetch-site") == "cross-site":
            return await refuse("Refused: another site does not sign you out.", 403, scope, receive, send)
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS") and not self.from_here(found):
            return await refuse("Refused: this form was not sent from a page of this installation.", 403, scope, receive, send)
        return await self.app(scope, receive, send)

    def from_here(self, found: Headers) -> bool:
        """By the Origin that browsers send with every form; by Sec-Fetch-Site where there is none."""
        origin = found.get("origin")
        return origin == self.held.url if origin is not None else found.get("sec-fetch-site") == "same-origin"


class Flat:
    """Brings a browser that asks for an address of several parts to its last one: pages have one name each, and from further down Streamlit's own page finds none of its parts."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        _, further, last = scope.get("path", "").strip("/").rpartition("/")
        if further and page_asked(scope):
            return await RedirectResponse(f"/{quote(last)}", 303)(scope, receive, send)
        return await self.app(scope, receive, send)


class Identity:
    """Takes away whatever a client says about who it is, then says it, from the cookie's session in the records."""

    def __init__(self, app, held: Team):
        self.app, self.held = app, held

    async def __call__(self, scope, receive, send):
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OURS) and not name.lower().startswith(OURS.replace(b"-", b"_"))]
        scope, path = {**scope, "headers": kept}, scope["path"]
        password, held_back = self.held.mode == "password", spoken_for(path, HELD_BACK)
        page = password and scope["type"] == "http" and not spoken_for(path, OPEN)
        speaks = password and scope["type"] == "websocket"
        cookies = Headers(raw=kept).get("cookie", "")
        if scope["type"] == "websocket" or page_asked(scope):
            speaker = await self.asked(speaker_of_cookies if password else speaker_of_provider, cookies)
            scope["state"] = {**scope.get("state", {}), "speaker": speaker}
        if not (page or speaks or held_back):
            return await self.app(scope, receive, send)
        id = await self.asked(session_of_cookies if password else session_of_provider, cookies)
        if not id and (held_back or speaks and not speaker):
            return await refuse("Sign in first.", 403, scope, receive, send)
        if not id and page and scope["method"] == "GET":
            return await RedirectResponse(way_in(path, scope["query_string"].decode("latin-1")), 303)(scope, receive, send)
        if id:
            scope["headers"] = [*kept, (SESSION_HEADER.encode(), id.encode())] if password else kept
            scope["state"] = {**scope.get("state", {}), "session": id}
        return await self.app(scope, receive, send)

    async def asked(self, question, cookies: str) -> str:
        """An answer of the records, beside the event loop; empty where they do not answer: the page will say what is wrong with them."""
        try:
            return await to_thread.run_sync(question, self.held, cookies)
        except RecordsError:
            return ""


def session_of_cookies(held: Team, cookies: str) -> str:
    """The id of the session that our cookie opens; empty where it opens none."""
    found = session_of(people(), held, _cookie(cookies, cookie_name(held)))
    return found.id if found else ""


def speaker_of_cookies(held: Team, cookies: str) -> str:
    """The session that our cookie ever opened, and whose it is: a tab that still stands open may be told that it has ended. A stranger speaks to no page."""
    secret = _cookie(cookies, cookie_name(held))
    found = people().session_of_token(digest(secret)) if secret else None
    return f"{found.id} {found.account}" if found else ""


def speaker_of_provider(_held: Team, cookies: str) -> str:
    """The same of what the provider signed, whether or not anybody here has that identity; a stranger speaks to the page that leads to the sign-in."""
    signed = _get_signed_cookie_with_chunks(cookie_parser(cookies), USER_COOKIE_NAME)
    claims = json.loads(signed) if signed else {}
    return f"{gate.names_of(claims | {'sid': None})[1]} {claims.get('iss')} {claims.get('sub')}" if claims else ""


def session_of_provider(held: Team, cookies: str) -> str:
    """The id of the session that belongs to the provider's signed claims; empty where there is none that holds."""
    signed = _get_signed_cookie_with_chunks(cookie_parser(cookies), USER_COOKIE_NAME)
    if not signed:
        return ""
    claims = json.loads(signed) | {"sid": None}      # as a page sees them: there `sid` is the header of ours, which a provider's session has not
    found = people().signed_in(gate.names_of(claims)[1], gate.now(), held.idle)
    return found.session if found else ""


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def refuse(sentence: str, status: int, scope, receive, send) -> None:
    """A sentence over HTTP; a websocket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 1008})
    await PlainTextResponse(sentence + "\n", status)(scope, receive, send)
