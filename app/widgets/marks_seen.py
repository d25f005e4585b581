"""The mark that was on the screen when a form was drawn: what is set with the form goes over that one, so that a colleague's of meanwhile is told and not overwritten."""

from dataclasses import dataclass

import streamlit as st

from app import marks_between
from app.widgets import feedback
from records import MarkedSince


@dataclass(frozen=True)
class Seen:
    """before: the number of the grading that was looked at; changed: whether anything came between."""
    key: str
    step: tuple[str, str, int]
    before: int
    changed: bool

    def demand(self) -> None:
        """That nothing came between; said before anything else that may be wrong with what was typed."""
        if self.changed:
            raise MarkedSince()

    def forget(self) -> None:
        """After a change of one's own, which is no news wherever that step is shown."""
        held = st.session_state.get("marks-seen", {})
        for key in [key for key, (step, _) in held.items() if step == self.step]:
            del held[key]

    def saved(self) -> None:
        """The same, and the form is drawn empty."""
        self.forget()
        st.session_state[f"{self.key}-turn"] = st.session_state.get(f"{self.key}-turn", 0) + 1
        st.rerun()


def seen(key: str, found: marks_between.Marked) -> Seen:
    """What of a step was on the screen until now; what is drawn after this is seen next. Says what came between."""
    held = st.session_state.setdefault("marks-seen", {})
    step, stands = (found.attempt, found.slot, found.sequence), (found.number, found.dispute)
    _, was = held.get(key, (step, stands))
    held[key] = step, stands
    if was != stands:
        told, words = marks_between.between(found, *was)
        st.html(feedback.notice(told, f"{words} Here it stands as it is now. What you have typed is kept, and nothing of it is saved.".strip()))
    return Seen(key, step, was[0], was != stands)


def blank(key: str) -> str:
    """The beginning of the keys of a form's fields, another after each saving: so that what was not saved stays, and what was saved does not."""
    return f"{key}-{st.session_state.get(f'{key}-turn', 0)}"
