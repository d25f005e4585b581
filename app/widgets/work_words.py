"""Where someone stands, in a word with its colour and never by colour alone; and what each word means."""

import streamlit as st

from app import zone
from app.session import in_team, told
from app.widgets.markup import table, text
from app.widgets.wording import plain
from scoring.work_standing import DONE, LATE, RULES, STRUGGLING

TONES = {LATE: "cc-word-bad", STRUGGLING: "cc-word-part", DONE: "cc-word-good"}


TO_ONESELF = {STRUGGLING: "not there yet"}
"""What a learner reads where their trainer reads another word."""


def word(name: str, own: bool = False) -> str:
    """The word as a tag; `own`: as it is said to the learner."""
    return f'<span class="cc-word {TONES.get(name, "")}">{text(TO_ONESELF.get(name, name) if own else name)}</span>'


def rules(own: bool = False) -> None:
    """Every word with its rule, behind a fold."""
    with st.expander("What the words mean", icon=":material/rule:"):
        for name, rule in RULES.items():
            st.markdown(f"**{(TO_ONESELF.get(name, name) if own else name).capitalize()}.** {plain(rule)}")


def whose_midnight() -> str:
    """Beside a due date: a day ends where the installation is, which may not be where the reader is. Alone both are one."""
    return f" ({zone.name()} time)" if in_team() else ""


def day(at: int | None) -> str:
    """A due date or the like, without its hour."""
    return told(at).split(",")[0] if at else ""


def pieces(caption: str, held) -> str:
    """A person's assignments, one a row."""
    heads = [("Assigned", False), ("Standing", False), ("Done", True), ("Due", True)]
    rows = [(text(piece.assigned.assignment.title), f'<span>{word(piece.standing.word)}{why(piece.why)}</span>', f"{piece.standing.done} of {piece.standing.of}", text(day(piece.assigned.due_at)))
            for piece in held]
    return f'<div class="cc-paper">{table(caption, heads, rows)}</div>'


def why(says: str) -> str:
    return f'<span class="cc-plain">{text(says)}</span>' if says else ""
