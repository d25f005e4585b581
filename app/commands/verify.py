"""`python -m app verify [FILE]`: whether a backup, or the records themselves, can be trusted: every page, row, foreign key and sum."""

import json
from pathlib import Path

from app.event_log import tell
from app.place import place, way_back
from records import NAMED, verify


def add(subparsers) -> None:
    parser = subparsers.add_parser("verify", help="check every page, row, foreign key and sum of a backup or of the records; changes nothing")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a file, a folder (its newest backup), or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Prints what was found; 1 where something is wrong or nothing is there."""
    where = place(args.file)
    if isinstance(where, Path) and where.is_dir():
        where = max((path for path in where.iterdir() if NAMED.fullmatch(path.name)), default=where / "(no backup)")
    found = verify(where)
    faults = list(found.faults) or ([] if found.exists else [f"There are no records at {found.path}."])
    if faults:
        tell("unsound", faults=len(faults))
    else:
        tell("checked", rows=sum(found.counts.values()))
    back = way_back(place(), where) if faults and found.exists else ""
    if args.json:
        print(json.dumps({"path": str(found.path), "rows": found.counts, "shape": list(found.migrations), "faults": faults, "way back": back}))
    else:
        print("\n".join([f"{found.path}: " + (", ".join(f"{count:,} {table}" for table, count in found.counts.items()) or "no rows counted"),
                         *(f"Fault      {fault}" for fault in faults), *((f"Way back   {back}",) if back else () if faults else ("Sound: every page, row, foreign key and sum.",))]))
    return 1 if faults else 0
