"""Reviews: what is due today, what comes when, how many minutes a day one gives, and the cards to take along to Anki."""

import streamlit as st

from app import anki, practising, review_desk, session
from app.widgets import feedback, places, readiness_pictures
from app.widgets.wording import plain

AHEAD = (14, 30)
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)


def due(profile) -> None:
    """The reviews of today and the button that starts them."""
    waiting = review_desk.waiting(profile)
    if attempt := practising.under_way(profile, practising.REVIEW):
        if st.button("Go on with the review", type="primary", key="continue"):
            places.go(places.SITTING, attempt=attempt)
    if not waiting.due:
        later = f" The next are due on {waiting.next_day:%-d %B %Y}." if waiting.next_day else " What you answer, here or in quizzes and exams, comes back when it is about to be forgotten."
        st.html(feedback.notice("Nothing is due today.", later.strip()))
        return
    more = f"{waiting.sure_and_wrong} of them you missed while sure: they come first." if waiting.sure_and_wrong else ""
    st.html(feedback.notice(f"{waiting.due} skills and facts are due today, about {waiting.minutes} minutes.", more))
    length = st.number_input("Minutes for this session", 5, 120, min(max(profile.minutes_a_day, 5), 120), 5, key="length")
    if st.button("Start the review", type="primary", key="start"):
        places.go(places.SITTING, attempt=review_desk.begin(profile, length))


def ahead(profile) -> None:
    """The days to come, as a picture and in numbers."""
    st.header("What comes when", anchor=False)
    days = st.segmented_control("Days", AHEAD, default=AHEAD[0], required=True, format_func=lambda many: f"{many} days", key="days", label_visibility="collapsed") or AHEAD[0]
    st.html(readiness_pictures.reviews(review_desk.days_ahead(profile, days)))


def setting(profile) -> None:
    """Minutes a day, and what they allow to aim at."""
    st.header("How much you give", anchor=False)
    held = profile.minutes_a_day if profile.minutes_a_day in MINUTES else min(MINUTES, key=lambda each: abs(each - profile.minutes_a_day))
    minutes = st.selectbox("Minutes a day", MINUTES, MINUTES.index(held), key="minutes")
    if minutes != held:
        profile = practising.minutes_given(profile, minutes)
    aim = review_desk.aim(profile)
    exam = f" Everything is looked at once more in the week before your exam on {aim.exam:%-d %B %Y}." if aim.exam else " Set an exam date under your name, and the reviews aim at it."
    st.markdown(plain(f"With that, things come back when the chance that you know them has fallen to {aim.retention:.0%}.{exam}"))


def take_along(profile) -> None:
    """A file for Anki."""
    st.header("Take it along", anchor=False)
    st.markdown("The questions you have answered, as a text file that Anki imports (File, Import). Importing it again later brings the notes up to date. Reviews in Anki do not come back here.")
    st.download_button("Download for Anki", session.later(lambda: anki.text_for(profile)), anki.NAME, "text/plain", key="anki", on_click="ignore", icon=":material/download:")


def main() -> None:
    profile = session.me()
    st.title("Reviews", anchor=False)
    due(profile)
    setting(profile)
    ahead(session.me())
    take_along(profile)


main()
