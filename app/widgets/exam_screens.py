"""What stands around a question of an exam: where one is, the ways on, the parts, and the list of what is open before finishing."""

import streamlit as st

from app import exam_desk
from app.session import RecordsError, unsaved
from app.widgets import feedback, places, reference_panel
from app.widgets.wording import plain

END, PARTS = "end", "parts"
FLAG, DONE = "⚑", "✓"
UNKEPT = "exam-unkept"


def mark(attempt: str, kind: str, **said) -> None:
    """Keeps a flag or how sure one is; that it could not be kept is said under the question."""
    try:
        exam_desk.mark(attempt, kind, **said)
    except RecordsError as problem:
        st.session_state[UNKEPT] = unsaved(problem)


def to(place: int | str) -> None:
    """The address of another screen; the run that follows shows it."""
    st.query_params["q"] = str(place + 1) if isinstance(place, int) else place


def part_of(paper, place: int) -> tuple[str, tuple[int, ...]]:
    """Name and places of the part that a question stands in; the whole paper where there are none."""
    return next(((name, places_) for _, name, places_ in paper.parts if place in places_), ("", tuple(range(len(paper.questions)))))


def number(paper, place: int) -> int:
    """The question's number in its part."""
    return part_of(paper, place)[1].index(place) + 1


def heading(paper, place: int, done) -> None:
    """Which question of how many, and how many are answered."""
    name, within = part_of(paper, place)
    answered = sum(paper.questions.ids[at] in done.answers for at in within)
    flagged = sum(paper.questions.ids[at] in done.flags for at in within)
    st.header(f"Question {within.index(place) + 1} of {len(within)}", anchor=False)
    st.caption(plain(", ".join(filter(None, [name, f"{answered} answered", f"{flagged} flagged" if flagged else ""]))))


def ways(paper, place: int, question, done) -> None:
    """Back, flag, on, and all questions at once."""
    _, within = part_of(paper, place)
    at = within.index(place)
    flagged = question.id in done.flags
    if unkept := st.session_state.pop(UNKEPT, ""):
        st.error(unkept, icon=":material/error:")
    with st.container(horizontal=True, wrap=True, vertical_alignment="center", key="ways"):
        st.button("Previous", key="previous", on_click=to, args=(within[at - 1],), disabled=not at, shortcut="Alt+P")
        st.button("Take the flag off" if flagged else "Flag to come back", key="flag", on_click=mark, args=(paper.attempt, "flag"),
                  kwargs={"slot": question.id, "on": not flagged}, icon=":material/flag:", shortcut="Alt+L")
        last = at + 1 == len(within)
        onward = "Next" if question.id in done.answers else "Skip for now"
        st.button(("To the parts" if paper.parts else "To the end") if last else onward, key="next", type="primary", shortcut="Alt+N",
                  on_click=to, args=((PARTS if paper.parts else END) if last else within[at + 1],))
    with st.container(horizontal=True, wrap=True, key="whole"):
        fold = st.popover("All questions", on_change="rerun", key="navigator", icon=":material/apps:")
        if fold.open:
            with fold:
                navigator(paper, within, done, place)
        if paper.parts:
            st.button("All parts", key="to-parts", on_click=to, args=(PARTS,))
        st.button("Finish…", key="to-end", type="tertiary", on_click=to, args=(END,))


def navigator(paper, within: tuple[int, ...], done, place: int | None) -> None:
    """Every question as a small button: answered ones ticked, flagged ones with their flag."""
    def name(at: int) -> str:
        id = paper.questions.ids[at]
        return " ".join(filter(None, [str(within.index(at) + 1), DONE if id in done.answers else "", FLAG if id in done.flags else ""]))
    key = f"pills-{place}"
    st.markdown(f"{DONE} answered, {FLAG} flagged.")   # no caption: its colour is not the pop-over's in the dark
    st.pills("Questions", within, format_func=name, key=key, label_visibility="collapsed", on_change=lambda: to(st.session_state[key]) if st.session_state[key] is not None else None)


def how_sure(paper, question, done) -> None:
    """How sure the learner is; it never changes the score."""
    key = f"sure-{paper.attempt}:{question.id}"
    if key not in st.session_state:
        st.session_state[key] = done.sure.get(question.id)
    st.segmented_control("How sure are you?", list(exam_desk.LEVELS), format_func=exam_desk.LEVELS.get, key=key,
                         on_change=lambda: mark(paper.attempt, "confidence", slot=question.id, level=st.session_state[key]))


def shelf(paper, question) -> None:
    """The code books that the exam allows; all else stays closed until the end."""
    if not paper.books:
        st.caption("This exam is sat with closed books.")
        return
    fold = st.expander("Code books: the exam allows these, and nothing else", on_change="rerun", key=f"fold-{question.id}", icon=":material/menu_book:")
    if fold.open:
        with fold:
            reference_panel.render(set(paper.books), key=f"shelf-{question.id}")


def parts(paper, done) -> None:
    """The parts of an exam sat over days, each to be opened when one likes."""
    st.header("Its parts", anchor=False)
    st.markdown("Sit them in any order and on any day of the window. Every answer is kept; nothing is marked before you finish.")
    for part, name, within in paper.parts:
        answered = sum(paper.questions.ids[at] in done.answers for at in within)
        first = next((at for at in within if paper.questions.ids[at] not in done.answers), within[0])
        with st.container(horizontal=True, wrap=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"part-{part}"):
            st.markdown(f"**{plain(name)}**: {answered} of {len(within)} answered")
            st.button(f"{'Look again at' if answered == len(within) else 'Go on with' if answered else 'Begin'} {plain(name)}", key=f"open-{part}", on_click=to, args=(first,), wrap=True)
    st.button("Finish…", key="to-end", on_click=to, args=(END,))


def before_the_end(paper, done) -> None:
    """What is still open, then the one button that ends it."""
    left, flagged = done.left(paper), done.flagged(paper)
    st.header("Before you finish", anchor=False)
    if left:
        st.html(feedback.notice(f"{len(left)} of {len(paper.questions)} questions have no answer.", "At the end they count as not answered, which earns nothing. A guess costs nothing."))
    else:
        st.html(feedback.notice(f"All {len(paper.questions)} questions are answered, and every answer is saved."))
    lists(paper, "Without an answer", left)
    lists(paper, "Flagged", flagged)
    with st.container(horizontal=True, wrap=True):
        st.button("Back to the questions", key="back", on_click=to, args=(PARTS if paper.parts else left[0] if left else 0,))
        if st.button("Finish and see the report", key="finish", type="primary"):
            exam_desk.finish(paper.attempt)
            places.go(places.EXAM_REPORT, attempt=paper.attempt)
    st.caption("Once finished, it takes no more answers.")


def lists(paper, label: str, within: tuple[int, ...]) -> None:
    """Questions to go back to, by number."""
    if not within:
        return
    def name(at: int) -> str:
        part, places_ = part_of(paper, at)
        return f"{part} {places_.index(at) + 1}" if part else str(at + 1)
    key = f"list-{label}"
    st.pills(label, within, format_func=name, key=key, on_change=lambda: to(st.session_state[key]) if st.session_state[key] is not None else None)
