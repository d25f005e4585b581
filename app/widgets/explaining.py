"""Everything that is said of one answer, in the order one wants to know it: verdict, reasons, the rule, how to find it, where it is written."""

import streamlit as st

from app.widgets import feedback
from app.widgets.wording import prose

SAID_ANYWAY = ("", "Right.", "Not this value.", "Not this code.")   # the verdict above says as much


def explain(said, level: int = 3, blank: str = "", after: str = "") -> None:
    """Lays out a quiz answer's feedback under headings of the level given, in as few elements as it takes: each is a message to every browser that reads it.

    blank: what to say in place of a verdict where nothing was answered; after: finished HTML to end with.
    """
    key = f"The answer is {said.key}." if said.key else ""
    verdict = feedback.notice(blank, key) if blank else feedback.verdict(said.earned, said.possible, _more(said))
    parts = feedback.reasons(feedback.reason(_heading(part), part.why, right=part.right, chosen=part.chosen) for part in said.parts) if said.parts else ""
    st.html(verdict + parts)
    marks = "#" * level
    st.markdown(f"{marks} The rule\n\n{prose(said.rationale)}\n\n{marks} How to find it at work\n\n{prose(said.find_it)}\n\n{marks} Where it is written")
    st.html(feedback.sources(said.sources) + after)


def _more(said) -> str:
    """One sentence beneath the verdict: what was given and what was asked, unless the options say it."""
    reason = "" if said.reason in SAID_ANYWAY or said.reason in {part.why for part in said.parts} else said.reason
    key = "" if not said.key else f"The answer is {said.key}." if said.earned == said.possible else f"You answered {said.yours}; the answer is {said.key}."
    return " ".join(filter(None, [key, reason, *said.costs]))


def _heading(part) -> str:
    return f"{part.heading} ({part.share})" if part.share else part.heading
