"""The welcome page: who is here, what they aim for; a first profile, another one, or a change to one's own."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from app import session
from app.widgets import places
from app.widgets.wording import plain

LONGEST_NAME = 60
GOALS = {"exam": "Pass an exam", "track": "Settle into a job"}


def choose(everyone) -> None:
    """A button for each profile."""
    st.header("Who is learning?")
    with st.container(horizontal=True, wrap=True):
        for profile in everyone:
            if st.button(f"{plain(profile.name)}, {session.goal_name(profile)}", key=f"profile-{profile.id}", icon=":material/person:"):
                session.remember(profile)
                places.go(places.HOME)
    st.caption("Profiles keep people's work apart on a shared computer. They have no passwords and protect nothing.")


def goal_fields(key: str, held=None):
    """What one aims for; returns the kind of goal, the goal and the exam's date, if any."""
    kind = st.radio("What are you here for?", list(GOALS), format_func=GOALS.get, horizontal=True, key=f"{key}-kind",
                    index=list(GOALS).index(held.goal_kind) if held else 0)
    names = session.exams() if kind == "exam" else session.tracks()
    if not names:
        st.info("No exams and tracks could be read. `python -m app check` says why.")
        return None
    at = list(names).index(held.goal) if held and held.goal in names else 0
    goal = st.selectbox("Which exam?" if kind == "exam" else "Where do you work?", list(names), format_func=names.get, key=f"{key}-{kind}-goal", index=at)
    day = None
    if kind == "exam":
        day = st.date_input("Exam date, if you have one", value=held.exam_date if held else None, format="YYYY-MM-DD", key=f"{key}-date",
                            min_value=min(held.exam_date, session.today()) if held and held.exam_date else session.today(),
                            max_value=session.today() + timedelta(days=1500))
        st.caption("Exam names say what you prepare for. Clean Claim is not affiliated with or endorsed by the bodies that hold them.")
    return kind, goal, day


def ask(key: str, button: str, held=None) -> None:
    """Name and goal; saved before the page says so. In a team the name is not one's own to change."""
    if session.in_team():
        name = held.name
        st.markdown(f"**{plain(name)}**")
        st.caption("It stands on your certificates. " + ("It comes from your organisation's sign-in." if session.names_follow_provider() else "If it is not written as it should be, an admin can correct it."))
    else:
        name = st.text_input("Your name", value=held.name if held else "", max_chars=LONGEST_NAME, key=f"{key}-name", autocomplete="name")
    aims = goal_fields(key, held)
    if st.button(button, type="primary", key=f"{key}-save") and aims:
        if not name.strip():
            st.error("Write a name first, so that you can find your work again.")
            return
        kind, goal, day = aims
        saved = (session.change(replace(held, name=name.strip(), goal_kind=kind, goal=goal, exam_date=day if kind == "exam" else None))
                 if held else session.welcome(name, kind, goal, day))
        session.remember(saved)
        places.go(places.HOME)


def own(mine) -> None:
    """In a team a profile is an account's: there is none to choose, and one's own to change."""
    st.title("Your profile")
    ask(f"change-{mine.id}", "Save changes", mine)
    places.link(places.OWN_DATA, "Your data: take it with you, certificates, delete it", icon=":material/folder_shared:")
    places.link(places.YOU, "Where you are signed in" + (", and your password" if session.with_passwords() else ""), icon=":material/account_circle:")


def main() -> None:
    everyone, mine = session.profiles(), session.who()
    if left := st.session_state.pop("left", ""):
        st.success(left)
    if session.in_team():
        own(session.me())
        return
    if not everyone:
        st.title("Welcome to Clean Claim")
        st.markdown("Work claims that answer back: send one, read what the payer decides, mend it. Quizzes and a reference shelf stand beside them.")
        ask("new", "Start")
        st.caption("Your work stays on this computer. Others may add their own profiles; there are no passwords.")
        return
    st.title("Profiles")
    choose(everyone)
    if mine:
        places.link(places.OWN_DATA, "Your data: take it with you, certificates, delete it", icon=":material/folder_shared:")
        with st.expander(f"Change {plain(mine.name)}'s name or goal"):
            ask(f"change-{mine.id}", "Save changes", mine)
    with st.expander("Add someone", expanded=not mine):
        ask("new", "Add profile")


main()
