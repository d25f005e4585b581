"""The texts of a claim form: what stands in each of its fields, and the claim that the texts make, with a sentence for every field that cannot be read."""

import re
from copy import deepcopy

from curriculum.forms.form import ClaimForm, Field, Rows
from curriculum.forms.reading import value_of
from scoring.answers import Unreadable, day, money, number


def texts_of(form: ClaimForm, claim: dict) -> dict[str, str]:
    """Every field of a plain claim as text, by path; rows from 1, as many as the form shows."""
    held = {field.path: shown(field, value_of(claim, field.path)) for field in form.fields}
    for group in form.groups:
        rows = claim[group.path]
        for at in range(1, count(group, len(rows)) + 1):
            row = rows[at - 1] if at <= len(rows) else None
            held |= {cell(group, at, field): shown(field, None if row is None else row if group.plain else row.get(field.path)) for field in group.fields}
    return held


def cell(group: Rows, at: int, field: Field) -> str:
    """The path of a field in a row."""
    return f"{group.path}.{at}" if group.plain else f"{group.path}.{at}.{field.path}"


def count(group: Rows, filled: int) -> int:
    """How many rows the form shows when so many are filled."""
    return min(group.most, max(group.shown, filled + 1))


def shown(field: Field, value: object) -> str:
    """A value as it stands in its field: days the American way, several codes with spaces between."""
    if value in (None, "", [], ()):
        return ""
    if field.kind == "yes":
        return "yes" if value else ""
    if field.kind == "date":
        year, month, day_ = str(value).split("-")
        return f"{month}/{day_}/{year}"
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def document(form: ClaimForm, texts: dict[str, str], base: dict) -> tuple[dict, list[str]]:
    """The plain claim that the texts make of the base, and what cannot be read. What the form has no field for stays as it is."""
    claim, wrong = deepcopy(base), []
    for field in form.fields:
        if field.path in texts:
            _set(claim, field, texts[field.path], wrong)
    for group in form.groups:
        claim[group.path] = list(_rows(group, texts, base[group.path], wrong))
    return claim, wrong


def _set(claim: dict, field: Field, text: str, wrong: list[str]) -> None:
    parent, _, leaf = field.path.rpartition(".")
    if parent and claim[parent] is None:
        if not text:
            return
        claim[parent] = {"name": ""}
    (claim[parent] if parent else claim)[leaf] = read(field, text, field.name, wrong)


def _rows(group: Rows, texts: dict[str, str], base: list, wrong: list[str]):
    """The rows in which something stands; of a field left blank the claim's own default holds."""
    for at in range(1, group.most + 1):
        held = {field: texts.get(cell(group, at, field), "") for field in group.fields}
        if not any(text for field, text in held.items() if not field.blank_row):
            continue
        values = {field.path: read(field, text, f"{field.name}, {group.what} {at}", wrong) for field, text in held.items()}
        if group.plain:
            yield next(iter(values.values()))
        else:
            before = base[at - 1] if at <= len(base) else {}
            yield {name: value for name, value in {**before, **values}.items() if value is not None}


def read(field: Field, text: str, where: str, wrong: list[str]) -> object:
    """The text as its field's plain value; None where nothing stands, or where it cannot be read, which is then said."""
    text = text.strip()
    if field.kind == "yes":
        return bool(text)
    if field.kind == "codes":
        return re.findall(r"[A-Z0-9]+", text.upper())
    if field.kind in ("text", "code"):
        return text if field.kind == "text" else re.sub(r"[\s-]", "", text.upper())
    if field.kind == "diagnosis":
        bare = re.sub(r"[^A-Z0-9]", "", text.upper())
        return bare[:3] + ("." + bare[3:] if len(bare) > 3 else "")
    return _value(field, text, where, wrong) if text else None


def _value(field: Field, text: str, where: str, wrong: list[str]) -> object:
    value = {"date": day, "money": money, "number": number, "units": number}[field.kind](text)
    if not isinstance(value, Unreadable) and field.kind == "units" and (value != int(value) or value < 0):
        value = Unreadable("Write a whole number.")
    if isinstance(value, Unreadable):
        wrong.append(f"{where}: {value.sentence}")
        return None
    return int(value) if field.kind == "units" else str(value)
