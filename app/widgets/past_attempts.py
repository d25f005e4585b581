"""Past attempts page by page, each a link to where it is read as it was: a learner's own, and on their page for whoever leads them."""

import streamlit as st

from app import session, standing
from app.widgets import places
from app.widgets.wording import plain


def show(profile: str, key: str, kind: str = "", state: str = "", none: str = "None yet.", page: str = places.ATTEMPT, icon: str = ":material/history:") -> None:
    """The attempts of that kind and state, newest first; the page of the list stands in the address under `key`. page: where an attempt is read."""
    many = standing.pages(profile, kind, state)
    if not many:
        st.markdown(none)
        return
    at = st.pagination(many, key=key, bind="query-params") if many > 1 else 1
    for one in standing.history(profile, kind, state, at):
        when = session.told(one.finished if state == "ended" else one.started)
        told = standing.points(one) if one.finished else f"under way, {standing.points(one)}"
        places.link(page, f"{plain(one.title)} · {when} · {told}", icon=icon, attempt=one.attempt)
