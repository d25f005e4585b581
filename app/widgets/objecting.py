"""What learner and trainer say to each other under an answer: "I think my answer is right", what came of it, marks by hand, comments; and the trainer's tools."""

from decimal import Decimal

import streamlit as st

from app import learning_desk, marking_desk, marks_between, session, sittings
from app.widgets import feedback, marks_seen, part_marks

SHARES = {Decimal(1): "All of the points", Decimal("0.5"): "Half of them", Decimal(0): "None"}
OBJECT = "I think my answer is right"


def under(found, slot: str, talk=None, sequence: int = 0) -> None:
    """All of it for one question, or one step of worked material. talk: what was said about the whole attempt, where the page shows much of it; sequence: the last one unless it is said."""
    if not session.in_team():
        return
    talk = talk or learning_desk.talk(found)
    last = talk.sequences.get(slot, 0)
    sequence = sequence or last
    for one in talk.remarks.get(slot, ()) if sequence == last else ():
        comment(one)
    mark, dispute = talk.marks.get((slot, sequence)), talk.disputes.get((slot, sequence))
    if mark and not mark.dispute:
        st.html(feedback.notice(f"Marked by hand: {mark.by_name or 'a trainer'}, {session.told(mark.at)}.", mark.reason))
    if dispute:
        said(dispute, talk.led)
    unsent(found, slot, sequence, dispute, talk.led)
    if talk.offered and sequence and (dispute is None or dispute.state in ("declined", "upheld")):
        objection(found, slot, sequence, again=dispute is not None)
    if session.leading(found.attempt.profile) and sequence:
        (part_marks.override if found.attempt.item_kind == marking_desk.WORKED else override)(found, slot, sequence, disputed=dispute is not None and dispute.state == "open")


def after(attempt: str, slot: str) -> None:
    """The same right after an answer; alone nothing is read."""
    if session.in_team():
        under(sittings.stored(attempt), slot)


def over(attempt: str):
    """For a page of worked material: what puts all of it under a step. What was said is read once; alone nothing is."""
    if not session.in_team():
        return lambda slot, sequence=1: None
    found = sittings.stored(attempt)
    talk = learning_desk.talk(found)
    return lambda slot, sequence=1: under(found, slot, talk, sequence) if slot in talk.sequences else None


def said(dispute, led: bool = True) -> None:
    """An objection and what came of it. led: whether somebody is there who can look at it."""
    reason = f"You wrote: {dispute.reason}" if session.viewer().profile == dispute.profile else f"{dispute.name} wrote: {dispute.reason}"
    if dispute.state == "open":
        st.html(feedback.notice("This mark is disputed: a trainer will look at it." if led else f"This mark is disputed. {learning_desk.NOBODY_LEADS}", reason))
        if session.viewer().profile == dispute.profile and st.button("Take it back", key=f"back-{dispute.id}"):
            learning_desk.take_back(dispute)
            st.rerun()
        return
    outcome = "The mark was changed" if dispute.state == "upheld" else "The mark stands"
    st.html(feedback.notice(f"{outcome}: {dispute.by_name or 'a trainer'}, {session.told(dispute.closed_at)}.", f"{dispute.answer} ({reason})"))


def unsent(found, slot: str, sequence: int, dispute, led: bool) -> None:
    """Words that could not be sent, since an objection was there already, as from another tab, or nobody leads any more: they are kept to be copied."""
    key, standing = field(found.attempt.id, slot, sequence), dispute is not None and dispute.state == "open"
    typed = st.session_state.get(key, "").strip()
    if typed and (typed != dispute.reason if standing else not led):
        st.session_state[f"{key}-unsent"] = typed
    if (standing or not led) and (typed := st.session_state.get(f"{key}-unsent", "")):
        why = "You had objected to this mark already, and that stands. What you wrote now is not sent; it stands here to be copied. To send it instead, take the other back." if standing \
            else "What you wrote is not sent: nobody leads you now who could look at it. Ask your admin. Your words stand here to be copied."
        st.warning(why, icon=":material/info:")
        st.code(typed, language=None, wrap_lines=True)


def field(attempt: str, slot: str, sequence: int) -> str:
    """The key of the field in which a learner writes why."""
    return f"object-{attempt}:{slot}:{sequence}-why"


def objection(found, slot: str, sequence: int, again: bool) -> None:
    """The learner's reason, behind its button."""
    key = f"object-{found.attempt.id}:{slot}:{sequence}"
    fold = st.expander(f"{OBJECT}, still" if again else OBJECT, icon=":material/gavel:", key=key, on_change="rerun")
    if not fold.open:
        return
    with fold, st.form(f"{key}-form", border=False):
        reason = st.text_area("Why do you think so?", max_chars=learning_desk.LONGEST, help="Your trainer reads it beside your answer. Name the rule or the source if you can.", key=field(found.attempt.id, slot, sequence))
        if st.form_submit_button("Send to my trainer"):
            with session.problems_said():
                learning_desk.object_to(found.attempt.id, slot, sequence, reason)
                st.rerun()


def override(found, slot: str, sequence: int, disputed: bool) -> None:
    """For whoever leads the learner: another mark, or a comment; where the mark is disputed, the answer to that."""
    attempt, key = found.attempt.id, f"mark-{found.attempt.id}:{slot}"
    fold = part_marks.folded(key, disputed)
    if not fold.open:
        return
    with fold:
        seen, field = marks_seen.seen(key, marks_between.marked(found, slot, sequence)), marks_seen.blank(key)
        with st.form(f"{key}-form", border=False):
            share = st.selectbox("The answer is worth", list(SHARES), index=None, format_func=SHARES.get, placeholder="As it stands", key=f"{field}-share")
            text = st.text_area("What the learner reads", max_chars=marking_desk.LONGEST, key=f"{field}-text")
            if disputed:
                st.caption("Answering closes the dispute: the mark is changed to what you choose, or stands where you choose nothing. A comment alone leaves it open.")
            save, remark = part_marks.buttons(key, disputed)
        if remark or save and share is None and not disputed and not seen.changed:
            part_marks.commented(seen, attempt, slot, text)
        elif save:
            answered(seen, attempt, slot, sequence, share, text)


def answered(seen, attempt: str, slot: str, sequence: int, share, text: str) -> None:
    """Another mark where a share is chosen; where none is, the disputed mark stands."""
    with session.problems_said():
        seen.demand()
        if share is None:
            marking_desk.let_stand(attempt, slot, sequence, seen.before, text)
        else:
            marking_desk.override(attempt, slot, sequence, seen.before, share, text)
        seen.saved()


def about_attempt(attempt: str) -> None:
    """Comments on the attempt as a whole, and the field for one."""
    if not session.in_team():
        return
    found = sittings.stored(attempt)
    for one in learning_desk.talk(found).remarks.get("", ()):
        comment(one)
    if session.leading(found.attempt.profile):
        st.caption("You see this as the learner's trainer: it can be read, marked by hand and commented on.")
        with st.expander("Comment on this attempt", icon=":material/comment:"), st.form(f"comment-{found.attempt.id}", border=False, clear_on_submit=True):
            text = st.text_area("What the learner reads", max_chars=marking_desk.LONGEST)
            if st.form_submit_button("Save comment"):
                with session.problems_said():
                    marking_desk.comment(found.attempt.id, "", text)
                    st.rerun()


def comment(one) -> None:
    """A trainer's comment; whoever leads the learner may take it back."""
    st.html(feedback.notice(one.text, f"{one.by_name or 'A trainer'}, {session.told(one.at)}"))
    if session.leading(one.profile) and st.button("Take the comment back", key=f"unsay-{one.id}"):
        marking_desk.withdraw_comment(one)
        st.rerun()
