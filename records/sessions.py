"""How a person of the team gets in and stays in: passwords, identities of a provider, one-time links, sessions that can be ended, failures that are counted."""

from dataclasses import dataclass
from hashlib import sha256

from records import audit
from records.appending import one
from records.failures import NotSaved
from records.queries import QUERIES


class TicketSpent(NotSaved):
    """A one-time link that was used, withdrawn or has run out."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time link of an account: to join, or to set another password. `token` is the secret's digest; the secret is in the link alone."""
    token: str
    account: str
    purpose: str
    created_at: int
    expires_at: int
    made_by: str = ""
    used_at: int | None = None
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `id` may be shown and sent about; the secret's digest stays in the records."""
    id: str
    account: str
    created_at: int
    seen_at: int
    expires_at: int
    agent: str
    revoked_at: int | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session that holds belongs to, as of now."""
    session: str
    profile: str
    name: str
    role: str
    seen_at: int


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits; such a secret needs no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()


class Sessions:
    """The part of `People` that is asked at the door. `token` is always a digest."""

    # Sessions

    def signed_in(self, id: str, at: int, idle: int) -> SignedIn | None:
        """Whose session this is, if it holds: not ended, not run out, not idle for longer than `idle` milliseconds, begun after the account's epoch, the account active."""
        row = self.read(lambda db: one(db, "signed_in", id=id, at=at, seen_after=at - idle))
        return row and SignedIn(row["session"], row["profile"], row["name"], row["role"], row["seen_at"])

    def session_of_token(self, token: str) -> Session | None:
        row = self.read(lambda db: one(db, "session_of_token", token=token))
        return row and session_from(row)

    def sign_in(self, session: Session, token: str, replaced: str = "") -> Session:
        """Begins a session; the one that this browser had before (`replaced`, an id) ends with it. The same token again returns the session as it is, ended or not."""
        def change(db):
            audit.take_turn(db)
            if replaced:
                db.execute(QUERIES["revoke_session"], {"id": replaced, "at": session.created_at})
            row = {"token": token, "id": session.id, "account": session.account, "created_at": session.created_at, "seen_at": session.seen_at,
                   "expires_at": session.expires_at, "agent": session.agent}
            db.execute(QUERIES["forget_sessions"], {"before": session.created_at - KEPT_AFTER_END})
            if db.execute(QUERIES["add_session"], row).rowcount:
                audit.note(db, session.created_at, session.account, "sign in", session.account)
            return session_from(one(db, "session_of_token", token=token))
        return self.write(change)

    def seen(self, id: str, at: int) -> None:
        """Keeps a session from being idle."""
        self.write(lambda db: db.execute(QUERIES["touch_session"], {"id": id, "at": at}).rowcount)

    def sessions_of(self, account: str, at: int, idle: int) -> tuple[Session, ...]:
        """The sessions that hold, the latest used first."""
        values = {"account": account, "at": at, "seen_after": at - idle}
        return self.read(lambda db: tuple(map(session_from, db.execute(QUERIES["sessions_of"], values).fetchall())))

    def revoke(self, id: str, actor: str, at: int, act: str = "end session") -> None:
        """Ends one session, from the next thing done in it."""
        def change(db):
            found = one(db, "session", id=id)
            if found and db.execute(QUERIES["revoke_session"], {"id": id, "at": at}).rowcount:
                audit.note(db, at, actor, act, found["account"])
        self.write(change)

    def revoke_all(self, account: str, actor: str, at: int, but: str = "") -> int:
        """Ends every session of a person, those of a provider that were not seen yet among them, but for one of their own."""
        def change(db):
            if not but:
                db.execute(QUERIES["set_epoch"], {"profile": account, "at": at})
            ended = db.execute(QUERIES["revoke_sessions"], {"account": account, "at": at, "but": but}).rowcount
            audit.note(db, at, actor, "end sessions", account, None, ended)
            return ended
        return self.write(change)

    # Passwords and identities

    def password(self, account: str) -> str | None:
        """The hash that is kept."""
        row = self.read(lambda db: one(db, "password", account=account))
        return row and row["hash"]

    def set_password(self, account: str, hash: str, actor: str, at: int, but: str = "") -> None:
        """Another password; every session ends but the one in which it was changed."""
        def change(db):
            audit.take_turn(db)
            keep_password(db, account, hash, actor, at)
            db.execute(QUERIES["revoke_sessions"], {"account": account, "at": at, "but": but})
        self.write(change)

    def rehash(self, account: str, hash: str, at: int) -> None:
        """The same password under today's parameters."""
        self.write(lambda db: db.execute(QUERIES["set_password"], {"account": account, "hash": hash, "at": at}).rowcount)

    def link_identity(self, account: str, issuer: str, subject: str, actor: str, at: int) -> None:
        """From now on that identity is this person."""
        self.write(lambda db: link(db, account, issuer, subject, actor, at))

    # One-time links

    def make_ticket(self, ticket: Ticket, actor: str) -> None:
        """A new link; those made before for the account hold no more."""
        def change(db):
            audit.take_turn(db)
            db.execute(QUERIES["withdraw_tickets"], {"account": ticket.account, "at": ticket.created_at})
            self._add_ticket(db, ticket, actor)
        self.write(change)

    def ticket(self, token: str, at: int) -> Ticket | None:
        """The link, while it can be used."""
        row = self.read(lambda db: one(db, "ticket", token=token))
        found = row and ticket_from(row)
        return found if found and usable(found, at) else None

    def open_tickets(self, at: int) -> tuple[Ticket, ...]:
        return self.read(lambda db: tuple(map(ticket_from, db.execute(QUERIES["open_tickets"], {"at": at}).fetchall())))

    def use_for_password(self, token: str, hash: str, at: int) -> str:
        """Sets the password the link allows and ends every session; the account's id. Of two who use it at once, one gets in."""
        def change(db):
            account = spend(db, token, at)
            keep_password(db, account, hash, account, at)
            db.execute(QUERIES["revoke_sessions"], {"account": account, "at": at, "but": ""})
            return account
        return self.write(change)

    def use_for_identity(self, token: str, issuer: str, subject: str, at: int) -> str:
        """Ties the link's account to an identity of the provider and ends every session, which another identity may have begun; the account's id."""
        def change(db):
            account = spend(db, token, at)
            link(db, account, issuer, subject, account, at)
            db.execute(QUERIES["revoke_sessions"], {"account": account, "at": at, "but": ""})
            return account
        return self.write(change)

    def _add_ticket(self, db, ticket: Ticket, actor: str) -> None:
        db.execute(QUERIES["add_ticket"], {"token": ticket.token, "account": ticket.account, "purpose": ticket.purpose, "made_by": actor,
                                           "created_at": ticket.created_at, "expires_at": ticket.expires_at})
        audit.note(db, ticket.created_at, actor, f"make {ticket.purpose} link", ticket.account)

    # Failures

    def failed(self, whose: tuple[str, ...], at: int, keep: int) -> None:
        """Counts a failure under each of the names; those older than `keep` milliseconds are forgotten."""
        def change(db):
            db.execute(QUERIES["forget_failures"], {"before": at - keep})
            for one_of in whose:
                db.execute(QUERIES["add_failure"], {"whose": one_of, "at": at})
        self.write(change)

    def failures(self, whose: str, since: int) -> tuple[int, int]:
        """How many since then, and when the first of them was."""
        row = self.read(lambda db: one(db, "failures", whose=whose, since=since))
        return row["many"], row["first"] or 0

    def forgive(self, whose: str) -> None:
        self.write(lambda db: db.execute(QUERIES["forgive"], {"whose": whose}).rowcount)

    def note(self, actor: str, act: str, subject: str, at: int, before: object = None, after: object = None) -> None:
        """A row of the audit log for what changes no other table: a lock-out, an export."""
        self.write(lambda db: audit.note(db, at, actor, act, subject, before, after))


KEPT_AFTER_END = 30 * 86_400_000
"""How long an ended session is kept, in milliseconds: a provider's cookie lives so long, and must not begin anew."""


def spend(db, token: str, at: int) -> str:
    """Marks the link used; its account."""
    audit.take_turn(db)
    if not db.execute(QUERIES["use_ticket"], {"token": token, "at": at}).rowcount:
        raise TicketSpent("This link was used before, was withdrawn, or has run out. Ask an admin for a new one.")
    account = one(db, "ticket", token=token)["account"]
    held = one(db, "account", profile=account)
    if held["status"] == "disabled":
        raise TicketSpent("This account is closed. Ask an admin to open it again.")
    db.execute(QUERIES["set_status"], {"profile": account, "status": "active"})
    if held["status"] != "active":
        audit.note(db, at, account, "change status", account, held["status"], "active")
    return account


def keep_password(db, account: str, hash: str, actor: str, at: int) -> None:
    """Another password; links made before it hold no more."""
    db.execute(QUERIES["set_password"], {"account": account, "hash": hash, "at": at})
    db.execute(QUERIES["withdraw_tickets"], {"account": account, "at": at})
    audit.note(db, at, actor, "set password", account)


def link(db, account: str, issuer: str, subject: str, actor: str, at: int) -> None:
    audit.take_turn(db)
    if one(db, "account_of_identity", issuer=issuer, subject=subject):
        raise NotSaved("Not saved: this sign-in belongs to another account already. Ask an admin.")
    db.execute(QUERIES["drop_identities"], {"account": account})
    db.execute(QUERIES["add_identity"], {"issuer": issuer, "subject": subject, "account": account, "at": at})
    audit.note(db, at, actor, "link identity", account, None, issuer)


def usable(ticket: Ticket, at: int) -> bool:
    return ticket.used_at is None and ticket.withdrawn_at is None and ticket.expires_at > at


def session_from(row) -> Session:
    return Session(row["id"], row["account"], row["created_at"], row["seen_at"], row["expires_at"], row["agent"], row["revoked_at"])


def ticket_from(row) -> Ticket:
    return Ticket(row["token"], row["account"], row["purpose"], row["created_at"], row["expires_at"], row["made_by"], row["used_at"], row["withdrawn_at"])


def end_every_session(db, at: int) -> None:
    """Of records that were brought back: every session, those that a provider's cookie would begin anew among them, and every link that was not used. One that was ended since the backup must not hold again."""
    db.execute("UPDATE account SET epoch = ?", [at])
    db.execute("DELETE FROM session")
    db.execute("DELETE FROM ticket WHERE used_at IS NULL")
