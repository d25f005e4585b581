"""One account from its first question to zero: the file, what has happened, what is due, and what to do next; the place is in the address."""

import streamlit as st

from app import lives, session
from app.widgets import life_actions, life_papers, objecting, places
from app.widgets.wording import plain, prose

ACTIONS = {"Ask": life_actions.ask, "Send a claim": life_actions.send, "Post": life_actions.post, "Answer a refusal": life_actions.fight, "Patient and money": life_actions.money,
           "Note": life_actions.note, "Let days pass": life_actions.wait, "Close": life_actions.close}


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    desk = lives.desk()
    work = desk.work(attempt) if attempt else None
    if work is None:
        st.title("Account")
        st.info("No account is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.SCENARIOS, "To the claims", icon=":material/assignment:")
        return
    st.title(plain(work.title), anchor=False)
    mine, theirs = work.profile == profile.id, session.leading(work.profile)
    if not mine and not theirs:
        st.info("This attempt belongs to another profile. Choose that profile to go on with it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    st.caption("The life of an account · " + (f"closed with {work.score} of {work.possible} marks" if work.finished else f"the day at your desk is {life_papers.day(work.today)}"))
    st.markdown(prose(work.story))
    invented = [name for _, name, real in work.payers if not real]
    if invented:
        st.caption(f"Invented for training, binding nobody: {plain(', '.join(invented))}.")
    st.html(life_papers.standing(work))
    with st.container(key="wide-page"):
        left, right = st.columns([4, 6], gap="large")
    with left, st.container(key="file-side"):
        st.header("The file", anchor=False)
        life_papers.file(work)
        life_papers.shelf()
    with right:
        if work.finished:
            life_papers.result(work)
            objecting.over(attempt)("life", work.done)
        elif mine:
            act(work, desk)
        objecting.about_attempt(attempt)
        st.header("What is due", anchor=False)
        st.html(life_papers.due(work))
        st.header("What came in", anchor=False)
        life_papers.mail(work, desk)
        st.header("What has happened", anchor=False)
        st.html(life_papers.timeline(work))


def act(work, desk) -> None:
    """The action chosen, and its form. What was refused is said above it and nothing is lost."""
    st.header("What do you do?", anchor=False)
    if problem := st.session_state.pop(f"{work.attempt}:problem", ""):
        st.error(prose(problem), icon=":material/edit_note:")
    with st.container(key="life-actions"):
        chosen = st.pills("Action", list(ACTIONS), default="Ask", key=f"{work.attempt}:action", label_visibility="collapsed")
    if chosen:
        ACTIONS[chosen](work, desk)


main()
