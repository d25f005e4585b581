"""Marking worked material part by part: the parts as they stand, the choice of some of them, and what they are worth; for the queue and under a step."""

from decimal import Decimal

import streamlit as st

from app import marking_desk, marks_between, session
from app.cohort_desk import NotFit
from app.widgets import feedback, marks_seen, named_fold, places, waiting_queue
from app.widgets.wording import label, plain, prose

SHARES = {Decimal(1): "All of the points", Decimal("0.5"): "Half of them", Decimal(0): "None"}
LONGEST_NAME = 90


def dispute(asked, seen, done) -> None:
    """A dispute of the queue. seen: the mark that was looked at; done: carries the change out and says so."""
    one = asked.dispute
    key = f"dispute-{one.id}"
    st.subheader(plain(f"{one.name}: {one.title}"), anchor=False)
    st.caption(plain(f"{asked.where}{'' if asked.where.endswith('?') else '.'} Raised {session.told(one.at)}."))
    st.html(feedback.notice(f"{one.name}: “{one.reason}”"))
    with st.expander("What it was about", icon=":material/description:"):
        st.markdown(prose(asked.story))
    with st.expander("What was said, and how it was marked", icon=":material/checklist:", expanded=True):
        show(asked.parts)
    with st.form(key, border=False):
        chosen, share, answer = fields(asked.parts, key, "What you tell the learner", waiting_queue.written(one))
        with st.container(horizontal=True, wrap=True):
            if st.form_submit_button("Change the mark", type="primary"):
                uphold(asked, seen, chosen, share, answer, done)
            if st.form_submit_button("The mark stands"):
                done(one, seen, lambda: marking_desk.decline(asked, answer), f"{one.name} is told that the mark stands.")
    places.link(places.ATTEMPT, "The whole attempt", icon=":material/history:", attempt=one.attempt)


def uphold(asked, seen, chosen, share, answer: str, done) -> None:
    if (share is None or not chosen) and not seen.changed:
        st.error("Choose the parts, and what they are worth.", icon=":material/error:")
        return
    name = asked.dispute.name
    done(asked.dispute, seen, lambda: marking_desk.uphold_parts(asked, chosen, share, answer), f"{name}'s mark is changed, and {name} is told.")


def show(parts) -> None:
    """Each part with what it earned."""
    st.html(feedback.reasons(feedback.reason(part.name, words(part), right=True if part.earned >= part.possible else None if part.earned > 0 else False,
                                             label=f"{part.earned.normalize():f} of {part.possible.normalize():f}") for part in parts))


def words(part) -> str:
    if not part.given:
        return part.reason
    return f"The learner said: {part.given}." + ("" if part.given == part.right else f" Right: {part.right}.") + f" {part.reason}"


def fields(parts, key: str, says: str, text: str = "") -> tuple[list[str], Decimal | None, str]:
    """Which parts, what they are worth, and why. says, text: the label of the field for that, and its key."""
    names = {part.id: f"{cut(part.name)} ({part.earned.normalize():f} of {part.possible.normalize():f})" for part in parts}
    chosen = st.multiselect("Which parts", list(names), format_func=lambda id: label(names[id]), key=f"{key}-parts", placeholder="Choose parts", select_all=False)
    share = st.selectbox("They are worth", list(SHARES), index=None, format_func=SHARES.get, placeholder="As they stand", key=f"{key}-share")
    return chosen, share, st.text_area(says, max_chars=marking_desk.LONGEST, key=text or f"{key}-text")


def cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rsplit(' ', 1)[0]} …"


def override(found, slot: str, sequence: int, disputed: bool) -> None:
    """For whoever leads the learner: another mark for some parts of a step, or a comment on it; where the mark is disputed, the answer to that."""
    key = f"mark-{found.attempt.id}:{slot}:{sequence}"
    fold = folded(key, disputed)
    if not fold.open:
        return
    with fold:
        seen = marks_seen.seen(key, marks_between.marked(found, slot, sequence))
        with st.form(f"{key}-form", border=False):
            chosen, share, text = fields(marking_desk.parts(found, slot, sequence), marks_seen.blank(key), "What the learner reads")
            if disputed:
                st.caption("Answering closes the dispute: the chosen parts are worth what you say, or the mark stands where you choose none. A comment alone leaves it open.")
            save, remark = buttons(key, disputed)
        if remark:
            commented(seen, found.attempt.id, slot, text)
        elif save:
            saved(seen, found.attempt.id, slot, sequence, chosen, share, text, disputed)


def folded(key: str, disputed: bool):
    """The fold of the form."""
    return named_fold.fold("Answer the dispute, or comment" if disputed else "Mark by hand, or comment", key, ":material/edit_note:")


def buttons(key: str, disputed: bool) -> tuple[bool, bool]:
    """Whether it is to be saved, or only commented on. The first has one key whether or not the mark is disputed: a press is not lost where that changes meanwhile."""
    with st.container(horizontal=True, wrap=True):
        save = st.form_submit_button("Answer the dispute" if disputed else "Save", key=f"{key}-save")
        return save, disputed and st.form_submit_button("Only comment", key=f"{key}-only")


def commented(seen, attempt: str, slot: str, text: str) -> None:
    with session.problems_said():
        marking_desk.comment(attempt, slot, text)
        seen.saved()


def saved(seen, attempt: str, slot: str, sequence: int, chosen, share, text: str, disputed: bool) -> None:
    """Another mark where parts are chosen; where none are, the mark stands if it is disputed, and else it is a comment."""
    with session.problems_said():
        seen.demand()
        if (share is None) != (not chosen):
            raise NotFit("Choose the parts, and what they are worth; or neither, to comment only.")
        if chosen:
            marking_desk.override_parts(attempt, slot, sequence, seen.before, chosen, share, text)
        elif disputed:
            marking_desk.let_stand(attempt, slot, sequence, seen.before, text)
        else:
            marking_desk.comment(attempt, slot, text)
        seen.saved()
