"""The fields in which a question is answered, one for each kind; plain widgets, so that the keyboard is enough."""

import streamlit as st

from app.widgets.wording import plain

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
    else:
        st.text_input(LABELS[question.kind], key=key, max_chars=LONGEST, help=question.hint or None, autocomplete="off")


def response(question, key: str) -> object:
    """What stands in the fields now."""
    if question.kind == "multiple-choice":
        return [option.id for option in question.options if st.session_state.get(f"{key}-{option.id}")]
    return st.session_state.get(key)
