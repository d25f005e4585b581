"""The people of a team at the desk: each function asks first whether the viewer may, and the change and its row in the audit log are one transaction."""

from dataclasses import dataclass
from secrets import token_urlsafe

from app import arriving, people_listed, session
from app.audit_told import GONE, Names, Row, sentence
from app.session import address, ledger, new_id, now, require
from app.team import team
from records import ROLES, Account, Cohort, Profile, RecordsError, Session, Ticket, Training, can, digest, marks

__all__ = ["GONE", "ROLES", "Account", "Cohort", "Session"]
VALID = 7 * 86_400_000
"""How long an invitation opens something, in milliseconds."""
VALID_RESET = 86_400_000
SHORT_LOG = 2_000
"""Rows of the audit log that are checked at each look."""


class NotFit(RecordsError):
    """What was typed will not do; the sentence says what to type."""


@dataclass(frozen=True)
class Link:
    """A one-time link, shown once: the records keep its digest alone."""
    address: str
    name: str
    days: int


@dataclass(frozen=True)
class Told:
    """A row of the audit log as a sentence, with names in place of ids as far as they are known."""
    at: int
    who: str
    says: str
    serial: int


# Everyone

def accounts() -> tuple[Account, ...]:
    require("see people")
    return ledger().people.accounts()


def waiting() -> frozenset[str]:
    """Who has a link that still opens something."""
    require("see people")
    return frozenset(ticket.account for ticket in ledger().people.open_tickets(now()))


def invite(name: str, email: str, role: str, goal: tuple[str, str] | None = None, cohort: str = "") -> Link:
    """Makes an account and the link that lets its owner in. With a provider the address may be left out."""
    who = require("invite")
    name, email = fit(name, email)
    if role not in ROLES:
        raise NotFit(f"Choose a role: {', '.join(ROLES)}.")
    at, id, secret = now(), new_id(), token_urlsafe(32)
    ticket = Ticket(digest(secret), id, "join", at, at + VALID)
    ledger().people.invite(Profile(id, name, *(goal or arriving.first_goal()), None, at), role, email, ticket, who.profile, at, cohort)
    return _link(secret, name, VALID)


def invite_all(text: str, goal: tuple[str, str] | None = None, cohort: str = "") -> tuple[Link, ...]:
    """An account and a link for each line, `name, e-mail address, role`; all of them or, with everything that is wrong told at once, nobody."""
    who = require("invite")
    read, wrong = people_listed.read(text, ROLES, team().mode == "password", {one.email for one in ledger().people.accounts() if one.email})
    if wrong:
        raise NotFit("Nobody was invited. " + " ".join(wrong))
    at, goal = now(), goal or arriving.first_goal()
    made = [(new_id(), token_urlsafe(32), one) for one in read]
    ledger().people.invite_all([(Profile(id, one.name, *goal, None, at), one.role, one.email, Ticket(digest(secret), id, "join", at, at + VALID)) for id, secret, one in made], who.profile, at, cohort)
    return tuple(_link(secret, one.name, VALID) for _, secret, one in made)


def fit(name: str, email: str) -> tuple[str, str]:
    """Name and address as they are kept; NotFit where they will not do."""
    name, email = " ".join(name.split()), email.strip()
    if not name or len(name) > people_listed.LONGEST_NAME:
        raise NotFit("Write the person's name, up to 60 characters.")
    if (email or team().mode == "password") and not people_listed.is_address(email):
        raise NotFit("Write the person's e-mail address, such as dana@example.org: they sign in with it.")
    return name, email


def correct(profile: str, name: str, email: str) -> Account:
    """Another name or address, as it should have been written. Where names follow the provider, the name is the provider's."""
    who = require("correct accounts")
    name, email = fit(name, email)
    if session.names_follow_provider() and name != _known(profile).name:
        raise NotFit("Not saved: the name comes from your organisation's sign-in. Have it corrected there; it is taken over at the next sign-in.")
    return ledger().people.correct(profile, name, email, who.profile, now())


def new_link(profile: str) -> Link:
    """Another link: to join, for whom was only invited; to set another password or sign in from another identity, for who is in."""
    who, at, secret = require("make reset link"), now(), token_urlsafe(32)
    account = _known(profile)
    joining = account.status == "invited"
    ledger().people.make_ticket(Ticket(digest(secret), profile, "join" if joining else "reset", at, at + (VALID if joining else VALID_RESET)), who.profile)
    return _link(secret, account.name, VALID if joining else VALID_RESET)


def _link(secret: str, name: str, valid: int) -> Link:
    return Link(f"{address()}/auth/invitation?token={secret}", name, valid // 86_400_000)


def _known(profile: str) -> Account:
    found = ledger().people.account(profile)
    if not found:
        raise NotFit("There is no such account any more. Load the page again.")
    return found


def set_role(profile: str, role: str) -> Account:
    return ledger().people.set_role(profile, role, require("change role").profile, now())


def set_disabled(profile: str, disabled: bool) -> Account:
    return ledger().people.set_disabled(profile, disabled, require("change status").profile, now())


# Sessions

def sessions(profile: str = "") -> tuple[Session, ...]:
    """The sessions of a person that hold; one's own where nobody is named."""
    who = require("see sessions", profile or None)
    return ledger().people.sessions_of(profile or who.profile, now(), team().idle)


def end_session(id: str, profile: str = "") -> None:
    """Ends one of a person's sessions; one's own where nobody is named."""
    who = require("revoke sessions", profile or None)
    owner = profile or who.profile
    if id in {one.id for one in ledger().people.sessions_of(owner, now(), team().idle)}:
        ledger().people.revoke(id, who.profile, now())


def end_all(profile: str) -> int:
    """Ends every session of a person."""
    who = require("revoke sessions", profile)
    return ledger().people.revoke_all(profile, who.profile, now())


def end_others() -> int:
    """Ends one's own sessions but for the one at hand."""
    who = require("revoke sessions")
    return ledger().people.revoke_all(who.profile, who.profile, now(), but=who.session)


def sign_out() -> None:
    """Ends the session at hand."""
    who = require("revoke sessions")
    ledger().people.revoke(who.session, who.profile, now(), "sign out")


# Cohorts

def cohorts() -> tuple[Cohort, ...]:
    """Those the viewer may see: all of them, or those they lead."""
    who = require("see cohort")
    return ledger().people.cohorts() if can(who.role, "see cohort", "any") else ledger().people.cohorts_led(who.profile)


def readers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The viewer's own open cohorts, each with the trainers who lead it and so see their work."""
    who, people = require("see sessions"), ledger().people
    found = [(cohort.name, tuple(one.name for one in people.leaders(cohort.id) if marks(one.role, one.status) and one.profile != who.profile)) for cohort in people.cohorts_of(who.profile) if cohort.closed_at is None]
    return tuple((name, leaders) for name, leaders in found if leaders)


# The audit log

def audit_log(profile: str = "", below: int = 2**62, limit: int = 50) -> tuple[Told, ...]:
    """The newest rows first, in sentences; of one person where they are named: what they did, and what was done to them and to their work."""
    require("see audit log")
    people = ledger().people
    names = Names(people.accounts(), people.cohorts(), Training(ledger().unguarded))
    return tuple(Told(entry.at, names.person(entry.actor), sentence(Row(entry, names)), entry.serial) for entry in people.audit_log(profile, below, limit))


def audit_is_short() -> bool:
    """Whether all of the log is read in a moment."""
    require("see audit log")
    newest = ledger().people.audit_log(limit=1)
    return not newest or newest[0].serial <= SHORT_LOG


def audit_faults() -> list[str]:
    require("see audit log")
    return ledger().people.audit_faults()


def told(at: int) -> str:
    return session.told(at)
