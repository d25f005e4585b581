"""A fold whose name may change while it is open: it keeps the one it was opened under, since under another it would be another fold, closed, and a press in it would be lost."""

import streamlit as st


def fold(name: str, key: str, icon: str | None = None):
    """The fold, drawn anew when it is opened; what is in it is drawn while `.open`."""
    if not st.session_state.get(key) or f"{key}-name" not in st.session_state:
        st.session_state[f"{key}-name"] = name
    return st.expander(st.session_state[f"{key}-name"], icon=icon, key=key, on_change="rerun")


def renamed(key: str) -> None:
    """After a change of one's own, which the name may tell."""
    st.session_state.pop(f"{key}-name", None)
