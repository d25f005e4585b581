"""Which tables hold what belongs to a person: found from their foreign keys and columns, so that a table added later is neither forgotten when they take it away nor when they are erased."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from sqlite_utils import Database

from records.copying import Table, tables
from records.migrations import migrations

MINE = "SELECT id FROM attempt WHERE profile = :profile"
PEOPLE = {"profile": "id", "account": "profile"}
"""The tables of people, each with the column that is a person's id."""
OUTLIVING = ("completion", "certificate")
"""What stays of a person for its own term (docs/operating.md, Personal data)."""
ABOUT = {
    "audit": f"subject = :profile OR actor = :profile OR subject IN ({MINE}) OR subject IN (SELECT id FROM dispute WHERE profile = :profile)",
    "cohort": "id IN (SELECT cohort FROM membership WHERE profile = :profile UNION SELECT cohort FROM leadership WHERE profile = :profile)",
    "assignment": "id IN (SELECT assignment FROM assigned_to WHERE profile = :profile OR cohort IN (SELECT cohort FROM membership WHERE profile = :profile))",
    "assignment_part": "assignment IN (SELECT assignment FROM assigned_to WHERE profile = :profile OR cohort IN (SELECT cohort FROM membership WHERE profile = :profile))",
    "regrade_run": f"id IN (SELECT run FROM regrade_change WHERE attempt IN ({MINE}))",
}
"""Tables that are not a person's own and have rows about them."""
NOBODYS = {"erasure": "the ids of who is gone", "expiry": "the ids of what is gone", "past_answers": "counts without a person", "item_difficulty": "difficulties of items",
           "sent_upto": "how far events were sent elsewhere", "sign_in_failure": "digests of what was tried at the door, forgotten within days"}
"""Tables with nothing of any person who is here, and what they hold."""


@dataclass(frozen=True)
class Belonging:
    """A table and the condition, with `:profile`, under which a row of it is a person's. own: theirs, to go with them; else only about them."""
    table: Table
    where: str
    own: bool
    through_attempts: bool


@cache
def keys() -> dict[str, tuple[tuple[str, str], ...]]:
    """By table of the present shape, its foreign keys: column and table."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        migrations.apply(Database(made))
        return {table.name: tuple((row["from"], row["table"]) for row in made.execute(f"PRAGMA foreign_key_list({table.name})")) for table in tables()}


def condition(table: Table, found: tuple[tuple[str, str], ...]) -> tuple[str, bool]:
    """When a row is somebody's own, and whether that is said by its attempt; empty where no column says so."""
    people = [PEOPLE[table.name]] if table.name in PEOPLE else [column for column, other in found if other in PEOPLE]
    people += ["profile"] if "profile" in table.columns else []
    attempts = [column for column, other in found if other == "attempt" and column in table.columns and table.name != "attempt"] + (["attempt"] if "attempt" in table.columns else [])
    parts = [*(f"{column} = :profile" for column in dict.fromkeys(people)), *(f"{column} IN ({MINE})" for column in dict.fromkeys(attempts))]
    return " OR ".join(parts), bool(attempts)


@cache
def belongings() -> tuple[Belonging, ...]:
    """Every table with something of a person, each after those its rows belong to."""
    found = []
    for table in tables():
        own, through = condition(table, keys()[table.name]) if table.name not in NOBODYS else ("", False)
        where = " OR ".join(filter(None, [own, ABOUT.get(table.name, "")]))
        if where:
            found.append(Belonging(table, where, bool(own) and table.name not in ABOUT, through))
    return tuple(found)


def unaccounted() -> tuple[str, ...]:
    """Tables of which nobody has said whether they hold something of a person."""
    return tuple(table.name for table in tables() if table.name not in NOBODYS and table.name not in {one.table.name for one in belongings()})


def of_attempts() -> tuple[Table, ...]:
    """Tables whose rows belong to an attempt, those first that nothing else belongs to."""
    return tuple(one.table for one in reversed(belongings()) if one.own and one.through_attempts)


def of_people() -> tuple[Belonging, ...]:
    """What goes with a person, in the order in which it can go: what hangs on their attempts first."""
    going = [one for one in reversed(belongings()) if one.own and one.table.name not in OUTLIVING]
    return tuple(sorted(going, key=lambda one: not one.through_attempts))
