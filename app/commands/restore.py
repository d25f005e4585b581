"""`python -m app restore FILE`: puts a backup in the place of the records; what stood there is kept aside."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from app.event_log import tell
from app.gate import now
from app.place import place, way_back
from records import NotSound, RecordsError, Restored, restore

NONE, SHOWN = "none", 20


def add(subparsers) -> None:
    parser = subparsers.add_parser("restore", help="put a backup in the place of the records; stop the app first")
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("--db", help="where to: a file, or the postgresql:// address of an empty database (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--erasures-from", metavar="DB", action="append", default=[],
                        help="records, or a newer backup, whose erasures are carried out again beside those of the records that stand there now; may be given again; "
                             "`none`: restore even people of whom nobody knows whether they were erased")
    parser.add_argument("--even-damaged", action="store_true", help="restore a backup that is known to be damaged, as it is; says what is wrong")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Restores; 1 with a sentence when it cannot, and then nothing has changed."""
    try:
        named = [place(each) for each in args.erasures_from if each != NONE]
        done = restore(Path(args.file), place(args.db), erasures_from=named, even_unaccounted=NONE in args.erasures_from, even_damaged=args.even_damaged, at=now())
    except RecordsError as error:
        print(error, *([way_back(place(args.db), Path(args.file))] if isinstance(error, NotSound) else []), file=sys.stderr)
        return 1
    tell("restored", "error" if done.faults else "", rows=sum(done.content.counts.values()), erased=len(done.erased), faults=len(done.faults) or None)
    print(json.dumps({"rows": done.content.counts, "erased again": list(done.erased), "not known": [one.id for one in done.unaccounted], "kept": str(done.kept or ""), "faults": list(done.faults)}) if args.json
          else "\n".join(said(done)))
    return 0


def said(done: Restored) -> Iterator[str]:
    """What was done, a sentence each; who may have come back wrongly is named."""
    yield f"Restored: {sum(done.content.counts.values()):,} rows."
    yield f"Erased again, since they were erased after that backup: {counted(len(done.erased))}."
    if done.faults:
        yield "WARNING: that backup is DAMAGED and was restored as it is. `verify` and every backup will go on telling of it:"
        yield from (f"Fault      {fault}" for fault in done.faults)
    if done.unaccounted:
        names = [f"{one.name} ({one.id})" for one in done.unaccounted[:SHOWN]]
        more = len(done.unaccounted) - len(names)
        yield f"WARNING: it is not known whether {counted(len(done.unaccounted))} were erased after that backup was made. They are back. Erase again whoever was: {', '.join(names)}{f' and {more} more' if more else ''}."
    if done.kept:
        yield f"The records that stood there before are kept as {done.kept}; delete them once you have looked."


def counted(many: int) -> str:
    return "nobody" if not many else "1 person" if many == 1 else f"{many:,} people"
