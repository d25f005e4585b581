"""Your data: take away everything that is kept about you, certificates for what you completed, and deleting it all."""

import streamlit as st

from app import certificates, closed_books, leaving, session, taking_away
from app.widgets import places, resting
from app.widgets.markup import table, text
from app.widgets.wording import plain


def take(mine) -> None:
    """One file with everything; made when it is asked for."""
    st.header("Take it with you", anchor=False)
    st.markdown("One zip file with all that is kept about you: what you were asked and answered, marks and their reasons, drafts, settings, comments, certificates. "
                "It opens in a spreadsheet (CSV) and in other programs (JSON); README.txt says what is what.")
    if closed_books.running(mine.id):       # in the file are the answers of all that was ever asked
        resting.instead(mine)
        return
    st.download_button("Download everything", session.later(lambda: taking_away.file_for(mine)), "clean-claim-my-data.zip", "application/zip", icon=":material/download:", on_click="ignore", key="take")
    st.caption("What an exam or a claim that you have not ended would still ask is in it once it has ended.")


def certificate(mine, card) -> None:
    """One completion, with its two files."""
    with st.container(border=True):
        st.subheader(plain(card.title), anchor=False)
        st.markdown(plain(f"{card.outcome.capitalize()} on {session.told(card.at)}."))
        results = table(f"Results: {card.title}", (("Part", False), ("Result", True)), [(text(name), text(value)) for name, value in card.results])
        st.html(f'<div class="cc-paper">{results}</div>')
        if card.problem:
            st.warning(plain(card.problem))
            return
        with st.container(horizontal=True, wrap=True):
            st.download_button("Certificate (PDF)", session.later(lambda: certificates.pdf(mine, card.id)), f"{card.file}.pdf", "application/pdf", icon=":material/workspace_premium:", on_click="ignore",
                               key=f"pdf-{card.id}")
            st.download_button("Credential (JSON)", session.later(lambda: certificates.credential(mine, card.id).credential.encode()), f"{card.file}.json", "application/json", icon=":material/verified:",
                               on_click="ignore", key=f"json-{card.id}", help="An Open Badges 3.0 credential, signed: whoever you give it to can verify it without asking us.")


def completed(mine) -> None:
    st.header("Certificates", anchor=False)
    found = certificates.cards(mine)
    if not found:
        st.markdown("None yet. There is one for a whole practice exam that you pass, and one for a track of which every competency is shown.")
    for card in found:
        certificate(mine, card)
    if found:
        st.caption(plain(f"Issued in the name of: {certificates.issuer()}."))
    st.caption("A certificate says what you did here. It is not the certification that an exam's body gives, and none of them endorses it.")


def delete(mine) -> None:
    """What goes, what stays, and the name typed to confirm."""
    st.header("Delete it", anchor=False)
    st.markdown("**This goes, at once and for good:** your profile, every attempt and answer, marks, drafts, what trainers wrote to you, reported results"
                + (", and the account with which you sign in." if session.in_team() else "."))
    st.markdown("**This stays:**\n\n" + "\n".join(f"- {plain(one)}" for one in leaving.stays(mine)))
    with st.form("delete", border=False):
        too = leaving.may_drop_completions(mine) and st.checkbox("Delete the completion records and certificates as well", key="too")
        typed = st.text_input("To confirm, type your name as it stands here", key="typed", max_chars=80, autocomplete="off")
        if st.form_submit_button("Delete everything", icon=":material/delete_forever:"):
            with session.problems_said():
                leaving.leave(mine, typed, too)
                gone()


def gone() -> None:
    """Nobody is here any more."""
    st.session_state.clear()
    st.session_state["left"] = "Everything of yours was deleted, and your account with it." if session.in_team() else "Everything of yours was deleted."
    st.switch_page(places.WELCOME, query_params={})


def main() -> None:
    session.require("study")
    mine = session.me()
    st.title("Your data", anchor=False)
    st.markdown(plain(f"{mine.name}: what is kept about you, and what you can do with it."))
    take(mine)
    completed(mine)
    delete(mine)


main()
