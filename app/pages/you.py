"""Your account: where you are signed in, signing out, another password."""

import streamlit as st

from app import people_desk, session
from app.team import team
from app.widgets.wording import plain


def signed_in(found, here: bool) -> None:
    """One browser that is signed in."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=True):
        mine = " (this one)" if here else ""
        st.markdown(f"**{plain(found.agent)}**{mine}  \nSigned in {session.told(found.created_at)}, last used {session.told(found.seen_at)}.")
        if not here and st.button("End", key=f"end-{found.id}", help=f"Signs out {found.agent}, signed in {session.told(found.created_at)}"):
            people_desk.end_session(found.id)
            st.rerun()


def led_by() -> None:
    """Who sees one's work, and why."""
    st.header("Who sees your work", anchor=False)
    found = people_desk.readers()
    if not found:
        st.markdown("Nobody but you: you are in no cohort that somebody leads.")
    for cohort, leaders in found:
        st.markdown(plain(f"As a learner of {cohort}: {', '.join(leaders)}."))


def leave() -> None:
    """Out, here and at the provider's cookie."""
    people_desk.sign_out()
    if team().mode == "oidc":
        st.logout()


def main() -> None:
    who = session.require("change password")
    account = session.people().account(who.profile)
    st.title("Your account", anchor=False)
    st.markdown(plain(f"{who.name}, {who.role}{f', {account.email}' if account.email else ''}."))
    with st.container(horizontal=True, wrap=True):
        st.button("Sign out", type="primary", on_click=leave)
        if team().mode == "password":
            st.html('<p><a class="cc-go" href="/auth/password" target="_self">Change your password</a></p>')
    st.header("Where you are signed in", anchor=False)
    found = people_desk.sessions()
    for one in found:
        signed_in(one, one.id == who.session)
    if len(found) > 1 and st.button("End all but this one"):
        people_desk.end_others()
        st.rerun()
    then = "change your password" if team().mode == "password" else "change your password where your organisation has you sign in, and tell an admin here"
    st.caption(f"A session ends by itself when it is not used for a while, and after some hours in any case. One that you do not know: end it, then {then}.")
    led_by()


main()
