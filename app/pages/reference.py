"""The reference shelf: a search over all code books, the lists themselves, and the payers' rules with their dates and sources."""

import streamlit as st

from app import reference, session
from app.widgets import feedback, reference_panel
from app.widgets.markup import text
from app.widgets.wording import plain

SHELVES = ("Search", "Payers", "Lists")   # as the address has them
LONG = 30


def rule(sheet) -> None:
    """One rule: each dated value with its source."""
    known = f" Known until {sheet.known_until}." if sheet.known_until else ""
    made = " Invented for training; it binds nobody." if sheet.invented else ""
    st.caption(plain(f"Goes by the {sheet.goes_by}. Last checked {sheet.last_checked}.{known}{made} {sheet.note}"))
    for value in sheet.values:
        st.markdown(f"**From {value.since}**" + ("" if value.value else ": the rule has ended"))
        st.html(value_sheet(value))
        st.html(feedback.sources(value.sources, f"Where it is written, from {value.since}"))


def value_sheet(value) -> str:
    """A value's lines as boxes; long tables of figures scroll."""
    boxes = "".join(
        f'<div class="{"cc-wide" if len(words) > LONG else "cc-box"}"><dt>{text(label)}</dt><dd class="cc-lines">{text(words)}</dd></div>'
        for label, words in value.value)
    return f'<div class="cc-paper"><dl class="cc-boxes">{boxes}</dl></div>' if boxes else ""


def rules() -> None:
    """A payer's rules, one opened at a time."""
    sheets = {payer.id: payer for payer in reference.payers()}
    if not sheets:
        st.info("No payer's rules could be read. `python -m app check` says why.")
        return
    chosen = st.segmented_control("Payer", list(sheets), format_func=lambda name: sheets[name].name, default=next(iter(sheets)), required=True, key="payer")
    payer = sheets[chosen or next(iter(sheets))]
    st.header(plain(payer.name), anchor=False)
    st.markdown(plain(payer.description))
    if not payer.real:
        st.caption("This payer is invented for training; its rules bind nobody.")
    for sheet in payer.rules:
        fold = st.expander(plain(sheet.title), on_change="rerun", key=f"rule-{payer.id}-{sheet.kind}")
        if fold.open:
            with fold:
                rule(sheet)


def search() -> None:
    """All code books at once."""
    st.header("Search all code books", anchor=False)
    reference_panel.render(None, key="all", limit=20)
    st.caption("ICD-10-CM, HCPCS Level II and training codes, places of service, modifiers, adjustment and remark codes, in our own words. "
               "CPT and CDT codes are not shipped: training codes (TX and three digits) stand in for them.")


def lists() -> None:
    """One list as a whole."""
    st.header("Lists of codes", anchor=False)
    titles = {name: title for name, title in reference.lists().items() if name != reference.DIAGNOSES}
    if not titles:
        st.info("No list could be read. `python -m app check` says why.")
        return
    chosen = st.selectbox("List", list(titles), format_func=titles.get, key="list", bind="query-params")
    st.html(reference_panel.list_table(reference.entries(chosen), titles[chosen]))


def main() -> None:
    session.me()
    st.title("Reference", anchor=False)
    shelf = st.segmented_control("Shelf", SHELVES, default=SHELVES[0], required=True, key="shelf",
                                 bind="query-params", label_visibility="collapsed")
    {"Payers": rules, "Lists": lists}.get(shelf, search)()


main()
