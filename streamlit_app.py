"""The entry: page config, the look, who is here, navigation; then the page itself."""

from pathlib import Path

import streamlit as st

from app import door, gate
from app.navigation import offered
from app.session import problems_said, viewer, who
from app.widgets import places, resting, returning, signed_out

HERE = Path(__file__).parent


def main() -> None:
    """One run of the script."""
    st.set_page_config(page_title="Clean Claim", page_icon=HERE / "static" / "icon.svg", layout="wide")
    st.html(HERE / "app" / "widgets" / "paper.css")
    st.logo(HERE / "static" / "mark.svg", size="large")
    with problems_said():
        if gate.is_team() and not door.stands:
            st.title("Not started", anchor=False)
            st.error(door.NOT_THERE, icon=":material/door_front:")
            return
        gate.enter()
        if gate.is_team() and viewer() == gate.NOBODY:
            signed_out.show(st.navigation(offered(None), position="hidden"))
            return
        profile = who()
        page = st.navigation(offered(profile), position="top")
        if not profile and page.url_path != "welcome":
            st.switch_page(places.WELCOME)
        if not resting.rests(page, profile):
            try:
                page.run()
            except gate.ExamRunning:
                resting.instead(profile)
    returning.watch()


main()
