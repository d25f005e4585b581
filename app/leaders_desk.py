"""Who leads the open cohorts, for an admin: where nobody is there to mark, what waits there, and what hangs on one person."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import session
from app.session import ledger, require
from records import COHORT, Account, Leading, marks

AWAY = {"disabled": "shut out", "invited": "not in yet"}


@dataclass(frozen=True)
class Unled:
    """An open cohort with nobody to mark, and how much waits there."""
    cohort: str
    name: str
    disputes: int
    letters: int

    @property
    def says(self) -> str:
        """What waits, in words."""
        words = waiting_words(self.disputes, self.letters)
        return f"{self.name}: {words} wait{'s' if self.disputes + self.letters == 1 else ''} there." if words else f"{self.name}: nothing waits there yet."


def unled() -> tuple[Unled, ...]:
    """The open cohorts that nobody leads who is there."""
    require("name leaders")
    training = session.training()
    return tuple(Unled(one.cohort, one.name, *training.waiting(one.cohort, COHORT)) for one in ledger().people.leading() if not one.there)


def leading() -> tuple[Leading, ...]:
    """Every open cohort with its leaders, for the page of people."""
    require("name leaders")
    return ledger().people.leading()


def hangs_on(account: Account, held: Iterable[Leading]) -> tuple[str, bool]:
    """What an admin should know of the cohorts that somebody is named to lead, before that person is shut out or has another role; and whether nobody leads one of them even now."""
    own = [one for one in held if account.profile in one.named]
    if not own:
        return "", False
    says = [f"Named to lead {listed(one.name for one in own)}."]
    if not marks(account.role, account.status):
        says[0] += f" Being {AWAY.get(account.status) or described(account.role)}, they see nothing of {'it' if len(own) == 1 else 'them'} and mark nothing."
    if alone := [one.name for one in own if one.there == (account.profile,)]:
        says.append(f"Nobody else leads {listed(alone)}: without them, letters and disputes there wait for nobody. Name another leader on Cohorts first.")
    if empty := [one.name for one in own if not one.there]:
        says.append(f"Nobody leads {listed(empty)} now: letters and disputes there wait for nobody. Name a leader on Cohorts.")
    return " ".join(says), bool(empty)


def away(leader: Account) -> str:
    """Why someone who is named as a leader is not there to mark; nothing where they are."""
    return "" if marks(leader.role, leader.status) else f" ({AWAY.get(leader.status) or described(leader.role)})"


def described(role: str) -> str:
    return f"{'an' if role[0] == 'a' else 'a'} {role} now"


def listed(names: Iterable[str]) -> str:
    """Names as people say them: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def waiting_words(disputes: int, letters: int) -> str:
    """2 disputes and 1 letter; nothing where nothing waits."""
    return " and ".join(f"{many} {word}{'s' if many != 1 else ''}" for many, word in ((disputes, "dispute"), (letters, "letter")) if many)
