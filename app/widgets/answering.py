"""The fields in which a question is answered, one for each kind; plain widgets, so that the keyboard is enough."""

import streamlit as st

from app.widgets.wording import plain

LABELS = {"numeric": "Your answer, a number", "money": "Your answer, in dollars and cents", "date": "Your answer, a date with its year",
          "code-entry": "Your answer, one code"}
LONGEST = 64


def field(question, key: str) -> object:
    """Draws the fields of a public question and returns the response as it stands."""
    texts = {option.id: plain(option.text) for option in question.options}
    if question.kind in ("single-choice", "true-false"):
        return st.radio("Your answer", list(texts), index=None, format_func=texts.get, key=key)
    if question.kind == "multiple-choice":
        st.caption("Choose every option that applies.")
        return [name for name, words in texts.items() if st.checkbox(words, key=f"{key}-{name}")]
    return st.text_input(LABELS[question.kind], key=key, max_chars=LONGEST, help=question.hint or None, autocomplete="off")

