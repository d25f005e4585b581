"""The addresses of the door: signing in and out, a one-time link, another password."""

from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app.door import entering, sheet
from app.door.entering import Entered, Refused
from app.door.going_back import within
from app.door.sheet import Field
from app.gate import now
from app.session import people
from app.team import Team, team
from records import RecordsError, TicketSpent, digest

LONGEST_FORM = 8_192
HASHING = CapacityLimiter(2)
"""How many passwords are hashed at once: each takes 19 MiB and a core."""
KNOWN_FOR = 180 * 86_400
"""Seconds for which a browser is known again."""
INVITATION = "clean-claim-invitation"


def cookie_name(held: Team) -> str:
    """Over TLS a name that a browser takes only with Secure, for this host and from it alone."""
    return "__Host-clean-claim" if held.secure else "clean-claim"


def known_name(held: Team) -> str:
    """Of the cookie by which a browser is known again, signed in or not; it opens nothing."""
    return f"{cookie_name(held)}-known"


def secret_of(request: Request, held: Team) -> str:
    return request.cookies.get(cookie_name(held), "")


def known_of(request: Request, held: Team) -> str:
    """The marks of those who were in here before."""
    return request.cookies.get(known_name(held), "")


def address_of(request: Request) -> str:
    """Where a request came from; a proxy's word for it is taken only from the proxies that are named."""
    return request.client.host if request.client else ""


def agent_of(request: Request) -> str:
    return entering.agent_of(request.headers.get("user-agent", ""))


def answered(title: str, body: str, said: str = "", status: int = 200, good: bool = False) -> HTMLResponse:
    return HTMLResponse(sheet.page(title, body, said, good), status)


def refused(title: str, body: str, outcome: Refused, status: int = 400) -> HTMLResponse:
    """The page again with what was wrong; 429 and for how long where attempts were too many."""
    response = answered(title, body, outcome.sentence, 429 if outcome.wait else status)
    if outcome.wait:
        response.headers["retry-after"] = str(outcome.wait)
    return response


def let_in(held: Team, entered: Entered, to: str) -> Response:
    """On to a page, with the cookie of the new session."""
    response = RedirectResponse(to, 303)
    response.set_cookie(cookie_name(held), entered.secret, max_age=held.longest // 1000, httponly=True, samesite="lax", secure=held.secure, path="/")
    if entered.known:
        response.set_cookie(known_name(held), entered.known, max_age=KNOWN_FOR, httponly=True, samesite="lax", secure=held.secure, path="/")
    return response


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a short form; none of what is no such form."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
    except ValueError:           # more fields than any form of ours has
        return {}


async def apart(work, *given):
    """Runs what asks the records or hashes a password beside the event loop."""
    return await to_thread.run_sync(lambda: work(*given), limiter=HASHING)


# Signing in

def sign_in_form(email: str, to: str) -> str:
    return (sheet.form("/auth/login", "Sign in", (Field("email", "E-mail address", "email", "username", email), Field("password", "Password")), {"next": to})
            + sheet.paragraph("No account yet, or the password forgotten? Ask an admin of your team for a link.", "foot"))


async def login(request: Request) -> Response:
    held = team()
    if request.method == "GET":
        to = within(request.query_params.get("next", "/"))
        if await apart(entering.session_of, people(), held, secret_of(request, held)):
            return RedirectResponse(to, 303)
        said = "You are signed out." if request.query_params.get("out") else ""
        return answered("Sign in", sign_in_form("", to), said, good=True)
    given = await form_of(request)
    email, to = given.get("email", ""), within(given.get("next", "/"))
    outcome = await apart(entering.sign_in, people(), held, email, given.get("password", ""), address_of(request), agent_of(request), secret_of(request, held),
                          known_of(request, held))
    return let_in(held, outcome, to) if isinstance(outcome, Entered) else refused("Sign in", sign_in_form(email[:320], to), outcome, 401)


async def logout(request: Request) -> Response:
    held = team()
    if request.method == "GET":
        return answered("Sign out?", sheet.form("/auth/logout", "Sign out", (), {}) + sheet.link("/", "Back to your work"))

    def end():
        found = people().session_of_token(digest(secret_of(request, held)))
        if found:
            people().revoke(found.id, found.account, now(), "sign out")
    await apart(end)
    response = RedirectResponse("/auth/login?out=1", 303)
    response.delete_cookie(cookie_name(held), path="/", secure=held.secure, httponly=True, samesite="lax")
    return response


# A one-time link

def new_password_fields() -> tuple[Field, ...]:
    from app.door.passwords import SHORTEST
    return (Field("password", "New password", known="new-password", hint=f"{SHORTEST} characters or more. Four unrelated words make a good one."),
            Field("again", "The same again", known="new-password"))


def accept_page(secret: str) -> tuple[str, str]:
    """Title and form of a link that holds."""
    ticket, account = entering.invited(people(), secret)
    title = f"Welcome, {account.name}" if ticket.purpose == "join" else "Set another password"
    return title, (sheet.paragraph(f"Choose a password for {account.email}.")
                   + sheet.form("/auth/invitation", "Set password and sign in", new_password_fields(), {"token": secret}))


async def invitation(request: Request) -> Response:
    """With passwords: choose one. With a provider: the link is remembered while its owner signs in there."""
    held = team()
    given = await form_of(request) if request.method == "POST" else {}
    secret = given.get("token") or request.query_params.get("token", "")
    try:
        title, body = await apart(accept_page, secret)
        if held.mode == "oidc":
            response = RedirectResponse("/", 303)
            response.set_cookie(INVITATION, secret, max_age=3600, httponly=True, samesite="lax", secure=held.secure, path="/")
            return response
        if request.method == "GET":
            return answered(title, body)
        outcome = await apart(entering.accept, people(), held, secret, given.get("password", ""), given.get("again", ""), agent_of(request), secret_of(request, held),
                              known_of(request, held))
        return let_in(held, outcome, "/") if isinstance(outcome, Entered) else refused(title, body, outcome)
    except TicketSpent as spent:
        return answered("This link opens nothing", sheet.link("/", "To the sign-in page"), str(spent), 410)


# Another password

def change_form() -> str:
    fields = (Field("current", "Present password"), *new_password_fields())
    return (sheet.paragraph("Every other browser in which you are signed in is signed out.") + sheet.form("/auth/password", "Change password", fields, {})
            + sheet.link("/you", "Back to your account"))


async def password(request: Request) -> Response:
    held = team()
    if not await apart(entering.session_of, people(), held, secret_of(request, held)):
        return RedirectResponse("/auth/login?next=/you", 303)
    if request.method == "GET":
        return answered("Change your password", change_form())
    given = await form_of(request)
    outcome = await apart(entering.change, people(), held, secret_of(request, held), given.get("current", ""), given.get("password", ""), given.get("again", ""),
                          address_of(request), agent_of(request))
    return let_in(held, outcome, "/you") if isinstance(outcome, Entered) else refused("Change your password", change_form(), outcome)


def told(work):
    """A failure of the records is said on a page, not raised."""
    async def route(request: Request) -> Response:
        try:
            return await work(request)
        except RecordsError as problem:
            return answered("Not now", sheet.link("/auth/login", "Try again"), str(problem), 503)
    return route


def routes(held: Team) -> list[Route]:
    """With a provider /auth/login and /auth/logout are Streamlit's own."""
    both = ["GET", "POST"]
    made = [Route("/auth/invitation", told(invitation), methods=both)]
    if held.mode == "password":
        made += [Route("/auth/login", told(login), methods=both), Route("/auth/logout", told(logout), methods=both), Route("/auth/password", told(password), methods=both)]
    return made
