"""What stands at an address that has no page, or none for this person; the old address of Home leads there."""

from urllib.parse import urlsplit

import streamlit as st

from app import session
from app.widgets import places

SAME_AS_HOME = "/home"


def main() -> None:
    if urlsplit(st.context.url or "").path.endswith(SAME_AS_HOME):
        st.switch_page(places.HOME, query_params=st.query_params.to_dict())
    session.me()
    st.title("There is nothing here", anchor=False)
    st.markdown("The address may be mistyped, or the page is for another role." if session.in_team() else "The address may be mistyped, or the page has moved.")
    st.markdown("What you saved is untouched.")
    places.link(places.HOME, "Home", icon=":material/home:")


main()
