"""What a cohort's table is made of, or one person's, or that of one assignment: sums and rows of one moment, none of it read from the logs."""

from dataclasses import dataclass, replace

from records.assigned_work import assigned, rows
from records.training_rows import Assigned, Lately, Shown, SignOff, Tried, lately_from, shown_from, sign_off_from, tried_from

COHORT, LED, PERSON = "in_cohort", "led_by", "alone"
"""Who is meant by a `who`: the members of that cohort, all whom that trainer leads, or that person."""


ALWAYS = 2**62
"""A moment that never comes: for what is read as it stands now."""


@dataclass(frozen=True, slots=True)
class Board:
    """What a cohort's table is made of, all of one moment and none of it read from the logs."""
    assigned: tuple[Assigned, ...]
    tried: tuple[Tried, ...]
    shown: tuple[Shown, ...]
    lately: dict[str, Lately]
    signed: tuple[SignOff, ...]
    seen: dict[str, int]


def board_of(db, who: str, whose: str, since: int, until: int | None) -> Board:
    """Everything about everyone meant. since: from when on answers are recent; until: as it stood then."""
    asked = {"who": who, "until": ALWAYS if until is None else until}
    made = work_of(db, assigned(db, "assigned_in_cohort" if whose == COHORT else "assigned_to_person", **asked), who, whose, until)
    lately = {row["profile"]: lately_from(row) for row in rows(db, "lately", whose, since=since, **asked)}
    seen = {row["profile"]: row["at"] for row in rows(db, "last_begun", whose, **asked)}
    for each in made.shown:
        seen[each.profile] = max(seen.get(each.profile, 0), each.last_at)
    return replace(made, lately=lately, seen=seen)


def work_of(db, given: tuple[Assigned, ...], who: str, whose: str, until: int | None = None) -> Board:
    """Where those assignments stand, without what is recent and who was here when."""
    asked = {"who": who, "until": ALWAYS if until is None else until}
    items = sorted({part for each in given if each.assignment.kind != "track" for part in each.assignment.parts})
    tried = tuple(tried_from(row) for item in items for row in rows(db, "tried", whose, item=item, **asked))
    signed = (one for one in map(sign_off_from, rows(db, "sign_offs", whose, who=who)) if one.at <= asked["until"] < (one.revoked_at or ALWAYS + 1))
    return Board(given, tried, tuple(map(shown_from, rows(db, "shown" if until is None else "shown_until", whose, **asked))), {}, tuple(signed), {})
