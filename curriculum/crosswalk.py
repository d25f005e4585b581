"""An operator's own crosswalk from training codes to the procedure codes that the operator is licensed to show; kept outside the project, read from CSV."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from curriculum.mistakes import Mistake, Unreadable

HEAD = ["training", "code"]
TRAINING = re.compile(r"T[XD]\d{3}")
REAL = {"TX": re.compile(r"\d{4}[0-9A-Z]"), "TD": re.compile(r"D\d{4}")}
IN_WORDS = {"TX": "five characters, four digits and a digit or letter", "TD": "D and four digits"}


@dataclass(frozen=True)
class Crosswalk:
    """The operator's code of each training code that has one."""
    codes: Mapping[str, str] = field(default_factory=dict)

    def shown(self, code: str) -> str:
        """The code to show, or to write into a transaction: the operator's for a training code, every other as it is."""
        return self.codes.get(code, code)


def read(path: Path) -> Crosswalk:
    """The crosswalk of a CSV file with the columns training and code; Unreadable with every mistake as file:line: where: what."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable([Mistake(str(path), 1, "", f"the crosswalk cannot be read: {error}")]) from error
    try:
        rows = [(reader.line_num, row) for reader in [csv.reader(io.StringIO(text), strict=True)] for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable([Mistake(str(path), 1, "", f"this is no CSV: {error}")]) from error
    mistakes, codes = [], {}
    if not rows or [cell.strip().lower() for cell in rows[0][1]] != HEAD:
        mistakes.append(Mistake(str(path), rows[0][0] if rows else 1, "", f"the first line names the columns: {','.join(HEAD)}"))
    for line, row in rows[1:]:
        cells = [cell.strip() for cell in row]
        found = _complaint(cells, codes)
        if found:
            mistakes.append(Mistake(str(path), line, *found))
        else:
            codes[cells[0]] = cells[1]
    if mistakes:
        raise Unreadable(mistakes)
    return Crosswalk(codes)


def _complaint(cells: list[str], codes: Mapping[str, str]) -> tuple[str, str] | None:
    """Where a row is wrong, and what is; None for a good one."""
    if len(cells) != len(HEAD):
        return "", f"a line has a training code and a code, {len(HEAD)} cells; this one has {len(cells)}"
    training, real = cells
    if not TRAINING.fullmatch(training):
        return HEAD[0], f'"{training}" is no training code: TX or TD and three digits'
    if training in codes:
        return HEAD[0], f"{training} stands here twice"
    if not REAL[training[:2]].fullmatch(real):
        return HEAD[1], f'"{real}" does not have the shape of a code for {training}: {IN_WORDS[training[:2]]}'
    if real in codes.values():
        return HEAD[1], f"{real} is given to two training codes; a claim could not be read back"
    return None
