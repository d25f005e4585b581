"""An item read over by its author: what it states of itself, what a learner sees, and then the key with its reasons and sources."""

import streamlit as st

from app.widgets import answering, case_exhibits, feedback, paper_sheet
from app.widgets.explaining import explain
from app.widgets.markup import table, text
from app.widgets.wording import plain, prose


def show(held) -> None:
    """All of it."""
    st.header(plain(held.title), anchor=False)
    for fault in held.faults:
        st.error(plain(str(fault)), icon=":material/error:")
    stated(held.facts)
    st.header("As a learner sees it", anchor=False)
    question(held) if held.public else work(held)
    st.header("Key, reasons and sources", anchor=False)
    if held.public:
        keyed(held)
    else:
        worked(held)
        st.html(feedback.sources(held.facts.sources))


def stated(facts) -> None:
    """What the item states of itself."""
    until = f" to {facts.in_force[1]:%-d %b %Y}" if facts.in_force[1] else " on"
    rows = [("File", facts.place), ("Id", facts.id), ("Kind", facts.kind), ("Status", facts.status), ("Level", f"{facts.difficulty} of 5"), ("In force", f"{facts.in_force[0]:%-d %b %Y}{until}"),
            ("Last checked", f"{facts.checked:%-d %b %Y}"), ("Shows", "; ".join(facts.competencies)), *((exam, names) for exam, names in facts.domains)]
    if facts.reimplements:
        rows.append(("Replaces", facts.reimplements))
    st.html(f'<div class="cc-paper">{table("What it states", [("What", False), ("Value", False)], [(text(name), text(value)) for name, value in rows])}</div>')


def question(held) -> None:
    """The public side with its fields; what is put into them goes nowhere."""
    if held.public.case:
        case_exhibits.case(held.public.case, key=f"over-{held.facts.id}", level=3)
    case_exhibits.asked(held.public, key=f"over-stem-{held.facts.id}")
    answering.field(held.public, key=f"over-{held.facts.id}")
    for number, hint in enumerate(held.hints, 1):
        st.caption(f"Hint {number}, when it is asked for: {prose(hint)}")


def keyed(held) -> None:
    explain(held.feedback, level=3, blank="What is said once the answer is in.")
    if held.misconceptions:
        st.markdown("### Known mistakes behind the options\n\n" + "\n".join(f"- {plain(one)}" for one in held.misconceptions))


def work(held) -> None:
    """Story and papers of an exercise, or a claim or account as text."""
    if held.story:
        st.markdown(prose(held.story))
    for paper in held.papers:
        paper_sheet.show(paper)
    if held.sheet:
        st.caption("Claims and accounts stand here as text, their first variant; on their own page they are forms and papers.")
        st.text(held.sheet)
    for number, each in enumerate(held.rounds, 1):
        st.subheader(plain(f"{number}. {each.heading}"), anchor=False)
        if each.lead:
            st.markdown(prose(each.lead))
        for paper in each.papers:
            paper_sheet.show(paper)
        for ask in each.asks:
            st.markdown(prose(ask.prompt) + "".join(f"\n- {plain(option)}" for option in ask.options))


def worked(held) -> None:
    """Every key with why, what a known mistake gives, and the rule it rests on."""
    for number, each in enumerate(held.rounds, 1):
        st.subheader(plain(f"Round {number}: {each.heading}"), anchor=False)
        for ask in each.asks:
            answer(ask)
    if held.teaches:
        st.markdown(f"### What it teaches\n\n{prose(held.teaches)}")
    if held.worked:
        with st.expander("The answer its author worked from the papers, first variant", icon=":material/edit_document:"):
            st.code(held.worked, language=None, wrap_lines=True)
    if held.claim:
        with st.expander("The claim as it should be, first variant", icon=":material/description:"):
            st.code(held.claim, language=None, wrap_lines=True)


def answer(ask) -> None:
    st.markdown(f"**{plain(ask.prompt)}**")
    st.html(feedback.reasons([feedback.reason(ask.key or "A letter", ask.why, right=True)]))
    told = [*(f"Also: {one}" for one in ask.accepted), *(f"A known mistake gives {one}" for one in ask.wrong), *(f"Must stand in it: {one}" for one in ask.elements)]
    if ask.rule:
        told.append(f"Rests on: {ask.rule['title']}, in force since {ask.rule['since']} ({'; '.join(map(str, ask.rule['citations']))})")
    if told:
        st.markdown("\n".join(f"- {plain(one)}" for one in told))
    if ask.model:
        with st.expander("A letter that would do", icon=":material/mark_email_read:"):
            st.markdown(prose(ask.model))
