"""A past attempt exactly as it was: what was asked, answered and decided then, from the record and not from today's content."""

import streamlit as st

from app import exam_offers, learning_desk, practising, quizzing, reveal, session, sittings, standing
from app.widgets import case_exhibits, feedback, objecting, places
from app.widgets.explaining import explain
from app.widgets.wording import plain


def quiz(found) -> None:
    """Every question of a quiz with its answer."""
    sitting = sittings.sitting_of(found)
    answered = len(sitting.answered)
    st.html(feedback.notice(f"{standing.short(sitting.earned)} of {answered} points on {answered} answered questions, of {len(sitting.questions)} asked."))
    if not sitting.finished and not session.leading(found.attempt.profile):
        places.link(places.work_page(found.attempt.item_kind), "Go on", icon=":material/edit:", attempt=sitting.attempt)
    before, talk = None, learning_desk.talk(found)
    for number, question in enumerate(sitting.questions, 1):
        if question.case and question.case != before:
            case_exhibits.case(question.case, key=f"papers-{number}")   # once, above the first of its questions
        before = question.case
        st.header(f"Question {number}", anchor=False)
        case_exhibits.asked(question, key=f"stem-{number}")
        if question.id in sitting.answered:
            explain(reveal.feedback_of(found, sitting, question.id))
            objecting.under(found, question.id, talk)
        else:
            st.caption("Not answered. It does not count as wrong.")


def main() -> None:
    profile = session.me()
    found = sittings.stored(st.query_params.get("attempt", "")) if st.query_params.get("attempt") else None
    if found is None:
        st.title("Past attempt", anchor=False)
        st.info("No attempt is named in the address. Choose one from your progress.")
        places.link(places.PROGRESS, "To your progress", icon=":material/insights:")
        return
    st.title(plain(found.attempt.title), anchor=False)
    ended = f"finished {session.told(found.finished_at)}" if found.finished_at else "not finished"
    st.caption(f"Begun {session.told(found.attempt.started_at)}, {ended}. Shown as it was asked and marked then.")
    if found.attempt.profile != profile.id and not session.leading(found.attempt.profile):
        st.info("This attempt belongs to another profile. Choose that profile to read it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    if found.attempt.item_kind in (quizzing.KIND, practising.KIND):
        objecting.about_attempt(found.attempt.id)
        quiz(found)
    elif found.attempt.item_kind == exam_offers.KIND:
        places.go(places.EXAM_REPORT if found.finished_at else places.EXAM, attempt=found.attempt.id)
    else:
        places.go(places.SCENARIO, attempt=found.attempt.id)


main()
