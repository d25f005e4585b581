"""What was given, each with what can still be changed: its dates, words and pieces, one person's date, and taking it back."""

from datetime import timedelta

import streamlit as st

from app import assigning, on_offer, session, work_offered
from app.widgets import work_words
from app.widgets.wording import label, plain

WEEK = 7


def show() -> None:
    """All of it, the nearest due date first."""
    st.header("Assigned so far" if session.in_team() else "Your plan so far", anchor=False)
    found = assigning.given()
    if not found:
        st.markdown("Nothing yet.")
    for one in found:
        made = one.assignment
        to = f" · {', '.join(target.name for target in one.whom)}" if session.in_team() else ""
        fold = st.expander(plain(f"{made.title} · due {work_words.day(made.due_at)}{to}"), key=f"given-{made.id}", on_change="rerun")
        if fold.open:
            with fold:
                opened(one)


def opened(one) -> None:
    made = one.assignment
    wanted = f" {made.percent}% of the points are wanted." if made.percent else ""
    what = work_offered.comes_to(made.parts) if made.kind == "items" else ", ".join(one.parts)
    st.markdown(plain(f"{what}{wanted} {made.note}"))
    if gone := [name for part, name in zip(made.parts, one.parts) if not on_offer.offered(made.kind, part)]:
        st.caption(plain(f"No longer on offer, and asked of nobody who has not begun it: {'; '.join(gone)}."))
    change(one)
    more_time(one)
    if st.button(f"Withdraw: {plain(made.title)}", key=f"withdraw-{made.id}", help="It is asked for no more; what was done of it stays.", wrap=True):
        done(lambda: assigning.withdraw(made.id), f"{made.title} is withdrawn.")


def change(one) -> None:
    """Its date, words, wanted share and pieces, for everybody."""
    made = one.assignment
    with st.form(f"change-{made.id}"):
        st.markdown("**Change it for everybody**")
        title = st.text_input("Title", made.title, max_chars=assigning.LONGEST_TITLE, key=f"title-{made.id}")
        due = st.date_input("Due", assigning.due_day(made.due_at), key=f"due-{made.id}", format="YYYY-MM-DD", help="Whoever has a date of their own keeps it.")
        parts, percent = made.parts, made.percent
        if made.kind == "items":
            held, names = work_offered.pieces(), dict(zip(made.parts, one.parts))
            parts = tuple(st.multiselect("Pieces", [*made.parts, *(id for id in held if id not in names)], made.parts, format_func=lambda id: label(held[id].label if id in held else names[id]),
                                         key=f"pieces-{made.id}", select_all=False))
        if made.kind != "track":
            percent = st.number_input("Per cent of the points that are wanted", 0, 100, made.percent, 5, key=f"percent-{made.id}", help="0: finishing is enough.")
        note = st.text_area("Note", made.note, max_chars=assigning.LONGEST_NOTE, key=f"note-{made.id}") if session.in_team() else made.note
        if st.form_submit_button("Save the change"):
            done(lambda: assigning.change(made, title, note, due, percent, parts), f"{title} is changed.")


def more_time(one) -> None:
    """Another due date for one person."""
    id = one.assignment.id
    who = st.selectbox("More time for", list(one.people), format_func=lambda each: label(one.people[each]), key=f"who-{id}") if session.in_team() else next(iter(one.people), None)
    until = st.date_input("Until", session.today() + timedelta(days=WEEK), key=f"until-{id}", format="YYYY-MM-DD")
    if st.button("Give more time" if session.in_team() else "Move the date", key=f"extend-{id}", disabled=not who):
        done(lambda: assigning.extend(id, who, until), f"Due on {until:%-d %b %Y} for {one.people[who]}.")


def done(change, says: str) -> None:
    with session.problems_said():
        change()
        st.session_state["assign-said"] = says
        st.rerun()
