"""What was given, each with what can still be changed: its dates, words and pieces, one person's date, and taking it back."""

import streamlit as st

from app import assigned_progress, assigning, on_offer, session, work_offered
from app.widgets import work_words
from app.widgets.markup import text
from app.widgets.wording import label, plain


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
    whole = assigned_progress.progress(made.id, one.people)
    if session.in_team():
        progress(whole)
    change(one)
    more_time(one, whole)
    own_dates(one, whole)
    withdraw(made)


def progress(whole) -> None:
    """How many stand where with it, and who."""
    counts = ", ".join(f"{len(held)} {word}" for word, held in whole.words.items()) or "Nobody is asked for it"
    st.markdown(f"**{counts}.**" + (f" {whole.shut_out} shut out, not shown." if whole.shut_out else ""))
    for word, held in whole.words.items():
        names = ", ".join(f"{one.name} ({one.piece.standing.done} of {one.piece.standing.of})" if 0 < one.piece.standing.done < one.piece.standing.of else one.name for one in held)
        st.html(f"<p>{work_words.word(word)} {text(names)}</p>")


def withdraw(made) -> None:
    """Taking it back, when that is said twice."""
    with st.container(horizontal=True, wrap=True, vertical_alignment="center"):
        sure = st.checkbox("Ask for it no more", key=f"sure-{made.id}", help="Nobody is asked for it from then on; what was done of it stays. It cannot be given back, only given anew.")
        if st.button(f"Withdraw: {plain(made.title)}", key=f"withdraw-{made.id}", disabled=not sure, wrap=True):
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


def more_time(one, whole) -> None:
    """A later due date for one person; one's own plan moves as one likes."""
    id, people = one.assignment.id, {each.profile: each for each in whole.people}
    if not people:
        return
    who = st.selectbox("More time for", list(people), format_func=lambda each: label(people[each].name), key=f"who-{id}") if session.in_team() else next(iter(people))
    held = people[who]
    st.caption(plain(f"{held.name} has until {work_words.day(held.due_at)} now." if session.in_team() else f"Due {work_words.day(held.due_at)} now."))
    until = st.date_input("Until", assigning.later(held.due_at), key=f"until-{id}-{who}-{held.due_at}", format="YYYY-MM-DD")
    if st.button("Give more time" if session.in_team() else "Move the date", key=f"extend-{id}"):
        done(lambda: assigning.extend(id, who, until), f"Due on {until:%-d %b %Y} for {held.name}.")


def own_dates(one, whole) -> None:
    """Who has a date of their own, each with the way back to everybody's."""
    id = one.assignment.id
    for each in whole.own_dates:
        with st.container(horizontal=True, wrap=True, vertical_alignment="center"):
            st.markdown(plain(f"{each.name}: a date of their own, {work_words.day(each.due_at)}; otherwise {work_words.day(each.usual_at)}." if session.in_team() else
                              f"Moved to {work_words.day(each.due_at)}; in the plan {work_words.day(each.usual_at)}."), width="stretch")
            if st.button(f"Back to everybody's date: {plain(each.name)}" if session.in_team() else "Back to the plan's date", key=f"usual-{id}-{each.profile}", wrap=True):
                done(lambda each=each: assigning.back_to_usual(id, each.profile), f"Due on {work_words.day(each.usual_at)} for {each.name}, as for everybody.")


def done(change, says: str) -> None:
    with session.problems_said():
        change()
        st.session_state["assign-said"] = says
        st.rerun()
