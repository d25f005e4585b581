"""What stands around a question of a sitting: where one is, the shelf of books, and the list of how each question went."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps

import streamlit as st

from app import reference, session, standing
from app.gate import ExamRunning
from app.widgets import case_exhibits, chart, feedback, places, reference_panel, resting, wording

KEPT, DRAWN = "on-screen", "on-screen-drawn"
LONGEST = 24                     # words of a stem in a list


@dataclass(frozen=True)
class OnScreen:
    """The question that lies open, its place and of how many: enough to draw its fields while the records cannot be read."""
    attempt: str
    question: object
    place: int
    count: int


def by_itself(draw):
    """A part of a page that is drawn anew alone: an answer costs the server its question, not the navigation, the look and whatever else stands around it."""
    return or_as_it_was(None)(draw)


def or_as_it_was(again):
    """The same. again: draws the question from what this tab knows where the records cannot be read, so that what was typed stays in its field; whether it could."""
    def by_itself_(draw):
        @st.fragment
        @wraps(draw)
        def drawn(*given):
            st.session_state.pop(DRAWN, None)
            try:
                draw(*given)
            except ExamRunning:
                resting.instead(session.me())
            except session.RecordsError as problem:
                said = any(str(name).startswith("unsaved-") for name in st.session_state)      # under the fields, where these can be drawn
                if not (again and DRAWN not in st.session_state and again(*given) and said):
                    st.error(wording.label(str(problem)), icon=":material/error:")
        return drawn
    return by_itself_


def keep(attempt: str, question, place: int, count: int) -> None:
    """Called as a question's fields are about to be drawn."""
    st.session_state[DRAWN] = True
    st.session_state[KEPT] = OnScreen(attempt, question, place, count)


def once_more(attempt: str, ask) -> bool:
    """The question as it lay there last, with what `ask` draws under it; whether one lay there."""
    held = st.session_state.get(KEPT)
    if not held or held.attempt != attempt:
        return False
    st.header(f"Question {held.place + 1} of {held.count}", anchor=False)
    case_exhibits.asked(held.question)
    ask(held)
    return True


def at_question(sitting) -> int:
    """The question the address names, else the first without an answer; past the last stands for the summary."""
    asked = st.query_params.get("q", "")
    place = min(int(asked[:4]) - 1 if asked.isdecimal() and 0 < int(asked[:4]) else sitting.place, len(sitting.questions))
    if asked != str(place + 1):
        to_question(place)   # so that a tab stays at its question when another one answers it
    return place


def to_question(place: int) -> None:
    """The address of another question; the run that follows shows it."""
    st.query_params["q"] = str(place + 1)


def state_of(sitting, question: str, now: bool) -> str:
    """How a question stands, for the row of steps."""
    answer = sitting.answered.get(question)
    if now:
        return "now"
    if answer is None:
        return "open"
    return "full" if answer.earned == answer.possible else "some" if answer.earned else "none"


def heading(sitting, place: int) -> None:
    """The row of steps, and which question of how many."""
    count = len(sitting.questions)
    label = f"Question {place + 1} of {count}"
    st.html(chart.steps([state_of(sitting, id, at == place and id not in sitting.answered) for at, id in enumerate(sitting.questions.ids)], label))
    st.header(label, anchor=False)


def shelf(question) -> None:
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


def screen(sitting, place: int, work) -> None:
    """One question: its case and its stem, what `work(question)` draws under them, the books, and the way out."""
    question = sitting.questions[place]
    heading(sitting, place)
    beside = nullcontext()
    if question.code_set and not question.case:
        asking, beside = st.columns([3, 2], gap="large")
    else:
        asking = case_exhibits.sides(question, sitting.title) if question.case else nullcontext()
    with asking:
        case_exhibits.asked(question)
        keep(sitting.attempt, question, place, len(sitting.questions))
        work(question)
    with beside:
        shelf(question)
    if not sitting.finished:
        st.button("Stop here and see the summary", type="tertiary", on_click=to_question, args=(len(sitting.questions),), key="stop")


def following(sitting, place: int) -> None:
    """The button that leads on: to the next question, else to the first one left out, else to the summary."""
    onward = place + 1 if place + 1 < len(sitting.questions) else sitting.place
    label = "Next question" if onward < len(sitting.questions) else "See the summary"
    st.button(label, type="primary", key=f"next-{place}", on_click=to_question, args=(onward,), shortcut="Ctrl+Enter")


def points(sitting) -> None:
    """The points so far, and the way back to what was left out; unanswered is not wrong."""
    left = [at for at, id in enumerate(sitting.questions.ids) if id not in sitting.answered]
    asked = len(sitting.answered)
    st.header("Summary", anchor=False)
    st.html(feedback.notice(f"{standing.short(sitting.earned)} of {asked} points on {asked} answered questions.",
                            f"{len(left)} not answered; they do not count as wrong." if left else "Every question has an answer. All of it is saved."))
    st.html(chart.steps([state_of(sitting, id, False) for id in sitting.questions.ids], "Your answers in order"))
    if left and not sitting.finished:
        st.button("Go on with the next question", type="primary", on_click=to_question, args=(left[0],), key="go-on")


def outcomes(sitting, told) -> None:
    """Every question with how it went; `told` says what is said of one that has an answer."""
    items = []
    for at, question in enumerate(sitting.questions, 1):
        if question.id not in sitting.answered:
            items.append(feedback.reason(f"{at}. {short(question.stem)}", "Not answered", right=None))
            continue
        said = told(question)
        right = None if 0 < said.earned < said.possible else said.earned == said.possible
        items.append(feedback.reason(f"{at}. {short(question.stem)}", f"{feedback.says(said.earned, said.possible)}. {', '.join(said.competencies)}.", right=right))
    st.html(feedback.reasons(items))


def spent(sitting) -> None:
    """The time it took, where it was noted."""
    times = [answer.milliseconds // 1000 for answer in sitting.answered.values() if answer.milliseconds]
    if times:
        st.caption(f"{sum(times) // 60} min {sum(times) % 60} s in all, {round(sum(times) / len(times))} s a question.")


def short(stem: str) -> str:
    """The stem's end, where the question itself stands."""
    words = stem.replace("**", "").split()
    return " ".join(words) if len(words) <= LONGEST else "… " + " ".join(words[-LONGEST:])


def ours(sitting, profile) -> bool:
    """Whether the attempt is this learner's; says so where it is not."""
    if sitting.profile == profile.id:
        return True
    st.info("This attempt belongs to another profile. Choose that profile to go on with it.")
    places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
    return False
