"""The few shapes all our HTML is made of; every value is escaped here, so that no paper can carry a script."""

from decimal import Decimal
from html import escape
from typing import Iterable, Mapping

from app.crosswalk import shown


def text(value: object) -> str:
    """Any value as text that HTML cannot mistake for markup."""
    return escape("" if value is None else str(value))


def dollars(amount: Decimal) -> str:
    """1234.5 as 1,234.50; a credit keeps its minus sign."""
    return f"{amount:,.2f}"


def pairs(fields: Mapping[str, object] | Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """Label and value, in the order given."""
    return list(fields.items()) if isinstance(fields, Mapping) else list(fields)


def code(value: str, name: str = "") -> str:
    """A code, by the operator's crosswalk if there is one, with its plain name beneath, where there is one."""
    plain = f'<span class="cc-plain">{text(name)}</span>' if name else ""
    return f'<span><span class="cc-code">{text(shown(value))}</span>{plain}</span>'


def sheet(title: str, issuer: str, body: str, *, level: int, kind: str = "", note: str = "") -> str:
    """A paper with its head, as a labelled region. level: the heading level that fits the page it lies on."""
    foot = f'<p class="cc-note">{text(note)}</p>' if note else ""
    return (
        f'<section class="cc-paper {kind}" aria-label="{text(title)}">'
        f'<div class="cc-head"><h{level} class="cc-title">{text(title)}</h{level}>'
        f'<p class="cc-issuer">{text(issuer)}</p></div>{body}{foot}</section>'
    )


def table(caption: str, heads: Iterable[tuple[str, bool]], rows: Iterable[Iterable[str]], totals: Iterable[str] = ()) -> str:
    """A table that stacks on a narrow sheet. heads: label, and whether it is a figure. Cells are finished HTML.

    The explicit roles keep it a table to a screen reader when the stacked layout changes its display.
    """
    heads = list(heads)
    head = "".join(f'<th role="columnheader" scope="col"{_class(figure)}>{text(label)}</th>' for label, figure in heads)
    body = "".join(_row(heads, row) for row in rows)
    total = f'<tbody role="rowgroup" class="cc-totals">{_row(heads, totals)}</tbody>' if totals else ""
    return (
        f'<table role="table" class="cc-stack"><caption>{text(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>{total}</table>'
    )


def _row(heads, cells) -> str:
    made = [_cell(label, figure, cell, first=not at) for at, ((label, figure), cell) in enumerate(zip(heads, cells))]
    return f'<tr role="row">{"".join(made)}</tr>'


def _cell(label: str, figure: bool, cell: str, first: bool) -> str:
    mark = f' data-label="{text(label)}"'
    classes = " ".join(name for name in ("cc-num" if figure else "", "" if cell else "cc-empty") if name)
    mark += f' class="{classes}"' if classes else ""
    if first:
        return f'<th role="rowheader" scope="row"{mark}>{cell}</th>'
    return f'<td role="cell"{mark}>{cell}</td>'


def _class(figure: bool) -> str:
    return ' class="cc-num"' if figure else ""
