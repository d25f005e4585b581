"""The field of an exam's question: what is chosen or written in it is handed on at once, and what the records hold is put into it."""

from collections.abc import Callable

import streamlit as st

from app.widgets.answering import LABELS, LONGEST, response
from app.widgets.wording import plain

__all__ = ["field", "held", "put", "response", "same"]

CHOSEN = ("single-choice", "true-false")


def field(question, key: str, changed: Callable, args: tuple) -> None:
    """Draws the field; `changed(*args)` is called when the learner has changed it."""
    texts = {option.id: plain(option.text) for option in question.options}
    if question.kind in CHOSEN:
        st.radio("Your answer", list(texts), index=None, format_func=texts.get, key=key, on_change=changed, args=args)
    elif question.kind == "multiple-choice":
        st.caption("Choose every option that applies.")
        for name, words in texts.items():
            st.checkbox(words, key=f"{key}-{name}", on_change=changed, args=args)
    else:
        st.text_input(LABELS[question.kind], key=key, max_chars=LONGEST, help=question.hint or None, autocomplete="off", on_change=changed, args=args)


def put(question, key: str, response: object) -> None:
    """Puts an answer into the field before it is drawn."""
    if question.kind == "multiple-choice":
        for option in question.options:
            st.session_state[f"{key}-{option.id}"] = option.id in (response or ())
    else:
        st.session_state[key] = response if response is not None or question.kind in CHOSEN else ""


def held(question, key: str) -> bool:
    """Whether this tab has the field's state."""
    return (f"{key}-{question.options[0].id}" if question.kind == "multiple-choice" else key) in st.session_state


def same(question, key: str, stored: object) -> bool:
    """Whether what stands in the field is what is stored; an empty field is no answer, and no answer an empty field."""
    given = response(question, key)
    if question.kind == "multiple-choice":
        return sorted(given) == sorted(stored or ())
    return (given or None) == (stored or None)
