"""A quiz being taken: one question a screen, feedback at once, and a summary at the end; the place is in the address."""

import streamlit as st

from app import quizzing, reveal, session, sittings
from app.widgets import answering, feedback, objecting, places, question_screen
from app.widgets.explaining import explain
from app.widgets.wording import plain


def ask(sitting, question) -> None:
    """The fields and the button; an unreadable answer stays in its field, with what is expected."""
    key = f"{sitting.attempt}:{question.id}"
    with st.form(f"form-{key}", border=False):
        answering.field(question, key)
        st.form_submit_button("Submit answer", type="primary", on_click=hand_in, args=(sitting, question, key))
    answering.trouble(key)


def hand_in(sitting, question, key: str) -> None:
    """Takes the answer in before the page is drawn, so that one run stores it and shows what is said of it."""
    if answering.taken(key, lambda: quizzing.hand_in(sitting.attempt, question.id, answering.response(question, key))):
        question_screen.to_question(sitting.questions.index(question))


def answered(sitting, question, place: int) -> None:
    """What was answered, and everything that is said of it."""
    answering.theirs(f"{sitting.attempt}:{question.id}")
    explain(reveal.feedback(sitting.attempt, question.id))
    objecting.after(sitting.attempt, question.id)
    st.html('<p class="cc-saved">Saved.</p>')
    question_screen.following(sitting, place)


def summary(sitting) -> None:
    """How it went, question by question."""
    question_screen.points(sitting)
    found = sittings.stored(sitting.attempt)
    question_screen.outcomes(sitting, lambda question: reveal.feedback_of(found, question.id))
    with st.container(horizontal=True, wrap=True):
        places.link(places.ATTEMPT, "Every question with its reasons", icon=":material/history:", attempt=sitting.attempt)
        places.link(places.QUIZZES, "Other quizzes", icon=":material/quiz:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    if not attempt:
        st.title("Quiz")
        st.info("No quiz is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.QUIZZES, "To the quizzes", icon=":material/quiz:")
        return
    sitting = sittings.sitting(attempt)
    st.title(plain(sitting.title), anchor=False)
    if not question_screen.ours(sitting, profile):
        return
    place = question_screen.at_question(sitting)
    if place >= len(sitting.questions):
        summary(sitting)
    else:
        question_screen.screen(sitting, place, lambda question: answered(sitting, question, place) if question.id in sitting.answered else ask(sitting, question))


main()
