"""`python -m app document`: writes the pages of docs/ that code and content decide: every field an author may write, every edit, every payer."""

import inspect
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel

from app.documents import edits, payers, transactions
from billing.claim import Accident, Person, PriorAdjustment, PriorLine, PriorPayment, Provider, ServiceLine
from billing.coverage import Accumulator, Authorization, EarlierLine, Injury, OtherCoverage, Referral, TherapyUsed
from billing.formulas import FORMULAS
from billing.policy import Citation
from curriculum.catalogue import load
from curriculum.claim_fields import CLAIM_FIELDS, LINE_FIELDS
from curriculum.exams import Source
from curriculum.models import AcceptedCode, CaseSet, Computed, Exhibit, ItemHead, Option, Prompt, Question, QuestionSet, Span
from curriculum.reader import read
from curriculum.scenarios import CoverageOnFile, Expected, Fault, NoteSection, Scenario, VariantCase, Vary, World

ROOT = Path(__file__).resolve().parents[2]
MEANINGS = ROOT / "docs" / "field-meanings.yaml"
DOCS = ROOT / "docs"
TARGET = DOCS / "fields.md"
PAGES = {"edits": edits, "payers": payers, "transactions": transactions}
"""Pages written from code and content, by their file's name."""
BLOCKS = (
    ("Every question and every scenario", (ItemHead, Citation, Span)),
    ("A question file", (QuestionSet, CaseSet, Exhibit, Question, Prompt, Option, Computed, AcceptedCode)),
    ("A scenario file", (Scenario, World, Person, Provider, NoteSection, ServiceLine, CoverageOnFile, Accumulator, Authorization, OtherCoverage, EarlierLine, TherapyUsed,
                         Referral, Injury, Accident, PriorPayment, PriorLine, PriorAdjustment, Fault, Vary, VariantCase, Expected)),
    ("A source", (Source,)),
)
HEADED = (Question, Scenario)
"""Blocks that have every field of ItemHead besides their own."""
PLAIN = {str: "text", int: "whole number", Decimal: "number", date: "date", bool: "true or false", UUID: "uuid", object: "anything"}


def add(subparsers) -> None:
    parser = subparsers.add_parser("document", help="write the pages of docs/ that are made from code and content")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is not up to date")
    parser.set_defaults(run=run)


def run(args) -> int:
    return document(args.check)


def document(only_check: bool) -> int:
    """1 where a field has no meaning in docs/field-meanings.yaml, or a meaning no field; or, when only checking, where the page is old."""
    meanings = read(MEANINGS, shown="docs/field-meanings.yaml").value
    if wrong := complaints(meanings):
        print("\n".join(wrong))
        return 1
    catalogue = load(ROOT)
    texts = {TARGET.name: page(meanings), **{f"{name}.md": module.page(catalogue) for name, module in PAGES.items()}}
    old = [name for name, text in texts.items() if not (DOCS / name).is_file() or (DOCS / name).read_text() != text]
    if only_check:
        print("\n".join(f"docs/{name} is not what code and content say: run `python -m app document`." for name in old) or "The pages of docs/ are up to date.")
        return 1 if old else 0
    for name in old:
        (DOCS / name).write_text(texts[name])
    print(f"written: {', '.join(old) or 'nothing; all were up to date'}")
    return 0


def page(meanings: dict) -> str:
    """The whole of docs/fields.md."""
    parts = ["# Every field\n\nWritten by `python -m app document` from the models and `docs/field-meanings.yaml`; a test compares. [authoring.md](authoring.md) "
             "explains how to use them.\nEvery value is written as text; the kind says what the text must be. A field without “yes” under *needed* may be left out.\n"]
    for heading, models in BLOCKS:
        parts.append(f"## {heading}\n")
        parts += [_table(model, meanings[model.__name__]) for model in models]
    return "\n".join([*parts, _paths(), _formulas()])


def complaints(meanings: dict) -> list[str]:
    """A sentence for each field without a meaning and each meaning without a field."""
    known = {model.__name__: {name for name, *_ in rows(model)} for _, models in BLOCKS for model in models}
    found = [f"docs/field-meanings.yaml has a block {name}, and the models have none" for name in meanings.keys() - known.keys()]
    for block, names in known.items():
        told = meanings.get(block) or {}
        found += [f"docs/field-meanings.yaml does not say what {block}.{name} is" for name in sorted(names - (told.keys() - {"is"}))]
        found += [f"docs/field-meanings.yaml speaks of {block}.{name}, which is no field" for name in sorted(told.keys() - names - {"is"})]
        if "is" not in told:
            found.append(f"docs/field-meanings.yaml does not say what {block} is")
    return sorted(found)


def rows(model: type) -> list[tuple[str, str, bool, str]]:
    """Name, kind in words, whether it is needed, and what it is when left out."""
    if is_dataclass(model):
        hints = typing.get_type_hints(model)
        return [(each.name, in_words(hints[each.name]), each.default is MISSING and each.default_factory is MISSING, _left_out(each.default)) for each in fields(model)]
    own = {name: each for name, each in model.model_fields.items() if model not in HEADED or name not in ItemHead.model_fields}
    return [(each.alias or name, in_words(each.annotation), each.is_required(), "" if each.is_required() else _left_out(each.default)) for name, each in own.items()]


def in_words(kind: object) -> str:
    """A type as an author would say it."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return in_words(inner[0])
    if origin is typing.Literal:
        return ", ".join(f"`{each}`" for each in inner if each)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(in_words(each) for each in inner if each is not type(None)))
    if origin is tuple:
        return f"list of {in_words(inner[0])}"
    if origin is dict:
        return f"block of {in_words(inner[1])}"
    if inspect.isclass(kind) and (is_dataclass(kind) or issubclass(kind, BaseModel)):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return ", ".join(f"`{each.value}`" for each in kind)
    return PLAIN[kind]


def _left_out(value: object) -> str:
    if value in (None, "", ()) or value is MISSING or not isinstance(value, (str, int, Decimal, bool)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(model: type, told: dict) -> str:
    lines = [f"### {model.__name__}\n", f"{told['is']}\n", "| field | kind | needed | if left out | what it says |", "|---|---|---|---|---|"]
    lines += [f"| `{name}` | {kind} | {'yes' if needed else ''} | {default} | {told[name]} |".replace("|  |", "| |").replace("|  |", "| |") for name, kind, needed, default in rows(model)]
    return "\n".join(lines) + "\n"


def _paths() -> str:
    """The fields of a claim that faults and `accept` may name."""
    lines = ["## The fields of a claim\n", "What `field` of a fault and the keys of `accept` may name; `lines.1.` is the first service line.\n", "| field | where it stands |", "|---|---|"]
    lines += [f"| `{path}` | item {item}: {name} |" for path, (item, name) in CLAIM_FIELDS.items()]
    lines += [f"| `lines.1.{path}` | item {item}: {name} |" for path, (item, name) in LINE_FIELDS.items()]
    return "\n".join(lines) + "\n"


def _formulas() -> str:
    """The computations a question may name."""
    lines = ["## Formulas\n", "What `compute.formula` of a money, numeric or date question may name, and what it is given.\n", "| formula | given | gives |", "|---|---|---|"]
    for name, function in FORMULAS.items():
        given = ", ".join(f"`{each}`" for each in inspect.signature(function).parameters)
        lines.append(f"| `{name}` | {given} | {inspect.getdoc(function).splitlines()[0]} |")
    return "\n".join(lines) + "\n"
