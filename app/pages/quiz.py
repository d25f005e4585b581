"""A quiz being taken: one question a screen, feedback at once, and a summary at the end; the place is in the address."""

import streamlit as st

from app import quizzing, reveal, session, sittings
from app.widgets import answering, feedback, objecting, places, question_screen
from app.widgets.explaining import explain
from app.widgets.wording import plain


def ask(sitting, question, place: int) -> None:
    """The fields and the button; an unreadable answer stays in its field, with what is expected."""
    key = f"{sitting.attempt}:{question.id}"
    with st.form(f"form-{key}", border=False):
        answering.field(question, key)
        st.form_submit_button("Submit answer", type="primary", on_click=hand_in, args=(sitting.attempt, question, place, key))
    answering.trouble(key)


def hand_in(attempt: str, question, place: int, key: str) -> None:
    """Takes the answer in before the page is drawn, so that one run stores it and shows what is said of it."""
    if answering.taken(key, lambda: quizzing.hand_in(attempt, question.id, answering.response(question, key))):
        question_screen.to_question(place)


def answered(sitting, found, question, place: int) -> None:
    """What was answered, and everything that is said of it."""
    answering.theirs(f"{sitting.attempt}:{question.id}")
    explain(reveal.feedback_of(found, sitting, question.id), after='<p class="cc-saved">Saved.</p>')
    objecting.after(sitting.attempt, question.id)
    question_screen.following(sitting, place)


def summary(sitting, found) -> None:
    """How it went, question by question."""
    question_screen.points(sitting)
    question_screen.outcomes(sitting, lambda question: reveal.feedback_of(found, sitting, question.id))
    with st.container(horizontal=True, wrap=True):
        places.link(places.ATTEMPT, "Every question with its reasons", icon=":material/history:", attempt=sitting.attempt)
        places.link(places.QUIZZES, "Other quizzes", icon=":material/quiz:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def as_it_was(attempt: str) -> bool:
    """While the records cannot be read: the question with what was typed, to be handed in again."""
    return question_screen.once_more(attempt, lambda held: ask(held, held.question, held.place))


@question_screen.or_as_it_was(as_it_was)
def where_one_is(attempt: str) -> None:
    """The question that the address names, or the summary."""
    found = sittings.opened(attempt, quizzing.KIND)
    sitting = sittings.sitting_of(found)
    place = question_screen.at_question(sitting)
    if place >= len(sitting.questions):
        summary(sitting, found)
        return

    def work(question) -> None:
        answered(sitting, found, question, place) if question.id in sitting.answered else ask(sitting, question, place)
    question_screen.screen(sitting, place, work)


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    if not attempt:
        st.title("Quiz")
        st.info("No quiz is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.QUIZZES, "To the quizzes", icon=":material/quiz:")
        return
    begun = sittings.begun(attempt)
    st.title(plain(begun.title), anchor=False)
    if question_screen.ours(begun, profile):
        where_one_is(attempt)


main()
