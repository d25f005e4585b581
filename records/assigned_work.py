"""Assignments as the database has them: their parts, whom they reach and by when, and how a change of one is told."""

from records.appending import one
from records.failures import Unknown
from records.queries import QUERIES
from records.training_rows import Asked, Assigned, Assignment, assignment_from


def rows(db, query: str, whose: str = "", **values) -> list:
    sql = QUERIES[query]
    return db.execute(sql.format(who=QUERIES[whose]) if whose else sql, values).fetchall()


def parts(db, assignment: str) -> tuple[str, ...]:
    return tuple(row["part"] for row in rows(db, "parts", assignment=assignment))


def held(db, id: str) -> Assignment:
    """The assignment, or a sentence that there is none."""
    row = one(db, "assignment", id=id)
    if not row:
        raise Unknown("Not saved: there is no such assignment.")
    return assignment_from(row, parts(db, id))


def add_parts(db, made: Assignment) -> None:
    for place, part in enumerate(made.parts):
        db.execute(QUERIES["add_part"], {"assignment": made.id, "place": place, "part": part})


def changed(before: Assignment, after: Assignment) -> tuple[dict, dict]:
    """What an assignment was and became, as the audit log tells it: no words of anybody's, parts as those taken and those added."""
    was, is_ = ({name: getattr(one, name) for name in ("due_at", "percent")} for one in (before, after))
    if before.parts != after.parts:
        was, is_ = {**was, "parts": [one for one in before.parts if one not in after.parts]}, {**is_, "parts": [one for one in after.parts if one not in before.parts]}
    if (before.title, before.note) != (after.title, after.note):
        is_ |= {"words": "changed"}
    return {name: value for name, value in was.items() if value != is_.get(name)}, {name: value for name, value in is_.items() if value != was.get(name)}


def assigned(db, query: str, who: str, **values) -> tuple[Assigned, ...]:
    """Assignments as people have them. Whoever joins a cohort after the work was given has as many days from then on as the others had."""
    known: dict[str, Assignment] = {}
    found = []
    for row in rows(db, query, who=who, **values):
        if row["id"] not in known:
            known[row["id"]] = assignment_from(row, parts(db, row["id"]))
        found.append(Assigned(known[row["id"]], row["profile"], row["due"]))
    return tuple(found)


def asked_among(db, assignment: str, who: str, whose: str) -> tuple[Asked, ...]:
    """Everyone of those meant who is asked for that assignment, with their dates."""
    found = rows(db, "asked_among", whose, assignment=assignment, who=who)
    made = held(db, assignment) if found else None
    return tuple(Asked(Assigned(made, row["profile"], row["usual"] if row["own_due"] is None else row["own_due"]), row["name"], row["usual"], row["own_due"] is not None, bool(row["shut_out"])) for row in found)


def due_of(db, assignment: str, profile: str) -> int:
    """The due date as that person has it; everybody's where they are not asked for it."""
    return next((each.due_at for each in assigned(db, "assigned_to_person", profile) if each.assignment.id == assignment), None) or held(db, assignment).due_at
