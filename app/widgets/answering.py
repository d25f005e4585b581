"""The fields in which a question is answered, one for each kind; plain widgets, so that the keyboard is enough."""

from string import ascii_uppercase

import streamlit as st

from app.session import RecordsError, unsaved
from app.widgets import feedback
from app.widgets.wording import label, plain
from scoring.answers import Unreadable

LABELS = {"numeric": "Your answer, a number", "money": "Your answer, in dollars and cents", "date": "Your answer, a date with its year",
          "code-entry": "Your answer, one code"}
LONGEST = 64


def field(question, key: str) -> None:
    """Draws the fields of a public question."""
    texts = {option.id: plain(option.text) for option in question.options}
    if question.kind in ("single-choice", "true-false"):
        st.radio("Your answer", list(texts), index=None, format_func=texts.get, key=key)
    elif question.kind == "multiple-choice":
        st.caption("Choose every option that applies.")
        for name, words in texts.items():
            st.checkbox(words, key=f"{key}-{name}")
    elif question.kind == "matching":
        _pairs(question, key)
    elif question.kind == "ordering":
        _places(question, key)
    else:
        st.text_input(LABELS[question.kind], key=key, max_chars=LONGEST, help=question.hint or None, autocomplete="off")


def response(question, key: str) -> object:
    """What stands in the fields now."""
    if question.kind == "multiple-choice":
        return [option.id for option in question.options if st.session_state.get(f"{key}-{option.id}")]
    if question.kind == "matching":
        chosen = {prompt.id: st.session_state.get(f"{key}-{prompt.id}") for prompt in question.prompts}
        return {prompt: option for prompt, option in chosen.items() if option}
    if question.kind == "ordering":
        places = {option.id: st.session_state.get(f"{key}-{option.id}") for option in question.options}
        whole = None not in places.values() and len(set(places.values())) == len(places)
        return sorted(places, key=places.get) if whole else []
    return st.session_state.get(key)


def taken(key: str, hand_in) -> bool:
    """Hands an answer in; whether it is stored now. What stood in the way is kept for `trouble` to say, and that another tab was first for `theirs`."""
    try:
        outcome = hand_in()
    except RecordsError as problem:
        st.session_state[f"unsaved-{key}"] = unsaved(problem)
        return False
    if isinstance(outcome, Unreadable):
        st.session_state[f"unreadable-{key}"] = outcome.sentence
        return False
    ours = st.session_state.get(f"receipt-{key}") == "saved"          # the second press of a double click finds the first
    st.session_state[f"receipt-{key}"] = "theirs" if outcome.already and not ours else "saved"
    return True


def trouble(key: str) -> None:
    """Says why the answer just handed in was not taken; it stays in its field."""
    if unreadable := st.session_state.pop(f"unreadable-{key}", ""):
        st.html(feedback.notice(unreadable, "This does not count as an answer; change it and submit again."))
    if unsaved := st.session_state.pop(f"unsaved-{key}", ""):
        st.error(unsaved, icon=":material/error:")


def theirs(key: str) -> None:
    """Says so where another tab had answered first."""
    if st.session_state.get(f"receipt-{key}") == "theirs":
        st.html(feedback.notice("This question was answered before, in another tab.", "The first answer counts, and is shown here."))


def _pairs(question, key: str) -> None:
    """A box for each prompt. The options stand above it with their letters, in full: a box on a phone shows the beginning of each."""
    st.caption(question.hint)
    letters = {option.id: ascii_uppercase[at] for at, option in enumerate(question.options)}
    texts = {option.id: option.text for option in question.options}
    with st.container(border=True):
        st.markdown("  \n".join(f"**{letters[name]}**\u2003{plain(text)}" for name, text in texts.items()))
    for prompt in question.prompts:
        st.selectbox(label(prompt.text), list(texts), index=None, format_func=lambda name: f"{letters[name]}: {texts[name]}", key=f"{key}-{prompt.id}",
                     placeholder="Choose an option")


def _places(question, key: str) -> None:
    """A number for each entry: digits or the arrow keys are enough."""
    last = len(question.options)
    st.caption(f"Give each its place: 1 for the first, {last} for the last.")
    with st.container(key="order-places", gap="small"):
        for option in question.options:
            place, says = st.columns([2, 9], gap="small", vertical_alignment="center")
            place.number_input(label(f"Place of: {option.text}"), 1, last, None, 1, key=f"{key}-{option.id}", label_visibility="collapsed", placeholder=f"1–{last}")
            says.markdown(plain(option.text))
