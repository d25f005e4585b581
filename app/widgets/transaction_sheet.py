"""A transaction as a paper and in words, each part pointing at the segment it was read from."""

from app.widgets.markup import sheet, table, text
from app.widgets.papers import LONG


def paper(reading, shown: range, name: str = "wire") -> str:
    """The paper: boxes and tables. shown: the segments that are on the page and can be pointed at."""
    cells = "".join(f'<div class="{"cc-wide" if len(cell.text) > LONG else "cc-box"}"><dt>{text(label)}</dt><dd>{_pointing(cell, shown, name)}</dd></div>' for label, cell in reading.boxes)
    boxes = f'<dl class="cc-boxes">{cells}</dl>' if cells else ""
    tables = "".join(table(each.caption, each.heads, [[_pointing(cell, shown, name) for cell in row] for row in each.rows]) for each in reading.tables)
    return sheet(reading.title or "Nothing to read", reading.issuer, boxes + tables, level=3)


def account(reading, shown: range, name: str = "wire") -> str:
    """The account in sentences, in the order of the segments."""
    seen: set[int] = set()
    rows = []
    for cell in reading.account:
        first = cell.segment and cell.segment not in seen
        seen.add(cell.segment)
        rows.append(f'<li{f" id={chr(34)}{name}-told-{cell.segment}{chr(34)}" if first else ""}>{text(cell.text)}{_mark(cell, shown, name)}</li>')
    more = "<p>The file goes on; its beginning is told here, and the wire holds the rest.</p>" if reading.more else ""
    return f'<ol class="cc-told">{"".join(rows)}</ol>{more}'


def _pointing(cell, shown: range, name: str) -> str:
    words = text(cell.text)
    return f'<a class="cc-point" href="#{name}-{cell.segment}">{words}</a>' if cell.segment in shown and cell.text else words


def _mark(cell, shown: range, name: str) -> str:
    """Where it stands on the wire."""
    if not cell.segment:
        return ""
    label = f"segment {cell.segment}"
    return f' <a class="cc-point cc-at" href="#{name}-{cell.segment}">{label}</a>' if cell.segment in shown else f' <span class="cc-at">{label}</span>'


def faults(found, shown: range, more: int, name: str = "wire") -> str:
    """Every fault as a sentence with its segment."""
    rows = "".join(f"<li>{_fault(fault, shown, name)}</li>" for fault in found)
    rest = f"<li>And {more} more, which are left out here.</li>" if more else ""
    return f'<ul class="cc-faults">{rows}{rest}</ul>'


def _fault(fault, shown: range, name: str) -> str:
    place = f"Segment {fault.segment}, {fault.id}{f'{fault.element:02d}' if fault.element else ''}" if fault.segment else "The whole"
    head = f'<a class="cc-point" href="#{name}-{fault.segment}">{text(place)}</a>' if fault.segment in shown else text(place)
    return f"{head}: {text(fault.what)}."
