"""Cohorts at the trainer's desk: who is in them and leads them, and where everyone stands; each function asks first whether the viewer may."""

from dataclasses import dataclass

from app import leaders_desk, on_offer, session, work_board
from app.gate import NotAllowed
from app.session import ledger, new_id, now, require
from app.told_apart import beside, listed
from app.work_board import Person
from records import Account, Cohort, can
from records.failures import RecordsError
from scoring.work_standing import LATE, RULES, STRUGGLING

__all__ = ["Account", "Cohort", "RULES"]
SOON = 3
"""Days before a due date from which it is spoken of."""


OF_CLOSED = ("see cohort", "see work", "export cohort")
"""What may be done to a closed cohort."""


class NotFit(RecordsError):
    """What was typed will not do; the sentence says what to type."""


@dataclass(frozen=True)
class Row:
    """A line of the cohort's table. apart: what tells this person from another of the same name in it; mostly nothing."""
    name: str
    email: str
    person: Person
    apart: str = ""

    @property
    def told(self) -> str:
        """The name, told apart from others that are alike."""
        return f"{self.name}, {self.apart}" if self.apart else self.name

    @property
    def next_due(self) -> int | None:
        """The nearest due date of what is not done."""
        return min((piece.assigned.due_at for piece in self.person.pieces if piece.standing.done < piece.standing.of), default=None)


WORST = "standing, the worst first"
ORDERS = {
    WORST: lambda row: (list(RULES).index(row.person.standing.word), row.name.casefold()),
    "name": lambda row: row.name.casefold(),
    "last seen, the longest ago first": lambda row: (row.person.seen or 0, row.name.casefold()),
    "next due, the soonest first": lambda row: (row.next_due is None, row.next_due or 0, row.name.casefold()),
}
"""The orders a cohort's table can be read in."""


@dataclass(frozen=True)
class Reminder:
    """A sentence to send to one person."""
    name: str
    email: str
    says: str


# Who is where

def cohorts() -> tuple[Cohort, ...]:
    """The open cohorts that the viewer leads; all of them for an admin."""
    who = require("see cohort")
    found = ledger().people.cohorts() if can(who.role, "see cohort", "any") else ledger().people.cohorts_led(who.profile)
    return tuple(one for one in found if one.closed_at is None)


def closed() -> tuple[Cohort, ...]:
    """The closed ones among them, the last closed first: to be read, and to be opened again."""
    who = require("see cohort")
    found = ledger().people.cohorts() if can(who.role, "see cohort", "any") else ledger().people.cohorts_led(who.profile)
    return tuple(sorted((one for one in found if one.closed_at is not None), key=lambda one: -one.closed_at))


def allowed(cohort: str, action: str) -> bool:
    """Whether the viewer may do that to the cohort: its leaders, and whoever may to any."""
    who = session.viewer()
    scope = "led" if can(who.role, action, "led") and ledger().people.leads_cohort(who.profile, cohort) else "any"
    return session.in_team() and can(who.role, action, scope)


def demand(cohort: str, action: str, reopening: bool = False) -> str:
    """The viewer's id, who may do that to the cohort. A closed one can be read and opened again, and nothing else."""
    who = require(action)
    if not allowed(cohort, action):
        raise NotAllowed(f"Not allowed: you do not lead this cohort, so that you may not {action} here. Ask an admin if you need to.")
    if action not in OF_CLOSED and not reopening and _closed_at(cohort) is not None:
        raise NotFit("This cohort is closed. Open it again first.")
    return who.profile


def name_of(cohort: str) -> str:
    """What it is called; nothing where there is none."""
    demand(cohort, "see cohort")
    found = ledger().people.cohort(cohort)
    return found.name if found else ""


def ended(cohort: str) -> int | None:
    """When it was closed; None while it is open, or where there is none."""
    demand(cohort, "see cohort")
    return _closed_at(cohort)


def _closed_at(cohort: str) -> int | None:
    found = ledger().people.cohort(cohort)
    return found.closed_at if found else None


def members(cohort: str) -> tuple[Account, ...]:
    demand(cohort, "see cohort")
    return ledger().people.members(cohort)


def leaders(cohort: str) -> tuple[Account, ...]:
    demand(cohort, "see cohort")
    return ledger().people.leaders(cohort)


def led_by(cohort: str) -> str:
    """The names of its leaders; told apart by their addresses for whoever may see those of everybody."""
    found = leaders(cohort)
    names = listed({one.profile: one.name for one in found}, {one.profile: one.email for one in found} if session.may("see people") else {})
    return ", ".join(f"{names[one.profile]}{leaders_desk.away(one)}" for one in found) or "nobody"


@dataclass(frozen=True)
class Table:
    """Where every member stands, the worst first, and how many are left out since their account is shut."""
    rows: tuple[Row, ...]
    shut_out: int

    def found(self, asked: str = "", word: str = "", order: str = WORST) -> tuple[Row, ...]:
        """Those whose name or address has every word that is asked for, with that standing, in that order."""
        words = asked.casefold().split()
        held = [row for row in self.rows if word in ("", row.person.standing.word) and all(each in f"{row.name} {row.email}".casefold() for each in words)]
        return tuple(sorted(held, key=ORDERS[order]))


def table(cohort: str) -> tuple[Row, ...]:
    """Where every member stands, the worst first."""
    return who_is_where(cohort).rows


def who_is_where(cohort: str) -> Table:
    """The cohort's table; of a closed one, where people stood when it was closed: what they did since is theirs."""
    demand(cohort, "see work")
    until = _closed_at(cohort)
    at = now() if until is None else until
    everyone = ledger().people.members(cohort)
    accounts = {account.profile: account for account in everyone if account.status != "disabled" or until is not None}
    board = session.training().board(cohort, work_board.since(at), until=until)
    apart = beside({id: account.name for id, account in accounts.items()}, {id: account.email for id, account in accounts.items()})
    rows = [Row(accounts[one.profile].name, accounts[one.profile].email, one, apart[one.profile]) for one in work_board.people(board, tuple(accounts), at, on_offer.offered if until is None else on_offer.everything)]
    return Table(tuple(sorted(rows, key=ORDERS[WORST])), len(everyone) - len(accounts))


# Changing them

def make(name: str, leader: str = "") -> Cohort:
    """A new cohort; a trainer leads the ones they make."""
    who = require("make cohort")
    return ledger().people.add_cohort(new_id(), fit(name), leader or (who.profile if who.role == "trainer" else ""), who.profile, now())


def rename(cohort: str, name: str) -> None:
    ledger().people.rename_cohort(cohort, fit(name), demand(cohort, "change cohort"), now())


def close(cohort: str) -> None:
    ledger().people.close_cohort(cohort, demand(cohort, "change cohort"), now())


def reopen(cohort: str) -> None:
    """It goes on: its leaders see its members again, and what was given to it is asked for again."""
    ledger().people.reopen_cohort(cohort, demand(cohort, "change cohort", reopening=True), now())


def fit(name: str) -> str:
    if not name.strip() or len(name.strip()) > 60:
        raise NotFit("Write the cohort's name, up to 60 characters.")
    return name.strip()


@dataclass(frozen=True)
class Joined:
    """Someone who was taken in. since: the earlier day of joining that they keep, having left lately; None for whoever is new."""
    name: str
    since: int | None

    @property
    def says(self) -> str:
        return f"{self.name} is in it since {day(self.since)}, with the due dates of before." if self.since else f"{self.name} is in it."


def add_member(cohort: str, email: str) -> Joined:
    """Takes a learner in by the e-mail address of their account. Anyone else, an admin takes in: whoever leads a cohort reads its members' work."""
    who = demand(cohort, "change cohort")
    account = ledger().people.account_of_email(email) if email.strip() else None
    if account is None:
        raise NotFit("Nobody here has that e-mail address. Write it as their account has it; an admin can say, or invite them.")
    if account.role != "learner" and not session.may("see people"):
        raise NotFit(f"{account.name} is {'an' if account.role[0] == 'a' else 'a'} {account.role}. A trainer takes in learners; ask an admin to take {account.name} in, since you would see their work.")
    return _joined(cohort, account, who)


def add_account(cohort: str, profile: str) -> Joined:
    """The same of someone chosen from the list, by whoever may see it."""
    require("see people")
    who = demand(cohort, "change cohort")
    return _joined(cohort, next(one for one in everyone() if one.profile == profile), who)


def _joined(cohort: str, account: Account, who: str) -> Joined:
    at = now()
    since = ledger().people.add_member(cohort, account.profile, who, at)
    return Joined(account.name, since if since < at else None)


def remove_member(cohort: str, profile: str) -> None:
    """Takes someone out; what they did stays theirs."""
    ledger().people.remove_member(cohort, profile, demand(cohort, "change cohort"), now())


def set_leaders(cohort: str, profiles: frozenset[str]) -> None:
    """Who leads it, from now on."""
    who, people = require("name leaders").profile, ledger().people
    held = {account.profile for account in people.leaders(cohort)}
    for profile in profiles - held:
        people.add_leader(cohort, profile, who, now())
    for profile in held - profiles:
        people.remove_leader(cohort, profile, who, now())


def trainers() -> tuple[Account, ...]:
    """Who can lead a cohort."""
    require("name leaders")
    return tuple(one for one in ledger().people.accounts() if one.role == "trainer" and one.status != "disabled")


def everyone() -> tuple[Account, ...]:
    require("see people")
    return tuple(one for one in ledger().people.accounts() if one.status != "disabled")


# Reminders: sentences to send by whatever means the team has. Nothing is mailed from here.

def reminders(cohort: str) -> tuple[Reminder, ...]:
    """For everyone who is late, struggling, or has something due in a few days."""
    demand(cohort, "remind")
    return tuple(Reminder(row.name, row.email, says) for row in table(cohort) if (says := sentence(row, now())))


def sentence(row: Row, at: int) -> str:
    """What to write to one person; nothing where nothing need be said."""
    open_ = [piece for piece in row.person.pieces if piece.standing.done < piece.standing.of]
    told = []
    for piece in open_:
        made, due = piece.assigned.assignment, piece.assigned.due_at
        left = f"{piece.standing.of - piece.standing.done} of {piece.standing.of} left"
        if piece.standing.word == LATE:
            told.append(f"“{made.title}” was due on {day(due)} ({left}).")
        elif due - at <= SOON * work_board.DAY:
            told.append(f"“{made.title}” is due on {day(due)} ({left}).")
        elif piece.standing.word == STRUGGLING:
            told.append(f"“{made.title}” is not there yet: {piece.standing.why}. Shall we look at it together?")
    if not told and row.person.standing.word == STRUGGLING:
        told.append(f"Lately it has been hard going: {row.person.standing.why}. Shall we look at it together?")
    return f"Hello {row.name}, {told[0] if told[0][0] == '“' else told[0][0].lower() + told[0][1:]} {' '.join(told[1:])}".strip() if told else ""


def day(at: int) -> str:
    """A due date as people say it."""
    return session.told(at).split(",")[0]
