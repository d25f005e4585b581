"""The claims one can work: by kind, with payer, length and how one's last attempt went."""

import streamlit as st

from app import claims, session
from app.widgets import places
from app.widgets.wording import plain


def last(summary) -> str:
    """The last attempt in words."""
    if summary is None:
        return "Not worked yet"
    if summary.finished is None:
        return "Under way"
    share = f"{summary.score / summary.possible:.0%} of the marks" if summary.possible else "nothing handed in"
    return f"Last: {share}, {session.told(summary.finished)}"


def show(card, summary, profile) -> None:
    """One scenario with its button."""
    under_way = bool(summary and summary.finished is None)
    with st.container(border=True):
        st.subheader(plain(card.title), anchor=False)
        st.markdown(plain(card.summary))
        st.caption("  \n".join((f"{plain(card.payer)} · about {card.minutes} minutes · difficulty {card.difficulty} of 5", plain(last(summary)))))
        word = "Continue" if under_way else "Work a fresh variant" if summary else "Work this claim"
        if st.button(f"{word}: {plain(card.title)}", key=f"scenario-{card.id}", type="primary" if under_way else "secondary"):
            places.go(places.SCENARIO, attempt=claims.begin(profile, card.id))


def main() -> None:
    profile = session.me()
    st.title("Claims to work")
    st.markdown("You send, the payer answers by its rules, and you work the answer. Each start draws a fresh variant.")
    cards, results = claims.cards(), claims.last_results(profile)
    if not cards:
        st.info("There is no scenario to offer. `python -m app check` says what is wrong with the content.")
    for kind, name in claims.KINDS.items():
        here = [card for card in cards if card.kind == kind]
        if here:
            st.header(name, anchor=False)
        for pair in zip(here[::2], [*here[1::2], None]):
            for column, card in zip(st.columns(2), pair):
                if card:
                    with column:
                        show(card, results.get(card.id), profile)


main()
