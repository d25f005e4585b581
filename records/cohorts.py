"""The cohorts of a team: who learns in one and who leads it. Every change is in the audit log of the same transaction."""

import json
from dataclasses import dataclass, replace

from records import audit
from records.accounts import Account, account_from, needed
from records.appending import one
from records.failures import Unknown
from records.permissions import marks
from records.queries import QUERIES


BACK_WITHIN = 30 * 86_400_000
"""Whoever comes back within so many milliseconds is in a cohort since they first joined it."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """People who learn together. A closed one stays to be read."""
    id: str
    name: str
    created_at: int
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Leading:
    """An open cohort with all who are named as its leaders, and those of them who are there to mark."""
    cohort: str
    name: str
    named: tuple[str, ...]
    there: tuple[str, ...]


class Cohorts:
    """The part of `People` that knows who learns with whom."""

    def add_cohort(self, id: str, name: str, leader: str, actor: str, at: int) -> Cohort:
        """A new cohort; `leader` may be empty."""
        def change(db):
            db.execute(QUERIES["add_cohort"], {"id": id, "name": name.strip(), "at": at})
            audit.note(db, at, actor, "make cohort", id, None, {"name": name.strip()})
            if leader:
                lead(db, id, leader, actor, at)
            return cohort_from(one(db, "cohort", id=id))
        return self.write(change)

    def rename_cohort(self, id: str, name: str, actor: str, at: int) -> Cohort:
        def change(db):
            held = needed_cohort(db, id)
            db.execute(QUERIES["rename_cohort"], {"id": id, "name": name.strip()})
            audit.note(db, at, actor, "rename cohort", id, held.name, name.strip())
            return cohort_from(one(db, "cohort", id=id))
        return self.write(change)

    def close_cohort(self, id: str, actor: str, at: int) -> None:
        """Its leaders see its members no more; nothing is deleted."""
        def change(db):
            if db.execute(QUERIES["close_cohort"], {"id": id, "at": at}).rowcount:
                audit.note(db, at, actor, "close cohort", id)
        self.write(change)

    def reopen_cohort(self, id: str, actor: str, at: int) -> None:
        """Goes on where it was closed: its leaders see its members again."""
        self.write(lambda db: told_if(db.execute(QUERIES["reopen_cohort"], {"id": id}), db, at, actor, "reopen cohort", id, None, None))

    def cohort(self, id: str) -> Cohort | None:
        return next(iter(self._cohorts("cohort", id=id)), None)

    def cohorts(self) -> tuple[Cohort, ...]:
        return self._cohorts("cohorts")

    def cohorts_led(self, profile: str) -> tuple[Cohort, ...]:
        return self._cohorts("cohorts_led", profile=profile)

    def cohorts_of(self, profile: str) -> tuple[Cohort, ...]:
        """Those a person learns in."""
        return self._cohorts("cohorts_of", profile=profile)

    def members(self, cohort: str) -> tuple[Account, ...]:
        return self._accounts("members", cohort=cohort)

    def leaders(self, cohort: str) -> tuple[Account, ...]:
        return self._accounts("leaders", cohort=cohort)

    def leading(self) -> tuple[Leading, ...]:
        """Who leads the open cohorts, each once, by name."""
        found: dict[str, Leading] = {}
        for row in self.read(lambda db: db.execute(QUERIES["open_leaders"]).fetchall()):
            held = found.get(row["id"], Leading(row["id"], row["name"], (), ()))
            named = (row["profile"],) if row["profile"] else ()
            found[row["id"]] = replace(held, named=held.named + named, there=held.there + (named if named and marks(row["role"], row["status"]) else ()))
        return tuple(found.values())

    def add_member(self, cohort: str, profile: str, actor: str, at: int) -> int:
        """Takes someone in; since when they are in it, from which their due dates count. Whoever left lately is in it since before, so that leaving by mistake moves no date."""
        return self.write(lambda db: join(db, cohort, profile, actor, at))

    def remove_member(self, cohort: str, profile: str, actor: str, at: int) -> None:
        """Takes someone out; the audit log holds since when they were in it."""
        self.write(lambda db: leave(db, cohort, profile, actor, at))

    def add_leader(self, cohort: str, profile: str, actor: str, at: int) -> None:
        self.write(lambda db: lead(db, cohort, profile, actor, at))

    def remove_leader(self, cohort: str, profile: str, actor: str, at: int) -> None:
        self.write(lambda db: told_if(db.execute(QUERIES["drop_leader"], {"cohort": cohort, "profile": profile}), db, at, actor, "lead no more", profile, cohort, None))

    def leads(self, trainer: str, learner: str) -> bool:
        """Whether the trainer leads an open cohort that the learner is in."""
        return self.read(lambda db: one(db, "leads", trainer=trainer, learner=learner)) is not None

    def leads_cohort(self, trainer: str, cohort: str) -> bool:
        return self.read(lambda db: one(db, "leads_cohort", trainer=trainer, cohort=cohort)) is not None

    def _accounts(self, query: str, **values) -> tuple[Account, ...]:
        return self.read(lambda db: tuple(map(account_from, db.execute(QUERIES[query], values).fetchall())))

    def _cohorts(self, query: str, **values) -> tuple[Cohort, ...]:
        return self.read(lambda db: tuple(map(cohort_from, db.execute(QUERIES[query], values).fetchall())))


def cohort_from(row) -> Cohort:
    return Cohort(row["id"], row["name"], row["created_at"], row["closed_at"])


def needed_cohort(db, id: str) -> Cohort:
    if not (row := one(db, "cohort", id=id)):
        raise Unknown("Not saved: there is no such cohort.")
    return cohort_from(row)


def told_if(done, db, at: int, actor: str, act: str, subject: str, before: object, after: object) -> bool:
    """Notes the change where it changed something."""
    if done.rowcount:
        audit.note(db, at, actor, act, subject, before, after)
    return bool(done.rowcount)


def join(db, cohort: str, profile: str, actor: str, at: int) -> int:
    audit.take_turn(db)
    needed_cohort(db, cohort), needed(db, profile)
    since = left_lately(db, cohort, profile, at) or at
    told_if(db.execute(QUERIES["add_member"], {"cohort": cohort, "profile": profile, "at": since}), db, at, actor, "join cohort", profile, None, cohort)
    return one(db, "membership", cohort=cohort, profile=profile)["at"]


def leave(db, cohort: str, profile: str, actor: str, at: int) -> None:
    audit.take_turn(db)
    held = one(db, "membership", cohort=cohort, profile=profile)
    told_if(db.execute(QUERIES["drop_member"], {"cohort": cohort, "profile": profile}), db, at, actor, "leave cohort", profile, {"cohort": cohort, "since": held and held["at"]}, None)


def left_lately(db, cohort: str, profile: str, at: int) -> int | None:
    """Since when they were in it, who left it within the last weeks; nothing where that is longer ago, or was noted by an older version without the date."""
    for row in db.execute(QUERIES["left"], {"profile": profile, "since": at - BACK_WITHIN}).fetchall():
        told = json.loads(row["before"])
        if isinstance(told, dict) and told["cohort"] == cohort:
            return told["since"]
    return None


def lead(db, cohort: str, profile: str, actor: str, at: int) -> None:
    needed_cohort(db, cohort), needed(db, profile)
    told_if(db.execute(QUERIES["add_leader"], {"cohort": cohort, "profile": profile, "at": at}), db, at, actor, "lead cohort", profile, None, cohort)
