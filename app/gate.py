"""Who is at the screen and what they may do: alone, whoever sits there; in a team, the account behind a session that the records are asked for on every run."""

import os
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.team import Team, mode, team
from records import ALONE, Account, NotSaved, People, RecordsError, Session, SignedIn, can, digest

GOOD_FOR = 0.5
"""For how many seconds an answer about a session is good within one run; the next run asks again."""
SEEN_EVERY = 60_000
LONGEST_NAME = 60


class NotAllowed(RecordsError):
    """What is asked for is not this person's to see or do."""


class SignedOut(RecordsError):
    """The session has ended."""


class ExamRunning(RecordsError):
    """What is asked for rests while the clock of an exam runs."""


@dataclass(frozen=True)
class Viewer:
    """Who is at the screen; without a team the role `alone` and no profile, since profiles are chosen and protect nothing."""
    profile: str
    name: str
    role: str
    session: str = ""


NOBODY = Viewer("", "", "")
AT_THIS_MACHINE = Viewer("", "", ALONE)
_acting: ContextVar[Viewer | None] = ContextVar("acting", default=None)
_asked: ContextVar[tuple[object, float, Viewer]] = ContextVar("asked", default=((), 0.0, NOBODY))


@contextmanager
def acting(viewer: Viewer):
    """For what runs without a screen: the command line, and tests of one person against another."""
    before = _acting.set(viewer)
    try:
        yield
    finally:
        _acting.reset(before)


def is_team() -> bool:
    return bool(mode())


def now() -> int:
    """The time in milliseconds, UTC: how every event is dated. CLEAN_CLAIM_CLOCK_AHEAD (seconds) sets it ahead, to try what days do."""
    return time.time_ns() // 1_000_000 + int(os.environ.get("CLEAN_CLAIM_CLOCK_AHEAD") or 0) * 1000


def viewer(people: People) -> Viewer:
    """Who is here, NOBODY without a session that holds. The records are asked, at most twice a second."""
    if found := _acting.get():
        return found
    held = team()
    if held is None:
        return AT_THIS_MACHINE
    key = (id(people.records), brought())
    known, at, answer = _asked.get()
    if known != key or time.monotonic() - at > GOOD_FOR:
        answer = look(people, held, st.user.to_dict())
        _asked.set((key, time.monotonic(), answer))
    return answer


def brought() -> tuple:
    """What the browser came with, as a mark of who it is: `st.user` reads the secrets anew each time, and a run asks some hundred times who is here."""
    run = get_script_run_ctx(suppress_warning=True)
    claims = run.user_info if run else st.user.to_dict()
    return run and run.session_id, tuple(sorted((name, str(value)) for name, value in claims.items()))


def enter() -> None:
    """At the start of a run: what was known of the one before is asked anew."""
    _asked.set(((), 0.0, NOBODY))


def look(people: People, held: Team, claims: dict) -> Viewer:
    """The account behind what the browser brought: our own session, or the provider's signed claims."""
    at = now()
    found = of_provider(people, held, claims, at) if held.mode == "oidc" else people.signed_in(str(claims.get("sid") or ""), at, held.idle)
    if found is None:
        return NOBODY
    if at - found.seen_at > SEEN_EVERY:
        people.seen(found.session, at)
    return Viewer(found.profile, found.name, found.role, found.session)


def of_session(people: People, session: str) -> Viewer:
    """Whoever has that session now, in the role they have now; NOBODY when it holds no more."""
    found = people.signed_in(session, now(), team().idle)
    return Viewer(found.profile, found.name, found.role, found.session) if found else NOBODY


# Sessions of a provider. Its cookie lives for a month and cannot be called back, so that each sign-in is given a session of ours, named by what was signed.

def of_provider(people: People, held: Team, claims: dict, at: int) -> SignedIn | None:
    """The session of these claims, begun when they are seen for the first time; None when it has ended, is too old, or nobody here has that identity."""
    if not claims.get("is_logged_in") or not claims.get("iss") or not claims.get("sub"):
        return None
    token, id = names_of(claims)
    if found := people.signed_in(id, at, held.idle):
        return found
    begun = int(claims.get("iat") or 0) * 1000
    account = people.account_of_identity(str(claims["iss"]), str(claims["sub"]))
    if account is None or account.status != "active" or begun + held.longest <= at or begun > at + 300_000 or people.session_of_token(token):
        return None
    take_role(people, held, account.profile, claims, at)
    take_name(people, held, account, claims, at)
    people.sign_in(Session(id, account.profile, min(begun, at), at, begun + held.longest, "your organisation's sign-in"), token)
    return people.signed_in(id, at, held.idle)


def names_of(claims: dict) -> tuple[str, str]:
    """The digest and the id of the session that belongs to one sign-in at the provider."""
    told = "\n".join(str(claims.get(part, "")) for part in ("iss", "sub", "iat", "exp", "nonce", "jti", "sid"))
    token = digest(told)
    return token, "provider-" + sha256(token.encode()).hexdigest()[:32]


def role_of(held: Team, claims: dict) -> str | None:
    """The highest role that the provider's claim gives; None where no role is mapped from it."""
    if not held.claim:
        return None
    said = claims.get(held.claim) or ()
    values = {str(value) for value in said} if isinstance(said, (list, tuple)) else {str(said)}
    given = {role for value, role in held.roles if value in values}
    return next((role for role in ("admin", "trainer", "author", "learner") if role in given), "learner")


def take_role(people: People, held: Team, profile: str, claims: dict, at: int) -> None:
    """The role follows the provider's claim at each sign-in. The last admin stays one."""
    role = role_of(held, claims)
    if role is not None:
        try:
            people.set_role(profile, role, "provider", at)
        except NotSaved:
            return


def take_name(people: People, held: Team, account: Account, claims: dict, at: int) -> None:
    """The name follows the provider's claim at each sign-in, where that is set."""
    name = str(claims.get(held.name_claim) or "").strip()[:LONGEST_NAME] if held.name_claim else ""
    if name and name != account.name:
        people.correct(account.profile, name, account.email, "provider", at)


# What one may do.

def scope_of(people: People, who: Viewer, owner: str) -> str:
    """How far away another person's things are: one's own, those of someone one leads, anybody's. Alone, all that is there is one's own."""
    if who.role == ALONE or who.profile and who.profile == owner:
        return "own"
    return "led" if can(who.role, "see cohort", "led") and people.leads(who.profile, owner) else "any"


def may(people: People, action: str, owner: str | None = None, who: Viewer | None = None) -> bool:
    """Whether the viewer may do it: to that person's things, or at all where nobody is named."""
    who = who or viewer(people)
    if who == NOBODY:
        return False
    return can(who.role, action, "own" if owner is None else scope_of(people, who, owner))


def refuse(people: People, action: str, who: Viewer | None = None) -> RecordsError:
    """The sentence for what may not be done."""
    who = who or viewer(people)
    if who == NOBODY:
        return SignedOut("You are signed out. Sign in again to go on; what was saved is still there.")
    return NotAllowed(f"Not allowed: as {'an' if who.role[:1] == 'a' else 'a'} {who.role} you may not {action}{'' if action in ('see people', 'invite') else ' here'}. Ask an admin if you need to.")
