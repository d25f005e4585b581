"""A table of responses in a CSV file, as other programs write it: persons by items, marks or chosen options, with or without a header and a column of ids."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from curriculum.mistakes import Mistake, Unreadable
from scoring.response_table import Responses

MOST_MISTAKES = 20
EMPTY = {"", "na", "n/a", "nan", "null", "none"}
IDS = re.compile(r"^(id|person|persons?_?id|student|student_?id|candidate|examinee|learner|user|name|respondent|#|no\.?|case|)$", re.IGNORECASE)


@dataclass(frozen=True)
class ResponseFile:
    """What was read: the responses, the persons' ids (their line where the file has none), and whether a header and a column of ids were found."""
    responses: Responses
    persons: tuple[str, ...]
    header: bool
    ids: bool


@dataclass(frozen=True)
class _Line:
    number: int
    cells: tuple[str, ...]


def read_responses(path: Path, key: str | None = None) -> ResponseFile:
    """The file as responses; Unreadable with every mistake. key: a file with the key, or the key itself, when the cells are chosen options."""
    lines = _lines(path)
    widths = [len(line.cells) for line in lines]
    usual = max(set(widths), key=widths.count)
    _refuse([Mistake(str(path), line.number, "", f"this line has {len(line.cells)} cells, most lines have {usual}") for line in lines if len(line.cells) != usual])
    if key is None:
        return _marks(path, lines)
    return _choices(path, lines, _key(key, path))


def _lines(path: Path) -> list[_Line]:
    """The lines that hold something, their cells without spaces about them."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable([Mistake(str(path), 0, "", f"this file cannot be read: {(error.strerror or str(error)).lower()}")]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[:error.start].count(b"\n") + 1
        raise Unreadable([Mistake(str(path), line, "", "this is not UTF-8 text: save it as CSV UTF-8")]) from error
    if "\0" in text:
        raise Unreadable([Mistake(str(path), text[:text.index("\0")].count("\n") + 1, "", "this is no text: save the table as CSV")])
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        lines = [_Line(reader.line_num, tuple(cell.strip() for cell in row)) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable([Mistake(str(path), reader.line_num, "", f"this line cannot be read as CSV: {error}")]) from error
    if not lines:
        raise Unreadable([Mistake(str(path), 1, "", "this file is empty: it needs a line for each person and a column for each item")])
    return lines


def _refuse(mistakes: list[Mistake]) -> None:
    if mistakes:
        more = [Mistake(str(mistakes[0].file), mistakes[MOST_MISTAKES].line, "", f"and {len(mistakes) - MOST_MISTAKES} more like these")] if len(mistakes) > MOST_MISTAKES else []
        raise Unreadable([*mistakes[:MOST_MISTAKES], *more])


def _mark(cell: str) -> float | None:
    """The mark of a cell, None where it is empty; ValueError where it is no mark from 0 to 1."""
    if cell.lower() in EMPTY:
        return None
    if not re.fullmatch(r"[01]|[01]?[.,]\d+|[01]\.", cell, re.ASCII) or float(cell.replace(",", ".")) > 1:
        raise ValueError(cell)
    return float(cell.replace(",", "."))


def _is_mark(cell: str) -> bool:
    try:
        _mark(cell)
    except ValueError:
        return False
    return True


def _marks(path: Path, lines: list[_Line]) -> ResponseFile:
    """A table of marks."""
    header = _marks_header(lines)
    body, names = (lines[1:], lines[0].cells) if header else (lines, ())
    ids = bool(body) and _first_is_ids([line.cells[0] for line in body], names, len(lines[0].cells))
    items = _items(path, names, ids, len(lines[0].cells))
    _some(path, body, items)
    mistakes = [Mistake(str(path), line.number, item, f'"{cell[:40]}" is no mark from 0 to 1' + ("; if these are chosen options, give the key with --key" if cell.isalpha() else ""))
                for line in body for item, cell in zip(items, line.cells[ids:], strict=True) if not _is_mark(cell)]
    _refuse(mistakes)
    return ResponseFile(Responses.of_marks(items, [[_mark(cell) for cell in line.cells[ids:]] for line in body]), _persons(body, ids), header, ids)


def _marks_header(lines: list[_Line]) -> bool:
    """The first line names the items: it says what no mark can be, where the lines below hold marks."""
    first, below = lines[0].cells, lines[1:]
    if _names_ids(first):
        return True
    if all(_is_mark(cell) for cell in first[1:]):
        return not _is_mark(first[0]) and bool(below) and all(_is_mark(line.cells[0]) for line in below)
    if not below:
        return True
    odd = [place for place, cell in enumerate(first) if place and not _is_mark(cell)]
    fits = sum(_is_mark(line.cells[place]) for line in below for place in odd)
    return not odd or 2 * fits > len(below) * len(odd) or all(not _is_mark(cell) and len(cell) > 1 for cell in first[1:])


def _names_ids(names: tuple[str, ...]) -> bool:
    """The first name of several is one that people give to a column of ids."""
    return len(names) > 1 and bool(names[0]) and bool(IDS.match(names[0]))


def _first_is_ids(column: list[str], names: tuple[str, ...], width: int) -> bool:
    """The first column says who, not how well: it is named so, or most of it can be no mark."""
    if width < 2:
        return False
    if _names_ids(names):
        return True
    return 2 * sum(not _is_mark(cell) for cell in column) > len(column) or bool(names) and names[0] == "" and len(set(column)) == len(column)


def _items(path: Path, names: tuple[str, ...], ids: bool, width: int) -> tuple[str, ...]:
    items = names[ids:] or tuple(f"item {number}" for number in range(1, width - ids + 1))
    unnamed = [Mistake(str(path), 1, f"column {place}", "this column has no name") for place, item in enumerate(items, 1 + ids) if not item]
    twice = sorted({item for item in items if item and items.count(item) > 1})
    _refuse([*unnamed, *(Mistake(str(path), 1, item, "two columns have this name") for item in twice)])
    return items


def _some(path: Path, body: list[_Line], items: tuple[str, ...]) -> None:
    if not body:
        raise Unreadable([Mistake(str(path), 1, "", "there is a header here but no person below it")])
    if not items:
        raise Unreadable([Mistake(str(path), 1, "", "there is a column of ids here but no item beside it")])


def _persons(body: list[_Line], ids: bool) -> tuple[str, ...]:
    return tuple(line.cells[0] if ids and line.cells[0] else f"line {line.number}" for line in body)


def _choices(path: Path, lines: list[_Line], key: dict[str, str] | list[str]) -> ResponseFile:
    """A table of chosen options. The key says how many items there are, and so whether there is a column of ids."""
    width = len(lines[0].cells)
    header = _choices_header(lines, key)
    body, names = (lines[1:], lines[0].cells) if header else (lines, ())
    if isinstance(key, dict) and not header:
        raise Unreadable([Mistake(str(path), lines[0].number, "", "the key names its items, but this table has no header to find them by")])
    ids = width == len(key) + 1 or _names_ids(names) if isinstance(key, list) else names[0] not in key
    items = _items(path, names, ids, width)
    _some(path, body, items)
    if len(key) != len(items):
        raise Unreadable([Mistake(str(path), lines[0].number, "", f"there are {len(items)} items here and {len(key)} answers in the key")])
    if isinstance(key, dict):
        _refuse([Mistake(str(path), lines[0].number, item, "the key has no answer for this item") for item in items if item not in key])
        key = [key[item] for item in items]
    rows = [["" if cell.lower() in EMPTY else cell.upper() for cell in line.cells[ids:]] for line in body]
    long = [Mistake(str(path), line.number, item, f'"{cell[:40]}" is too long to be an option') for line in body
            for item, cell in zip(items, line.cells[ids:], strict=True) if len(cell) > 40]
    _refuse(long)
    keys = [frozenset(one.split("|")) for one in key]
    used = sorted({option for row in rows for cell in row if cell for option in cell.split("|")} | frozenset().union(*keys))
    same = len(used) <= 8   # letters that all items share; else each item has options of its own
    options = [used if same else sorted({option for row in rows if row[place] for option in row[place].split("|")} | keys[place]) for place in range(len(items))]
    return ResponseFile(Responses.of_choices(items, rows, keys, options), _persons(body, ids), header, ids)


def _choices_header(lines: list[_Line], key: dict[str, str] | list[str]) -> bool:
    """The first line names the items: the key names them too, or most of it is found nowhere below in its column nor in the key."""
    first, below = lines[0].cells, lines[1:]
    if isinstance(key, dict):
        return bool(set(first) & set(key))
    answers = set(key)
    odd = [place for place, cell in enumerate(first) if place and cell.upper() not in answers and all(cell.upper() != line.cells[place].upper() for line in below)]
    return 2 * len(odd) > len(first) - 1 or _names_ids(first)


def _key(given: str, path: Path) -> dict[str, str] | list[str]:
    """The key: of a file with one line (the answers), two lines (items, answers) or two columns (item, answer); else the text itself, a letter an item or with commas."""
    file = Path(given)
    try:
        found = file.is_file()
    except OSError:
        found = False
    if not found:
        if file.suffix.lower() in (".csv", ".txt", ".key"):
            raise Unreadable([Mistake(given, 0, "", "there is no such file")])
        return _answers(given, given)
    lines = _lines(file)
    if len(lines) == 1:
        return _answers(",".join(lines[0].cells), str(file))
    if len(lines) == 2 and len(lines[0].cells) == len(lines[1].cells) != 2:
        return dict(zip(lines[0].cells, map(str.upper, lines[1].cells), strict=True))
    if all(len(line.cells) == 2 for line in lines):
        named = [line for line in lines if line.cells[0].lower() not in ("item", "question") or line.cells[1].lower() not in ("key", "answer", "right")]
        _refuse([Mistake(str(file), line.number, line.cells[0], "the key has no answer for this item") for line in named if not line.cells[1]])
        return {line.cells[0]: line.cells[1].upper() for line in named}
    if all(len(line.cells) == 1 for line in lines):
        return [line.cells[0].upper() for line in lines]
    raise Unreadable([Mistake(str(file), lines[0].number, "", "a key is one line of answers, a line of items above a line of answers, or two columns: item, answer")])


def _answers(text: str, where: str) -> list[str]:
    parts = [part.strip().upper() for part in re.split(r"[,;\t]", text)] if re.search(r"[,;\t]", text) else list(text.strip().upper())
    empty = [place for place, part in enumerate(parts, 1) if not part]
    if empty or not parts:
        raise Unreadable([Mistake(where or "--key", 1, f"item {empty[0]}" if empty else "", "the key has no answer for this item" if empty else "the key is empty")])
    return parts
