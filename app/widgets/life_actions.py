"""The forms of what one can do about an account; each hands one action to the desk."""

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from app import claims, form_texts, lives, session
from app.widgets import claim_form, form_sheet, life_papers
from app.widgets.claim_send import standing_in
from app.widgets.wording import plain
from billing.account.actions import (WRITE_OFF_REASONS, Appeal, AskStatus, Authorize, Call, Close, Note, PaymentPlan, Post, Refund, Statement, Verify, Wait, WriteOff)
from curriculum.forms import FORMS
from scoring.answers import Unreadable
from scoring.answers import money as amount_of

AUTOSAVE = "12s"
LONGEST_WAIT, SOON = 120, 45
REASONS = {"contract": "The contract takes it off", "denied-and-final": "Refused, and nothing is left to do", "small-balance": "Too small to collect", "hardship": "The patient cannot pay, shown by papers",
           "protected": "The law shields this patient from the bill", "courtesy": "As a courtesy to the patient"}


def done(work, desk, action) -> None:
    """One action handed in; what is refused is kept for the next drawing."""
    st.session_state[f"{work.attempt}:problem"] = desk.act(work.attempt, action, work.done)
    st.rerun()


def ask(work, desk) -> None:
    """Questions to a payer. Each is a touch."""
    st.caption("Asking takes a touch, and some answers take days. Eligibility and status answers come at once.")
    payer = _payer(work, "ask")
    for label, action, about in (("Verify the member (270)", Verify, "Is the patient covered on the day of service, and how?"),
                                 ("Ask for an authorization", Authorize, "Before the service, for what the record will need."),
                                 ("Ask for the claim's status (276)", AskStatus, "What became of the last claim sent to this payer."),
                                 ("Call about the last answer", Call, "A representative says in words what the codes meant.")):
        if st.button(label, help=about, key=f"{work.attempt}:{action.__name__}:{work.done}"):
            done(work, desk, action(payer))


def send(work, desk) -> None:
    """The claim form, kept as a draft while it is filled, and sent."""
    payer = _payer(work, "send")
    key = f"{work.attempt}:claim:{len(work.sent)}"
    form = FORMS.get(work.form)
    fresh = form_texts.texts_of(form, work.claim) if form else claim_form.texts_of(work.claim)
    start = {**fresh, **{path: text for path, text in (work.draft or {}).items() if path in fresh}}
    if form:
        form_sheet.draw(work.form, start, key)
    else:
        claim_form.draw(start, key, claims.names(line["procedure"] for line in work.claim["lines"]), True)
    prior = st.checkbox("Send the other payer's remittance with it", key=f"{key}:prior", on_change="ignore", disabled=len(work.payers) < 2)
    way = st.radio("Send it", ["claim", "reopening"], format_func={"claim": "as a claim", "reopening": "as a request to reopen the adjudicated claim"}.get, key=f"{key}:way", horizontal=True)
    autosave(work.attempt, work.form, start, key)
    if st.button("Send to the payer", type="primary", key=f"{key}:send"):
        texts = standing_in(work.form, start, key)
        desk.save_draft(work.attempt, texts)
        document, wrong = form_texts.document(form, texts, work.claim) if form else claim_form.document(texts, work.claim)
        st.session_state[f"{work.attempt}:problem"] = "  \n".join(wrong) or desk.send(work.attempt, payer, document, way, prior, work.done)
        st.rerun()


@st.fragment(run_every=AUTOSAVE)
def autosave(attempt: str, form: str, start: dict, key: str) -> None:
    """Keeps what stands in the form; says when it last did."""
    texts = standing_in(form, start, key)
    if texts != st.session_state.get(f"{key}:saved", start):
        lives.desk().save_draft(attempt, texts)
        st.session_state[f"{key}:saved"], st.session_state[f"{key}:saved-at"] = texts, session.now()
    at = st.session_state.get(f"{key}:saved-at")
    st.html(f'<p class="cc-saved">{"Draft saved " + session.told(at) if at else "The form is kept as a draft while you work."}</p>')


def post(work, desk) -> None:
    """A remittance put on the account."""
    came = [arrival for arrival in work.arrivals if arrival.kind in ("835", "takeback")]
    if not came:
        st.info("No remittance has come yet.")
        return
    waiting = [arrival for arrival in came if arrival.number not in work.posted]
    choice = st.selectbox("Remittance", [*waiting, *(a for a in came if a.number in work.posted)], key=f"{work.attempt}:post:{work.done}",
                          format_func=lambda a: f"{life_papers.heading(work, a)}" + (" (posted; posting again replaces it)" if a.number in work.posted else ""))
    with st.form(f"{work.attempt}:post-form:{work.done}:{choice.number}", border=False):
        columns = st.columns(3)
        labels = ("Payment", "Written off (contract)", "Moved to the patient")
        texts = [column.text_input(label, key=f"{work.attempt}:post:{work.done}:{choice.number}:{label}", max_chars=20, autocomplete="off", placeholder="0.00") for column, label in zip(columns, labels)]
        if st.form_submit_button("Post it", type="primary"):
            amounts = _amounts(zip(labels, texts))
            if amounts:
                done(work, desk, Post(choice.number, *amounts))


def fight(work, desk) -> None:
    """An appeal with the record, or a write-off where nothing is left to do."""
    if work.sent:
        with st.form(f"{work.attempt}:appeal:{work.done}", border=False):
            words = {number: f"Claim {number} to {name}, received {life_papers.day(received)}" for number, name, received, _ in work.sent}
            number = st.selectbox("Appeal the decision on", list(words), format_func=words.get)
            if st.form_submit_button("Send the appeal with the record"):
                done(work, desk, Appeal(number))
    with st.form(f"{work.attempt}:write-off:{work.done}", border=False):
        amount = st.text_input("Write off, in dollars", max_chars=20, autocomplete="off", placeholder="0.00")
        reason = st.selectbox("Because", WRITE_OFF_REASONS, format_func=REASONS.get)
        if st.form_submit_button("Write it off") and (amounts := _amounts((("The write-off", amount),))):
            done(work, desk, WriteOff(amounts[0], reason))


def money(work, desk) -> None:
    """The patient's bill, a plan, and money given back."""
    with st.form(f"{work.attempt}:statement:{work.done}", border=False):
        amount = st.text_input("Statement to the patient, in dollars", max_chars=20, autocomplete="off", placeholder="0.00")
        if st.form_submit_button("Send the statement") and (amounts := _amounts((("The statement", amount),))):
            done(work, desk, Statement(amounts[0]))
    with st.form(f"{work.attempt}:plan:{work.done}", border=False):
        months = st.number_input("Payment plan, in months", 2, 24, 3)
        if st.form_submit_button("Offer the plan"):
            done(work, desk, PaymentPlan(int(months)))
    with st.form(f"{work.attempt}:refund:{work.done}", border=False):
        words = {"patient": "The patient", **{payer: name for payer, name, _ in work.payers}}
        to = st.selectbox("Give money back to", list(words), format_func=words.get)
        amount = st.text_input("How much, in dollars", max_chars=20, autocomplete="off", placeholder="0.00")
        if st.form_submit_button("Refund it") and (amounts := _amounts((("The refund", amount),))):
            done(work, desk, Refund(to, amounts[0]))


def note(work, desk) -> None:
    """A note for whoever comes next."""
    with st.form(f"{work.attempt}:note:{work.done}", border=False):
        one, two = st.columns(2)
        who = one.text_input("Spoke with, or looked at", max_chars=80, autocomplete="off")
        reference = two.text_input("Reference number", max_chars=40, autocomplete="off")
        said = st.text_area("What was said or found", max_chars=600)
        follow = st.text_input("Next step", max_chars=200, autocomplete="off")
        day = st.date_input("Follow up on", value=work.today + timedelta(days=14), min_value=work.today, max_value=work.today + timedelta(days=366))
        if st.form_submit_button("Leave the note", type="primary"):
            done(work, desk, Note(who.strip(), reference.strip(), said.strip(), follow.strip(), day if isinstance(day, date) else None))


def wait(work, desk) -> None:
    """Days pass; deadlines run with them."""
    with st.form(f"{work.attempt}:wait:{work.done}", border=False):
        days = st.number_input("Days to let pass", 1, LONGEST_WAIT, 1)
        if st.form_submit_button("Let them pass", type="primary"):
            done(work, desk, Wait(int(days)))
    if st.button(f"Until something comes (at most {SOON} days)", key=f"{work.attempt}:until:{work.done}"):
        done(work, desk, Wait(desk.days_until_something(work.attempt, SOON)))


def close(work, desk) -> None:
    """The end."""
    st.markdown(f"The account stands at {plain(f'${work.balance:,.2f}')}. Closing it ends your work and shows how it went.")
    if st.button("Close the account", type="primary", key=f"{work.attempt}:close"):
        done(work, desk, Close())


def _payer(work, where: str) -> str:
    names = {payer: name for payer, name, _ in work.payers}
    if len(names) == 1:
        return next(iter(names))
    return st.radio("Payer", list(names), format_func=lambda payer: plain(names[payer]), key=f"{work.attempt}:payer:{where}", horizontal=True)


def _amounts(named) -> tuple[Decimal, ...] | None:
    """The amounts typed; a blank is nothing. None, and what is wrong said, where one cannot be read."""
    read = [(label, amount_of(text.strip() or "0")) for label, text in named]
    wrong = [f"{label}: {value.sentence}" for label, value in read if isinstance(value, Unreadable)]
    if wrong:
        st.error("  \n".join(wrong))
        return None
    return tuple(value for _, value in read)
