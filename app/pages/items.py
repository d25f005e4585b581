"""Items: what the questions did among those who met them here, the ones to look at first, and one question's sheet."""

import streamlit as st

from app import item_desk, session
from app.widgets import feedback, item_tables, places
from app.widgets.wording import label, plain, prose

A_PAGE = 25


def whole(profile, sheets) -> None:
    """The table, a part at a time."""
    flagged = sum(bool(sheet.flags) for sheet in sheets)
    st.markdown(f"{len(sheets)} question{'s were' if len(sheets) != 1 else ' was'} met here; {flagged or 'none'} should be looked at. Only first meetings count, and flags wait for 30 answers.")
    pages = -(-len(sheets) // A_PAGE)
    page = st.pagination(pages, key="page") if pages > 1 else 1
    st.html(item_tables.items([(sheet, [says for says, _ in item_desk.flags(profile, sheet)]) for sheet in sheets[(page - 1) * A_PAGE:page * A_PAGE]]))


def one(profile, sheets, whose: str) -> None:
    """One question's sheet."""
    st.header("One question", anchor=False)
    named = {sheet.item: sheet for sheet in sheets}
    asked = st.query_params.get("item", "")
    item = st.selectbox("Question", list(named), format_func=lambda id_: f"{named[id_].slug} ({named[id_].figures.n})", index=list(named).index(asked) if asked in named else 0, key="item")
    sheet = named[item]
    if item_desk.shows_stem(profile, item):
        st.markdown(prose(sheet.stem))
    for says, many in item_desk.flags(profile, sheet):
        st.html(feedback.notice(says, f"From {many} answers."))
    st.html(item_tables.figures(sheet))
    if not item_desk.enough(sheet, whose):
        st.caption(f"Who chose what is shown from {item_desk.FEWEST} answers on: of fewer, a choice could be somebody's.")
    elif not item_desk.shows_key(profile, item):
        st.caption("You have not met this question yet: who chose which option tells the right one, and is shown once you have answered it.")
    elif sheet.figures.options:
        st.html(item_tables.options(sheet, key=True))
    if sheet.figures.slices and item_desk.enough(sheet, whose):
        st.html(item_tables.variants(sheet))
    if session.may("see keys"):
        places.link(places.CONTENT, "The question with its key, reasons and sources", icon=":material/edit_document:", item=item)
    st.caption(plain("Right: the mean share of the marks. With the rest: the correlation with how much better than others a learner was on the other questions; below 0 the better ones do worse. "
                     "Left out and not reached are no wrong answers."))


def main() -> None:
    session.require("see item statistics")
    profile = session.me()
    st.title("Items", anchor=False)
    among = item_desk.among()
    named = st.query_params.get("cohort", "")
    whose = st.selectbox("Among", list(among), list(among).index(named) if named in among else 0, format_func=lambda id: label(among[id]), key="among") if len(among) > 1 else item_desk.EVERYBODY
    sheets = item_desk.of(whose)
    if not sheets:
        st.markdown("No question was met here yet. Answer some, and their figures are here.")
        return
    whole(profile, sheets)
    one(profile, sheets, whose)


main()
