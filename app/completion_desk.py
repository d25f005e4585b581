"""Completion records as their keepers read them: an admin all of them, those of people who are gone among them; a trainer those of the people they lead."""

from dataclasses import dataclass
from datetime import datetime, timezone

from app import completing
from app.session import ledger, now, require, require_over
from app.table_files import as_csv
from records import Completion, Records, Training, can

HEADS = ("Name when it was achieved", "Name now", "Completed", "Kind", "Outcome", "Achieved (UTC)", "Results", "Certificate issued (UTC)", "Content", "Person's id", "Record's id", "Sign-offs taken back since")
GONE = "deleted"
ALL = 2**62


@dataclass(frozen=True)
class Line:
    """A completion, whose it is now (`deleted` where nobody is here by that id any more), when a certificate was issued on it, if one was, and what of it no longer holds."""
    done: Completion
    name_now: str
    certified_at: int | None
    taken_back: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        return self.name_now == GONE


def lines(asked: str = "") -> tuple[Line, ...]:
    """The records, the newest first; asked: a part of a name or of a title."""
    who = require("see completions")
    records = ledger().unguarded
    if can(who.role, "see completions", "any"):
        found = all_lines(records)
    else:
        led = {one.profile for cohort in ledger().people.cohorts_led(who.profile) if cohort.closed_at is None for one in ledger().people.members(cohort.id)}
        found = all_lines(records, led)
    words = asked.casefold().split()
    return tuple(line for line in found if all(word in f"{line.done.name} {line.name_now} {line.done.title}".casefold() for word in words))


def no_longer_so(profile: str) -> tuple[Line, ...]:
    """Of a person's completions those of which a sign-off was taken back: for whoever may sign off there."""
    require_over("sign off", profile)
    return tuple(line for line in all_lines(ledger().unguarded, {profile}) if line.taken_back)


def all_lines(records: Records, of: set[str] | None = None) -> list[Line]:
    """Everybody's, or those people's. For the command line, and for whoever was asked whether they may."""
    names, certified = {one.id: one.name for one in records.profiles()}, records.certified()
    done = records.completions_before(ALL) if of is None else [one for id in sorted(of) for one in records.completions_of(id)]
    return sorted((Line(one, names.get(one.profile, GONE), certified.get(one.id), _taken_back(records, one)) for one in done), key=lambda line: (-line.done.at, line.done.id))


def _taken_back(records: Records, done: Completion) -> tuple[str, ...]:
    signed = Training(records).sign_offs(done.profile) if done.kind == "track" else ()
    return completing.taken_back(done, records.evidence(done.profile), signed) if any(one.revoked_at for one in signed) else ()


def csv(asked: str = "") -> bytes:
    """The same as a table for a spreadsheet; that it was taken is in the audit log."""
    who, found = require("see completions"), lines(asked)
    made = table(found)
    ledger().people.note(who.profile, "export completions", "completions", now(), None, {"rows": len(found)})
    return made


def table(found) -> bytes:
    return as_csv(HEADS, [cells(line) for line in found])


def cells(line: Line) -> tuple[str, ...]:
    done = line.done
    return (done.name, line.name_now, done.title, done.kind, done.outcome, moment(done.at), "; ".join(f"{name}: {value}" for name, value in done.results),
            moment(line.certified_at) if line.certified_at is not None else "", done.content_hash, done.profile, done.id, "; ".join(line.taken_back))


def moment(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, timezone.utc).strftime("%Y-%m-%d %H:%M")
