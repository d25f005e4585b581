"""What stands in place of every page while nobody is signed in."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from app import arriving, session
from app.door.going_back import way_in
from app.team import team
from app.widgets.wording import plain

SENTENCES = {
    "nobody": "Sign in with your organisation's account to go on.",
    "over": "Your sign-in has ended or run out. What was saved is still there: sign in again to go on.",
    "closed": "Your account here is closed. Ask an admin of your team to open it again.",
    "stranger": "Your organisation knows you, and nobody has invited you here yet. Ask an admin of your team for an invitation link, and open it in this browser.",
}


def show(page) -> None:
    """The way in. `page`: the one that was asked for, to go on to."""
    if left := st.session_state.get("left", ""):
        gone(left)
        return
    if team().mode == "password":
        st.title("You are signed out", anchor=False)
        st.markdown("Your session has ended or run out. What was saved is still there, unless you had it deleted.")
        to = way_in(f"/{page.url_path}", urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True))
        st.html(f'<p><a class="cc-go" href="{escape(to)}" target="_self">Sign in again</a></p>')
        return
    found = arriving.arrive()
    if found.state == "in":
        st.rerun()
    st.title("Sign in to Clean Claim", anchor=False)
    known = found.state in ("stranger", "closed", "refused")
    (st.warning if known else st.markdown)(plain(found.said) or SENTENCES[found.state])
    if known:
        st.button("Sign in as someone else", on_click=st.logout)
    else:
        st.button("Sign in", type="primary", on_click=st.login)
    st.caption(f"This installation is `{session.address()}`.")


def gone(left: str) -> None:
    """Whoever had everything of theirs deleted, in the same tab: nothing of it is still there. A provider's cookie is, and would begin anew where everybody may join."""
    st.title("You have left", anchor=False)
    st.success(plain(left))
    if team().mode == "oidc":
        st.markdown("This browser is still signed in at your organisation. Sign out to end that here too.")
        st.button("Sign out", type="primary", on_click=st.logout)
