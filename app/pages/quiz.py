"""A quiz being taken: one question a screen, feedback at once, and a summary at the end; the place is in the address."""

import streamlit as st

from app import quizzing, reference, reveal, session, sittings, standing
from app.widgets import answering, case_exhibits, chart, feedback, places, reference_panel
from app.widgets.explaining import explain
from app.widgets.wording import plain


def at_question(sitting) -> int:
    """The question the address names, else the first without an answer; past the last stands for the summary."""
    asked = st.query_params.get("q", "")
    place = min(int(asked) - 1 if asked.isdigit() and 0 < int(asked[:4]) else sitting.place, len(sitting.questions))
    if asked != str(place + 1):
        to_question(place)   # so that a tab stays at its question when another one answers it
    return place


def state_of(sitting, question, now: bool) -> str:
    """How a question stands, for the row of steps."""
    answer = sitting.answered.get(question.id)
    if now:
        return "now"
    if answer is None:
        return "open"
    return "full" if answer.earned == answer.possible else "some" if answer.earned else "none"


def to_question(place: int) -> None:
    """The address of another question; the run that follows shows it."""
    st.query_params["q"] = str(place + 1)


def ask(sitting, question) -> None:
    """The fields and the button; an unreadable answer stays in its field, with what is expected."""
    key = f"{sitting.attempt}:{question.id}"
    with st.form(f"form-{key}", border=False):
        answering.field(question, key)
        st.form_submit_button("Submit answer", type="primary", on_click=hand_in, args=(sitting, question, key))
    if unreadable := st.session_state.pop(f"unreadable-{key}", ""):
        st.html(feedback.notice(unreadable, "This does not count as an answer; change it and submit again."))
    if unsaved := st.session_state.pop(f"unsaved-{key}", ""):
        st.error(unsaved, icon=":material/error:")


def hand_in(sitting, question, key: str) -> None:
    """Takes the answer in before the page is drawn, so that one run stores it and shows what is said of it."""
    try:
        outcome = quizzing.hand_in(sitting.attempt, question.id, answering.response(question, key))
    except session.RecordsError as problem:
        st.session_state[f"unsaved-{key}"] = str(problem)
        return
    if isinstance(outcome, quizzing.Unreadable):
        st.session_state[f"unreadable-{key}"] = outcome.sentence
        return
    st.session_state[f"receipt-{key}"] = "theirs" if outcome.already else "saved"
    to_question(sitting.questions.index(question))


def answered(sitting, question, place: int) -> None:
    """What was answered, and everything that is said of it."""
    key = f"{sitting.attempt}:{question.id}"
    if st.session_state.get(f"receipt-{key}") == "theirs":
        st.html(feedback.notice("This question was answered before, in another tab.", "The first answer counts, and is shown here."))
    explain(reveal.feedback(sitting.attempt, question.id))
    st.html('<p class="cc-saved">Saved.</p>')
    following = place + 1 if place + 1 < len(sitting.questions) else sitting.place
    label = "Next question" if following < len(sitting.questions) else "See the summary"
    st.button(label, type="primary", key=f"next-{place}", on_click=to_question, args=(following,), shortcut="Ctrl+Enter")


def shelf(sitting, question) -> None:
    """The book beside a code question; all books behind a fold for the others."""
    book = reference.CODE_SETS.get(question.code_set)
    if book:
        st.subheader("Code books", anchor=False)
        reference_panel.render({book}, key=f"shelf-{question.id}")
        return
    fold = st.expander("Look something up", on_change="rerun", key=f"fold-{question.id}", icon=":material/menu_book:")
    if fold.open:
        with fold:
            reference_panel.render(None, key=f"shelf-{question.id}")


def one_question(sitting, place: int) -> None:
    """One screen."""
    question, count = sitting.questions[place], len(sitting.questions)
    st.html(chart.steps([state_of(sitting, q, at == place and q.id not in sitting.answered) for at, q in enumerate(sitting.questions)], f"Question {place + 1} of {count}"))
    st.header(f"Question {place + 1} of {count}", anchor=False)
    wide = bool(question.code_set) and not question.case
    main_side, shelf_side = st.columns([3, 2], gap="large") if wide else (case_exhibits.sides(question, sitting.title), st.container())
    with main_side:
        case_exhibits.asked(question)
        if question.id in sitting.answered:
            answered(sitting, question, place)
        else:
            ask(sitting, question)
    with shelf_side:
        shelf(sitting, question)
    if not sitting.finished:
        st.space("small")
        st.button("Stop here and see the summary", type="tertiary", on_click=to_question, args=(count,), key="stop")


def summary(sitting) -> None:
    """How it went, question by question; unanswered is not wrong."""
    left = [at for at, question in enumerate(sitting.questions) if question.id not in sitting.answered]
    asked = len(sitting.answered)
    st.header("Summary", anchor=False)
    st.html(feedback.notice(f"{standing.short(sitting.earned)} of {asked} points on {asked} answered questions.",
                            f"{len(left)} not answered; they do not count as wrong." if left else "Every question has an answer. All of it is saved."))
    st.html(chart.steps([state_of(sitting, q, False) for q in sitting.questions], "Your answers in order"))
    if left and not sitting.finished:
        st.button("Go on with the next question", type="primary", on_click=to_question, args=(left[0],), key="go-on")
    items = []
    for at, question in enumerate(sitting.questions, 1):
        if question.id not in sitting.answered:
            items.append(feedback.reason(f"{at}. {short(question.stem)}", "Not answered", right=None))
            continue
        said = reveal.feedback(sitting.attempt, question.id)
        right = None if 0 < said.earned < said.possible else said.earned == said.possible
        items.append(feedback.reason(f"{at}. {short(question.stem)}", f"{feedback.says(said.earned, said.possible)}. {', '.join(said.competencies)}.", right=right))
    st.html(feedback.reasons(items))
    with st.container(horizontal=True, wrap=True):
        places.link(places.ATTEMPT, "Every question with its reasons", icon=":material/history:", attempt=sitting.attempt)
        places.link(places.QUIZZES, "Other quizzes", icon=":material/quiz:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def short(stem: str) -> str:
    """The stem's end, where the question itself stands."""
    words = stem.replace("**", "").split()
    return " ".join(words) if len(words) <= 24 else "… " + " ".join(words[-24:])


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
    if sitting.profile != profile.id:
        st.info("This attempt belongs to another profile. Choose that profile to go on with it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    place = at_question(sitting)
    summary(sitting) if place >= len(sitting.questions) else one_question(sitting, place)


main()
