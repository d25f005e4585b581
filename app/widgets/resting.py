"""What stands in place of a page that rests while the clock of a practice exam runs, with the way back to the exam."""

import streamlit as st

from app import closed_books
from app.widgets import places
from app.widgets.wording import plain


def rests(page, profile) -> bool:
    """Whether the page rests; it has said so then."""
    running = closed_books.running(profile.id) if profile and page.url_path in closed_books.PAGES else None
    if running:
        st.title(page.title, anchor=False)
        say(running)
    return bool(running)


def say(running) -> None:
    """Why, until when, and what can be done about it."""
    st.info(plain(f"Your {running.title} is running, until {running.until} at the latest. {closed_books.WHAT_RESTS}"), icon=":material/timer:")
    st.markdown("What you have begun here is kept. It opens again when the exam has ended. The books that the exam allows are on its own page.")
    with st.container(horizontal=True, wrap=True):
        places.link(places.EXAM, "Back to the exam", icon=":material/timer:", attempt=running.attempt)
        places.link(places.EXAM, "End the exam", icon=":material/flag:", attempt=running.attempt, q="end")


def instead(profile) -> None:
    """The same, where a part of a page that stood open, or a button on one that does not rest, was refused; and that an answer just handed in is not saved."""
    for name in [name for name in st.session_state if str(name).startswith("unsaved-")]:
        st.error(st.session_state.pop(name), icon=":material/error:")
    if running := closed_books.running(profile.id):
        say(running)
