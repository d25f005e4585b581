"""`python -m app adjudicate CLAIM.yaml`: what a payer answers to a claim, and with --trace why; no learner, no records."""

import json
import sys
from pathlib import Path

from app.answer_text import told, traced
from app.claim_file import read_claim
from app.commands.codes import opened
from billing.codes import OutsideKnownDates
from curriculum.mistakes import Unreadable
from curriculum.plain import answer_plain

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers) -> None:
    parser = subparsers.add_parser("adjudicate", help="send a claim to a payer and print the answer")
    parser.add_argument("claim", type=Path, metavar="CLAIM.yaml", help="a claim file; docs/claim-file.md says what stands in it")
    parser.add_argument("--trace", action="store_true", help="print every step and the rule it rests on")
    parser.add_argument("--json", action="store_true", help="print the answer, trace included, as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Prints the remittance or the rejection; 1 when the file cannot be adjudicated, with every mistake on stderr."""
    try:
        filed, books = read_claim(args.claim, ROOT), opened()
        answer = filed.answer(books)
    except Unreadable as error:
        return _refused("\n".join(map(str, error.mistakes)))
    except LookupError as error:
        if type(error) not in (LookupError, OutsideKnownDates):
            raise
        return _refused(f"{args.claim}: {error}")
    if args.json:
        print(json.dumps(answer_plain(answer), indent=2, ensure_ascii=False))
    else:
        print("\n".join([*told(answer, filed.policy.name, books), *(traced(answer) if args.trace else ())]))
    return 0


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
