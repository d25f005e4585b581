"""`python -m app serve`: starts the app as its settings say: alone on this machine, or for a team."""

import os
import sys

from app import replicas
from app.event_log import tell
from app.place import ROOT, place
from app.team import complaints, mode


def add(subparsers) -> None:
    parser = subparsers.add_parser("serve", help="start the app: alone on this machine, or for a team where CLEAN_CLAIM_TEAM is set")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501))
    parser.add_argument("--replicas", type=int, default=1, help="so many processes with nginx before them, on PostgreSQL; the port is nginx's and theirs follow it")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Serves until stopped; 1, with every sentence of what is missing, when the settings do not hold."""
    migrated: list[str] = []
    wrong = complaints(os.environ, not mode() or has_admin(migrated)) + (replicas.complaints(args.replicas) if args.replicas != 1 else [])
    if wrong:
        print("Clean Claim does not start:\n" + "\n".join(f"- {sentence}" for sentence in wrong), file=sys.stderr)
        return 1
    if migrated:
        tell("records migrated", steps=migrated)
    if args.replicas > 1:
        return replicas.serve(args.port, args.replicas)
    if not mode():
        os.chdir(ROOT)
    from app.asgi import serve
    serve(args.port)
    return 0


def has_admin(migrated: list[str]) -> bool:
    """Whether somebody can let others in. It opens the records first, so that steps which that took are added to `migrated`."""
    from records import People, Records
    with Records.open(place()) as opened:
        migrated += opened.engine.migrated
        return People(opened).has_admin()
