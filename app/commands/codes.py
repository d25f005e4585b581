"""`python -m app codes search TEXT`: finds codes by their beginning or by words, in every code book that is shipped."""

import json
import sys
from argparse import ArgumentTypeError
from dataclasses import asdict

from app.commands.prepare import bar
from curriculum.code_books import DEFAULT, CodeBooks, Hit, advice, prepare
from curriculum.mistakes import Unreadable

MOST = 1_000


def add(subparsers) -> None:
    codes = subparsers.add_parser("codes", help="search the code books")
    search = codes.add_subparsers(required=True, metavar="search").add_parser("search", help="find codes by their beginning or by words")
    search.add_argument("text", nargs="+", metavar="TEXT", help="the beginning of a code, or words, as: type 2 diabetes foot ulcer")
    search.add_argument("--limit", type=_limit, default=20, metavar="N", help=f"at most so many, 1 to {MOST} (default: 20)")
    search.add_argument("--json", action="store_true", help="print what was found as JSON")
    search.set_defaults(run=run)


def run(args) -> int:
    """Prints what was found, the likeliest first. Nothing found is an answer too, and no mistake."""
    try:
        books = opened()
    except Unreadable as error:
        print("\n".join(map(str, error.mistakes)), file=sys.stderr)
        return 1
    text = " ".join(args.text)
    found, advised = books.search(text, args.limit), advice(text)
    print(_as_json(found, advised) if args.json else "\n".join(_in_words(text, found, advised)))
    return 0


def opened() -> CodeBooks:
    """The code books; made first where they are missing or out of date, with a line on stderr that says so."""
    if prepare(DEFAULT, bar):
        print(file=sys.stderr)
    return CodeBooks.open(DEFAULT)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise ArgumentTypeError(f"{text} is not a whole number from 1 to {MOST}")
    return int(text)


def _in_words(text: str, found: list[Hit], advised: str) -> list[str]:
    if advised or not found:
        return [advised or f'No code has "{text[:60]}". Try fewer words, or the beginning of a word.']
    wide = max(len(hit.code) for hit in found), max(len(hit.code_set) for hit in found)
    return [f"{hit.code:<{wide[0]}}  {hit.code_set:<{wide[1]}}  {hit.title}{_remarks(hit)}" for hit in found]


def _remarks(hit: Hit) -> str:
    """What keeps the code from being billed today or on an earlier day."""
    said = ["category, not billable"] if hit.code_set == "icd-10-cm" and not hit.billable else []
    said += [f"from {hit.since}"] if hit.since else []
    said += [f"until {hit.until}"] if hit.until else []
    return f" ({', '.join(said)})" if said else ""


def _as_json(found: list[Hit], advised: str) -> str:
    return json.dumps({"found": [asdict(hit) for hit in found], "advice": advised}, indent=2, default=str, ensure_ascii=False)
