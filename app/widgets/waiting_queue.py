"""Which of the things that wait to be marked is open, so that it stays open while others come and go; and what is shown in its place once a colleague has answered it."""

import streamlit as st

from app import marking_desk, marks_between, session
from app.widgets import feedback, places
from app.widgets.wording import label, plain


def id_of(one) -> str:
    """What tells it from all others, for as long as it waits."""
    return getattr(one, "id", "") or f"{one.attempt}:{one.slot}:{one.sequence}:{one.part}"


def written(one) -> str:
    """The key of the field in which the trainer writes."""
    return f"{id_of(one)}:text"


def queue(name: str, found, show, word: str) -> None:
    """One kind of thing that waits; the oldest is open until another is chosen. show: draws the one that is open."""
    st.header(name, anchor=False)
    left = left_meanwhile(found, word)
    offered = {id_of(one): one for one in (*([left] if left else []), *found)}
    if not offered:
        st.markdown(f"No {word} waits.")
        return
    chosen = offered[choose(offered, marking_desk.apart(found), word)]
    st.session_state[f"open-{word}"] = chosen
    if chosen is left:
        show_left(left, word)
        return
    st.session_state.pop(f"left-{word}", None)
    with session.problems_said():
        show(chosen)


def choose(offered: dict, people: dict[str, str], word: str) -> str:
    """The id of the one to draw. The box has one key whatever waits: with another it would fall back to the first, and a press on what was drawn would be lost."""
    held = st.session_state.get(f"open-{word}")
    first = id_of(held) if held is not None and id_of(held) in offered else next(iter(offered))
    if len(offered) == 1:
        return first
    names: dict[str, str] = {}
    for id, one in offered.items():
        name = f"{people.get(one.profile, one.name)}, {one.title}, {session.told(one.at)}"
        alike = sum(each == name or each.startswith(f"{name}, number ") for each in names.values())
        names[id] = f"{name}, number {alike + 1}" if alike else name
    return st.selectbox(f"Which {word}", list(names), list(names).index(first), format_func=lambda id: label(names[id]), key=f"which-{word}") or first


def answered(one) -> None:
    """It was answered here: what is open about the same step may leave the queue, be it the letter or the dispute about it."""
    for word in ("dispute", "letter"):
        held = st.session_state.get(f"open-{word}")
        if held is not None and (held.attempt, held.slot, held.sequence) == (one.attempt, one.slot, one.sequence):
            del st.session_state[f"open-{word}"]


def left_meanwhile(found, word: str):
    """The one that was on the screen and waits no more, with what was typed kept beside it; None where there is none."""
    held = st.session_state.get(f"open-{word}")
    if held is None or id_of(held) in {id_of(one) for one in found}:
        return None
    if written(held) in st.session_state:               # its form was drawn in the run before this one
        st.session_state[f"left-{word}"] = id_of(held), st.session_state[written(held)]
    return held if st.session_state.get(f"left-{word}", ("",))[0] == id_of(held) else None


def show_left(one, word: str) -> None:
    """What became of it, and what was typed, to be copied."""
    typed = st.session_state[f"left-{word}"][1]
    st.subheader(plain(f"{one.name}: {one.title}"), anchor=False)
    try:
        st.html(feedback.notice(*marks_between.became(one)))
    except session.RecordsError as problem:
        st.html(feedback.notice(f"This {word} is not yours to answer any more.", str(problem)))
    if typed.strip():
        st.markdown("Not saved. What you wrote stands here to be copied:")
        st.code(typed, language=None, wrap_lines=True)
    with st.container(horizontal=True, wrap=True, vertical_alignment="center"):
        places.link(places.ATTEMPT, "The whole attempt", icon=":material/history:", attempt=one.attempt)
        if st.button("I have read it", key=f"away-{word}"):
            answered(one)
            st.session_state.pop(f"left-{word}", None)
            st.rerun()
