"""`python -m app copy --to WHERE`: moves records from one database to another and proves it by counts and digests."""

import json
import sys
from pathlib import Path

from app.place import place
from records import CannotOpen, Records, RecordsError, copy, is_server, only_read


def add(subparsers) -> None:
    parser = subparsers.add_parser("copy", help="copy all records into an empty database, of either engine, and prove that all arrived")
    parser.add_argument("--to", required=True, metavar="DB", help="a file that is not there yet, or the postgresql:// address of an empty database")
    parser.add_argument("--db", help="the records to copy (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print counts and digests as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Copies; 1 with a sentence when it cannot, and then nothing arrived."""
    try:
        source_place = place(args.db)
        if not is_server(source_place) and not Path(source_place).exists():
            raise CannotOpen(f"Nothing was copied: there are no records at {source_place}. Name them with --db, or set DATABASE_URL or CLEAN_CLAIM_DB as the app has it.")
        with only_read(source_place) as source, Records.open(place(args.to)) as target:
            arrived = copy(source, target)
            path = target.path
    except RecordsError as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({"to": str(path), "rows": arrived.counts, "digests": arrived.digests}))
    else:
        print("\n".join([*(f"{name:<18} {count:>9,} rows   {arrived.digests[name][:16]}" for name, count in arrived.counts.items()), f"All of it arrived in {path}: counts and digests are the same."]))
    return 0
