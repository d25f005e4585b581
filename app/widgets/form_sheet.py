"""A claim form of many sections as fields under tabs: nothing reruns on an edit, `read` takes what stands in them, and the keyboard alone is enough."""

import streamlit as st

from app.form_texts import cell
from app.widgets.wording import label as labelled, plain
from curriculum.forms import FORMS
from curriculum.forms.form import Field, Rows, Section

PLACEHOLDERS = {"date": "mm/dd/yyyy", "money": "0.00", "codes": "A B"}
WIDE = 120
TAB_OF = 3
"""Groups of few rows share a tab with the sections before them, at most so many parts a tab."""


def draw(form_name: str, texts: dict[str, str], key: str) -> None:
    """The form, its parts under tabs in the order of the form."""
    with st.container(border=True, key="claim-form"):
        tabs = _tabs(FORMS[form_name].parts)
        for tab, parts in zip(st.tabs([_title(parts) for parts in tabs]), tabs):
            with tab:
                for part in parts:
                    if len(parts) > 1:
                        st.subheader(plain(part.title), anchor=False)
                    _single(part, texts, key) if isinstance(part, Section) else _rows(part, texts, key)


def read(texts: dict[str, str], key: str) -> dict[str, str]:
    """What stands in the fields now."""
    held = {path: st.session_state.get(f"{key}:{path}", value) for path, value in texts.items()}
    return {path: "yes" if value is True else "" if value in (None, False) else str(value).strip() for path, value in held.items()}


def _tabs(parts) -> list[list]:
    """The parts by tab: a group of long rows has one of its own; small groups stand together."""
    tabs: list[list] = []
    for part in parts:
        small = isinstance(part, Rows) and len(part.fields) <= TAB_OF
        before_small = tabs and isinstance(tabs[-1][-1], Rows) and len(tabs[-1][-1].fields) <= TAB_OF
        if small and before_small and len(tabs[-1]) < TAB_OF:
            tabs[-1].append(part)
        else:
            tabs.append([part])
    return tabs


def _title(parts) -> str:
    return plain(parts[0].title if len(parts) == 1 else ", ".join((parts[0].title, *(part.title.lower() for part in parts[1:]))))


def _single(section: Section, texts: dict[str, str], key: str) -> None:
    for start in range(0, len(section.fields), 3):
        for field, column in zip(section.fields[start:start + 3], st.columns(3, vertical_alignment="bottom")):
            _field(column, field, field.name, field.path, texts, key)


def _rows(group: Rows, texts: dict[str, str], key: str) -> None:
    """A row of fields for each; a blank row is not sent."""
    st.caption("A blank row is not sent.")
    number = 1
    while cell(group, number, group.fields[0]) in texts:
        with st.container(key=f"claim-line-{group.path}-{number}", gap="small"):
            for field, column in zip(group.fields, st.columns([field.width for field in group.fields], gap="small")):
                _field(column, field, f"{field.box} {field.label} {number}", cell(group, number, field), texts, key)
        number += 1


def _field(place, field: Field, label: str, path: str, texts: dict[str, str], key: str) -> None:
    if field.kind == "yes":
        place.checkbox(labelled(label), value=bool(texts[path]), key=f"{key}:{path}", on_change="ignore")
        return
    place.text_input(labelled(label), texts[path], key=f"{key}:{path}", on_change="ignore", max_chars=WIDE, autocomplete="off", placeholder=PLACEHOLDERS.get(field.kind))
