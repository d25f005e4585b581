"""`python -m app completions`: who completed what and when, those who are gone among them, as lines, CSV or JSON."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from app.gate import now
from app.place import place
from records import COMMAND_LINE, People, Records, RecordsError


def add(subparsers) -> None:
    parser = subparsers.add_parser("completions", help="list the completion records, those of people who were deleted among them")
    parser.add_argument("--profile", metavar="NAME-or-ID", help="of one person: an id, or a name as it was when it was achieved or is now")
    parser.add_argument("--csv", metavar="FILE", help="write them as a table for a spreadsheet; a file that is there is never overwritten")
    parser.add_argument("--json", action="store_true", help="print them as JSON")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 with the list, which may be empty; 1 with a sentence when it cannot be had or written. That it was read is in the audit log."""
    from app.completion_desk import all_lines, table
    try:
        with Records.open(place(args.db)) as records:
            found = [line for line in all_lines(records) if not args.profile or of(line, args.profile)]
            if args.csv:
                with open(os.open(Path(args.csv), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(table(found))
            People(records).note(COMMAND_LINE, "export completions", "completions", now(), None, {"rows": len(found)})
    except RecordsError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{args.csv} cannot be written: {problem.strerror}. Name a file that is not there yet.", file=sys.stderr)
        return 1
    print(json.dumps([{**asdict(line.done), "name_now": line.name_now, "certified_at": line.certified_at} for line in found], ensure_ascii=False) if args.json else told(found, args.csv))
    return 0


def of(line, asked: str) -> bool:
    return asked == line.done.profile or asked.strip().casefold() in (line.done.name.casefold(), line.name_now.casefold())


def told(found, file: str | None) -> str:
    from app.completion_desk import moment
    if file:
        return f"{file}: {len(found)} completion records. It holds personal data: keep it where others cannot read it."
    return "\n".join(f"{moment(line.done.at)}  {line.done.outcome:9}  {line.done.name}{' (deleted)' if line.gone else ''}: {line.done.title}" for line in found) or "No completion is on record."
