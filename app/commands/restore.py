"""`python -m app restore FILE`: puts a backup in the place of the records; what stood there is kept aside."""

import json
import sys
from pathlib import Path

from app.place import place
from records import RecordsError, restore


def add(subparsers) -> None:
    parser = subparsers.add_parser("restore", help="put a backup in the place of the records; stop the app first")
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("--db", help="where to: a file, or the postgresql:// address of an empty database (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--erasures-from", metavar="DB", help="records whose erasures since the backup are carried out again (default: those that stand there now)")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Restores; 1 with a sentence when it cannot, and then nothing has changed."""
    try:
        done = restore(Path(args.file), place(args.db), erasures_from=place(args.erasures_from) if args.erasures_from else None)
    except RecordsError as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({"rows": done.content.counts, "erased again": list(done.erased), "kept": str(done.kept or "")}))
        return 0
    print(f"Restored: {sum(done.content.counts.values()):,} rows.")
    if done.erased:
        print(f"{len(done.erased)} people who had been erased since that backup were erased again.")
    if done.kept:
        print(f"The records that stood there before are kept as {done.kept}; delete them once you have looked.")
    return 0
