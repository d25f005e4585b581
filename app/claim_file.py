"""A claim in a file of its own: who receives it and when, the claim, and what the payer's records say of the member (docs/claim-file.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import create_model, model_validator

from billing.adjudication import adjudicate
from billing.adjudication.cost_sharing import plan_named
from billing.answer import Answer
from billing.claim import ProfessionalClaim
from billing.codes import CodeBooks, OutsideKnownDates
from billing.coverage import Coverage
from billing.policy import PayerPolicy
from curriculum.forms import FORMS
from curriculum.forms.form import Sent
from curriculum.mistakes import Mistake, Unreadable, did_you_mean
from curriculum.models import Content, Text
from curriculum.payers import read_folder
from curriculum.reader import Node, Path_, read, typed

PROFESSIONAL = "professional"
MOST_DIAGNOSES = 12   # item 21 A to L
MOST_LINES = 50       # what one 837P claim holds
MOST_UNITS = 9_999
TOO_MANY_DOLLARS = Decimal("100000000")


class ClaimFile(Content):
    """What the file says. `participates`: the billing provider has a contract with this payer. coverage null: the payer has no such member.

    form: professional, institutional, dental or pharmacy; `claim` and `coverage` are of its types (`FILES`).
    """
    form: str = PROFESSIONAL
    payer: Text
    received: date
    adjudicated: date | None = None
    participates: bool = True
    claim: Any
    coverage: Any

    @model_validator(mode="before")
    @classmethod
    def address(cls, given: object) -> object:
        """A claim that names no payer is addressed to the one that receives it."""
        if isinstance(given, dict) and isinstance(given.get("claim"), dict) and "payer" in given:
            return {**given, "claim": {"payer": given["payer"], **given["claim"]}}
        return given


TYPES = {PROFESSIONAL: (ProfessionalClaim, Coverage), **{name: (form.claim_type, form.member_type) for name, form in FORMS.items()}}
FILES = {form: create_model(f"{form.capitalize()}File", __base__=ClaimFile, claim=(claim, ...), coverage=(member | None, ...)) for form, (claim, member) in TYPES.items()}
"""What a file of each form is read as."""


@dataclass(frozen=True)
class Filed:
    """A claim file that can be adjudicated, and the payer it goes to."""
    file: ClaimFile
    policy: PayerPolicy

    def answer(self, books: CodeBooks) -> Answer:
        """The payer's answer by the adjudication of the claim's form."""
        file, decided = self.file, self.file.adjudicated or self.file.received
        if file.form in FORMS:
            return FORMS[file.form].answer(Sent(file.claim, self.policy, file.coverage, file.received, decided, books, file.participates))
        return adjudicate(file.claim, self.policy, file.coverage, file.received, decided, books, file.participates)


def read_claim(path: Path, root: Path) -> Filed:
    """The file with its payer's policy from root/payers; Unreadable with every mistake."""
    node = read(path)
    form = node.value.get("form", PROFESSIONAL) if isinstance(node.value, dict) else PROFESSIONAL
    if form not in FILES:
        raise Unreadable([node.mistake(("form",), f'there is no claim form "{str(form)[:60]}"; there are {", ".join(FILES)}')])
    found, mistakes = typed(FILES[form], node)
    if not found:
        raise Unreadable(mistakes)
    policy, mistakes = _policy(found.payer, root, node)
    mistakes += [node.mistake(place, what) for place, what in _against_bounds(found)]
    if policy:
        mistakes += [node.mistake(place, what) for place, what in _against_policy(found, policy)]
    if mistakes:
        raise Unreadable(sorted(mistakes))
    return Filed(found, policy)


def _policy(name: str, root: Path, node: Node) -> tuple[PayerPolicy | None, list[Mistake]]:
    """The payer's rules; only folders that are there are ever opened."""
    folders = {path.name: path for path in (root / "payers").iterdir() if path.is_dir() and not path.name.startswith(".")}
    if name not in folders:
        return None, [node.mistake(("payer",), f'there is no payer "{name[:60]}"{did_you_mean(name[:60], folders)}')]
    mistakes: list[Mistake] = []
    files = [(path, path.relative_to(root).as_posix()) for path in sorted(folders[name].glob("*.yaml"))]
    return read_folder(name, files, mistakes).policy, mistakes


def _against_bounds(file: ClaimFile) -> Iterator[tuple[Path_, str]]:
    """What no claim form holds: too many of something, or an amount that is none."""
    claim = file.claim
    lines = getattr(claim, "lines", None)
    if lines is not None and not 1 <= len(lines) <= MOST_LINES:
        yield ("claim", "lines"), f"a claim has 1 to {MOST_LINES} service lines; this one has {len(lines)}"
    if file.form == PROFESSIONAL and len(claim.diagnoses) > MOST_DIAGNOSES:
        yield ("claim", "diagnoses"), f"item 21 holds {MOST_DIAGNOSES} diagnoses; this claim has {len(claim.diagnoses)}"
    for place, line in enumerate(lines or ()):
        if getattr(line, "units", 1) > MOST_UNITS:
            yield ("claim", "lines", place, "units"), f"at most {MOST_UNITS:,} units are read"
    for place, amount in [*_amounts(claim, ("claim",)), *_amounts(file.coverage, ("coverage",))]:
        if abs(amount) >= TOO_MANY_DOLLARS or amount != round(amount, 2):
            yield place, f"{str(amount)[:30]} is no amount in dollars and cents below {TOO_MANY_DOLLARS:,}"
    if file.adjudicated and file.adjudicated < file.received:
        yield ("adjudicated",), f"the claim was adjudicated on {file.adjudicated}, before it was received on {file.received}"


def _amounts(value: object, place: Path_) -> Iterator[tuple[Path_, Decimal]]:
    """Every amount of a record with its place."""
    if isinstance(value, Decimal):
        yield place, value
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _amounts(inner, (*place, number))
    elif is_dataclass(value):
        for each in fields(value):
            yield from _amounts(getattr(value, each.name), (*place, each.name))


def _against_policy(file: ClaimFile, policy: PayerPolicy) -> Iterator[tuple[Path_, str]]:
    """A claim addressed to another payer, and a plan that this one does not have."""
    if file.claim.payer != file.payer:
        yield ("claim", "payer"), f"the claim is addressed to {file.claim.payer[:60]} and received by {file.payer}; leave this field out, or make them the same"
    rule = policy.rule("benefits") if file.form == PROFESSIONAL else None
    for line in file.claim.lines if rule and file.coverage else ():
        try:
            plan_named(rule.on(line.service_date).plans, file.coverage.plan, policy.name)
        except OutsideKnownDates:
            continue  # adjudication says which rule is not known for which day
        except LookupError as unknown:
            yield ("coverage", "plan"), str(unknown).rstrip(".")
            return
