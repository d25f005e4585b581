"""`python -m app prepare`: makes the reference data that the app looks things up in, once, with a progress bar."""

import json
import sys
from time import monotonic

from curriculum.code_books import DEFAULT, prepare
from curriculum.mistakes import Unreadable

WIDTH = 28


def add(subparsers) -> None:
    parser = subparsers.add_parser("prepare", help="make the code books, unless they are there and up to date")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON, and no bar")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Makes the file unless it is up to date; 1 with every mistake when a code list cannot be read."""
    begun = monotonic()
    try:
        built = prepare(DEFAULT, _silent if args.json else bar)
    except Unreadable as error:
        print("\n".join(map(str, error.mistakes)), file=sys.stderr)
        return 1
    if built and not args.json:
        print(file=sys.stderr)
    if args.json:
        print(json.dumps({"file": str(DEFAULT), "built": built, "seconds": round(monotonic() - begun, 2)}))
    return 0


def bar(done: float, doing: str) -> None:
    """One line that fills up; on anything that is no terminal, nothing until the end."""
    full = round(done * WIDTH)
    line = f"[{'#' * full}{'.' * (WIDTH - full)}] {done:4.0%}  {doing}"
    if sys.stderr.isatty():
        print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)
    elif done >= 1:
        print(line, end="", file=sys.stderr)


def _silent(done: float, doing: str) -> None:
    """For --json: the result says it all."""
