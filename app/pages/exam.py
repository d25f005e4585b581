"""A practice exam being sat: one question a screen, every answer saved on its change, the clock the server's, nothing of the key before the end."""

import streamlit as st

from app import exam_desk, session
from app.widgets import case_exhibits, exam_clock, exam_field, exam_screens, feedback, places
from app.widgets.question_screen import DRAWN, or_as_it_was
from app.widgets.wording import plain


KEPT = "exam-on-screen"


def tab() -> str:
    """What tells this tab from another."""
    return st.session_state.setdefault("tab", session.new_id())


def at_place(paper, done) -> int | str:
    """The question the address names, or one of the screens `parts` and `end`; without a name, where the learner was."""
    asked = st.query_params.get("q", "")
    if asked == exam_screens.END or asked == exam_screens.PARTS and paper.parts:
        return asked
    if asked.isdecimal() and 0 < int(asked[:4]) <= len(paper.questions):
        return int(asked[:4]) - 1
    if paper.parts:
        return exam_screens.PARTS
    return next((at for at, id in enumerate(paper.questions.ids) if id == done.last_shown), 0)


def opened(paper, question) -> None:
    """Notes which question lies open, once for each time; the first one in a tab resumes."""
    name = f"shown-{paper.attempt}"
    if st.session_state.get(name) != question.id:
        exam_desk.mark(paper.attempt, "navigate", to=question.id, resumed=name not in st.session_state)
        st.session_state[name] = question.id


def save(attempt: str, question: str, key: str) -> None:
    """Takes the change in before the page is drawn."""
    try:
        given = exam_field.response(exam_desk.paper(attempt).questions.of(question), key)
        receipt = exam_desk.answer(attempt, question, given, st.session_state.get(f"after-{key}", 0), tab())
    except session.RecordsError as problem:
        st.session_state[f"unsaved-{key}"] = session.unsaved(problem)
        return
    if receipt.already and receipt.step.payload["response"] != given:
        st.session_state[f"theirs-{key}"] = True


def in_step(paper, question, key: str, done) -> None:
    """Puts the stored answer into the field where this tab does not have it, or another tab has changed it since."""
    after, known = done.sequences.get(question.id, 0), st.session_state.get(f"after-{key}")
    elsewhere = known is not None and after != known and done.tabs.get(question.id) != tab()
    stored = question.id in done.answers
    if not exam_field.held(question, key) and stored or elsewhere or st.session_state.get(f"theirs-{key}"):
        exam_field.put(question, key, done.answers.get(question.id))   # where nothing is stored, what stands in the browser is left: see `missed`
    if st.session_state.pop(f"theirs-{key}", False) or elsewhere:
        st.html(feedback.notice("This question was answered in another tab or on another device.", "That answer is saved and shown here. Choose again to change it."))
    st.session_state[f"after-{key}"] = after


def missed(paper, question, key: str, done) -> bool:
    """Takes in what the browser shows and no run was told of: a choice whose server died on it comes with the next one's first run."""
    if exam_field.same(question, key, done.answers.get(question.id)):
        return False
    save(paper.attempt, question.id, key)
    st.rerun()


def ask(paper, question, done, number: int) -> None:
    """The field, and whether its answer is saved; with the number, so that the line is never read for another question."""
    key = f"{paper.attempt}:{question.id}"
    in_step(paper, question, key, done)
    exam_field.field(question, key, save, (paper.attempt, question.id, key))     # by their names: a tab keeps these for as long as it is open
    if unsaved := st.session_state.pop(f"unsaved-{key}", ""):
        st.error(unsaved, icon=":material/error:")
    elif not missed(paper, question, key, done) and question.id in done.answers:
        st.html(f'<p class="cc-saved" role="status">Answer {number} saved.</p>')
        if sentence := exam_desk.unreadable(question, done.answers[question.id]):
            st.html(feedback.notice(sentence, "It is saved as you wrote it, but it could not be marked."))
    if paper.sure:
        exam_screens.how_sure(paper, question, done)


def one_question(paper, place: int, done) -> None:
    """One screen."""
    opened(paper, paper.questions[place])
    st.session_state[DRAWN], st.session_state[KEPT] = True, (paper, place, done)
    screen(paper, place, done)


def screen(paper, place: int, done) -> None:
    """What lies on it."""
    question = paper.questions[place]
    exam_screens.heading(paper, place, done)
    with case_exhibits.sides(question):
        case_exhibits.asked(question)
        ask(paper, question, done, exam_screens.number(paper, place))
        exam_screens.ways(paper, place, question, done)
    exam_screens.shelf(paper, question)


def as_it_was(attempt: str) -> bool:
    """While the records cannot be read: the question with what was chosen or typed; it is saved with the next click once they can be."""
    held = st.session_state.get(KEPT)
    if not held or held[0].attempt != attempt:
        return False
    screen(*held)
    return True


@or_as_it_was(as_it_was)
def where_one_is(attempt: str) -> None:
    """The question that the address names, or one of the other screens; once the exam is over, its report."""
    paper, done = exam_desk.paper(attempt), exam_desk.progress(attempt)
    if done.finished:
        places.go(places.EXAM_REPORT, attempt=attempt)
    place = at_place(paper, done)
    if place == exam_screens.END:
        exam_screens.before_the_end(paper, done)
    elif place == exam_screens.PARTS:
        exam_screens.parts(paper, done)
    else:
        one_question(paper, place, done)


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    paper = exam_desk.paper(attempt) if attempt else None
    if paper is None or paper.profile != profile.id:
        st.title("Practice exam")
        st.info("This exam belongs to another profile. Choose that profile to go on with it." if paper else "No exam is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.WELCOME if paper else places.EXAMS, "Choose a profile" if paper else "To the exams", icon=":material/timer:")
        return
    words, time = st.columns([3, 1], vertical_alignment="center")
    words.title(plain(paper.title), anchor=False)
    if paper.clocked:
        with time:
            exam_clock.draw(paper.deadline, exam_desk.clock(attempt))
    where_one_is(attempt)


main()
