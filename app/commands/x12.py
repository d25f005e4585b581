"""`python -m app x12 read|write|explain FILE`: an X12 transaction read and checked, a claim file written as one, each element told in words."""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from itertools import islice
from pathlib import Path

from app.claim_file import read_claim
from billing.x12.acknowledgements import read_claim_acknowledgement, read_file_acknowledgement
from billing.x12.claims import read_claims, write_claims
from billing.x12.eligibility import read_inquiry, read_response
from billing.x12.faults import FirstFaults
from billing.x12.parties import Correspondents
from billing.x12.remittance import payments
from billing.x12.status import read_status_questions, read_statuses
from billing.x12.wire import NotX12, Segment, segments
from curriculum.mistakes import Unreadable
from curriculum.reader import read, typed

ROOT = Path(__file__).resolve().parents[2]
PARTIES = ROOT / "docs" / "examples" / "correspondents.yaml"
BLOCK, LOOK = 1 << 16, 12
STREAMED = ("claims", "remittance")
"""Transactions that may be as long as a day's work: they are read as they come."""
KINDS = {("837", ""): "claims", ("835", ""): "remittance", ("999", ""): "file acknowledgement", ("277", "X214"): "claim acknowledgement", ("277", "X212"): "claim status", ("276", ""): "claim status question",
         ("270", ""): "eligibility question", ("271", ""): "eligibility response", ("TA1", ""): "interchange acknowledgement"}
"""What a transaction is by its ST01 and a part of its guide's name."""


def add(subparsers) -> None:
    parser = subparsers.add_parser("x12", help="read, write or explain an X12 transaction")
    verbs = parser.add_subparsers(required=True, metavar="read|write|explain")
    one = verbs.add_parser("read", help="print what a transaction holds, and every fault; exit 1 if there is one")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true", help="print everything as JSON")
    one.set_defaults(run=lambda args: read_file(args.file, args.json))
    two = verbs.add_parser("write", help="print a claim file as an 837 (docs/claim-file.md)")
    two.add_argument("file", type=Path, metavar="CLAIM.yaml")
    two.add_argument("--parties", type=Path, default=PARTIES, metavar="FILE", help="who sends and who receives (default: docs/examples/correspondents.yaml)")
    two.add_argument("--control", type=int, default=1, help="the control number of the envelopes")
    two.set_defaults(run=lambda args: write_file(args.file, args.parties, args.control))
    three = verbs.add_parser("explain", help="print every segment with what each element says")
    three.add_argument("file", type=Path, metavar="FILE")
    three.set_defaults(run=lambda args: explain_file(args.file))


def read_file(path: Path, as_json: bool) -> int:
    """1 where the file cannot be read or has faults; both are printed as sentences."""
    try:
        held, faults = parts(path)
    except (NotX12, OSError, UnicodeDecodeError) as problem:
        return _refused(f"{path}: {problem}")
    if as_json:
        print(json.dumps({"parts": [plain(part) for part in held], "faults": [str(fault) for fault in faults]}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(line for part in held for line in _told(part)))
        print("\n".join(["", "Faults", *map(str, faults)] if faults else ["", "No faults."]))
    return 1 if faults else 0


def parts(path: Path) -> tuple[list, list]:
    """What the transaction holds, typed, and its faults."""
    kind, faults = kind_of(path), FirstFaults()
    source = chunks(path) if kind in STREAMED else path.read_bytes().decode()
    if kind == "claims":
        found = read_claims(source)
        return list(found.claims), list(found.faults)
    if kind == "remittance":
        return list(payments(source, faults)), faults
    if kind == "claim acknowledgement":
        statuses, told = read_claim_acknowledgement(source)
        return list(statuses), list(told)
    if kind == "file acknowledgement":
        _, sets, told = read_file_acknowledgement(source)
        return list(sets), list(told)
    if kind in ("claim status", "claim status question"):
        found = (read_statuses if kind == "claim status" else read_status_questions)(source)
        return list(getattr(found, "replies", None) or getattr(found, "questions", ())), list(found.faults)
    found = (read_inquiry if kind == "eligibility question" else read_response)(source)
    return [found], list(found.faults)


def kind_of(path: Path) -> str:
    """What the file is by its first sets; NotX12 with a sentence for what is not read here."""
    guide = ""
    for segment in islice(segments(chunks(path)), LOOK):
        if segment.id == "GS":
            guide = segment.get(8)
        if segment.id in ("ST", "TA1"):
            return _named(segment, guide)
    raise NotX12("There is no transaction set (ST) among its first segments.")


def _named(segment: Segment, guide: str) -> str:
    code, guide = (segment.get(1), segment.get(3) or guide) if segment.id == "ST" else ("TA1", "")
    for (known, part), kind in KINDS.items():
        if known == code and part in guide:
            return kind
    raise NotX12(f"{code} {guide} is not read here; read are {', '.join(sorted({known for known, _ in KINDS}))}.")


def chunks(path: Path) -> Iterator[str]:
    """The file in blocks, so that its size does not matter."""
    with path.open(encoding="utf-8", newline="") as file:
        while block := file.read(BLOCK):
            yield block


def write_file(path: Path, parties: Path, control: int) -> int:
    """Prints the claim of a claim file as an 837, dated on the day it is received."""
    try:
        filed = read_claim(path, ROOT)
        named, mistakes = typed(Correspondents, read(parties))
        if mistakes:
            raise Unreadable(mistakes)
    except Unreadable as error:
        return _refused("\n".join(map(str, error.mistakes)))
    if filed.file.form == "pharmacy":
        return _refused(f"{path}: a pharmacy claim is no X12 transaction; it goes as NCPDP D.0.")
    print(write_claims([filed.file.claim], named, datetime.combine(filed.file.received, time(9)), control), end="")
    return 0


def explain_file(path: Path) -> int:
    """Prints each segment with what its elements say."""
    try:
        told = import_module("curriculum.x12_explaining").told(chunks(path))
        print("\n".join(told))
    except (NotX12, OSError, UnicodeDecodeError) as problem:
        return _refused(f"{path}: {problem}")
    return 0


def plain(value: object) -> object:
    """A typed part as JSON: dates and amounts as text."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, (Decimal, date)) else value


def _told(part: object, depth: int = 0) -> Iterator[str]:
    """A part as lines: its kind, then each field that holds something."""
    pad = "  " * depth
    yield f"{pad}{type(part).__name__}"
    for each in fields(part):
        value = getattr(part, each.name)
        if value in ("", None, (), False):
            continue
        if is_dataclass(value) or isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield f"{pad}  {each.name}:"
            for inner in value if isinstance(value, tuple) else (value,):
                yield from _told(inner, depth + 2)
        else:
            yield f"{pad}  {each.name}: {', '.join(map(str, value)) if isinstance(value, tuple) else value}"


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
