"""A claim being worked: its papers, the work, the payer's answer, and what every decision rested on; the place is in the address."""

import streamlit as st

from app import claims, offers, session
from app.widgets import claim_papers, claim_send, claim_steps, feedback, objecting, paper_sheet, papers, places, reference_panel
from app.widgets.wording import plain, prose


def head(work) -> None:
    """Where one stands in the course of the claim."""
    st.title(plain(work.title), anchor=False)
    where = f"finished with {work.score} of {work.possible} marks" if work.stage == "finished" else f"the day at your desk is {papers.day(work.today)}"
    st.caption(f"{claims.KINDS[work.kind]} · {plain(work.payer_name)} · {where}")


def shelf() -> None:
    """The books, behind a fold."""
    fold = st.expander("Look something up", on_change="rerun", key="claim-shelf", icon=":material/menu_book:")
    if fold.open:
        with fold:
            reference_panel.render(None, key="claim-shelf-books")


def claim_at_hand(work, names) -> None:
    """The claim that went before, and its answer."""
    if work.before is None:
        return
    st.header("What was sent, and what came back", anchor=False)
    with st.expander("The claim as sent", icon=":material/description:"):
        claim_steps.show_claim(work, work.start, "Claim as sent", names)
    claim_papers.answer(work.before, names, work.payer_name, work.form)


def history(work, names, said) -> None:
    """Every sending with its answer; what it rested on once the learner has said what it means. said: puts what learner and trainer say to each other under a step."""
    for sent in work.sent:
        st.header(f"Sending {sent.number}: received {papers.day(sent.received)}", anchor=False)
        claim_papers.answer(sent.answer, names, work.payer_name, work.form)
        claim_papers.over_the_wire(sent.answer, sent.claim, work.payer_name, sent.received, f"{work.attempt}:wire:{sent.number}")
        if sent.read:
            claim_steps.decisions(sent.read, "What you said of this answer")
            said(f"read-{sent.number}")
            claim_steps.revealed_sending(work, sent)
            said("claim", sent.number)


def work_on(work, desk, names) -> None:
    """The step that is due now."""
    if work.stage == "flag":
        claim_steps.flag(work, desk)
    elif work.stage in ("asks", "read"):
        claim_steps.ask(work, desk)
    elif work.stage == "claim":
        claim_send.send(work, desk, names)
    elif work.stage == "finished":
        done(work)
    elif work.stage == "settled":
        st.html(feedback.notice("Nothing is left to do on this claim.", "Finish to see your score; everything stays in your record."))
        finish(work, desk)


def finish(work, desk) -> None:
    """The end, when the learner says so."""
    if st.button("Finish", type="primary", key="finish"):
        desk.finish(work.attempt)
        st.rerun()


def done(work) -> None:
    """How it went."""
    share = float(work.score) / float(work.possible) if float(work.possible) else 0
    st.html(feedback.notice(f"{work.score} of {work.possible} marks ({share:.0%}).", "Finished. Every step stays in your record."))
    st.subheader("What this teaches", anchor=False)
    st.markdown(prose(work.teaches))
    with st.container(horizontal=True, wrap=True):
        places.link(places.SCENARIOS, "Other claims", icon=":material/assignment:")
        places.link(places.PROGRESS, "Where you stand", icon=":material/insights:")


def main() -> None:
    profile = session.me()
    attempt = st.query_params.get("attempt", "")
    desk = claims.desk()
    work = desk.work(attempt) if attempt else None
    if work is None:
        if (page := offers.page_of(attempt)) != places.SCENARIO:
            places.go(page, attempt=attempt)
        st.title("Claim")
        st.info("No claim is open in this tab. Choose one from the list; one you have begun goes on where you left it.")
        places.link(places.SCENARIOS, "To the claims", icon=":material/assignment:")
        return
    head(work)
    mine, theirs = work.profile == profile.id, session.leading(work.profile)
    if not mine and not theirs:
        st.info("This attempt belongs to another profile. Choose that profile to go on with it.")
        places.link(places.WELCOME, "Choose a profile", icon=":material/person:")
        return
    names = claims.names(claim_steps.procedures(work))
    claim_papers.story(work)
    with st.container(key="wide-page"):
        left, right = st.columns([4, 6], gap="large")
    with left, st.container(key="file-side"):
        st.header("The file", anchor=False)
        if work.papers:
            paper_sheet.file(work.papers)
        else:
            claim_papers.file(work)
        shelf()
    with right:
        claim_at_hand(work, names)
        said = objecting.over(attempt)
        claim_steps.decisions(work.first, "Your decisions")
        said("asks")
        claim_steps.flags(work)
        said("flags")
        history(work, names, said)
        if mine:
            work_on(work, desk, names)
        objecting.about_attempt(attempt)


main()
