"""A practice session being sat: one question a screen, hints at a price, how sure one is, feedback at once, and at the end both scores."""

import streamlit as st

from app import practising, reveal, reviewing, session, sittings
from app.widgets import answering, feedback, objecting, places, question_screen
from app.widgets.explaining import explain
from app.widgets.wording import plain, prose
from scoring.confidence import LEVELS, RIGHT, WRONG, points

UNSAID = 0
SAYS = {UNSAID: "I do not say", **LEVELS}


def seen(sitting, question) -> None:
    """Notes once a tab that the question was seen."""
    name = f"seen-{sitting.attempt}:{question.id}"
    if name not in st.session_state:
        practising.shown(sitting.attempt, question.id)
        st.session_state[name] = True


def why(found, question) -> None:
    """What the question was chosen for, where the session mixes."""
    if reason := found.attempt.form.get("why", {}).get(question.id):
        st.caption(plain(reason))


def take_hint(attempt: str, question: str) -> None:
    """One more; that it could not be kept, and so is not shown, is said under the fields."""
    try:
        practising.take_hint(attempt, question)
    except session.RecordsError as problem:
        st.session_state[f"unsaved-{attempt}:{question}"] = session.unsaved(problem)


def hints(sitting, found, question) -> None:
    """The hints taken, and the next one with its price."""
    held = practising.hints(found, question.id)
    for number, text in enumerate(held.taken, 1):
        st.html(feedback.notice(f"Hint {number}"))
        st.markdown(prose(text))
    if held.left:
        st.button(f"Take a hint, for {held.price:.0%} of the points", key=f"hint-{question.id}", icon=":material/lightbulb:",
                  on_click=take_hint, args=(sitting.attempt, question.id))


def ask(sitting, found, question, place: int) -> None:
    """The fields and the hints."""
    seen(sitting, question)
    fields(sitting, question, place)
    hints(sitting, found, question)


def fields(sitting, question, place: int) -> None:
    """The fields, how sure one is, and the button."""
    key = f"{sitting.attempt}:{question.id}"
    with st.form(f"form-{key}", border=False):
        answering.field(question, key)
        st.radio("How sure are you?", list(SAYS), format_func=SAYS.get, horizontal=True, key=f"sure-{key}",
                 help=f"Optional. Right earns {RIGHT[1]}, {RIGHT[2]} or {RIGHT[3]} confidence marks, wrong {WRONG[1]}, {WRONG[2]} or {WRONG[3]}. They stand beside your score and never change it.")
        st.form_submit_button("Submit answer", type="primary", on_click=hand_in, args=(sitting.attempt, question, place, key))
    answering.trouble(key)


def hand_in(attempt: str, question, place: int, key: str) -> None:
    """Takes the answer in before the page is drawn."""
    sure = st.session_state.get(f"sure-{key}") or UNSAID
    if answering.taken(key, lambda: practising.hand_in(attempt, question.id, answering.response(question, key), sure)):
        question_screen.to_question(place)


def answered(sitting, found, question, place: int, profile) -> None:
    """Everything that is said of the answer, its confidence marks, and when it comes again."""
    answering.theirs(f"{sitting.attempt}:{question.id}")
    answer, again = sitting.answered[question.id], reviewing.again_on(profile, question.id)
    told = [f"{LEVELS[answer.sure]}, and {'right' if answer.right else 'not right'}: {points(answer.right, answer.sure):+d} confidence marks." if answer.sure else "",
            f"To be reviewed on {again:%-d %B %Y}." if again else "", "Saved."]
    explain(reveal.feedback_of(found, sitting, question.id), after=f'<p class="cc-saved">{" ".join(filter(None, told))}</p>')
    objecting.after(sitting.attempt, question.id)
    question_screen.following(sitting, place)


def sureness(sitting) -> None:
    """The confidence marks, apart from the points."""
    held = practising.sureness(sitting)
    if held.said:
        slips = f" {held.wrong_and_sure} of them sure and wrong: these come back first." if held.wrong_and_sure else ""
        st.html(feedback.notice(f"Confidence: {held.marks} of {held.best} marks, on {held.said} answers that said how sure you were.", f"It is no part of your score.{slips}"))


def summary(sitting, found) -> None:
    """How it went, question by question."""
    question_screen.points(sitting)
    sureness(sitting)
    question_screen.spent(sitting)
    question_screen.outcomes(sitting, lambda question: reveal.feedback_of(found, sitting, question.id))
    with st.container(horizontal=True, wrap=True):
        places.link(places.ATTEMPT, "Every question with its reasons", icon=":material/history:", attempt=sitting.attempt)
        places.link(places.PRACTICE, "Practise something else", icon=":material/tune:")
        places.link(places.REVIEW, "Reviews", icon=":material/event_repeat:")
        places.link(places.HOME, "Home", icon=":material/home:")


def as_it_was(attempt: str, profile) -> bool:
    """While the records cannot be read: the question with what was typed, to be handed in again."""
    return question_screen.once_more(attempt, lambda held: fields(held, held.question, held.place))


@question_screen.or_as_it_was(as_it_was)
def where_one_is(attempt: str, profile) -> None:
    """The question that the address names, or the summary."""
    found = sittings.opened(attempt, practising.KIND)
    sitting = sittings.sitting_of(found)
    place = question_screen.at_question(sitting)
    if place >= len(sitting.questions):
        summary(sitting, found)
        return

    def work(question) -> None:
        why(found, question)
        if question.id in sitting.answered:
            answered(sitting, found, question, place, profile)
        elif sitting.finished:
            st.html(feedback.notice("This session has ended.", "The question was not answered; it does not count as wrong."))
        else:
            ask(sitting, found, question, place)
    question_screen.screen(sitting, place, work)


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    if not attempt:
        st.title("Practice session")
        st.info("No session is open in this tab. Put one together, or take the one that is ready for today.")
        places.link(places.PRACTICE, "To practice", icon=":material/tune:")
        return
    begun = sittings.begun(attempt)
    st.title(plain(begun.title), anchor=False)
    if question_screen.ours(begun, profile):
        where_one_is(attempt, profile)


main()
