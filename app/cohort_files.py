"""The cohort's table and one learner's evidence as files to take away."""

from collections.abc import Callable
from datetime import datetime

from app import cohort_desk, learner_evidence, session, zone
from app.learner_evidence import Learner
from app.table_files import CSV, XLSX, as_csv, as_xlsx

TYPES = {"csv": CSV, "xlsx": XLSX}


def moment(at: int | None) -> datetime | None:
    """A time as the people here read it."""
    return datetime.fromtimestamp(at // 1000) if at else None


MOMENTS = frozenset({"Next due", "Last seen", "Due", "Last answered", "Signed off on", "Begun", "Finished"})


def zoned(heads: tuple[str, ...]) -> tuple[str, ...]:
    """Heads of columns, with the time zone beside each that holds a time."""
    return tuple(f"{head} ({zone.name()} time)" if head in MOMENTS else head for head in heads)


def cohort(id: str, kind: str, each: bool = False) -> Callable[[], bytes]:
    """Makes the file when it is asked for; who may not have it is refused now. each: a CSV with a line for each assignment of each person."""
    cohort_desk.demand(id, "export cohort")
    return session.later(lambda: _cohort(id, kind, each))


def noted(act: str, subject: str, **said) -> None:
    """What leaves as a file is in the audit log, when it is made."""
    if session.in_team():
        session.people().note(session.actor(), act, subject, session.now(), None, said)


HEADS = ("Name", "E-mail", "Standing", "Why", "Done", "Of", "Next due", "Answers", "Per cent of points", "Answers of the last 30 days", "Per cent of those", "Signed off", "Last seen", "Id")
EACH = ("Name", "Assignment", "Standing", "Why", "Done", "Of", "Due", "Id")


def _cohort(id: str, kind: str, each: bool) -> bytes:
    rows = cohort_desk.table(id)
    noted("export cohort", id, file=kind, people=len(rows), **({"each": True} if each else {}))
    lines = [(row.name, row.email, row.person.standing.word, row.person.standing.why, row.person.standing.done, row.person.standing.of, moment(row.next_due), row.person.answers,
              percent(row.person.share), row.person.recent, percent(row.person.recent_share), row.person.signed, moment(row.person.seen), row.person.profile) for row in rows]
    work = [(row.told, piece.assigned.assignment.title, piece.standing.word, piece.why, piece.standing.done, piece.standing.of, moment(piece.assigned.due_at), row.person.profile)
            for row in rows for piece in row.person.pieces]
    if kind == "csv":
        return as_csv(zoned(EACH), work) if each else as_csv(zoned(HEADS), lines)
    return as_xlsx([("Who is where", zoned(HEADS), lines), ("Assigned work", zoned(EACH), work)])


def percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


SKILLS = ("Area", "Competency", "Answers", "Different questions", "Per cent of points", "Last answered", "Signed off by", "Signed off on", "Note")
MOST_ATTEMPTS = 10_000
ATTEMPTS = ("Title", "Begun", "Finished", "Points", "Of")


def learner(profile: str, kind: str) -> Callable[[], bytes]:
    session.require("export cohort", profile)
    return session.later(lambda: _learner(profile, kind))


def _learner(profile: str, kind: str) -> bytes:
    held = learner_evidence.learner(profile)
    noted("export learner", profile, file=kind)
    return _file_of(held, kind)


def _file_of(held: Learner, kind: str) -> bytes:
    skills = [_skill(area.name, line, held.signed.get(line.id)) for area in held.areas for line in area.lines]
    if kind == "csv":
        return as_csv(("Name", *zoned(SKILLS)), [(held.profile.name, *line) for line in skills])
    attempts = _attempts(held.profile.id)
    work = [(held.profile.name, piece.assigned.assignment.title, piece.standing.word, piece.why, piece.standing.done, piece.standing.of, moment(piece.assigned.due_at), held.profile.id) for piece in held.person.pieces]
    facts = [("Name", held.profile.name), ("Id", held.profile.id), ("Standing", held.person.standing.word), ("Readiness", f"{held.exam}: {held.readiness}"), ("Minutes spent", held.minutes), (*zoned(("Last seen",)), moment(held.person.seen))]
    return as_xlsx([("Learner", ("What", "Figure"), facts), ("Competencies", zoned(SKILLS), skills), ("Attempts", zoned(ATTEMPTS), attempts), ("Assigned work", zoned(EACH), work)])


def _attempts(profile: str) -> list[tuple]:
    """Every attempt, newest first; of more than a sheet is good for, the last line says how many are left out."""
    found, many = session.ledger().history(profile, limit=MOST_ATTEMPTS), session.ledger().history_length(profile)
    lines = [(one.title, moment(one.started), moment(one.finished), float(one.score), float(one.possible)) for one in found]
    left_out = many - len(found)
    return lines + ([(f"{left_out} older attempt{'s' if left_out != 1 else ''} left out", None, None, None, None)] if left_out > 0 else [])


def _skill(area: str, line, signed) -> tuple:
    held = line.standing
    return (area, line.name, held.n if held else 0, held.items if held else 0, percent(line.share), moment(held.last_at) if held else None,
            (signed.by_name or "a trainer") if signed else None, moment(signed.at) if signed else None, signed.note if signed else None)
