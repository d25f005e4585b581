"""How the code books' file is made at set-up: the newest release as it is, the earlier ones by undoing what each release changed."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from curriculum.code_books.classification import Part, package_version, parts
from curriculum.code_books.excludes import stems
from curriculum.code_books.file import BOOK_INDEXES, CLASSIFICATION_INDEXES, DEFAULT, ROOT, SCHEMA, TABLES, stamp_of
from curriculum.code_sets import CodeList, Release, code_lists, release_history

Progress = Callable[[float, str], None]
CODESETS = ROOT / "codesets"
UNSEARCHED = {"search-words"}
ICD = "icd-10-cm"


def stamp(codesets: Path = CODESETS) -> str:
    """What a file built now would be built from: the tables, the package's version and the content of the lists."""
    content = hashlib.sha256()
    for path in sorted(codesets.glob("*.yaml")):
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{SCHEMA} {package_version()} {content.hexdigest()}"


def prepare(path: Path = DEFAULT, progress: Progress = lambda done, doing: None, codesets: Path = CODESETS) -> bool:
    """Builds the file unless it is there and up to date; True when it was built."""
    if stamp_of(path) == stamp(codesets):
        return False
    build(path, progress, codesets)
    return True


def build(path: Path = DEFAULT, progress: Progress = lambda done, doing: None, codesets: Path = CODESETS) -> None:
    """Makes the file beside its place and moves it there whole. progress is told the share done, 0 to 1, and what is being done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES + "BEGIN;")
            _fill(connection, progress, codesets)
            connection.execute("INSERT INTO stamp VALUES (?)", (stamp(codesets),))
            progress(0.9, "Indexing")
            connection.executescript(BOOK_INDEXES)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    progress(1.0, "The code books are ready")


def _fill(connection: sqlite3.Connection, progress: Progress, codesets: Path) -> None:
    progress(0.0, "Reading the lists of codes")
    lists, history = code_lists(codesets), release_history(codesets)
    progress(0.05, "Reading ICD-10-CM")
    writer = Writer(connection, history.releases)
    writer.write_classification(list(parts()), lambda share: progress(0.3 + 0.4 * share, "Writing ICD-10-CM"))
    writer.write_lists(lists)
    progress(0.75, "Writing what can be searched")
    writer.write_book(lists)


class Writer:
    """Fills the tables of one file."""

    def __init__(self, connection: sqlite3.Connection, releases: tuple[Release, ...]):
        self.connection, self.releases = connection, releases
        self.ids: dict[tuple[str, str], int] = {}
        self.keys: list[str] = []

    def write_classification(self, found: list[Part], progress: Callable[[float], None]) -> None:
        """The parts with their notes, then what earlier releases had otherwise."""
        self.connection.executemany(
            "INSERT INTO release VALUES (?, ?, ?, ?, ?)",
            [(n, r.name, r.from_.isoformat(), r.to.isoformat(), r.note) for n, r in enumerate(self.releases, 1)])
        deleted = {code for release in self.releases for code in release.changes.deleted}
        self.keys = sorted({part.code.replace(".", "") for part in found if part.kind in ("category", "code")} | {c.replace(".", "") for c in deleted})
        since = self._since()
        replaced = {code: number for number, release in enumerate(self.releases, 1) for code in release.changes.excludes1}
        for number, part in enumerate(found, 1):
            self._write_part(number, part, since.get(part.code, 1), replaced.get(part.code))
            if number % 5000 == 0:
                progress(number / len(found))
        for number, release in enumerate(self.releases, 1):
            self._write_ended(number - 1, release)
        self.connection.executescript(CLASSIFICATION_INDEXES + "BEGIN;")

    def _since(self) -> dict[str, int]:
        return {code: number for number, release in enumerate(self.releases, 1) for code in release.changes.added}

    def _write_part(self, number: int, part: Part, since: int, excludes1_since: int | None) -> None:
        self.ids[part.code, part.kind] = number
        self.connection.execute(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (number, part.code, part.code.replace(".", ""), part.kind, part.title, part.billable, self.ids.get(part.parent), since))
        for kind, text in part.notes:
            self._write_note(number, kind, text, excludes1_since if kind == "excludes1" and excludes1_since else 1, None)

    def _write_note(self, part: int, kind: str, text: str, since: int, until: int | None) -> None:
        named = json.dumps(stems(text, self.keys)) if kind == "excludes1" else "[]"
        self.connection.execute("INSERT INTO note (part, kind, text, stems, since, until) VALUES (?, ?, ?, ?, ?, ?)",
                                (part, kind, text, named, since, until))

    def _write_ended(self, until: int, release: Release) -> None:
        """What a release ended: `until` is the number of the release before it."""
        changes = release.changes
        since = self._since()
        for code, title in changes.deleted.items():
            self.connection.execute(
                "INSERT INTO part (code, key, kind, title, billable, parent, since, until) VALUES (?, ?, 'code', ?, 1, ?, ?, ?)",
                (code, code.replace(".", ""), title, self._nearest(code), since.get(code, 1), until))
        self.connection.executemany("INSERT INTO earlier_billable VALUES (?, ?)", [(self._id(code), until) for code in changes.no_longer_billable])
        self.connection.executemany("INSERT INTO earlier_title VALUES (?, ?, ?)", [(self._id(c), until, title) for c, title in changes.retitled.items()])
        for code, notes in changes.excludes1.items():
            for text in notes:
                self._write_note(self._id(code), "excludes1", text, since.get(code, 1), until)

    def _id(self, code: str) -> int:
        for kind in ("code", "category", "block", "chapter"):
            if (code, kind) in self.ids:
                return self.ids[code, kind]
        raise LookupError(f"codesets/icd-10-cm-releases.yaml names {code}, which the newest release does not have; a code it lost belongs under deleted.")

    def _nearest(self, code: str) -> int:
        """The part a deleted code stood under: the longest beginning of it that is still there."""
        for length in range(len(code) - 1, 2, -1):
            for kind in ("code", "category"):
                if number := self.ids.get((code[:length].rstrip("."), kind)):
                    return number
        raise LookupError(f"codesets/icd-10-cm-releases.yaml deletes {code}, and no category stands above it.")

    def write_lists(self, lists: Iterable[CodeList]) -> None:
        for found in lists:
            self.connection.execute("INSERT INTO list VALUES (?, ?, ?, ?)", (
                found.set, found.title, found.model_dump_json(exclude={"entries"}), found.known_from and found.known_from.isoformat()))
            self.connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", [
                (found.set, entry.code, place, _day(entry.since), _day(entry.until), entry.model_dump_json(exclude_defaults=True))
                for place, entry in enumerate(found.entries)])

    def write_book(self, lists: Iterable[CodeList]) -> None:
        """The lists first, then ICD-10-CM: what is in force before what has ended, the general and short before the special and long."""
        rows = [(found.set, e.code, e.code, e.name, " ".join((found.title, *e.groups, e.note, e.asks, e.unit)), 1, _day(e.since), _day(e.until))
                for found in lists if found.set not in UNSEARCHED for e in found.entries]
        days = {n: (r.from_.isoformat(), r.to.isoformat()) for n, r in enumerate(self.releases, 1)}
        rows += [(ICD, code, key, title, terms or "", billable, days[since][0] if since > 1 else None, days[until][1] if until else None)
                 for code, key, title, terms, billable, since, until in self.connection.execute(CLASSIFIED)]
        self.connection.executemany("INSERT INTO book VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows, 1)])
        self.connection.execute("INSERT INTO words (rowid, code, title, terms) SELECT id, code || ' ' || key, title, terms FROM book")


CLASSIFIED = """
SELECT code, key, title, (SELECT group_concat(text, '; ') FROM note WHERE part = part.id AND note.kind IN ('inclusion term', 'includes')),
    billable, since, until
FROM part WHERE kind IN ('category', 'code')
ORDER BY until IS NOT NULL, length(title) + 6 * length(key), code
"""


def _day(day) -> str | None:
    return day and day.isoformat()
