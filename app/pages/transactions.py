"""Transactions: a file handed in or a sample of our payers, read three ways that point at each other: in words, as a paper, over the wire."""

import streamlit as st

from app import session, transactions
from app.widgets import transaction_sheet, wire
from app.widgets.wording import plain

SAMPLE, FILE, PASTED = "A sample", "A file", "Pasted text"
NAME = "wire"
MOST_FAULTS = 40


def chosen():
    """The file on the desk; None where none was handed in yet."""
    source = st.segmented_control("What to read", (SAMPLE, FILE, PASTED), default=SAMPLE, required=True, key="source", bind="query-params")
    if source == FILE:
        upload = st.file_uploader("An X12 file: 837, 835, 270, 271, 276, 277, 277CA, 999 or TA1", max_upload_size=transactions.LARGEST_MEGABYTES, key="upload",
                                  help="It is read in this computer's memory and kept nowhere.")
        return transactions.of_upload(upload, st.session_state.setdefault("uploads", session.new_id())) if upload else None
    if source == PASTED:
        pasted = st.text_area("The transaction, from ISA to IEA", key="pasted", max_chars=transactions.LONGEST_PASTE, height=160)
        return transactions.of_text(pasted) if pasted.strip() else None
    kind = st.selectbox("Sample", list(transactions.SAMPLES), format_func=transactions.SAMPLES.get, key="sample", bind="query-params")
    return transactions.of_text(transactions.sample(kind), f"{kind}.x12")


def summary(survey, held) -> None:
    """What it is, how long, and whether anything is wrong."""
    kinds = ", ".join(f"{many} × {kind} ({guide})" if many > 1 else f"{kind} ({guide})" for kind, guide, many in survey.transactions) or "No transaction set"
    st.caption(plain(f"{held.name}: {kinds}; {survey.segments:,} segments, {held.size:,} bytes."))
    if survey.stopped:
        st.error(plain(survey.stopped))
    elif not survey.faults:
        st.success("No fault found: envelopes, grammar and balances agree.")


def page_of_segments(survey, held) -> range:
    """Which segments are on the page."""
    first = 1
    if survey.segments > transactions.PAGE:
        first = st.number_input(f"Show {transactions.PAGE} segments from number", 1, survey.segments, step=transactions.PAGE, key=f"from-{held.digest[:12]}")
    return range(first, first + transactions.PAGE)


def readings(held, survey) -> None:
    """The three readings side by side; on a narrow screen one after the other."""
    reading = transactions.told(held.digest, held)
    words, over = st.columns([5, 6], gap="medium")
    with over:
        st.header("Over the wire", anchor=False)
        st.caption("Point at an element, or come to it with the Tab key: it says what it is.")
        shown = page_of_segments(survey, held)
        segments = transactions.segments_from(held.digest, shown.start, held, survey.faults)
        st.html(wire.html(segments, NAME, frozenset(cell.segment for cell in reading.account)))
    with words:
        if survey.faults:
            many = len(survey.faults) + survey.more_faults
            st.header("One fault" if many == 1 else f"{many} faults", anchor=False)
            st.html(transaction_sheet.faults(survey.faults[:MOST_FAULTS], shown, many - min(len(survey.faults), MOST_FAULTS), NAME))
        st.header("In words", anchor=False)
        st.html(transaction_sheet.account(reading, shown, NAME))
        if reading.boxes:
            st.header("As a paper", anchor=False)
            st.html(transaction_sheet.paper(reading, shown, NAME))


def main() -> None:
    session.me()
    with st.container(key="wide-page"):
        st.title("Transactions", anchor=False)
        st.markdown("What goes back and forth between a practice and a payer, read in words, as a paper and over the wire.")
        held = chosen()
        if held is None:
            return
        survey = transactions.looked_through(held.digest, held)
        summary(survey, held)
        if survey.segments:
            readings(held, survey)
        st.download_button("Download", session.later(lambda: "".join(held.chunks())), held.name, "text/plain", icon=":material/download:", on_click="ignore")


main()
