"""Completions: who completed what, when and with what result, to be looked up and taken as a table."""

import streamlit as st

from app import completion_desk, session
from app.widgets.markup import table, text
from app.widgets.wording import plain

MANY = 100


def whose(line) -> str:
    """The name as it was, and what became of it."""
    if line.gone:
        return f"{line.done.name} (deleted)"
    return line.done.name if line.name_now == line.done.name else f"{line.done.name} (now {line.name_now})"


def outcome(line) -> str:
    """What was achieved, and what of it no longer holds."""
    return f"{line.done.outcome}; taken back since: the sign-off of {', '.join(line.taken_back)}" if line.taken_back else line.done.outcome


def shown(found) -> None:
    heads = [("When", False), ("Who", False), ("What", False), ("Outcome", False), ("Result", False), ("Certificate", False)]
    rows = [(text(session.told(line.done.at)), text(whose(line)), text(line.done.title), text(outcome(line)), text(", ".join(" ".join(one) for one in line.done.results[:1])),
             text(session.told(line.certified_at) if line.certified_at is not None else "not asked for")) for line in found[:MANY]]
    st.html(f'<div class="cc-paper">{table("Completion records", heads, rows)}</div>')
    if len(found) > MANY:
        st.caption(f"The newest {MANY} of {len(found)} are shown; the table to take has all of them.")


def main() -> None:
    who = session.require("see completions")
    st.title("Completions", anchor=False)
    st.markdown("Whole practice exams that were passed, and tracks of which every competency was shown. "
                + ("Records of people who were deleted stay here for their term." if who.role == "admin" else "Of the people in the cohorts you lead."))
    asked = st.text_input("Find by name or title", key="find", max_chars=100)
    found = completion_desk.lines(asked)
    if not found:
        st.markdown("None is on record." if not asked.strip() else plain(f"None is on record for “{asked.strip()}”."))
        return
    shown(found)
    st.download_button("Take it as a table (CSV)", session.later(lambda: completion_desk.csv(asked)), "completions.csv", "text/csv", icon=":material/download:", on_click="ignore", key="csv")
    st.caption("It holds personal data, and that you took it is noted in the audit log.")


main()
