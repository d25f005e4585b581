"""What the code books answer: is this a code on this day, what do its notes say and where do they come from, what is on a list."""

import json
import sqlite3
import threading
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from billing.codes import DiagnosisCode, OutsideKnownDates
from curriculum.code_books.file import DEFAULT, open_read_only
from curriculum.code_books.searching import Hit, search
from curriculum.code_sets import CodeEntry

PLACES_OF_SERVICE = "places-of-service"


@dataclass(frozen=True)
class Link:
    """A part of the classification as another part names it. kind: chapter, block, category or code."""
    code: str
    title: str
    kind: str
    billable: bool = False


@dataclass(frozen=True)
class Note:
    """One note and the part it stands at; `inherited` when that is above the code asked for."""
    kind: str
    text: str
    source: Link
    inherited: bool


@dataclass(frozen=True)
class CodeNote:
    """Everything the book says of a code: `above` from the chapter down, `below` its next level, `known` the releases that have it."""
    code: str
    title: str
    kind: str
    billable: bool
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    notes: tuple[Note, ...]
    release: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """A release and the dates of service it is for, both included."""
    number: int
    name: str
    begins: date
    ends: date
    note: str


class CodeBooks:
    """Look-ups in the file; safe to share between threads. Implements billing.codes.CodeBooks."""

    def __init__(self, path: Path):
        self.path = path
        self._threads = threading.local()
        self._diagnosis = lru_cache(8192)(self._read_diagnosis)
        self._place = lru_cache(1024)(self._read_place)

    @classmethod
    def open(cls, path: Path = DEFAULT) -> "CodeBooks":
        """The books in the file; FileNotFoundError with what to do when it was not made yet."""
        if not path.is_file():
            raise FileNotFoundError(f"The code books are not there yet ({path}). `make setup` makes them.")
        return cls(path)

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._threads, "connection"):
            self._threads.connection = open_read_only(self.path)
        return self._threads.connection

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """The releases of ICD-10-CM that are held, oldest first."""
        rows = self._connection.execute("SELECT number, name, begins, ends, note FROM release ORDER BY number").fetchall()
        return tuple(Release(n, name, date.fromisoformat(begins), date.fromisoformat(ends), note) for n, name, begins, ends, note in rows)

    def release(self, on: date) -> Release:
        """The release for a date of service; OutsideKnownDates where none is held."""
        place = bisect_right(self.releases, on, key=lambda release: release.begins)
        if place and on <= self.releases[place - 1].ends:
            return self.releases[place - 1]
        first, last = self.releases[0], self.releases[-1]
        raise OutsideKnownDates(f"ICD-10-CM is known for services from {first.begins} ({first.name}) to {last.ends} ({last.name}); {on} lies outside.")

    def diagnosis(self, code: str, on: date) -> DiagnosisCode | None:
        """The code, with or without its point, in the release for the day; None when that release has no such code."""
        return self._diagnosis(_key(code), self.release(on).number)

    def _read_diagnosis(self, key: str, release: int) -> DiagnosisCode | None:
        row = self._part(key, release, ("category", "code"))
        if row is None:
            return None
        noted = self._connection.execute(INHERITED + "AND note.kind = 'excludes1' ORDER BY depth, note.id", {"part": row[0], "release": release})
        named = [stem for _, _, _, stems in noted for stem in json.loads(stems)]
        return DiagnosisCode(row[1], row[3], bool(row[4]), tuple(dict.fromkeys(named)))

    def _part(self, key: str, release: int, kinds: tuple[str, ...]) -> tuple | None:
        """id, code, kind, title, billable, since, until as the release has them."""
        rows = self._connection.execute(PART + "AND part.key = :key", {"key": key, "release": release}).fetchall()
        found = {row[2]: row for row in rows}
        return next((found[kind] for kind in kinds if kind in found), None)

    def note(self, code: str, on: date | None = None) -> CodeNote | None:
        """A code, category, block or chapter with its own and its inherited notes; as of the newest release when no day is given."""
        release = self.release(on) if on else self.releases[-1]
        row = self._part(_key(code), release.number, ("code", "category", "block", "chapter"))
        if row is None:
            return None
        number, found, kind, title, billable, since, until = row
        above = self._connection.execute(ABOVE, {"part": number, "release": release.number}).fetchall()
        links = {part: Link(named, heading, sort) for part, named, heading, sort in above}
        below = self._connection.execute(PART + "AND part.parent = :part ORDER BY part.key, part.id", {"part": number, "release": release.number})
        notes = self._connection.execute(INHERITED + "ORDER BY depth DESC, note.id", {"part": number, "release": release.number})
        return CodeNote(
            found, title, kind, bool(billable),
            above=tuple(link for part, link in links.items() if part != number)[::-1],
            below=tuple(Link(r[1], r[3], r[2], bool(r[4])) for r in below),
            notes=tuple(Note(sort, text, links[part], part != number) for part, sort, text, _ in notes),
            release=release.name,
            known=tuple(r.name for r in self.releases if since <= r.number and (until is None or r.number <= until)))

    def place_of_service(self, code: str, on: date) -> str | None:
        """The place's name on the day, or None; OutsideKnownDates before the first day the list is complete for."""
        return self._place(code.strip(), on)

    def _read_place(self, code: str, on: date) -> str | None:
        known_from = self._connection.execute("SELECT known_from FROM list WHERE code_set = ?", (PLACES_OF_SERVICE,)).fetchone()[0]
        if known_from and on < date.fromisoformat(known_from):
            raise OutsideKnownDates(f"The places of service are known from {known_from}; {on} lies outside.")
        found = self.entry(PLACES_OF_SERVICE, code, on)
        return found and found.name

    def entry(self, code_set: str, code: str, on: date | None = None) -> CodeEntry | None:
        """A code of one of the lists, as "carc", "16"; with a day, None unless the code is in force then."""
        row = self._connection.execute("SELECT entry FROM entry WHERE code_set = ? AND code = ?", (code_set, code.strip().upper())).fetchone()
        found = CodeEntry.model_validate_json(row[0]) if row else None
        if found and on and (found.since and on < found.since or found.until and on > found.until):
            return None
        return found

    def entries(self, code_set: str) -> tuple[CodeEntry, ...]:
        """A whole list in its own order; empty where there is no such list."""
        rows = self._connection.execute("SELECT entry FROM entry WHERE code_set = ? ORDER BY position", (code_set,))
        return tuple(CodeEntry.model_validate_json(row[0]) for row in rows.fetchall())

    def lists(self) -> dict[str, str]:
        """The lists' names and titles."""
        return dict(self._connection.execute("SELECT code_set, title FROM list ORDER BY code_set").fetchall())

    def search(self, text: str, limit: int = 20, sets: tuple[str, ...] = ()) -> list[Hit]:
        """What the text may mean, the likeliest first; only from the given sets, where any are given. Nothing it is given makes it fail."""
        return search(self._connection, text, limit, sets)


PART = """
SELECT part.id, part.code, part.kind, coalesce((SELECT title FROM earlier_title e WHERE e.part = part.id AND e.until >= :release ORDER BY e.until), part.title),
    part.billable OR EXISTS (SELECT 1 FROM earlier_billable e WHERE e.part = part.id AND e.until >= :release), part.since, part.until
FROM part WHERE part.since <= :release AND (part.until IS NULL OR part.until >= :release)
"""
WALK = """
WITH RECURSIVE line (id, depth) AS (
    SELECT :part, 0 UNION ALL SELECT part.parent, depth + 1 FROM line JOIN part ON part.id = line.id WHERE part.parent IS NOT NULL)
"""
INHERITED = WALK + """
SELECT line.id, note.kind, note.text, note.stems FROM line JOIN note ON note.part = line.id
WHERE note.since <= :release AND (note.until IS NULL OR note.until >= :release)
"""
ABOVE = WALK + """
SELECT part.id, part.code, part.title, part.kind FROM line JOIN part ON part.id = line.id ORDER BY depth
"""


def _key(code: str) -> str:
    return code.replace(".", "").strip().upper()
