"""`python -m app backup FILE`: a sound copy of the records, made while the app runs."""

import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.event_log import tell
from app.place import backups, place
from records import NAMED, NAMED_DAMAGED, Kept, RecordsError, backup, backup_even_damaged, reason

DAMAGED = 3


def add(subparsers) -> None:
    parser = subparsers.add_parser("backup", help="copy the records to a file while the app runs, and check the copy")
    parser.add_argument("file", nargs="?", metavar="FILE", help="the file to make, or a folder to make one in (default: in `backups` beside the records, with today's date and time)")
    parser.add_argument("--keep-days", type=int, metavar="DAYS", help="after a good backup, delete those beside it that this command named and that are older; the newest stays in any case")
    parser.add_argument("--even-damaged", action="store_true", help="copy damaged records as they are, under a name with `.damaged` in it; says what is wrong and ends with 3")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Makes the copy; 1 with a sentence when it cannot, 3 when it could and the records are damaged: a timer is to tell of either."""
    target = Path(args.file) if args.file else backups(place(args.db))
    if not args.file or target.is_dir():
        target /= f"clean-claim-{datetime.now():%Y%m%d-%H%M%S}.sqlite"
    begun = time.monotonic()
    try:
        kept = backup_even_damaged(place(args.db), target) if args.even_damaged else Kept(target, backup(place(args.db), target))
    except RecordsError as error:
        print(error, file=sys.stderr)
        tell("backup failed", reason=reason(error))
        return 1
    size, rows = kept.file.stat().st_size, sum(kept.content.counts.values())
    tell("damaged backup made" if kept.faults else "backup made", bytes=size, rows=rows, seconds=time.monotonic() - begun, faults=len(kept.faults) or None)
    for old in past(kept.file, args.keep_days, (NAMED_DAMAGED,) if kept.faults else (NAMED, NAMED_DAMAGED)):
        old.unlink(missing_ok=True)
    if kept.faults:
        print("\n".join(warned(kept)), file=sys.stderr)
    if args.json:
        print(json.dumps({"file": str(kept.file), "bytes": size, "rows": kept.content.counts} | ({"faults": list(kept.faults)} if kept.faults else {})))
    elif not kept.faults:
        print(f"{kept.file}: {size:,} bytes, {rows:,} rows, sound. `python -m app verify {kept.file}` checks it again at any time.")
    return DAMAGED if kept.faults else 0


def warned(kept: Kept) -> Iterator[str]:
    """Loudly: what is wrong, where the copy lies, and what it is good for."""
    yield "WARNING: the records are DAMAGED. They were copied as they are; this is no good backup."
    yield from (f"Fault      {fault}" for fault in kept.faults)
    yield f"The copy is {kept.file}: {kept.file.stat().st_size:,} bytes, {sum(kept.content.counts.values()):,} rows. Keep the older backups beside it: none of the good ones was deleted."
    yield "`python -m app restore` takes it only with --even-damaged. Look at the disk, then see `When something is wrong` in docs/operating.md."


def past(newest: Path, days: int | None, named: tuple[re.Pattern, ...]) -> list[Path]:
    """The backups beside the newest that this command named so and that are older than so many days by the time in their name."""
    if days is None:
        return []
    oldest = (datetime.now() - timedelta(days=max(days, 0))).strftime("%Y%m%d-%H%M%S")
    return [path for path in newest.parent.iterdir() for pattern in named if (found := pattern.fullmatch(path.name)) and found[1] < oldest and path != newest]
