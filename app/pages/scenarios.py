"""What there is to work: by the step of an account's life, or what a search and its filters leave."""

import streamlit as st

from app import offers, session
from app.widgets import places
from app.widgets.wording import plain

EVERY = "Any"


def last(summary) -> str:
    """The last attempt in words."""
    if summary is None:
        return "Not worked yet"
    if summary.finished is None:
        return "Under way"
    share = f"{summary.score / summary.possible:.0%} of the marks" if summary.possible else "nothing handed in"
    return f"Last: {share}, {session.told(summary.finished)}"


def show(card, summary, profile) -> None:
    """One piece of work: what it is, and its button."""
    under_way = bool(summary and summary.finished is None)
    with st.container(key=f"offer-{card.id}"):
        words, action = st.columns([5, 2], vertical_alignment="center", gap="small")
        facts = (card.kind, " and ".join(card.payers), f"{card.minutes} minutes", f"difficulty {card.difficulty} of 5", last(summary))
        words.markdown(f"**{plain(card.title)}**  \n{plain(card.summary)}  \n:small[{plain(' · '.join(filter(None, facts)))}]")
        word = "Continue" if under_way else "Work a fresh variant" if summary else "Work"
        if action.button(f"{word}: {plain(card.title)}", key=f"scenario-{card.id}", type="primary" if under_way else "secondary", width="stretch", wrap=True):
            attempt = offers.begin(profile, card.id)
            places.go(offers.page_of(attempt), attempt=attempt)


def filters(cards) -> dict[str, str]:
    """What is searched for; an empty value asks for nothing."""
    asked = st.text_input("Search", key="offers-search", placeholder="denial, Medicare, modifier …", type="search", max_chars=80)
    steps = {name: words for name, words in offers.STEPS.items() if any(card.step == name for card in cards)}
    forms = {name: words for name, words in offers.FORMS.items() if any(card.form == name for card in cards)}
    payers = sorted({payer for card in cards for payer in card.payers})
    chosen = []
    for column, (label, words) in zip(st.columns(3), (("Step of the account", steps), ("Form", forms), ("Payer", dict(zip(payers, payers))))):
        chosen.append(column.selectbox(label, ["", *words], format_func=lambda name, words=words: words.get(name, EVERY), key=f"offers-{label}"))
    return {"asked": asked, "step": chosen[0], "form": chosen[1], "payer": chosen[2]}


def by_step(cards, results, profile) -> None:
    """A fold for each step, drawn when it is open; the first with something under way is."""
    begun = {card.step for card in cards if (summary := results.get(card.id)) and summary.finished is None}
    first = next((card.step for card in cards if card.step in begun), cards[0].step)
    for step, name in offers.STEPS.items():
        here = [card for card in cards if card.step == step]
        if here:
            worked = sum(card.id in results for card in here)
            fold = st.expander(f"{name} · {len(here)}" + (f", {worked} worked" if worked else ""), expanded=step == first, on_change="rerun", key=f"offers-step-{step}")
            if fold.open:
                with fold:
                    rows(here, results, profile)


def rows(cards, results, profile) -> None:
    """The cards one under another."""
    for card in cards:
        show(card, results.get(card.id), profile)


def main() -> None:
    profile = session.me()
    st.title("Claims to work", anchor=False)
    st.markdown("You read, decide, send and post; the other side answers by its rules. Each start draws a fresh variant.")
    cards, results = offers.cards(), offers.last_results(profile)
    if not cards:
        st.info("There is nothing to offer. `python -m app check` says what is wrong with the content.")
        return
    asked = filters(cards)
    if not any(asked.values()):
        by_step(cards, results, profile)
        return
    left = offers.found(cards, **asked)
    st.header(f"{len(left)} found" if left else "Nothing found", anchor=False)
    if not left:
        st.caption("Try fewer words, or leave a filter at its first entry.")
    rows(left, results, profile)


main()
