"""Corrections: a question that was wrong, whom it touches with old and new points, the correction made or taken back."""

import streamlit as st

from app import correction_desk, session
from app.widgets import feedback, places
from app.widgets.markup import table, text
from app.widgets.wording import plain, prose


def points(pair) -> str:
    return f"{pair[0].normalize():f} of {pair[1].normalize():f}"


def touched(tried) -> None:
    """Who would have other points."""
    if tried.left:
        st.caption(f"Answers of your own: {tried.left}. They stay as they are; another trainer can mark them anew.")
    if not tried.deltas:
        st.html(feedback.notice(f"No score would change. Answers looked at: {tried.answers}."))
        return
    st.html(feedback.notice(f"Answers that would have other points: {len(tried.deltas)} of {tried.answers}. Learners touched: {tried.people}."))
    rows = [(text(delta.name), text(delta.title), text(points(delta.before)), text(points(delta.after))) for delta in tried.deltas]
    st.html(f'<div class="cc-paper">{table("Old and new points for this question", [("Learner", False), ("Attempt", False), ("Old", True), ("New", True)], rows)}</div>')


def make(profile) -> None:
    """Choose, look, apply."""
    st.header("Correct a question", anchor=False)
    choices = {choice.item: choice for choice in correction_desk.choices()}
    if not choices:
        st.markdown("Nothing was answered here yet, so there is nothing to correct.")
        return
    item = st.selectbox("Which question", list(choices), key="item", format_func=lambda name: f"{choices[name].slug} ({choices[name].answers} answers{', corrected' if choices[name].corrected else ''})")
    st.markdown(prose(choices[item].stem))
    policies = correction_desk.POLICIES
    policy = st.radio("What becomes of the answers", list(policies), format_func=lambda name: name.replace("-", " ").capitalize(), captions=list(policies.values()), key="policy",
                      index=list(policies).index("never-lower" if choices[item].corrected else "full-credit"))
    if policy in correction_desk.NEED_A_KEY and not choices[item].corrected:
        st.caption("No question in the content replaces this one, so that its own key of today decides.")
    touched(correction_desk.trial(item, policy))
    reason = st.text_input("Why, in a sentence the learners will read", key="reason", max_chars=300)
    st.button("Correct the marks", type="primary", key="apply", on_click=apply, args=(item, policy, profile, reason))
    if says := st.session_state.pop("refused", ""):
        st.error(says, icon=":material/error:")
    if says := st.session_state.pop("made", ""):
        st.html(feedback.notice(says))


def apply(item: str, policy: str, profile, reason: str) -> None:
    """Makes the run before the page is drawn."""
    try:
        correction_desk.apply(item, policy, profile, reason, correction_desk.new_id())
        st.session_state["made"] = "The marks are corrected. Learners whose points moved see a notice; the run below can be taken back."
    except (correction_desk.NotPossible, session.RecordsError) as problem:
        st.session_state["refused"] = str(problem)


def take_back(run: str, profile) -> None:
    try:
        correction_desk.undo(run, profile)
        st.session_state["made"] = "Taken back: every answer has again the marks it had."
    except session.RecordsError as problem:
        st.session_state["refused"] = str(problem)


def history(profile) -> None:
    """The runs so far."""
    st.header("Runs so far", anchor=False)
    found = correction_desk.runs()
    if not found:
        st.markdown("None yet.")
    for one in found:
        run = one.run
        state = " Taken back." if run.undone_at else ""
        with st.container(border=True):
            st.markdown(f"**{plain(run.policy.replace('-', ' ').capitalize())}**: {plain(one.slug)}, {one.changed} gradings. {plain(run.reason)}{state}")
            st.caption(plain(f"{session.told(run.at)}, by {one.by}."))
            if run.policy != "undo" and not run.undone_at:
                st.button(f"Take back: {plain(one.slug)}, {session.told(run.at)}", key=f"undo-{run.id}", on_click=take_back, args=(run.id, profile), wrap=True)


def main() -> None:
    session.require("correct items")
    profile = session.me()
    st.title("Corrections", anchor=False)
    st.markdown("When a question turns out to be wrong, its answers can be marked anew. Nothing is overwritten: the earlier marks stay on record, and a run can be taken back.")
    make(profile)
    history(profile)
    places.link(places.EXAMS, "To the exams", icon=":material/timer:")


main()
