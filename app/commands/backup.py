"""`python -m app backup FILE`: a sound copy of the records, made while the app runs."""

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from app.event_log import tell
from app.place import backups, place
from records import NAMED, RecordsError, backup, reason


def add(subparsers) -> None:
    parser = subparsers.add_parser("backup", help="copy the records to a file while the app runs, and check the copy")
    parser.add_argument("file", nargs="?", metavar="FILE", help="the file to make, or a folder to make one in (default: in `backups` beside the records, with today's date and time)")
    parser.add_argument("--keep-days", type=int, metavar="DAYS", help="after a good backup, delete those beside it that this command named and that are older; the newest stays in any case")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Makes the copy; 1 with a sentence when it cannot."""
    target = Path(args.file) if args.file else backups(place(args.db))
    if not args.file or target.is_dir():
        target /= f"clean-claim-{datetime.now():%Y%m%d-%H%M%S}.sqlite"
    begun = time.monotonic()
    try:
        content = backup(place(args.db), target)
    except RecordsError as error:
        print(error, file=sys.stderr)
        tell("backup failed", reason=reason(error))
        return 1
    tell("backup made", bytes=target.stat().st_size, rows=sum(content.counts.values()), seconds=time.monotonic() - begun)
    for old in past(target, args.keep_days):
        old.unlink(missing_ok=True)
    print(json.dumps({"file": str(target), "bytes": target.stat().st_size, "rows": content.counts}) if args.json
          else f"{target}: {target.stat().st_size:,} bytes, {sum(content.counts.values()):,} rows, sound. `python -m app verify {target}` checks it again at any time.")
    return 0


def past(newest: Path, days: int | None) -> list[Path]:
    """The backups beside the newest that this command named and that are older than so many days by the time in their name."""
    if days is None:
        return []
    oldest = (datetime.now() - timedelta(days=max(days, 0))).strftime("%Y%m%d-%H%M%S")
    return [path for path in newest.parent.iterdir() if (named := NAMED.fullmatch(path.name)) and named[1] < oldest and path != newest]
