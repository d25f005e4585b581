"""Signing in with a password, as far as no web is needed for it: the attempt and its limits, the one-time link, another password."""

import hmac
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network
from secrets import token_urlsafe

from app.door import passwords
from app.gate import now
from app.session import new_id
from app.team import Team
from records import Account, People, Session, Ticket, TicketSpent, digest
from records.accounts import plain_email

WINDOW = 15 * 60_000
"""Failures are counted over this long, in milliseconds; a lock-out ends when the first of them is older."""
LIMITS = {"pair": 5, "account": 20, "address": 40, "known": 10}
"""How many: of one account from one address, of one account from anywhere, from one address. One attacker locks out themselves first, not the person.

A browser in which the person signed in before has a limit of its own and no other, so that nobody can lock them out of it.
"""
KEPT_KNOWN = 5
"""How many people one browser is known by: a ward's computer has several, and the one who was in last longest ago is forgotten first."""
MARK, BETWEEN = re.compile(r"[\w-]{22}\.[0-9a-f]{64}", re.ASCII), "~"
"""What a mark looks like, and what stands between two in the cookie."""
REFUSED: Counter[str] = Counter()
"""Attempts to sign in that were refused since the start, by reason; of nobody in particular."""
WRONG = "That e-mail address and password do not go together."


@dataclass(frozen=True)
class Entered:
    """Someone is in: the secret for the cookie, which is nowhere else. known: the marks by which this browser is known again, where they are others than it brought."""
    secret: str
    account: str
    known: str = ""


@dataclass(frozen=True)
class Refused:
    """Nobody is in. `wait`: seconds until another attempt is looked at; 0 where it is at once."""
    sentence: str
    wait: int = 0


def whose(held: Team, email: str, address: str, known: str = "") -> dict[str, str]:
    """The names under which a failure is counted: keyed digests, so that neither address stands in the records. known: what the browser brought."""
    def named(kind: str, value: str) -> str:
        return f"{kind} " + keyed(held, kind, value)
    if number := recognised(held, email, known):
        return {"known": named("known", f"{email}\n{number}")}
    network = network_of(address)
    return {"pair": named("pair", f"{email}\n{network}"), "account": named("account", email), "address": named("address", network)}


def keyed(held: Team, kind: str, value: str) -> str:
    return hmac.new(held.secret.encode(), f"{kind}\n{value}".encode(), sha256).hexdigest()


def network_of(address: str) -> str:
    """An address as it is counted. Of IPv6 the network that one customer is given, since they choose the rest of it anew as often as they like."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def mark_for(held: Team, email: str) -> str:
    """A new mark for a browser in which this person is in."""
    number = token_urlsafe(16)
    return f"{number}." + keyed(held, "browser", f"{email}\n{number}")


def marks(known: str) -> tuple[str, ...]:
    """The marks that a browser brought, as far as they look like some; the person who was in last comes first."""
    return tuple(mark for mark in known.split(BETWEEN, KEPT_KNOWN)[:KEPT_KNOWN] if MARK.fullmatch(mark))


def recognised(held: Team, email: str, known: str) -> str:
    """The number of this person's mark among those that the browser brought; empty where none was made here for them."""
    return next((number for number, _, said in (mark.partition(".") for mark in marks(known))
                 if hmac.compare_digest(said, keyed(held, "browser", f"{email}\n{number}"))), "")


def remembered(held: Team, email: str, known: str) -> str:
    """The marks of a browser in which this person is in now: theirs first, the others as they were, up to so many."""
    number = recognised(held, email, known)
    own = next((mark for mark in marks(known) if number and mark.startswith(f"{number}.")), "") or mark_for(held, email)
    return BETWEEN.join((own, *(mark for mark in marks(known) if mark != own))[:KEPT_KNOWN])


def wait(people: People, names: dict[str, str], at: int) -> int:
    """Seconds until the limits let another attempt through; 0 when they do."""
    longest = 0
    for kind, name in names.items():
        many, first = people.failures(name, at - WINDOW)
        if many >= LIMITS[kind]:
            longest = max(longest, first + WINDOW - at)
    return -(-longest // 1000)


def sign_in(people: People, held: Team, email: str, password: str, address: str, agent: str, before: str, known: str = "") -> Entered | Refused:
    """Tries a password. before: the secret this browser came with, whose session ends when the new one begins; known: the mark it came with."""
    at, email = now(), plain_email(email)[:320].replace("\0", "")
    names = whose(held, email, address, known)
    if left := wait(people, names, at):
        REFUSED["too-many"] += 1
        return Refused(f"Too many attempts. Try again in {minutes(left)}, or ask an admin for a link to set another password.", left)
    account = people.account_of_email(email)
    kept = people.password(account.profile) if account else None
    if not passwords.verified(kept, password) or account.status != "active":
        people.failed(tuple(names.values()), at, WINDOW)
        if wait(people, names, at) and account:
            people.note("sign-in page", "lock out for a while", account.profile, at)
        REFUSED["wrong"] += 1
        return Refused(WRONG)
    people.forgive(names.get("pair") or names["known"])
    if passwords.outdated(kept):
        people.rehash(account.profile, passwords.hashed(password), at)
    return begin(people, held, account.profile, agent, before, email, known)


def minutes(seconds: int) -> str:
    return "a minute" if seconds <= 60 else f"{-(-seconds // 60)} minutes"


def begin(people: People, held: Team, account: str, agent: str, before: str = "", email: str = "", known: str = "") -> Entered:
    """A new session under a new secret. email: of whom the browser is to be known again by, beside those whose marks it brought."""
    at, secret = now(), token_urlsafe(32)
    replaced = people.session_of_token(digest(before)) if before else None
    people.sign_in(Session(new_id(), account, at, at, at + held.longest, agent), digest(secret), replaced.id if replaced else "")
    marked = remembered(held, email, known) if email else ""
    return Entered(secret, account, marked if marked != known else "")


def session_of(people: People, held: Team, secret: str) -> Session | None:
    """The session of a cookie, if it holds."""
    found = people.session_of_token(digest(secret)) if secret else None
    return found if found and people.signed_in(found.id, now(), held.idle) else None


# One-time links

def invited(people: People, secret: str) -> tuple[Ticket, Account]:
    """Whom the link is for; TicketSpent when it opens nothing."""
    found = people.ticket(digest(secret), now())
    account = found and people.account(found.account)
    if not account or account.status == "disabled":
        raise TicketSpent("This link was used before, was withdrawn, or has run out. Ask an admin for a new one.")
    return found, account


def accept(people: People, held: Team, secret: str, password: str, again: str, agent: str, before: str, known: str = "") -> Entered | Refused:
    """Sets the password that the link allows, and lets its owner in."""
    _, account = invited(people, secret)
    if said := unfit(account, password, again):
        return Refused(said)
    people.use_for_password(digest(secret), passwords.hashed(password), now())
    return begin(people, held, account.profile, agent, before, account.email, known)


def change(people: People, held: Team, secret: str, current: str, password: str, again: str, address: str, agent: str) -> Entered | Refused:
    """Another password for who is signed in. Every session ends, and this browser gets a new one."""
    session = session_of(people, held, secret)
    if session is None:
        return Refused("You are signed out. Sign in again, then change the password.")
    account = people.account(session.account)
    names = whose(held, account.email, address)
    if left := wait(people, names, now()):
        return Refused(f"Too many attempts. Try again in {minutes(left)}.", left)
    if not passwords.verified(people.password(account.profile), current):
        people.failed(tuple(names.values()), now(), WINDOW)
        return Refused("The present password is another one.")
    if said := unfit(account, password, again):
        return Refused(said)
    people.set_password(account.profile, passwords.hashed(password), account.profile, now())
    return begin(people, held, account.profile, agent)


def unfit(account: Account, password: str, again: str) -> str:
    """Why this password may not be set; nothing when it may."""
    return "The two passwords are not the same." if password != again else passwords.complaint(password, account.email, account.name)


def agent_of(header: str) -> str:
    """A browser in two words, for the list of sessions; the header itself is not kept."""
    browser = next((name for mark, name in (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")) if mark in header), "A browser")
    system = next((name for mark, name in (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"),
                                           ("Linux", "Linux")) if mark in header), "")
    return f"{browser} on {system}" if system else browser
