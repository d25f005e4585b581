"""An account as it stands in the records, and the sentence for one that is gone."""

from dataclasses import dataclass
from typing import Literal

from records.appending import one
from records.failures import Unknown

Status = Literal["invited", "active", "disabled"]


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the team. `profile` names the account too: one person, one id. `epoch`: sessions begun before that moment hold no more."""
    profile: str
    name: str
    role: str
    status: Status
    email: str
    epoch: int
    created_at: int


def plain_email(email: str) -> str:
    """An address as it is compared: without spaces, in small letters."""
    return email.strip().casefold()


def account_from(row) -> Account | None:
    return row and Account(row["profile"], row["name"], row["role"], row["status"], row["email"], row["epoch"], row["created_at"])


def account(db, profile: str) -> Account | None:
    return account_from(one(db, "account", profile=profile))


def needed(db, profile: str) -> Account:
    """The account, or a sentence that it is gone."""
    if not (held := account(db, profile)):
        raise Unknown("Not saved: there is no such account any more. It may have been deleted; load the page again.")
    return held
