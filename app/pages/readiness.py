"""Readiness: the chance of passing if one sat the exam today, what it rests on, what would raise it most, and how the real exam went."""

import streamlit as st

from app import readiness_desk, real_exam_desk, session, sureness
from app.exam_offers import SIZE_NAMES
from app.widgets import feedback, places, readiness_pictures
from app.widgets.wording import plain


def chosen(profile) -> str:
    """The exam it is about."""
    names = readiness_desk.exams(profile)
    if len(names) == 1:
        return next(iter(names))
    return st.segmented_control("Exam", list(names), format_func=str.upper, default=next(iter(names)), required=True, key="exam") or next(iter(names))


def practise(profile, made, domain: str, label: str) -> None:
    """A button that starts practice in a domain, or in the whole exam."""
    st.button(label, type="primary", key="practise", icon=":material/play_arrow:", on_click=start, args=(profile, made.exam, domain))
    if attempt := st.session_state.pop("begun", ""):
        places.go(places.SITTING, attempt=attempt)
    if says := st.session_state.pop("refused", ""):
        st.error(says, icon=":material/error:")


def start(profile, exam: str, domain: str) -> None:
    """Begins the session before the page is drawn."""
    try:
        st.session_state["begun"] = readiness_desk.practise(profile, exam, domain)
    except session.RecordsError as problem:
        st.session_state["refused"] = str(problem)


def missing(profile, made) -> None:
    """Nothing is said yet; what is wanted before."""
    st.html(feedback.notice(made.found.sentence, f"A chance of passing is told from {readiness_desk.FEWEST} first answers on, with at least {readiness_desk.FEWEST_IN_PART} in each part that "
                            "is a tenth of the exam or more. Only your first answer to a question counts: later ones show memory."))
    so_far = readiness_pictures.count(made.found.answers, "first answer")
    thin = "".join(f"\n- {plain(name)}: {more} more" for _, name, more in made.thin)
    st.markdown(f"So far: {so_far}." + (f" Wanted in parts of the exam:{thin}" if thin else ""))
    domain, more = readiness_desk.wanted(made)
    practise(profile, made, domain, f"Practise {plain(made.names[domain])}" if domain else f"Practise for the {made.exam.upper()}")


def chance(profile, made) -> None:
    """The band, the score, and what would raise it most."""
    low, high = made.found.band
    st.header("If you sat it today", anchor=False)
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        st.html(readiness_pictures.gauge(made))
    with right:
        st.markdown(plain(f"You would pass with a chance of {100 * low:.0f} to {100 * high:.0f} in 100: {made.words}."))
        st.html(readiness_pictures.score(made))
        name = made.names[made.found.raise_most]
        st.markdown(f"**What would raise it most:** {plain(name)}.")
        practise(profile, made, made.found.raise_most, f"Practise {plain(name)}")


def by_domain(made) -> None:
    st.header("By domain", anchor=False)
    st.html(readiness_pictures.domains(made))


def rests_on(made) -> None:
    """How much evidence, how many real results, what is an estimate, and what this bank cannot prepare for."""
    st.header("What this rests on", anchor=False)
    told = [f"{readiness_pictures.count(made.found.answers, 'first answer')} of yours in this exam's domains, given here without a proctor.",
            f"{made.calibrated} of {made.items} questions have a difficulty measured from answers; the others go by their author's label."]
    if made.enough:
        results = made.found.results
        told.append(f"{results} real result{'s' if results != 1 else ''} reported here." if results else "No real result yet: it was not yet held against the real exam.")
    told += made.estimates
    st.markdown("\n".join(f"- {plain(one)}" for one in told))
    if made.partly:
        st.markdown("**This bank prepares only in part for:**\n" + "\n".join(f"- {plain(f'{part.name}, {100 * part.share:.0f} % of the exam. {part.why}')}" for part in made.partly))
    st.caption(plain(f"It is a forecast for today, from a stated model (docs/readiness.md), and no promise. Clean Claim is not affiliated with or endorsed by {made.body}."))


def confidence_and_mocks(profile, made) -> None:
    if rows := sureness.by_domain(profile, made.exam):
        st.header("How sure, and how right", anchor=False)
        st.html(readiness_pictures.sure(rows, sureness.LEVELS))
    if found := sureness.mocks(profile, made.exam):
        st.header("Practice exams", anchor=False)
        st.html(readiness_pictures.mocks(found, made, SIZE_NAMES))


def reported(profile, made) -> None:
    """What was said before, and taking it back."""
    for told in real_exam_desk.reported(profile, made.exam):
        said = f"{real_exam_desk.OUTCOMES[told.outcome]}{f', score {told.score}' if told.score else ''}"
        with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=True):
            st.markdown(plain(f"{told.sat_on:%-d %B %Y}: {said}."))
            st.button("Take back", key=f"back-{told.sat_on}", on_click=real_exam_desk.take_back, args=(profile, told), help=f"Forgets what you reported of {told.sat_on:%-d %B %Y}")


def real_exam(profile, made, asks: bool) -> None:
    """Asks how the real one went: openly after its day, else behind a button."""
    st.header("How did the real exam go?" if asks else "After the real exam", anchor=False)
    if st.session_state.pop("kept", False):
        st.html(feedback.notice("Kept. Thank you."))
    reported(profile, made)
    st.markdown("Pass or fail, your word makes the chance truer for everybody here; nobody is named.")
    with st.container() if asks else st.expander("Say how it went"), st.form("real-exam", border=False):
        day = st.date_input("The day of the exam", profile.exam_date if asks else session.today(), max_value=session.today(), key="sat-on", format="YYYY-MM-DD",
                            help="Reporting the same day again changes what you said of it.")
        outcome = st.radio("How it went", list(real_exam_desk.OUTCOMES), format_func=real_exam_desk.OUTCOMES.get, index=None, key="outcome", horizontal=True)
        score = st.text_input("Score, if you were told one", key="score", max_chars=60)
        if st.form_submit_button("Keep it", key="keep"):
            if outcome and day:
                real_exam_desk.report(profile, made.exam, day, outcome, score)
                st.session_state["kept"] = True
                st.rerun()
            st.error("Choose how it went and the day.", icon=":material/error:")


def main() -> None:
    profile = session.me()
    st.title("Readiness", anchor=False)
    made = readiness_desk.told(profile, chosen(profile))
    st.caption(plain(f"{made.name}. {made.body} passes {made.pass_words}."))
    asks = real_exam_desk.asks(profile) and made.exam == profile.goal
    if asks:
        real_exam(profile, made, asks)
    if made.enough:
        chance(profile, made)
        by_domain(made)
    else:
        missing(profile, made)
    rests_on(made)
    confidence_and_mocks(profile, made)
    if not asks:
        real_exam(profile, made, asks)


main()
