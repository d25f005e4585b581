"""What a learner is told of corrections made after they answered."""

import streamlit as st

from app.widgets import feedback, places

FEW = 3


def corrections(found, more: bool = False) -> None:
    """A notice for each correction, newest first; `more`: with a way to the attempt it touches."""
    for one in found[:FEW]:
        st.html(feedback.notice(one.says, one.asked))
        if more:
            places.link(places.ATTEMPT, f"To {one.title}", icon=":material/history:", attempt=one.attempt)
    if len(found) > FEW:
        st.caption(f"{len(found) - FEW} more corrections touched your answers; each attempt shows its own.")
