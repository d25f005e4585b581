"""Progress: evidence by exam domain and by competency, with how much there is of it; and every past attempt."""

import streamlit as st

from app import session, standing
from app.widgets import chart, past_attempts, places
from app.widgets.markup import table, text
from app.widgets.wording import plain


def by_domain(profile) -> None:
    """One exam's domains; the learner's own exam first."""
    exams = session.exams()
    if not exams:
        return
    st.header("By exam domain", anchor=False)
    names = list(exams)
    mine = names.index(profile.goal) if profile.goal in exams else 0
    exam = st.segmented_control("Exam", names, format_func=str.upper, default=names[mine], required=True, key="exam")
    lines = standing.domains(profile, exam or names[mine])
    st.html(chart.bars([(line.name, line.share, standing.figure(line.standing)) for line in lines], f"{exams[exam or names[mine]]}, by domain"))
    st.caption(plain(standing.exam_note(exam or names[mine])))


def row(line) -> tuple:
    """A competency as a table's row."""
    wanted = '<span class="cc-tag">goal</span>' if line.wanted else ""
    share = "not seen" if line.share is None else f"{line.share:.0%}"
    held = line.standing
    return (f'<span>{text(line.name)}{wanted}<span class="cc-plain">{text(line.shows)}</span></span>', text(share),
            str(held.n) if held else "0", str(held.items) if held else "0", text(session.told(held.last_at)) if held else "")


def by_competency(profile) -> None:
    """Each area with its bar; the competencies inside."""
    st.header("By competency", anchor=False)
    st.caption("Not seen means that nothing was answered yet; it is not the same as weak. One answer is little evidence, however it went.")
    areas = standing.areas(profile)
    if not areas:
        st.info("No competencies could be read. `python -m app check` says why.")
        return
    st.html(chart.bars([(area.name, area.share, area.figure) for area in areas], "Areas"))
    names = [area.name for area in areas]
    seen_first = max(range(len(areas)), key=lambda at: len(areas[at].seen), default=0)
    chosen = st.selectbox("Open an area", names, index=seen_first, key="area")
    area = next(area for area in areas if area.name == chosen)
    heads = [("Competency", False), ("Share", True), ("Answers", True), ("Different questions", True), ("Last", True)]
    st.html(f'<div class="cc-paper">{table(area.name, heads, map(row, area.lines))}</div>')


def history(profile) -> None:
    """Every attempt, page by page, each linked; or those under way alone."""
    st.header("Past attempts", anchor=False)
    under_way = st.checkbox("Only those under way", key="open", bind="query-params")
    past_attempts.show(profile.id, "past", state="open" if under_way else "", none="Nothing is under way." if under_way else "None yet. Each attempt you begin is kept here as it was.")


def main() -> None:
    profile = session.me()
    st.title("Progress", anchor=False)
    with st.container(horizontal=True, wrap=True):
        places.link(places.READINESS, "Are you ready?", icon=":material/speed:")
        places.link(places.REVIEW, "What is due when", icon=":material/event_repeat:")
        if session.may("see item statistics"):
            places.link(places.ITEMS, "What the questions did", icon=":material/query_stats:")
    by_domain(profile)
    by_competency(profile)
    history(profile)


main()
