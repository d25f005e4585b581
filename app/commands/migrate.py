"""`python -m app migrate`: brings the records to the present shape; the app does so itself when it starts."""

import sys

from app.place import place
from records import Records, RecordsError, examine


def add(subparsers) -> None:
    parser = subparsers.add_parser("migrate", help="bring the records to the present shape (the app does so when it starts)")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Migrates and says which steps stand; 1 with a sentence when it cannot."""
    before = examine(place(args.db)).migrations
    try:
        Records.open(place(args.db)).close()
    except RecordsError as error:
        print(error, file=sys.stderr)
        return 1
    found = examine(place(args.db))
    new = [name for name in found.migrations if name not in before]
    print(f"{found.path}: {', '.join(new) + ' carried out' if new else 'of the present shape already'} ({len(found.migrations)} steps in all).")
    return 0
