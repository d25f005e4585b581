"""What stands in place of every page while nobody is signed in."""

from html import escape
from urllib.parse import quote

import streamlit as st

from app import arriving, session
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
    if team().mode == "password":
        st.title("You are signed out", anchor=False)
        st.markdown("Your session has ended or run out. What was saved is still there.")
        to = quote(f"/{page.url_path}")
        st.html(f'<p><a class="cc-go" href="{escape(f"/auth/login?next={to}")}" target="_self">Sign in again</a></p>')
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
    st.caption(f"This installation is {plain(session.address())}.")
