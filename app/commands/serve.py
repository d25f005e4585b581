"""`python -m app serve`: starts the app as its settings say: alone on this machine, or for a team."""

import os
import sys

from app import replicas
from app.event_log import tell
from app.place import ROOT, place, way_back
from app.team import complaints, mode
from records import Damaged, People, Records, RecordsError


def add(subparsers) -> None:
    parser = subparsers.add_parser("serve", help="start the app: alone on this machine, or for a team where CLEAN_CLAIM_TEAM is set")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501))
    parser.add_argument("--replicas", type=int, default=1, help="so many processes with nginx before them, on PostgreSQL; the port is nginx's and theirs follow it")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Serves until stopped; 1, with every sentence of what is missing, when the settings do not hold or the records cannot be opened."""
    if not mode():
        os.chdir(ROOT)             # a place of records that is written without its folder is meant from here
    try:
        admin, migrated = look()
    except RecordsError as problem:
        print(f"Clean Claim does not start. {problem}{f' {way_back(place())}' if isinstance(problem, Damaged) else ''}", file=sys.stderr)
        return 1
    wrong = complaints(os.environ, not mode() or admin) + (replicas.complaints(args.replicas) if args.replicas != 1 else [])
    if wrong:
        print("Clean Claim does not start:\n" + "\n".join(f"- {sentence}" for sentence in wrong), file=sys.stderr)
        return 1
    if migrated:
        tell("records migrated", steps=migrated)
    if args.replicas > 1:
        return replicas.serve(args.port, args.replicas)
    from app.asgi import serve
    serve(args.port)
    return 0


def look() -> tuple[bool, tuple[str, ...]]:
    """Opens the records, making or migrating them: whether somebody can let others in, and the steps carried out."""
    with Records.open(place()) as opened:
        return People(opened).has_admin(), opened.engine.migrated
