"""One learner for whoever leads them: assigned work, competencies with sign-offs, mock exams, readiness, time, and the way into each attempt."""

import streamlit as st

from app import assigning, cohort_files, exam_offers, learner_evidence, session, standing, work_offered
from app.widgets import past_attempts, places, work_words
from app.widgets.markup import table, text
from app.widgets.wording import label, plain


def facts(held) -> None:
    """The few figures that come first."""
    person = held.person
    seen = session.told(person.seen) if person.seen else "never"
    share = f"{person.share:.0%} of the points on {person.answers} answers" if person.share is not None else "no answers yet"
    st.html(f"<p>{work_words.word(person.standing.word)}{work_words.why(person.standing.why)}</p>")
    spent = f"About {work_offered.length(held.minutes)}" if held.minutes else "Less than a minute"
    st.markdown(plain(f"Last here: {seen}. {share[0].upper()}{share[1:]}. {spent} of work, pauses left out. Aims for {session.goal_name(held.profile)}."))
    st.markdown(f"**Readiness, {plain(held.exam)}.** {plain(held.readiness)}")


def signatures(held) -> None:
    """Signing a competency off, and taking it back."""
    st.header("Sign off a competency", anchor=False)
    names = {line.id: f"{line.name} ({standing.figure(line.standing)})" for area in held.areas for line in area.lines if line.id not in held.signed}
    with st.form("sign-off", clear_on_submit=True, border=False):
        chosen = st.selectbox("Competency", list(names), format_func=lambda id: label(names[id]), index=None, placeholder="Choose one")
        note = st.text_area("What you saw", max_chars=500, help="The sign-off rests on it; the learner reads it.")
        if st.form_submit_button("Sign off", type="primary"):
            done(lambda: learner_evidence.sign_off(held.profile.id, chosen or "", note), "Signed off.")
    known = {line.id: line.name for area in held.areas for line in area.lines}
    for one in held.signed.values():
        with st.expander(f"Signed off: {plain(known.get(one.competency, one.competency))}", icon=":material/verified:"):
            st.markdown(plain(f"{one.note} ({one.by_name or 'a trainer whose profile is gone'}, {session.told(one.at)})"))
            why = st.text_input("Why it is taken back", max_chars=500, key=f"why-{one.id}")
            if st.button("Take back", key=f"revoke-{one.id}", disabled=not why.strip()):
                done(lambda one=one, why=why: learner_evidence.revoke(one, why), "The sign-off is taken back.")
    for one in held.earlier:
        st.caption(plain(f"{known.get(one.competency, one.competency)}: signed off {session.told(one.at)}, taken back {session.told(one.revoked_at)}. {one.why_revoked}"))


def done(change, says: str) -> None:
    with session.problems_said():
        more = change()
        st.session_state["learner-said"] = f"{says} {more}" if isinstance(more, str) else says
        st.rerun()


def competencies(held) -> None:
    """All of them, area by area, as far as anything was shown or signed."""
    st.header("Competencies", anchor=False)
    heads = [("Competency", False), ("Share", True), ("Answers", True), ("Different questions", True), ("Last", True), ("Signed off", False)]
    rows = [(text(line.name), "not seen" if line.share is None else f"{line.share:.0%}", str(line.standing.n) if line.standing else "0", str(line.standing.items) if line.standing else "0",
             text(work_words.day(line.standing.last_at)) if line.standing else "", text(held.signed[line.id].by_name or "yes") if line.id in held.signed else "")
            for area in held.areas for line in area.lines if line.standing or line.id in held.signed]
    if rows:
        st.html(f'<div class="cc-paper">{table("What was shown so far", heads, rows)}</div>')
    unseen = sum(line.standing is None for area in held.areas for line in area.lines)
    st.caption(f"{unseen} competencies were not met yet, which is not the same as weak. One answer is little evidence, however it went.")


def attempts(held) -> None:
    """Mock exams, then every attempt, page by page, each to be opened."""
    st.header("Mock exams", anchor=False)
    past_attempts.show(held.profile.id, "mocks", kind=exam_offers.KIND, state="ended", page=places.EXAM_REPORT, icon=":material/timer:")
    st.header("All attempts", anchor=False)
    past_attempts.show(held.profile.id, "past")


def exam_time(held) -> None:
    """More of an exam's own time."""
    percent = st.selectbox("Time in exams", assigning.TIMES, list(assigning.TIMES).index(held.profile.time_percent) if held.profile.time_percent in assigning.TIMES else 0,
                           format_func=lambda each: f"{each}% of the exam's own", key="time")
    if st.button("Save time", disabled=percent == held.profile.time_percent, key="save-time"):
        done(lambda: assigning.give_time(held.profile.id, percent), f"{held.profile.name} has {percent}% of an exam's time from the next one on.")


def main() -> None:
    session.require("sign off")
    if not st.query_params.get("learner"):
        st.title("Learner", anchor=False)
        st.info("Nobody is named in the address. Choose someone from a cohort's table.")
        places.link(places.COHORTS, "To the cohorts", icon=":material/groups:")
        return
    held = learner_evidence.learner(st.query_params["learner"])
    st.title(plain(held.profile.name), anchor=False)
    if says := st.session_state.pop("learner-said", ""):
        st.success(plain(says))
    facts(held)
    if held.person.pieces:
        st.html(work_words.pieces("Assigned work", held.person.pieces))
    signatures(held)
    attempts(held)
    competencies(held)
    st.header("Time and files", anchor=False)
    exam_time(held)
    with st.container(horizontal=True, wrap=True):
        for kind, type_ in cohort_files.TYPES.items():
            st.download_button(f"Save as {kind.upper()}", cohort_files.learner(held.profile.id, kind), f"learner.{kind}", type_, on_click="ignore", icon=":material/download:", key=f"file-{kind}")
        places.link(places.COHORTS, "To the cohorts", icon=":material/groups:")


main()
