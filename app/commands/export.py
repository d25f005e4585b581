"""`python -m app export --profile NAME-or-ID FILE`: everything that is kept of one person, as a zip file."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

from app.gate import now
from app.place import place
from records import COMMAND_LINE, Profile, Records, RecordsError


def add(subparsers) -> None:
    parser = subparsers.add_parser("export", help="write everything that is kept of one person to a zip file")
    parser.add_argument("file", metavar="FILE", help="the zip file to make; one that is there is never overwritten")
    parser.add_argument("--profile", required=True, metavar="NAME-or-ID", help="whose")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Writes the file, for its owner's eyes alone; 1 with a sentence when it cannot."""
    from app.taking_away import write_to
    target = Path(args.file)
    try:
        with Records.open(place(args.db)) as records:
            whose = found(records, args.profile)
            with open(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file, nothing_half_made(target):
                counts = write_to(records, whose, file, now())
            records.note_taken_away(whose.id, COMMAND_LINE, now())
    except RecordsError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{target} cannot be written: {problem.strerror}. Name a file that is not there yet.", file=sys.stderr)
        return 1
    print(f"{target}: {sum(counts.values()):,} rows of {sum(map(bool, counts.values()))} tables about {whose.name}. It holds personal data: hand it to that person and delete your copy.")
    return 0


@contextmanager
def nothing_half_made(target: Path):
    """Where writing breaks off, the file goes: half of it would look like all."""
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def found(records: Records, asked: str) -> Profile:
    """The one profile of that id or name."""
    held = records.profiles()
    named = [one for one in held if one.id == asked] or [one for one in held if one.name.casefold() == asked.strip().casefold()]
    if len(named) == 1:
        return named[0]
    if not named:
        raise RecordsError(f"There is no profile with the name or id {asked}.")
    raise RecordsError(f"{len(named)} profiles have the name {asked}. Give the id of one: {', '.join(one.id for one in named)}.")
