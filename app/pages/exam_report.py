"""The score report of a practice exam: by domain, passed or not, every question with its reasons and its time, what to do next, and earlier ones."""

import streamlit as st

from app import certificates, correction_desk, exam_reports, learning_desk, session, standing
from app.widgets import case_exhibits, chart, exam_tables, feedback, notices, objecting, places
from app.widgets.explaining import explain
from app.widgets.wording import plain

SHOWN = {"open": "All but the right ones", "all": "All", "flagged": "Flagged"}
A_PAGE = 5


def score_of(made) -> str:
    """The score in words."""
    whole = made.total
    return f"{whole.share:.1%} right: {standing.short(whole.earned)} of {standing.short(whole.possible)} points" if whole.share is not None else "No question counts"


def verdict(made) -> None:
    """The score and whether it passes."""
    whole, score = made.total, score_of(made)
    if made.passed is None:
        st.html(feedback.notice(f"{score}.", made.verdict_note))
    else:
        says = "Passed" if made.passed else "Not passed"
        more = f"{score}; {made.pass_mark} passes." + ("" if made.passed else f" {standing.short(made.missing.quantize(exam_tables.TENTH))} points more would have passed.")
        st.html(exam_tables.banner(made.passed, says, f"{more} {made.verdict_note}"))
    blanks = ", ".join(filter(None, [f"{whole.omitted} left without an answer" if whole.omitted else "", f"{whole.unreached} never reached" if whole.unreached else ""]))
    words = [f"Begun {session.told(made.started)}, ended {session.told(made.finished)}" + (" when its time was up" if made.expired else "") + ".",
             f"{blanks[0].upper()}{blanks[1:]}: these earn nothing, and are no evidence against you." if blanks else "",
             f"{made.unscored} more questions were mixed in that do not count." if made.unscored else ""]
    st.caption(plain(" ".join(filter(None, words))))
    if made.shortfalls:
        st.html(feedback.notice("This form was shorter than the exam.", f"There were not enough questions for {'; '.join(made.shortfalls)}."))


def keep(found, made, profile) -> None:
    """The report as a file; made when it is asked for."""
    says = f"{'' if made.passed is None else 'Passed. ' if made.passed else 'Not passed. '}{score_of(made)}."
    st.download_button("Save as PDF", session.later(lambda: exam_reports.pdf(found, made, profile.name, says)), f"score-report-{made.exam}.pdf", "application/pdf",
                       on_click="ignore", icon=":material/picture_as_pdf:", key="pdf")


def by_domain(made) -> None:
    st.header("By domain", anchor=False)
    st.html(chart.bars([(line.name, None if line.total.share is None else float(line.total.share), exam_tables.points(line.total)) for line in made.lines], "Share of points by domain"))
    st.html(exam_tables.domains(made))
    st.caption(plain(f"{made.known} Clean Claim is not affiliated with or endorsed by {made.body}."))


def next_steps(made) -> None:
    """The domains that cost most, and what practises them."""
    st.header("What to do next", anchor=False)
    weak = exam_reports.weakest(made)
    if not weak:
        st.markdown("Every point was earned. Sit a longer form, or let a few weeks pass and sit another.")
    for line in weak:
        sets = exam_reports.sets_for(made, line)
        named = f" These quizzes practise it: {', '.join(card.title for card in sets)}." if sets else ""
        st.markdown(plain(f"{line.name} stands at {line.total.share:.0%} of {line.total.asked} questions.{named}"))
    with st.container(horizontal=True, wrap=True):
        places.link(places.QUIZZES, "To the quizzes", icon=":material/quiz:")
        places.link(places.EXAMS, "Sit another", icon=":material/timer:", exam=made.exam.upper())


def review(found, made) -> None:
    """The questions with everything that is said of them, a few a screen."""
    st.header("Every question", anchor=False)
    chosen = st.segmented_control("Show", list(SHOWN), format_func=SHOWN.get, default="open", required=True, key="shown", label_visibility="collapsed") or "open"
    wanted = [one.item for one in made.outcomes if chosen == "all" or (chosen == "open" and one.state != "right") or (chosen == "flagged" and one.item in made.flags)]
    if not wanted:
        st.markdown("None.")
        return
    pages = -(-len(wanted) // A_PAGE)
    page = st.pagination(pages, key=f"page-{chosen}") if pages > 1 else 1
    talk = learning_desk.talk(found)
    for told in exam_reports.reviewed(found, made, tuple(wanted[(page - 1) * A_PAGE:page * A_PAGE])):
        question(told)
        objecting.under(found, told.question.id, talk)


def question(told) -> None:
    """One question of the review."""
    st.subheader(f"Question {told.number}", anchor=False)
    state = exam_reports.STATES[told.outcome.state]
    counts = "" if told.outcome.scored else "does not count"
    st.caption(plain(", ".join(filter(None, [told.domain, state, counts, exam_tables.clock(told.seconds), "flagged" if told.flagged else ""]))))
    key = f"review-{told.question.id}"
    if told.question.case:
        with st.expander(f"The case: {plain(told.question.case.title)}", key=f"{key}-case"):
            case_exhibits.case(told.question.case, key=f"{key}-story", level=4)
    case_exhibits.asked(told.question, key=f"{key}-stem")
    explain(told.feedback, level=4, blank=told.feedback.reason if told.outcome.state in ("omit", "unreached") else "")


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    if not attempt:
        st.title("Score report", anchor=False)
        st.info("No exam is named in the address. Choose one from the list.")
        places.link(places.EXAMS, "To the exams", icon=":material/timer:")
        return
    found = exam_reports.ended(attempt)
    made = exam_reports.report(found)
    st.title(f"Score report: {plain(made.title)}", anchor=False)
    if made.profile != profile.id and not session.leading(made.profile):
        st.info("This report belongs to another profile. Choose that profile to read it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    notices.corrections(correction_desk.notices(profile, made.attempt))
    objecting.about_attempt(made.attempt)
    verdict(made)
    if made.profile == profile.id:
        keep(found, made, profile)
        if made.passed and made.size == "full" and certificates.earned(profile, made.attempt):
            places.link(places.OWN_DATA, "Your certificate", icon=":material/workspace_premium:")
    by_domain(made)
    next_steps(made)
    st.header("Time", anchor=False)
    st.html(exam_tables.times(made))
    if made.sure:
        st.header("How sure you were, and how right", anchor=False)
        st.html(exam_tables.sure(made))
    others = exam_reports.earlier(made)
    if others:
        st.header("Beside your other ones", anchor=False)
        st.html(exam_tables.timeline(made, others))
    review(found, made)


main()
