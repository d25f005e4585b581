"""The quizzes: question sets by area, what each serves, and how one's last sitting went."""

import streamlit as st

from app import quizzing, session, standing
from app.widgets import places
from app.widgets.wording import plain


def last(summary) -> str:
    """The last sitting in words."""
    if summary is None:
        return "Not taken yet"
    points = standing.points(summary)
    return f"Last: {points}, {session.told(summary.started)}" if summary.finished else f"Under way: {points} so far"


def serves(card, profile) -> str:
    """The exam domains that the set serves, for the learner's exam or the first there is."""
    exam = profile.goal if profile.goal_kind == "exam" else next(iter(card.domains), "")
    names = card.domains.get(exam, ())
    return f"{exam.upper()}: {', '.join(names)}" if names else ""


def show(card, summary, profile) -> None:
    """One set with its button."""
    under_way = bool(summary and summary.finished is None)
    with st.container(border=True):
        words, action = st.columns([3, 1], vertical_alignment="center")
        with words:
            st.subheader(plain(card.title), anchor=False)
            st.markdown(plain(card.description))
            st.caption(" · ".join(filter(None, [f"{card.count} questions", plain(serves(card, profile)), plain(last(summary))])))
        word = "Continue" if under_way else "Take again" if summary else "Start"
        with action:
            if st.button(f"{word}: {plain(card.title)}", key=f"set-{card.id}", type="primary" if under_way else "secondary", width="stretch", wrap=True):
                places.go(places.QUIZ, attempt=quizzing.begin(profile, card.id))


def main() -> None:
    profile = session.me()
    st.title("Quizzes")
    cards, results = quizzing.sets(), quizzing.last_results(profile)
    if not cards:
        st.info("There is no question set to offer. `python -m app check` says what is wrong with the content.")
    for area in dict.fromkeys(card.area for card in cards):
        st.header(plain(area), anchor=False)
        for card in cards:
            if card.area == area:
                show(card, results.get(card.id), profile)


main()
