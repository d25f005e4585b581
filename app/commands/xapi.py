"""`python -m app xapi --to URL|--file FILE`: tells a learning record store what happened, from where it was told last; or writes it to a file."""

import json
import os
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from app.place import place
from app.xapi import statements
from app.xapi_sending import BATCH, NotTold, Store, complaint
from curriculum.exams import Blueprint
from records import COMMAND_LINE, Happened, People, Records, RecordsError, happened, keep_told_upto, told_upto
from scoring.exam_result import Total, passed

MOST = 50_000


def add(subparsers) -> None:
    parser = subparsers.add_parser("xapi", help="tell a learning record store what happened, as xAPI statements", description="Statements name people by their bare id, and hold marks but no answers. "
                                   "The store's key and secret are read from CLEAN_CLAIM_XAPI_KEY and CLEAN_CLAIM_XAPI_SECRET.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="URL", help="the store's endpoint; goes on where it was told last")
    where.add_argument("--file", type=Path, help="write them to a new file instead, one a line")
    parser.add_argument("--after", type=int, metavar="N", help="go on after that serial (default: where it ended last; from the beginning for a file)")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help=f"at most so many steps in one run (default: {MOST:,})")
    parser.add_argument("--home", help="the address that names this installation (default: CLEAN_CLAIM_URL, else http://localhost:8501)")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 when all was told, or so much as was asked for; 1 with a sentence otherwise."""
    if args.to and (wrong := complaint(args.to)) or args.most < 1 and (wrong := "Ask for one step at least with --most."):
        print(wrong, file=sys.stderr)
        return 1
    home = (args.home or os.environ.get("CLEAN_CLAIM_URL") or "http://localhost:8501").rstrip("/")
    try:
        with Records.open(place(args.db)) as records:
            print(_send(records, args, home) if args.to else _write(records, args, home))
    except (RecordsError, NotTold, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def batches(records: Records, after: int, most: int) -> Iterator[tuple[Happened, ...]]:
    """What happened, a batch at a time, so that a long log is never held at once."""
    while most > 0 and (found := happened(records, after, min(BATCH, most))):
        yield found
        after, most = found[-1].serial, most - len(found)


def _send(records: Records, args, home: str) -> str:
    store = Store(args.to, os.environ.get("CLEAN_CLAIM_XAPI_KEY", ""), os.environ.get("CLEAN_CLAIM_XAPI_SECRET", ""))
    name = sha256(args.to.encode()).hexdigest()
    after = told_upto(records, name) if args.after is None else args.after
    many = 0
    try:
        for found in batches(records, after, args.most):
            told = _statements(records, found, home)
            for at in range(0, len(told), BATCH):
                store.send(told[at:at + BATCH])
            keep_told_upto(records, name, found[-1].serial, time.time_ns() // 1_000_000)
            many, after = many + len(told), found[-1].serial
    finally:
        _note(records, "tell record store", urlsplit(args.to).hostname or "", many, after)
    return f"{many:,} statements told to {args.to}. {_rest(records, after)}"


def _write(records: Records, args, home: str) -> str:
    many, after = 0, args.after or 0
    with open(args.file, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        for found in batches(records, after, args.most):
            for one in _statements(records, found, home):
                file.write(json.dumps(one) + "\n")
                many += 1
            after = found[-1].serial
    _note(records, "write statements", "records", many, after)
    return f"{many:,} statements written to {args.file}. {_rest(records, after)}"


def _note(records: Records, act: str, subject: str, many: int, upto: int) -> None:
    """That something left is in the audit log, a run that was broken off too."""
    if many:
        People(records).note(COMMAND_LINE, act, subject, time.time_ns() // 1_000_000, None, {"statements": many, "upto": upto})


def _rest(records: Records, after: int) -> str:
    return f"There is more: run it again, or go on with --after {after}." if happened(records, after, 1) else f"That is all until now (serial {after})."


def _statements(records: Records, found: tuple[Happened, ...], home: str) -> list[dict]:
    return [made for one in found for made in statements(one, home, lambda ended: _passed(records, ended))]


def _passed(records: Records, one: Happened) -> bool | None:
    """The verdict on an exam by the outline it was sat under; None where raw points give none."""
    kept = records.attempt(one.attempt)
    mark = Blueprint.model_validate(kept.attempt.form["blueprint"]).pass_ if kept and "blueprint" in kept.attempt.form else None
    return passed(mark.kind, mark.value, Total(0, one.all_earned, one.all_possible, 0, 0)) if mark else None
