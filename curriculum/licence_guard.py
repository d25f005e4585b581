"""What a licence keeps out of content: procedure codes of other owners, told from ZIP codes, amounts and numbers of other kinds.

A field that holds an amount, an identifier or a place in a source is not searched; in prose the words around a number decide.
"""

import re
from collections.abc import Iterator

from curriculum.mistakes import Mistake
from curriculum.reader import Node, Path_

UNSEARCHED = frozenset((
    "id", "hash", "at", "url", "source", "seen", "npi", "tax_id", "member_id", "group_number", "account", "zip", "phone", "payer_control_number",
    "given", "answer", "charge", "dollars", "fee", "amount", "deductible", "out_of_pocket_limit", "prior_authorization", "number",
    "clean_paid", "as_of", "member_id_pattern"))
"""Names of fields that hold a figure, an identifier or a reference and never a procedure."""

DIAGNOSES = frozenset(("diagnoses", "changes", "excludes1", "icd-10-cm"))
"""Fields of ICD-10-CM codes, some of which have the shape of a dental code when written without their point."""

PROCEDURE = re.compile(r"(?<![\w$.,/#-])(\d{5}[A-Z]{0,2}|\d{4}[FTMU])(?![\w/]|,\d|\.\d|-\d{4}\b)")
DENTAL = re.compile(r"(?<![\w.-])D\d{4}(?![\w.])")
ELSEWISE = re.compile(
    r"\b(zip|zip code|box|transmittal|change request|cr|mm|se|fr|fed\. reg\.|page|pages|pp?\.|payer id|check|eft|claim|account|invoice|policy|"
    r"receipt|ticket|trace|batch|phone|ext\.?|suite|room|no\.|number|usd|public law|pub\. l\.)[ :#]*$", re.IGNORECASE)
"""Words before a number that make it something else."""
STATE = re.compile(r"\b[A-Z]{2} $")
"""A state, before its ZIP code."""


def guard(node: Node, path: Path_ = (), steps: Path_ = ()) -> Iterator[Mistake]:
    """Every code in the value at the path that may not be shipped."""
    for place, text in texts(node, path):
        names = {step for step in place if isinstance(step, str)}
        if names & UNSEARCHED:
            continue
        for found in PROCEDURE.finditer(text):
            if not _elsewise(text[:found.start()]):
                yield node.mistake(place, f'"{found[1]}" has the shape of a CPT code, which may not be shipped: use a training code (TX...) '
                                          f"or a HCPCS Level II code; if it is a count or an amount, write it as {_grouped(found[1])}")
        if not names & DIAGNOSES:
            for found in DENTAL.finditer(text):
                yield node.mistake(place, f'"{found[0]}" has the shape of a CDT code, which may not be shipped: use a training code (TD...); '
                                          "if it is a diagnosis, write its point")


def texts(node: Node, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text at or under the path, with its own path."""
    value = node.value
    for step in path:
        value = value[step]
    pending = [(path, value)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, str):
            yield place, value
        elif value is not None:
            pending.extend((place + (step,), inner) for step, inner in (value.items() if isinstance(value, dict) else enumerate(value)))


def _elsewise(before: str) -> bool:
    return bool(ELSEWISE.search(before[-40:]) or STATE.search(before[-4:]))


def _grouped(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"{int(digits):,}"
