"""What a team's training keeps beside the answers, each as it is read back: assignments, sign-offs, disputes, letters, marks by hand, comments."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from records.rows import points


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work given with a due date. `parts`: the items to be worked, or the competencies of a track.

    percent: the share of points that is wanted, 0 where finishing is enough; questions: how long a form an exam must at least be; `due_at`: the last moment that is in time.
    """
    id: str
    kind: Literal["track", "items", "exam"]
    subject: str
    parts: tuple[str, ...]
    title: str
    note: str
    percent: int
    questions: int
    due_at: int
    made_by: str
    made_at: int
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment as one person has it: `due_at` is theirs, more time included."""
    assignment: Assignment
    profile: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One of those who are asked for an assignment. usual_at: the date they have without one of their own; own: whether they have one; shut_out: whether their account is shut."""
    assigned: Assigned
    name: str
    usual_at: int
    own: bool
    shut_out: bool


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an assignment is for: a cohort or a person, by id, with the name."""
    cohort: str | None
    profile: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt at an item, as far as it has come."""
    profile: str
    item: str
    attempt: str
    started_at: int
    earned: Decimal
    possible: Decimal
    slots: int
    finished_at: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person has shown of one competency."""
    profile: str
    competency: str
    n: int
    earned: Decimal
    possible: Decimal
    last_at: int


@dataclass(frozen=True, slots=True)
class Lately:
    """What a person has answered since some day: how much, and the points."""
    n: int
    earned: Decimal
    possible: Decimal


@dataclass(frozen=True, slots=True)
class SignOff:
    """A trainer's word that a person has a competency. `by_name` is empty where the trainer's profile is gone."""
    id: str
    profile: str
    competency: str
    note: str
    made_by: str
    by_name: str
    at: int
    revoked_at: int | None
    why_revoked: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A learner's "I think my answer is right", and what came of it."""
    id: str
    attempt: str
    slot: str
    sequence: int
    profile: str
    name: str
    title: str
    reason: str
    at: int
    state: Literal["open", "upheld", "declined", "withdrawn"]
    answer: str
    closed_by: str
    by_name: str
    closed_at: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that waits to be read by a person."""
    attempt: str
    slot: str
    sequence: int
    part: str
    profile: str
    name: str
    title: str
    at: int


@dataclass(frozen=True, slots=True)
class HandMark:
    """A mark that a person set over the one that stood. before, after: the numbers of the two gradings of that step; equal where the mark was left as it was."""
    id: str
    attempt: str
    slot: str
    sequence: int
    made_by: str
    reason: str
    before: int
    dispute: str
    at: int
    after: int = 0
    profile: str = ""
    title: str = ""
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A trainer's comment on an attempt, or on one slot of it."""
    id: str
    attempt: str
    slot: str
    profile: str
    text: str
    made_by: str
    at: int
    by_name: str = ""
    title: str = ""


def assignment_from(row, parts: tuple[str, ...]) -> Assignment:
    plain = {name: row[name] for name in ("id", "kind", "subject", "title", "note", "percent", "questions", "due_at", "made_by", "made_at", "withdrawn_at")}
    return Assignment(parts=parts, **plain)


def tried_from(row) -> Tried:
    return Tried(row["profile"], row["item"], row["attempt"], row["started_at"], points(row["earned"]), points(row["possible"]), row["slots"], row["finished_at"])


def shown_from(row) -> Shown:
    return Shown(row["profile"], row["competency"], row["n"], points(row["earned"]), points(row["possible"]), row["last_at"])


def lately_from(row) -> Lately:
    return Lately(row["n"], points(int(row["earned"])), points(int(row["possible"])))


def sign_off_from(row) -> SignOff:
    return SignOff(row["id"], row["profile"], row["competency"], row["note"], row["made_by"], row["by_name"] or "", row["at"], row["revoked_at"], row["why_revoked"])


def dispute_from(row) -> Dispute:
    plain = {name: row[name] for name in ("id", "attempt", "slot", "sequence", "profile", "name", "title", "reason", "at", "state", "answer", "closed_by", "closed_at")}
    return Dispute(by_name=row["by_name"] or "", **plain)


def letter_from(row) -> Letter:
    return Letter(*(row[name] for name in ("attempt", "slot", "sequence", "part", "profile", "name", "title", "at")))


def hand_mark_from(row) -> HandMark:
    return HandMark(*(row[name] for name in ("id", "attempt", "slot", "sequence", "made_by", "reason", "before", "dispute", "at", "after", "profile", "title")), row["by_name"] or "")


def remark_from(row) -> Remark:
    return Remark(*(row[name] for name in ("id", "attempt", "slot", "profile", "text", "made_by", "at")), row["by_name"] or "", row["title"])
