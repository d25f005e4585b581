"""The marking queue: letters to read, element by element, and disputes to answer, each with everything that is needed to judge it."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from app import marking_desk, marks_between, session
from app.widgets import case_exhibits, feedback, marks_seen, part_marks, places, waiting_queue
from app.widgets.explaining import explain
from app.widgets.wording import label, plain, prose

SHARES = {Decimal(1): "All of the points", Decimal("0.75"): "Three quarters", Decimal("0.5"): "Half", Decimal("0.25"): "A quarter", Decimal(0): "None"}


def letter(one) -> None:
    """A letter with its elements as they were found, each to be set right."""
    read = marking_desk.letter(one)
    key, now = waiting_queue.id_of(one), read.before
    st.subheader(plain(f"{one.name}: {one.title}"), anchor=False)
    st.caption(f"Handed in {session.told(one.at)}.")
    with st.expander("What it was about", icon=":material/description:"):
        st.markdown(prose(read.story))
        st.markdown(plain(read.paper.prompt))
    with st.container(border=True):
        st.text(read.paper.written)
    if read.dispute:
        st.html(feedback.notice(f"{one.name} disputes the marks of this round: “{read.dispute.reason}”", "It waits under Disputes, with all parts of the round. If it is about the letter, it can be answered here."))
    seen = marks_seen.seen(f"letter-{key}", marks_between.standing_of(read))
    with st.form(f"letter-{key}", border=False):
        st.markdown("**What stands in it.** Ticked: it was found by its words. Set right what the words missed or misread.")
        found = {element.id: st.checkbox(label(element.says + ("" if element.required else " (not required)")), element.found, key=f"{key}:{element.id}:{now}", help=element.why) for element in read.elements}
        comment = st.text_area("Comment for the learner", max_chars=marking_desk.LONGEST, key=waiting_queue.written(one))
        settles = bool(read.dispute) and st.checkbox("This answers the dispute too", key=f"{key}:settles", help="By your comment: with more points the learner was right; with the same, the mark stands. Left empty, the dispute stays open.")
        if st.form_submit_button("Mark it as read", type="primary"):
            mark_letter(replace(read, before=seen.before), seen, found, comment, settles)
    if read.paper.model:
        with st.expander("A letter that would do", icon=":material/mark_email_read:"):
            st.markdown(prose(read.paper.model))
    places.link(places.ATTEMPT, "The whole attempt", icon=":material/history:", attempt=one.attempt)


def mark_letter(read, seen, found, comment: str, settles: bool) -> None:
    """Says what came of it, a dispute that is open still among it."""
    name = read.letter.name
    with session.problems_said():
        seen.demand()
        open_still = marking_desk.mark_letter(read, found, comment, settles)
        seen.forget()
        waiting_queue.answered(read.letter)
        st.session_state["marking-said"] = f"{name}'s letter is marked." + (" The dispute about its round is still open: answer it under Disputes." if open_still
                                                                            else " The dispute about its round is answered." if settles else "")
        st.rerun()


def dispute(one) -> None:
    """A dispute with the question, the answer and all that is said of it; of worked material in its parts."""
    asked = marking_desk.asked(one)
    seen = marks_seen.seen(f"dispute-{one.id}", marks_between.standing_of(asked))
    asked = replace(asked, before=seen.before)
    if isinstance(asked, marking_desk.AskedWork):
        part_marks.dispute(asked, seen, done)
        return
    key = f"dispute-{one.id}"
    st.subheader(plain(f"{one.name}: {one.title}"), anchor=False)
    st.caption(f"Raised {session.told(one.at)}.")
    st.html(feedback.notice(f"{one.name}: “{one.reason}”"))
    with st.expander("The question and what was said of the answer", icon=":material/quiz:"):
        if asked.question.case:
            case_exhibits.case(asked.question.case, key=f"{key}-case", level=4)
        case_exhibits.asked(asked.question, key=f"{key}-stem")
        explain(asked.told, level=4, blank="It was left without an answer." if asked.blank else "")
    with st.form(key, border=False):
        now = f"{asked.share:.0%} of the points as it stands"
        share = st.selectbox("The answer is worth", list(SHARES), index=None, format_func=SHARES.get, placeholder=now, key=f"{key}-share", help="Hints still cost what they cost.")
        answer = st.text_area("What you tell the learner", max_chars=marking_desk.LONGEST, key=waiting_queue.written(one))
        with st.container(horizontal=True, wrap=True):
            if st.form_submit_button("Change the mark", type="primary"):
                uphold(asked, seen, share, answer)
            if st.form_submit_button("The mark stands"):
                done(one, seen, lambda: marking_desk.decline(asked, answer), f"{one.name} is told that the mark stands.")
    if session.may("correct items"):
        places.link(places.CORRECTIONS, "Is the question wrong? Correct it", icon=":material/rule:")


def uphold(asked, seen, share, answer: str) -> None:
    if share is None and not seen.changed:
        st.error("Choose what the answer is worth.", icon=":material/error:")
        return
    name = asked.dispute.name
    done(asked.dispute, seen, lambda: marking_desk.uphold(asked, share, answer), f"{name}'s mark is changed, and {name} is told.")


def done(one, seen, change, says: str) -> None:
    with session.problems_said():
        seen.demand()
        change()
        seen.forget()
        waiting_queue.answered(one)
        st.session_state["marking-said"] = says
        st.rerun()


def main() -> None:
    session.require("override marks")
    st.title("Marking", anchor=False)
    st.markdown("Whatever you set supersedes the earlier mark, which stays on record with your name and your reason.")
    if says := st.session_state.pop("marking-said", ""):
        st.success(plain(says))
    waiting = marking_desk.waiting()
    waiting_queue.queue("Disputes", waiting.disputes, dispute, "dispute")
    waiting_queue.queue("Letters", waiting.letters, letter, "letter")


main()
