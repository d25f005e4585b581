"""The fields of a round: what each kind of ask is answered with, grids as tables of fields; nothing reruns on an edit, `texts` takes what stands in them."""

from decimal import Decimal

import streamlit as st

from app.widgets.wording import label as labelled, plain
from scoring.answers import SHORTEST, LONGEST, Unreadable, number

HINTS = {"money": "0.00", "number": "a number, as 12 or 12.5", "date": "a date with its year, as 2026-03-31", "code": "one code, letters and digits"}
SHORT = {"money": "0.00", "number": "0", "date": "2026-03-31", "code": "code"}
MOST_LETTERS = 12_000
LABEL_SHARE = 1.4
"""How wide a row's name is beside one of its fields."""


def draw(work, key: str) -> None:
    """Every field of the round that is due: single asks in their order, and each grid where its first cell stands."""
    cells = {cell.id: cell for cell in work.cells}
    drawn: set[str] = set()
    for ask in work.asks:
        cell = cells.get(ask.id)
        if cell is None:
            _field(ask, work.draft, key)
        elif cell.grid not in drawn:
            drawn.add(cell.grid)
            _grid(cell.grid, work, key)


def texts(work, key: str) -> dict[str, str]:
    """What stands in the fields now, by the name of the field."""
    return {name: str(_held(f"{key}:{name}", work.draft.get(name, ""))).strip() for name in _names(work)}


def responses(work, held: dict[str, str]) -> dict[str, object]:
    """The texts as answers, by ask id."""
    return {ask.id: _response(ask, held) for ask in work.asks}


def totals(work, held: dict[str, str]) -> list[tuple[str, list[tuple[str, Decimal, int]]]]:
    """Of each grid: its columns of amounts with the sum of what can be read in them, and in how many fields something stands."""
    kinds = {ask.id: ask.kind for ask in work.asks}
    found = []
    for grid in dict.fromkeys(cell.grid for cell in work.cells):
        columns = []
        for column in dict.fromkeys(cell.column for cell in work.cells if cell.grid == grid):
            typed = [held[cell.id] for cell in work.cells if (cell.grid, cell.column) == (grid, column) and kinds[cell.id] in ("money", "number")]
            if typed:
                columns.append((column, sum(map(_amount, typed), Decimal(0)), sum(map(bool, typed))))
        found.append((grid, columns))
    return found


def words(work, held: dict[str, str]) -> list[str]:
    """How long each letter is by now."""
    return [f"{len(held[ask.id].split())} words; {SHORTEST} to {LONGEST} are read." for ask in work.asks if ask.kind == "letter"]


def _names(work) -> list[str]:
    """A name for each field: the ask's id, and for a field an option the option's with it."""
    return [name for ask in work.asks for name in ([f"{ask.id}/{id}" for id, _ in ask.options] if ask.kind in ("multiple", "order") else [ask.id])]


def _held(name: str, before: object) -> object:
    held = st.session_state.get(name, before)
    return "yes" if held is True else "" if held in (None, False) else held


def _response(ask, held: dict[str, str]) -> object:
    if ask.kind == "multiple":
        return [id for id, _ in ask.options if held[f"{ask.id}/{id}"]]
    if ask.kind == "order":
        places = {id: held[f"{ask.id}/{id}"] for id, _ in ask.options}
        whole = sorted(places.values()) == sorted(str(place) for place in range(1, len(places) + 1))
        return sorted(places, key=lambda id: int(places[id])) if whole else []
    return held[ask.id]


def _field(ask, draft: dict, key: str) -> None:
    """One ask that stands by itself."""
    name = f"{key}:{ask.id}"
    if ask.kind == "choice":
        _choice(ask, draft, name)
    elif ask.kind == "multiple":
        st.markdown(f"{plain(ask.prompt)}  \n:small[Choose every one that applies.]")
        for id, option in ask.options:
            st.checkbox(labelled(option), value=bool(draft.get(f"{ask.id}/{id}")), key=f"{name}/{id}", on_change="ignore")
    elif ask.kind == "order":
        _order(ask, draft, name)
    elif ask.kind == "letter":
        st.text_area(labelled(ask.prompt), draft.get(ask.id, ""), key=name, on_change="ignore", height=360, max_chars=MOST_LETTERS)
    else:
        st.text_input(labelled(ask.prompt), draft.get(ask.id, ""), key=name, on_change="ignore", max_chars=32, autocomplete="off", placeholder=HINTS[ask.kind])


def _choice(ask, draft: dict, name: str) -> None:
    said, ids = dict(ask.options), [id for id, _ in ask.options]
    st.radio(labelled(ask.prompt), ids, index=ids.index(draft[ask.id]) if draft.get(ask.id) in ids else None, format_func=lambda id: labelled(said[id]), key=name, on_change="ignore")


def _order(ask, draft: dict, name: str) -> None:
    """A place for each entry: digits or the arrow keys are enough."""
    last = len(ask.options)
    st.markdown(f"{plain(ask.prompt)}  \n:small[Give each its place: 1 for the first, {last} for the last.]")
    with st.container(key=f"order-{ask.id}", gap="small"):
        for id, option in ask.options:
            place, says = st.columns([1, 7], gap="small", vertical_alignment="center")
            before = draft.get(f"{ask.id}/{id}", "")
            place.number_input(labelled(f"Place of: {option}"), 1, last, int(before) if before.isdecimal() else None, 1, key=f"{name}/{id}", on_change="ignore", label_visibility="collapsed")
            says.markdown(plain(option))


def _grid(grid: str, work, key: str) -> None:
    """A table of fields: a row of fields for each row. Each field is named by its row and column; a wide page shows the columns' names once."""
    asks = {ask.id: ask for ask in work.asks}
    here = [cell for cell in work.cells if cell.grid == grid]
    columns, rows = list(dict.fromkeys(cell.column for cell in here)), list(dict.fromkeys(cell.row for cell in here))
    at = {(cell.row, cell.column): asks[cell.id] for cell in here}
    widths = [LABEL_SHARE, *[1] * len(columns)]
    number_of = list(dict.fromkeys(cell.grid for cell in work.cells)).index(grid) + 1
    st.subheader(plain(grid), anchor=False)
    if any(asks[cell.id].kind in ("money", "number") for cell in here):
        st.caption("A field left blank counts as 0.")
    with st.container(key=f"grid-{number_of}", gap="xxsmall"):
        with st.container(key=f"grid-head-{number_of}"):
            for column, label in zip(st.columns(widths, gap="small"), ["", *columns]):
                column.markdown(f"**{plain(label)}**" if label else "")
        for row in rows:
            with st.container(key=f"grid-row-{number_of}-{rows.index(row) + 1}"):
                first, *fields = st.columns(widths, gap="small", vertical_alignment="center")
                first.markdown(plain(row))
                for place, column in zip(fields, columns):
                    if ask := at.get((row, column)):
                        _cell(place, ask, f"{row}: {column}", work.draft, f"{key}:{ask.id}")


def _cell(place, ask, label: str, draft: dict, name: str) -> None:
    if ask.kind == "choice":
        said, ids = dict(ask.options), [id for id, _ in ask.options]
        place.selectbox(labelled(label), ids, index=ids.index(draft[ask.id]) if draft.get(ask.id) in ids else None, format_func=said.get, key=name, on_change="ignore", placeholder="Choose")
    else:
        place.text_input(labelled(label), draft.get(ask.id, ""), key=name, on_change="ignore", max_chars=24, autocomplete="off", placeholder=SHORT[ask.kind])


def _amount(text: str) -> Decimal:
    """What can be read of a field; nothing where nothing can."""
    value = number(text.replace("$", "").replace(" ", "")) if text else Decimal(0)
    return Decimal(0) if isinstance(value, Unreadable) else value
