"""Tables as files that a spreadsheet opens: CSV and XLSX in which no cell can become a formula or a link."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from re import compile

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that some spreadsheet takes for a formula, the wide forms of the signs among them."""
NOT_IN_XML = compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL, LONGEST_NAME = 32_767, 31
"""What a cell and the name of a sheet can hold in a workbook."""

Cell = str | int | float | datetime | None


def text_of(value: Cell) -> Cell:
    """The value for a CSV: a text that would be read as a formula gets an apostrophe before it; dates as they sort."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str) and value.lstrip(" ").startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, which the spreadsheets look for."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(map(text_of, heads))
    writer.writerows([text_of(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def as_xlsx(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """A workbook of named sheets, each with its heads and rows; every text is written as text."""
    import xlsxwriter   # read only where a file is asked for
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, heads, rows in sheets:
        sheet = book.add_worksheet(name[:LONGEST_NAME])
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, line, column, cell, moment)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return made.getvalue()


def _write(sheet, line: int, column: int, cell: Cell, moment) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(line, column, cell, moment)
    elif isinstance(cell, str):
        sheet.write_string(line, column, NOT_IN_XML.sub(" ", cell)[:LONGEST_CELL])
    else:
        sheet.write_number(line, column, cell)
