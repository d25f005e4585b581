"""The people of a team: their accounts and roles. Every change is in the audit log of the same transaction."""

from collections.abc import Sequence

from records import audit
from records.accounts import Account, account, account_from, needed, plain_email
from records.appending import one
from records.cohorts import Cohorts, join
from records.erasing import LastAdmin
from records.events import Profile
from records.failures import Unknown, NotSaved
from records.ledger import Records
from records.queries import QUERIES
from records.rows import profile_row
from records.sessions import Sessions, Ticket, link

COMMAND_LINE = "command line"
"""The actor of what is done by `python -m app`."""


class Taken(NotSaved):
    """Another account has that e-mail address or that identity."""


class People(Sessions, Cohorts):
    """Accounts and cohorts over the records. Whether the actor may is asked before (`records.permissions.can`); here stands what must hold whoever asks."""

    def __init__(self, records: Records):
        self.records = records
        self.write, self.read = records.write, records.engine.read

    # Accounts

    def invite(self, profile: Profile, role: str, email: str, ticket: Ticket | None, actor: str, at: int, cohort: str = "") -> Account:
        """Adds a person with their account, in a cohort where one is named; the ticket lets them in once."""
        return self.invite_all(((profile, role, email, ticket),), actor, at, cohort)[0]

    def invite_all(self, people: Sequence[tuple[Profile, str, str, Ticket | None]], actor: str, at: int, cohort: str = "") -> tuple[Account, ...]:
        """Several at once, all of them or nobody: profile, role, address, ticket of each."""
        def change(db):
            audit.take_turn(db)
            return tuple(self._add(db, *one, actor, at, cohort) for one in people)
        return self.write(change)

    def _add(self, db, profile: Profile, role: str, email: str, ticket: Ticket | None, actor: str, at: int, cohort: str) -> Account:
        refuse_taken(db, plain_email(email))
        db.execute(QUERIES["add_profile"], profile_row(profile))
        db.execute(QUERIES["add_account"], {"profile": profile.id, "role": role, "status": "invited", "email": plain_email(email), "epoch": 0, "created_at": at})
        audit.note(db, at, actor, "add account", profile.id, None, {"role": role, "status": "invited"})
        if ticket:
            self._add_ticket(db, ticket, actor)
        if cohort:
            join(db, cohort, profile.id, actor, at)
        return account(db, profile.id)

    def welcome(self, profile: Profile, role: str, email: str, issuer: str, subject: str, at: int) -> Account:
        """Lets someone in whom the provider knows, where everybody may join. Their address is kept where no other account has it; it proves nothing."""
        def change(db):
            audit.take_turn(db)
            kept = "" if one(db, "account_of_email", email=plain_email(email)) else plain_email(email)
            db.execute(QUERIES["add_profile"], profile_row(profile))
            db.execute(QUERIES["add_account"], {"profile": profile.id, "role": role, "status": "active", "email": kept, "epoch": 0, "created_at": at})
            audit.note(db, at, "provider", "add account", profile.id, None, {"role": role, "status": "active"})
            link(db, profile.id, issuer, subject, "provider", at)
            return account(db, profile.id)
        return self.write(change)

    def adopt(self, profile: str, role: str, email: str, ticket: Ticket, actor: str, at: int) -> Account:
        """Gives a profile from before the team an account, so that its work goes on."""
        def change(db):
            audit.take_turn(db)
            refuse_taken(db, plain_email(email))
            if not one(db, "profile", id=profile) or one(db, "account", profile=profile):
                raise Unknown("Not saved: there is no such profile without an account.")
            db.execute(QUERIES["add_account"], {"profile": profile, "role": role, "status": "invited", "email": plain_email(email), "epoch": 0, "created_at": at})
            audit.note(db, at, actor, "add account", profile, None, {"role": role, "status": "invited"})
            self._add_ticket(db, ticket, actor)
            return account(db, profile)
        return self.write(change)

    def account(self, profile: str) -> Account | None:
        return self._account("account", profile=profile)

    def account_of_email(self, email: str) -> Account | None:
        return self._account("account_of_email", email=plain_email(email))

    def account_of_identity(self, issuer: str, subject: str) -> Account | None:
        return self._account("account_of_identity", issuer=issuer, subject=subject)

    def accounts(self) -> tuple[Account, ...]:
        """Everyone, by name."""
        return self._accounts("accounts")

    def has_admin(self) -> bool:
        """Whether someone can let people in, or has been asked to."""
        return bool(self.read(lambda db: one(db, "admins", but="")[0]))

    def correct(self, profile: str, name: str, email: str, actor: str, at: int) -> Account:
        """Another name or address for an account, as it should have been written. The log says that it was done and, as everywhere, holds neither; links sent to the old address open nothing more."""
        def change(db):
            audit.take_turn(db)
            held = needed(db, profile)
            if name.strip() != held.name:
                db.execute(QUERIES["rename_profile"], {"id": profile, "name": name.strip()})
                audit.note(db, at, actor, "correct name", profile)
            if plain_email(email) != held.email:
                refuse_taken(db, plain_email(email))
                db.execute(QUERIES["set_email"], {"profile": profile, "email": plain_email(email)})
                db.execute(QUERIES["withdraw_tickets"], {"account": profile, "at": at})
                audit.note(db, at, actor, "correct e-mail address", profile)
            return account(db, profile)
        return self.write(change)

    def set_role(self, profile: str, role: str, actor: str, at: int) -> Account:
        """Another role, from the next page on."""
        def change(db):
            audit.take_turn(db)
            held = needed(db, profile)
            if held.role == role:
                return held
            if held.role == "admin":
                refuse_last_admin(db, profile)
            db.execute(QUERIES["set_role"], {"profile": profile, "role": role})
            audit.note(db, at, actor, "change role", profile, held.role, role)
            return account(db, profile)
        return self.write(change)

    def set_disabled(self, profile: str, disabled: bool, actor: str, at: int) -> Account:
        """Shuts a person out at once, or lets them in again; their work stays."""
        def change(db):
            audit.take_turn(db)
            held = needed(db, profile)
            if (held.status == "disabled") == disabled:
                return held
            if disabled and held.role == "admin":
                refuse_last_admin(db, profile)
            status = "disabled" if disabled else "active" if can_sign_in(db, profile) else "invited"
            db.execute(QUERIES["set_status"], {"profile": profile, "status": status})
            audit.note(db, at, actor, "change status", profile, held.status, status)
            if disabled:
                end_all(db, profile, at)
            return account(db, profile)
        return self.write(change)

    # The audit log

    def audit_log(self, subject: str = "", below: int = 2**62, limit: int = 100) -> tuple[audit.Entry, ...]:
        """The newest rows first; of one person or thing where it is named; `below`: the serial from which to go on."""
        values = {"subject": subject, "below": below, "limit": limit}
        return self.read(lambda db: tuple(map(audit.entry_from, db.execute(QUERIES["audit_log"], values).fetchall())))

    def audit_faults(self) -> list[str]:
        return self.read(audit.chain_faults)

    def _account(self, query: str, **values) -> Account | None:
        return self.read(lambda db: account_from(one(db, query, **values)))


def can_sign_in(db, profile: str) -> bool:
    """Whether they have a password or an identity of a provider."""
    return bool(one(db, "password", account=profile) or one(db, "identity_of", account=profile))


def refuse_taken(db, email: str) -> None:
    if email and one(db, "account_of_email", email=email):
        raise Taken("Not saved: there is an account with this e-mail address already.")


def refuse_last_admin(db, profile: str) -> None:
    if not one(db, "admins", but=profile)[0]:
        raise LastAdmin("Not saved: this is the last admin. Make someone else an admin first.")


def end_all(db, profile: str, at: int) -> None:
    """Every session and every open link of a person ends."""
    db.execute(QUERIES["set_epoch"], {"profile": profile, "at": at})
    db.execute(QUERIES["revoke_sessions"], {"account": profile, "at": at, "but": ""})
    db.execute(QUERIES["withdraw_tickets"], {"account": profile, "at": at})
