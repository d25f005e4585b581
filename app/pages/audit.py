"""The audit log: who changed what on whom, newest first, and whether the log is whole."""

import streamlit as st

from app import people_desk, session
from app.told_apart import of_accounts
from app.widgets import places
from app.widgets.markup import table, text
from app.widgets.wording import label

MANY = 50


def about(whom: str) -> str:
    """Whom the rows are about: everybody, or one person with what was done to them and to their work."""
    names = {"": "Everybody", **of_accounts(people_desk.accounts())}
    names.setdefault(whom, people_desk.GONE)
    chosen = st.selectbox("About", list(names), list(names).index(whom), format_func=lambda id: label(names[id]), key="about")
    if chosen != whom:
        st.query_params.from_dict({"whom": chosen} if chosen else {})
    return chosen


def whole() -> None:
    """Whether every row follows from the one before it: looked at each time while the log is short, and when it is asked for."""
    rule = "Rows cannot be changed or removed, also not when a person is erased; they hold ids, and names are looked up here."
    if not people_desk.audit_is_short() and not st.button("Check that the log is whole", icon=":material/fact_check:", key="check"):
        st.caption(rule)
        return
    with st.spinner("Checking every row", show_time=True):
        faults = people_desk.audit_faults()
    for fault in faults:
        st.error(fault, icon=":material/error:")
    if not faults:
        st.caption(f"The log is whole: every row follows from the one before it. {rule}")


def main() -> None:
    session.require("see audit log")
    st.title("Audit log", anchor=False)
    asked = st.query_params.get("whom", "")
    whom = about(asked)
    below = st.query_params.get("below", "") if whom == asked else ""
    rows = people_desk.audit_log(whom, int(below) if below.isdecimal() and len(below) < 19 else 2**62, MANY)
    whole()
    heads = [("When", False), ("Who", False), ("What they did", False)]
    lines = [(text(session.told(row.at)), text(row.who), text(row.says)) for row in rows]
    st.html(f'<div class="cc-paper">{table("Audit log", heads, lines)}</div>')
    if len(rows) == MANY:
        places.link(places.AUDIT, "Earlier", icon=":material/arrow_back:", below=str(rows[-1].serial), **({"whom": whom} if whom else {}))


main()
