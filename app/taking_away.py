"""Everything that is kept of one person as one zip file: what it is in words, and each table as JSON and CSV, written a few rows at a time."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from tempfile import TemporaryFile
from typing import IO

from app import closed_books
from app.session import ledger, now, require
from app.table_files import text_of
from records import NotSaved, Profile, Records
from records.taking_away import Taken

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that a page gives out; the command line has no such bound."""
PUBLIC = ("exam", "size", "section", "story", "time_percent", "seconds", "deadline_at", "title")
"""What may be given out of the form of an attempt that has not ended."""
WAITS = "This attempt has not ended. The rest of what it asks, with the answers, is here once it has."
STRUCTURED = {"form", "payload", "credits", "evidence", "domains", "results", "chances", "before", "after", "credential"}
"""Columns that hold JSON, which stand in the JSON files as what they are."""
SAYS = {
    "profile": "who you are here, and your settings", "attempt": "each sitting: what was asked", "step": "each thing you did: answers, hints, places opened", "grading": "the marks of each answer and their reasons",
    "draft": "work you had not handed in", "slot_result": "points of each question or task, as they count now", "attempt_result": "points of each attempt",
    "counted_evidence": "what counts for each competency", "regrade_change": "marks that were corrected", "regrade_run": "why they were corrected", "real_exam": "results of real exams that you reported",
    "account": "your account", "password": "that you have a password, and since when", "identity": "the sign-in of your organisation", "session": "where you were signed in", "ticket": "links made for you",
    "membership": "the cohorts you learn in", "leadership": "the cohorts you lead", "cohort": "their names", "assignment": "work assigned to you", "assignment_part": "the pieces of it",
    "assigned_to": "work assigned to you by name", "extension": "later due dates given to you", "sign_off": "competencies a trainer signed off", "dispute": "where you thought your answer was right",
    "hand_mark": "marks a trainer set", "letter": "letters that a trainer reads", "remark": "what trainers wrote to you", "completion": "what you completed, kept for its own term",
    "certificate": "certificates issued to you", "audit": "who changed what about you, and what you changed",
}


class TooLarge(NotSaved):
    """More than a page can give out."""


def file_for(profile: Profile) -> bytes:
    """The zip, for the page; noted in the audit log."""
    who = require("take away", profile.id)
    closed_books.require(profile.id)       # in it are the answers of all that was ever asked
    with TemporaryFile() as file:
        ledger().take_away(profile.id, lambda found: write(found, file, profile, now(), LARGEST))
        ledger().note_taken_away(profile.id, who.profile or profile.id, now())
        file.seek(0)
        return file.read()


def write_to(records: Records, profile: Profile, file: IO[bytes], at: int) -> dict[str, int]:
    """The zip into an open file, without a bound; the rows of each table."""
    return records.take_away(profile.id, lambda found: write(found, file, profile, at))


def write(found: tuple[Taken, ...], file: IO[bytes], profile: Profile, at: int, largest: int = 0) -> dict[str, int]:
    """README, then each table that has a row. Rows are read twice, once for each form, so that none is held."""
    counts, open_ones = {}, unended(found)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for table in found:
            counts[table.name] = _json(made, table, open_ones, file, largest)
            if counts[table.name]:
                _csv(made, table, open_ones, file, largest)
        made.writestr("README.txt", readme(found, counts, profile, at))
    return counts


def unended(found: tuple[Taken, ...]) -> frozenset[str]:
    """The attempts that have not ended: nothing of their keys is given out."""
    table = next(one for one in found if one.name == "attempt_result")
    attempt, finished = table.columns.index("attempt"), table.columns.index("finished_at")
    return frozenset(row[attempt] for row in table.rows() if row[finished] is None)


def _rows(table: Taken, open_ones: frozenset[str]) -> Iterator[dict]:
    for row in table.rows():
        said = dict(zip(table.columns, row, strict=True))
        if table.name == "attempt" and said["id"] in open_ones:
            said["form"] = json.dumps(public(json.loads(said["form"])))
        if table.name == "step" and said["attempt"] in open_ones:
            said["payload"] = json.dumps(done(json.loads(said["payload"])))
        if table.name == "grading" and said["attempt"] in open_ones:
            said |= {"credits": json.dumps(WAITS), "evidence": "[]"}
        yield said


def public(form: dict) -> dict:
    """Of the form of an attempt under way, what the learner has before them."""
    questions = [one["public"] for one in form.get("questions", ()) if isinstance(one, dict) and "public" in one]
    return {"note": WAITS, **{name: form[name] for name in PUBLIC if name in form}, **({"questions": questions} if questions else {})}


def done(payload: dict) -> dict:
    """Of a step of an attempt under way, what the learner did: a sent claim carries what will be asked of its answer, with the keys."""
    return {name: value for name, value in payload.items() if name not in ("asks", "answer")} | {"note": WAITS} if "asks" in payload else payload


def _json(made: zipfile.ZipFile, table: Taken, open_ones: frozenset[str], file: IO[bytes], largest: int) -> int:
    count, rows = 0, _rows(table, open_ones)
    first = next(rows, None)
    if first is None:
        return 0
    with made.open(f"json/{table.name}.json", "w", force_zip64=True) as out:
        for said in _again(first, rows):
            out.write(b"[\n" if not count else b",\n")
            out.write(json.dumps({name: json.loads(value) if name in STRUCTURED and isinstance(value, str) else value for name, value in said.items()}, ensure_ascii=False).encode())
            count += 1
            _bound(file, largest)
        out.write(b"\n]\n")
    return count


def _again(first: dict, rest: Iterator[dict]) -> Iterator[dict]:
    yield first
    yield from rest


def _csv(made: zipfile.ZipFile, table: Taken, open_ones: frozenset[str], file: IO[bytes], largest: int) -> None:
    with made.open(f"csv/{table.name}.csv", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.columns)
        for said in _rows(table, open_ones):
            writer.writerow([text_of(value) for value in said.values()])
            _bound(file, largest)


def _bound(file: IO[bytes], largest: int) -> None:
    if largest and file.tell() > largest:
        raise TooLarge(f"This is more than the {largest // 2**20} MB that a page gives out. Ask whoever runs this installation for it: `python -m app export --profile NAME FILE` has no such limit.")


def readme(found: tuple[Taken, ...], counts: dict[str, int], profile: Profile, at: int) -> str:
    """What is in the file and how it is read."""
    told = datetime.fromtimestamp(at / 1000, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    lines = [f"  {name:<18}{count:>8} row{'s' if count != 1 else ' '}  {SAYS.get(name, 'rows that name you')}" for name, count in counts.items() if count]
    held = [f"  {table.name}: {', '.join(table.withheld)}" for table in found if table.withheld and counts[table.name]]
    return "\n".join([
        f"Everything that Clean Claim keeps about {profile.name}, as of {told}.", "",
        "Each table stands in json/ and again in csv/. Times are milliseconds since 1970-01-01 UTC. Points are ten-thousandths: 10000 is one point.",
        "In csv/, a text that a spreadsheet would take for a formula has an apostrophe before it; json/ has it as it is kept.", "", *lines, "",
        "Not given out, since it would let someone in or is the key of an item:", *(held or ["  nothing"]),
        "An attempt that has not ended is here without its answers; take this file again when it has.",
        "What you did as a trainer to others' work is theirs; the rows of audit that name you say what it was.", ""])
