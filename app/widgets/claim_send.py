"""The claim form of a scenario being worked, whatever form it is: filled in, kept as a draft, and sent."""

import streamlit as st

from app import claims, form_texts, session
from app.widgets import claim_form, form_sheet
from app.widgets.wording import prose
from curriculum.forms import FORMS

AUTOSAVE = "12s"


def send(work, desk, names) -> None:
    """The claim form, kept as a draft while it is filled, and sent."""
    resend = bool(work.sent or work.before)
    st.header("Mend and send again" if resend else "The claim", anchor=False)
    if resend:
        st.caption("Each sending after the first costs a touch, and the days until its answer pass.")
    key = f"{work.attempt}:{len(work.sent)}"
    form = FORMS.get(work.form)
    start = {**(form_texts.texts_of(form, work.claim) if form else claim_form.texts_of(work.claim)), **(work.draft or {})}
    if form:
        form_sheet.draw(work.form, start, key)
    else:
        claim_form.draw(start, key, names, resend)
    if resend:
        st.radio("Send it", ["claim", "reopening"], format_func={"claim": "as a claim", "reopening": "as a request to reopen the adjudicated claim"}.get, key=f"{key}:way", horizontal=True)
    autosave(work.attempt, work.form, start, key)
    with st.container(horizontal=True):
        # Taken in by the callback, so that the page is drawn once and with the answer.
        st.button("Send to the payer", type="primary", key=f"{key}:send", on_click=hand_in, args=(work, desk, start, key))
        if resend and st.button("Stop here and see the score", type="tertiary", key=f"{key}:stop"):
            desk.finish(work.attempt)
            st.rerun()
    if problem := st.session_state.pop(f"{key}:problem", ""):
        st.error(prose(problem), icon=":material/edit_note:")


def hand_in(work, desk, start: dict, key: str) -> None:
    """Sends what stands in the form; what keeps it from being sent is kept for the drawing that follows, and nothing is lost."""
    form, texts = FORMS.get(work.form), standing_in(work.form, start, key)
    desk.save_draft(work.attempt, texts)
    document, wrong = form_texts.document(form, texts, work.claim) if form else claim_form.document(texts, work.claim)
    st.session_state[f"{key}:problem"] = "  \n".join(wrong) or desk.send(work.attempt, document, st.session_state.get(f"{key}:way") or "claim")


def standing_in(form: str, start: dict, key: str) -> dict[str, str]:
    """What stands in the form's fields now."""
    return form_sheet.read(start, key) if form in FORMS else claim_form.read(start, key)


@st.fragment(run_every=AUTOSAVE)
def autosave(attempt: str, form: str, start: dict, key: str) -> None:
    """Keeps what stands in the form; says when it last did."""
    texts = standing_in(form, start, key)
    if texts != st.session_state.get(f"{key}:saved", start):
        claims.desk().save_draft(attempt, texts)
        st.session_state[f"{key}:saved"] = texts
        st.session_state[f"{key}:saved-at"] = session.now()
    at = st.session_state.get(f"{key}:saved-at")
    st.html(f'<p class="cc-saved">{"Draft saved " + session.told(at) if at else "The form is kept as a draft while you work."}</p>')
