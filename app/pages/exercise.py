"""An exercise being worked: the file on one side; what arrives, what is asked of it and what was answered on the other. The place is in the address."""

import streamlit as st

from app import exercises, session
from app.widgets import feedback, objecting, paper_sheet, places, reference_panel, round_answers, round_form
from app.widgets.wording import plain, prose

AUTOSAVE = "12s"
MOST_TOLD = 12


def file(work) -> None:
    """The papers that lie there all the time, each under its tab, and the books behind a fold."""
    st.header("The file", anchor=False)
    if work.file:
        paper_sheet.file(work.file)
    fold = st.expander("Look something up", on_change="rerun", key="exercise-shelf", icon=":material/menu_book:")
    if fold.open:
        with fold:
            reference_panel.render(None, key="exercise-shelf-books")


def due(work, desk) -> None:
    """The round that is due: what arrived, and its questions, kept as a draft while they are answered."""
    st.header(plain(work.heading), anchor=False)
    if work.lead:
        st.markdown(prose(work.lead))
    for paper in work.papers:
        paper_sheet.show(paper)
    key = f"{work.attempt}:{work.round}"
    with st.container(key="round-form"):
        round_form.draw(work, key)
    autosave(work, key)
    with st.container(horizontal=True):
        sent = st.button("Hand in", type="primary", key=f"{key}:hand-in")
        if work.answered and st.button("Stop here and see the score", type="tertiary", key=f"{key}:stop"):
            desk.finish(work.attempt)
            st.rerun()
    if sent:
        hand_in(work, desk, key)


def hand_in(work, desk, key: str) -> None:
    """Hands the round in; what cannot be read is said, and stays in its field."""
    held = round_form.texts(work, key)
    desk.save_draft(work.attempt, work.round, held)
    problems = desk.answer(work.attempt, work.round, round_form.responses(work, held))
    if not problems:
        st.rerun()
    cells = {cell.id: f"{cell.row}: {cell.column}." for cell in work.cells}
    told = [f"{cells.get(ask.id, ask.prompt)} {problems[ask.id]}" for ask in work.asks if ask.id in problems]
    more = f" And {len(told) - MOST_TOLD} more." if len(told) > MOST_TOLD else ""
    st.html(feedback.notice("Nothing is handed in yet.", " ".join(told[:MOST_TOLD]) + more))


@st.fragment(run_every=AUTOSAVE)
def autosave(work, key: str) -> None:
    """Keeps what stands in the fields; says when it last did, how long a letter is, and on request what the columns add up to."""
    held = round_form.texts(work, key)
    if held != st.session_state.get(f"{key}:saved", {name: str(work.draft.get(name, "")) for name in held}):
        exercises.desk().save_draft(work.attempt, work.round, held)
        st.session_state[f"{key}:saved"] = held
        st.session_state[f"{key}:saved-at"] = session.now()
    columns = round_form.totals(work, held)
    if any(each for _, each in columns) and st.button("Add up the columns", key=f"{key}:add", icon=":material/calculate:"):
        st.session_state[f"{key}:added"] = True
    if st.session_state.get(f"{key}:added"):
        for grid, sums in columns:
            st.html(f'<p class="cc-saved" role="status">{" · ".join(f"{plain(name)}: {total:,.2f} in {count} fields" for name, total, count in sums)}</p>')
    at = st.session_state.get(f"{key}:saved-at")
    says = [*round_form.words(work, held), "Draft saved " + session.told(at) if at else "Your answers are kept as a draft while you work."]
    st.html(f'<p class="cc-saved">{" ".join(says)}</p>')


def done(work) -> None:
    """How it went, what remains to be seen, and what it teaches."""
    possible = float(work.possible)
    share = float(work.score) / possible if possible else 0
    st.html(feedback.notice(f"{work.score} of {work.possible} marks ({share:.0%}).", "Finished. Every answer stays in your record."))
    for paper in work.closing:
        paper_sheet.show(paper)
    st.subheader("What this teaches", anchor=False)
    st.markdown(prose(work.teaches))
    with st.container(horizontal=True, wrap=True):
        places.link(places.SCENARIOS, "Other work", icon=":material/assignment:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    desk = exercises.desk()
    work = desk.work(attempt) if attempt else None
    if work is None:
        st.title("Exercise")
        st.info("No exercise is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.SCENARIOS, "To the claims", icon=":material/assignment:")
        return
    st.title(plain(work.title), anchor=False)
    where = f"finished with {work.score} of {work.possible} marks" if work.finished else f"part {work.round} of {work.rounds}"
    st.caption(f"{plain(work.kind_title)} · {where}")
    mine, theirs = work.profile == profile.id, session.leading(work.profile)
    if not mine and not theirs:
        st.info("This attempt belongs to another profile. Choose that profile to go on with it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    st.markdown(prose(work.story))
    if work.invented:
        st.caption(f"Invented for training, binding nobody: {plain(', '.join(work.invented))}.")
    with st.container(key="wide-page"):
        left, right = st.columns([4, 6], gap="large")
    with left, st.container(key="file-side"):
        file(work)
    with right:
        said = objecting.over(attempt)
        for answered in work.answered:
            round_answers.show(answered, latest=answered.number == len(work.answered))
            said(f"round-{answered.number}")
        if work.finished:
            done(work)
        elif mine:
            due(work, desk)
        objecting.about_attempt(attempt)


main()
