"""The steps of working a claim: picking what is wrong, answering what is asked, and reading what each decision rested on."""

from decimal import Decimal

import streamlit as st

from app import claims, form_papers
from app.part_words import CLAIM
from app.widgets import claim_papers, feedback, paper_sheet, papers
from app.widgets.wording import label, plain
from curriculum.claim_fields import typed
from curriculum.forms import name_in


def show_claim(work, document: dict, title: str, names) -> None:
    """A plain claim as its form shows it."""
    if work.form == "professional":
        papers.show(papers.claim_summary(typed(document), names=names, title=title))
    else:
        paper_sheet.show(form_papers.claim_paper(work.form, document, title))


HARM = {"rejected": " By itself it has the claim rejected.", "denied": " By itself it costs a denial.", "underpaid": " By itself it costs money.", "overpaid": " By itself it brings more than is due, which must go back."}
"""What a wrong field does by itself, in words."""
MANY = 8


def procedures(work) -> list[str]:
    """Every procedure code that a paper of this work may show."""
    held = [line.get("procedure", "") for line in (*work.claim.get("lines", ()), *work.world.get("ticket", ()))]
    answers = [sent.answer for sent in work.sent] + ([work.before] if work.before else [])
    return held + [line.procedure for came in answers for line in getattr(came, "lines", ())]


def flag(work, desk) -> None:
    """Pick the fields that are wrong on the claim at hand."""
    st.header("What is wrong with this claim?", anchor=False)
    show_claim(work, work.claim, "Claim, not yet sent", claims.names(procedures(work)))
    words = dict(work.field_names)
    with st.form("flags", border=False):
        chosen = st.multiselect("Every field that must be mended before it goes out", list(words), format_func=words.get, placeholder="Choose fields")
        st.caption("A right field picked as wrong costs half a mark.")
        if st.form_submit_button("These are wrong", type="primary"):
            desk.flag(work.attempt, chosen)
            st.rerun()


def flags(work) -> None:
    """What was picked, and what was there to pick."""
    if not work.flagged:
        return
    st.header("What you picked", anchor=False)
    st.html(feedback.reasons(feedback.reason(_name(work, credit["part"].removeprefix("flag:")), credit["reason"], right=Decimal(credit["earned"]) > 0) for credit in work.flagged))


def ask(work, desk) -> None:
    """What is asked now, all of it answered at once; an unreadable answer stays in its field with what is expected."""
    st.header("What does this answer mean, and what do you do?" if work.stage == "read" or work.kind == "decide-on-a-denial" else "Your answers", anchor=False)
    slot = f"read-{len(work.sent)}" if work.stage == "read" else "asks"
    key = f"{work.attempt}:{slot}"
    with st.form(f"form-{key}", border=False):
        responses = {each.id: _field(each, f"{key}:{each.id}") for each in work.asks}
        sent = st.form_submit_button("Hand in", type="primary")
    if sent:
        problems = desk.answer(work.attempt, slot, responses)
        if not problems:
            st.rerun()
        named = {each.id: each.prompt for each in work.asks}
        st.html(feedback.notice("Nothing is handed in yet.", " ".join(f"{named[id]} {sentence}" for id, sentence in problems.items())))


def _field(each, key: str) -> object:
    if each.kind == "choice":
        words = dict(each.options)
        if len(words) > MANY and each.id.startswith("field-"):
            return st.selectbox(each.prompt, list(words), index=None, format_func=words.get, key=key, placeholder="Choose a field")
        return st.radio(label(each.prompt), list(words), index=None, format_func=lambda id: label(words[id]), key=key)
    hint = "A date with its year, as 2026-03-31." if each.kind == "date" else "Dollars and cents, as 1234.50; 0 where there is nothing."
    return st.text_input(label(each.prompt), key=key, max_chars=32, help=hint, autocomplete="off")


def decisions(revealed, title: str) -> None:
    """Each decision with the right one, the reason, and the rule it rests on."""
    if not revealed:
        return
    if title:
        st.header(title, anchor=False)
    st.html(feedback.reasons(_decision(each) for each in revealed))
    cited = {}
    for each in revealed:
        if each.rule:
            cited[each.rule["title"]] = each.rule
    for rule in cited.values():
        st.caption(plain(claim_papers.rule_words(rule)))
        st.html(feedback.sources([claims.source(citation) for citation in rule["citations"]], label=f"Where it is written: {rule['title']}"))


def _decision(each) -> str:
    earned, right = Decimal(each.earned), Decimal(each.earned) >= Decimal(each.possible)
    said = f"You said: {each.given}." + ("" if right and each.given == each.right else f" Right: {each.right}.")
    partly = 0 < earned and not right
    return feedback.reason(each.prompt, f"{said} {each.reason}", right=None if partly else right, label="Partly correct" if partly else "", breach=each.severity == "unlawful")


def revealed_sending(work, sent) -> None:
    """Why the payer answered so, and what the claim earned in marks."""
    if sent.answer.findings:
        st.subheader("Why the payer decided so", anchor=False)
        claim_papers.why(sent.answer)
    with st.expander("How the payer got there, step by step", icon=":material/account_tree:"):
        papers.show(claim_papers.steps(sent.answer))
    st.subheader("Your claim against the record", anchor=False)
    st.html(feedback.reasons(feedback.reason(_part(work, credit["part"]), credit["reason"] + HARM.get(credit.get("severity", ""), ""), right=_right(credit), breach=credit.get("severity") == "unlawful") for credit in sent.credits))


def _name(work, path: str) -> str:
    return name_in(work.form, path)


def _right(credit: dict) -> bool | None:
    earned, possible = Decimal(credit["earned"]), Decimal(credit["possible"])
    return None if not possible or 0 < earned < possible else earned >= possible


def _part(work, part: str) -> str:
    return CLAIM.get(part) or _name(work, part.removeprefix("field:"))
