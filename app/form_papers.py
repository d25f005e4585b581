"""A claim on any form, and an answer to it, as papers: boxes for what is filled in, a table for each group of rows."""

from app.form_texts import shown
from billing.answer import Rejection
from curriculum.forms import FORMS
from curriculum.papers import Paper, Table

FIGURES = ("money", "number", "units")


def claim_paper(form_name: str, claim: dict, title: str) -> Paper:
    """A plain claim as its form shows it; fields and columns in which nothing stands are left out."""
    form = FORMS[form_name]
    boxes = tuple((field.name, shown(field, value)) for field in form.fields if (value := _at(claim, field.path)) not in (None, "", [], False))
    tables = []
    for group in form.groups:
        rows = claim[group.path]
        fields = [field for field in group.fields if any(_cell(group, row, field) not in (None, "", []) for row in rows)]
        if fields:
            made = tuple((str(number), *(shown(field, _cell(group, row, field)) for field in fields)) for number, row in enumerate(rows, 1))
            tables.append(Table(group.title, ((group.what.capitalize(), False), *((field.name, field.kind in FIGURES) for field in fields)), made))
    return Paper(title, form.title, boxes, tables=tuple(tables))


def rejection_paper(came: Rejection, payer: str) -> Paper:
    """A pharmacy claim that was rejected at once: the reject codes."""
    rows = tuple((found.category, found.status) for found in came.findings)
    return Paper(f"Response of {came.received:%m/%d/%Y}", payer, (("Fill", came.account),), tables=(Table("Rejected", (("112-AN Status", False), ("511-FB Reject code", False)), rows),))


def _at(claim: dict, path: str) -> object:
    held: object = claim
    for part in path.split("."):
        held = None if held is None else held[part]
    return held


def _cell(group, row, field) -> object:
    return row if group.plain else row.get(field.path)
