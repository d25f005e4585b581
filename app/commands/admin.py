"""`python -m app admin create|reset|list|revoke`: who lets people in, when nobody is in yet or nobody can get in any more."""

import os
import sys
from datetime import datetime
from secrets import token_urlsafe
from uuid import uuid4

from app.gate import now
from app.place import ROOT, place
from app.team import team
from records import COMMAND_LINE, Account, People, Profile, Records, RecordsError, Ticket, digest

VALID = 72 * 3_600_000
"""How long a one-time link opens something, in milliseconds."""


def add(subparsers) -> None:
    parser = subparsers.add_parser("admin", help="make an admin of a team, or a new link for someone who cannot get in")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    what = parser.add_subparsers(required=True, metavar="WHAT")
    create = what.add_parser("create", help="make an admin and print a link for their first sign-in")
    create.add_argument("--email", required=True)
    create.add_argument("--name", required=True)
    create.add_argument("--profile", help="the id of a profile from before the team, whose work goes on")
    create.set_defaults(what=make)
    for name, does, told in (("reset", reset, "print a link to set another password, or to sign in from another identity"), ("revoke", revoke, "end every session of someone")):
        one = what.add_parser(name, help=told)
        one.add_argument("--email", required=True)
        one.set_defaults(what=does)
    what.add_parser("list", help="everyone with an account, and whether the audit log is whole").set_defaults(what=everyone)
    parser.set_defaults(run=run)


def run(args) -> int:
    try:
        with Records.open(place(args.db)) as opened:
            return args.what(People(opened), args)
    except RecordsError as problem:
        print(problem, file=sys.stderr)
        return 1


def make(people: People, args) -> int:
    """An admin, and the one link that lets them in. There is no password until they choose one."""
    if not args.name.strip() or "@" not in args.email:
        print("Give a name and an e-mail address: --name \"Your Name\" --email you@example.org", file=sys.stderr)
        return 1
    at, secret, id = now(), token_urlsafe(32), args.profile or str(uuid4())
    ticket = Ticket(digest(secret), id, "join", at, at + VALID)
    if args.profile:
        people.adopt(id, "admin", args.email, ticket, COMMAND_LINE, at)
    else:
        people.invite(Profile(id, args.name.strip(), *first_goal(), None, at), "admin", args.email, ticket, COMMAND_LINE, at)
    print(f"{args.name.strip()} is an admin. This link lets them in once, within three days:\n{address(secret)}")
    return 0


def first_goal() -> tuple[str, str]:
    """What a new person is taken to aim for until they say: the first exam of the content."""
    from curriculum.catalogue import load
    held = load(ROOT)
    return ("exam", next(iter(held.blueprints))) if held.blueprints else ("track", next(iter(held.tracks), "core"))


def address(secret: str) -> str:
    """The link, under the address that people type."""
    held = team()
    url = held.url if held and held.url else os.environ.get("CLEAN_CLAIM_URL", "").rstrip("/") or "http://localhost:8501"
    return f"{url}/auth/invitation?token={secret}"


def known(people: People, email: str) -> Account:
    found = people.account_of_email(email)
    if not found:
        raise RecordsError(f"There is no account with the address {email}. `python -m app admin list` shows all.")
    return found


def reset(people: People, args) -> int:
    account, at, secret = known(people, args.email), now(), token_urlsafe(32)
    people.make_ticket(Ticket(digest(secret), account.profile, "reset", at, at + VALID), COMMAND_LINE)
    print(f"This link lets {account.name} in once, within three days; links made before hold no more:\n{address(secret)}")
    return 0


def revoke(people: People, args) -> int:
    account = known(people, args.email)
    print(f"{people.revoke_all(account.profile, COMMAND_LINE, now())} sessions of {account.name} ended.")
    return 0


def everyone(people: People, _args) -> int:
    """1 when the audit log does not hold together."""
    for account in people.accounts():
        print(f"{account.role:8} {account.status:9} {account.name}, {account.email or 'no address'}, since {datetime.fromtimestamp(account.created_at / 1000):%Y-%m-%d}")
    faults, newest = people.audit_faults(), people.audit_log(limit=1)
    print(faults[0] if faults else f"The audit log is whole: {newest[0].serial} rows, sealed with {newest[0].hash[:16]}." if newest else "Nobody has an account yet.")
    return 1 if faults else 0
