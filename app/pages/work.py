"""Your work: everything that was given to you and how each piece stands, what trainers wrote, and your own disputes with what came of them."""

import streamlit as st

from app import learning_desk, session
from app.widgets import due_work, feedback, places, work_words
from app.widgets.markup import table, text
from app.widgets.wording import plain


def assigned(profile) -> None:
    """Each assignment, its pieces in a table."""
    st.header("Assigned work" if session.in_team() else "Your plan", anchor=False)
    held = learning_desk.all_work(profile)
    if not held:
        st.markdown("Nothing is assigned to you." if session.in_team() else "There is no plan yet.")
    for one in held:
        due_work.assignment(profile, one, due_work.open_parts(one))
        with st.expander(f"Every piece of {plain(one.piece.assigned.assignment.title)}"):
            rows = [(text(part.name), "✓ done" if part.done else "–" if part.gone else "open", text(part.says)) for part in one.parts]
            st.html(f'<div class="cc-paper">{table(one.piece.assigned.assignment.title, [("Piece", False), ("State", False), ("So far", False)], rows)}</div>')
    if held:
        work_words.rules(own=True)


def disputes(profile) -> None:
    st.header("“I think my answer is right”", anchor=False)
    held = learning_desk.disputes(profile)
    if not held:
        st.markdown("You have raised nothing. Under an answer that was marked there is a button for it.")
    led = learning_desk.is_led(profile)
    if not led and any(one.state == "open" for one in held):
        st.warning(learning_desk.NOBODY_LEADS, icon=":material/person_off:")
    for one in held:
        with st.container(border=True):
            st.markdown(f"**{plain(one.title)}**: {learning_desk.state_words(one, led)}")
            st.markdown(plain(f"You, {session.told(one.at)}: {one.reason}"))
            if one.answer:
                st.markdown(plain(f"{one.by_name or 'A trainer'}, {session.told(one.closed_at)}: {one.answer}"))
            places.link(places.ATTEMPT, "To the answer", icon=":material/history:", attempt=one.attempt)


def remarks(profile) -> None:
    st.header("Comments", anchor=False)
    held = learning_desk.remarks(profile)
    if not held:
        st.markdown("Nobody has written anything yet.")
    for one in held:
        st.html(feedback.notice(one.text, f"{one.by_name or 'A trainer'}, on “{one.title}”, {session.told(one.at)}"))
        places.link(places.ATTEMPT, "See it there", icon=":material/history:", attempt=one.attempt)


def main() -> None:
    profile = session.me()
    st.title("Your work", anchor=False)
    assigned(profile)
    if session.in_team():
        disputes(profile)
        remarks(profile)
    else:
        places.link(places.ASSIGN, "Change your plan", icon=":material/edit_calendar:")
    places.link(places.HOME, "Home", icon=":material/home:")


main()
