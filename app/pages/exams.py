"""The exams: what each one is and how surely that is known, a practice form begun in the size one has time for, and earlier ones."""

import streamlit as st

from app import exam_desk, exam_offers, session
from app.widgets import feedback, past_attempts, places
from app.widgets.markup import sheet, text
from app.widgets.wording import plain

LAWYERS = "Clean Claim is not affiliated with, endorsed by or approved by {body}. These are our own questions, to the outline that is public."


def about(card) -> None:
    """What is known of the exam, since when, and from where."""
    boxes = "".join(f'<div class="cc-box"><dt>{text(label)}</dt><dd>{text(value)}</dd></div>' for label, value in card.facts)
    note = " ".join(filter(None, [card.note, card.estimate]))
    st.html(sheet(card.name, card.body, f'<dl class="cc-boxes">{boxes}</dl>', level=2, note=note))
    st.caption(plain(f"{card.known} {LAWYERS.format(body=card.body)}"))
    with st.expander("Its parts", key=f"parts-{card.id}"):
        st.html('<ul class="cc-reasons">' + "".join(f"<li><span></span><div><p>{text(name)}</p><p class=\"cc-why\">{text(words)}</p></div></li>" for _, name, words in card.parts) + "</ul>")


def minutes(seconds: int | None, percent: int) -> str:
    """A form's time in words."""
    if seconds is None:
        return "no clock"
    whole = -(-seconds * percent // 6000)
    return f"{whole // 60} h {whole % 60} min" if whole >= 60 else f"{whole} min"


def choose(card, profile) -> None:
    """The size, the time, and the button."""
    st.header("Sit one", anchor=False)
    sizes = {**exam_offers.SIZE_NAMES}
    size = st.segmented_control("How much of it", list(sizes), format_func=sizes.get, default="full", required=True, key=f"size-{card.id}")
    section = ""
    if size == exam_offers.SECTION:
        names = {part: name for part, name, _ in card.parts}
        section = st.selectbox("Which part", list(names), format_func=names.get, key=f"section-{card.id}")
    percent = profile.time_percent if session.in_team() else 100
    if card.clocked and not session.in_team():
        kept = exam_offers.TIMES.index(profile.time_percent) if profile.time_percent in exam_offers.TIMES else 0
        percent = st.radio("Time", exam_offers.TIMES, index=kept, horizontal=True, key=f"time-{card.id}",
                           format_func=lambda many: "the exam's own" if many == 100 else f"{many / 100:g} times",
                           help="More time, for who is given it at the real exam too. It is kept for the next one.")
    if percent != 100 and session.in_team():
        st.caption(f"Your trainer gives you {percent / 100:g} times the exam's own time.")
    sure = st.checkbox("Ask with each question how sure I am", key=f"sure-{card.id}", help="It never changes the score. The report holds it against the truth.")
    offered = exam_offers.offer(profile, card.id, size or "full", section)
    say(offered, card, percent)
    if st.button("Begin the practice exam", type="primary", key=f"begin-{card.id}", disabled=not offered.asked):
        places.go(places.EXAM, attempt=exam_offers.begin(profile, card.id, offered.size, section, percent, sure))


def say(offered, card, percent: int) -> None:
    """What would be asked, and honestly what is missing."""
    window = f", within {card.window_days} days from the start" if card.window_days else ""
    st.markdown(plain(f"{offered.asked} questions, {minutes(offered.seconds, percent)}{window}."))
    if offered.short:
        st.html(feedback.notice(f"This form is shorter than it should be: {offered.asked} of {offered.wanted} questions.",
                                f"There are not enough questions yet for {'; '.join(offered.short)}. Nothing is asked twice to fill it up."))


def one(card, profile) -> None:
    """One exam: go on with it, or begin."""
    about(card)
    if card.open_attempt:
        with st.container(border=True):
            st.markdown("**You have one under way.** It goes on where you left it; its clock has not stopped." if card.clocked else "**You have one under way.** It goes on where you left it.")
            if st.button("Go on with it", type="primary", key=f"go-on-{card.id}"):
                places.go(places.EXAM, attempt=card.open_attempt)
    else:
        choose(card, profile)


def earlier(profile) -> None:
    """The exams sat before, newest first."""
    st.header("Sat before", anchor=False)
    past_attempts.show(profile.id, "past", kind=exam_offers.KIND, state="ended", none="None yet. The report of each one stays here.", page=places.EXAM_REPORT)


def main() -> None:
    profile = session.me()
    st.title("Practice exams", anchor=False)
    if exam_desk.end_overdue(profile):
        st.html(feedback.notice("An exam ended while you were away: its time was up.", "What was saved by then counts. Its report is below."))
    cards = {card.id.upper(): card for card in exam_offers.cards(profile)}
    if not cards:
        st.info("No exam could be read. `python -m app check` says why.")
        return
    chosen = st.segmented_control("Exam", list(cards), default=next(iter(cards)), required=True, key="exam", bind="query-params")
    one(cards[chosen or next(iter(cards))], profile)
    earlier(profile)
    if session.may("correct items"):
        places.link(places.CORRECTIONS, "A question was wrong? Correct the marks", icon=":material/rule:")


main()
