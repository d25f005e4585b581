"""What changed: questions and rules whose dates turned over since the learner last met them, and a drill of them."""

import streamlit as st

from app import changes, practising, session
from app.widgets import feedback, places, question_screen
from app.widgets.wording import plain


def listed(found, empty: str) -> None:
    """Each change with since when."""
    if not found:
        st.markdown(empty)
        return
    st.html(feedback.reasons(feedback.reason(f"{one.how}: {question_screen.short(one.says)}", one.more, right=None) for one in found))


def drill(profile, found) -> None:
    """The button for the questions that can be answered anew."""
    many = len({one.drill for one in found if one.drill})
    if attempt := practising.under_way(profile, practising.CHANGED):
        if st.button("Go on with what changed", type="primary", key="continue"):
            places.go(places.SITTING, attempt=attempt)
    elif many and st.button(plain(f"Practise what changed: {many} question{'s' if many != 1 else ''}"), type="primary", key="start"):
        places.go(places.SITTING, attempt=changes.begin(profile))


def main() -> None:
    profile = session.me()
    st.title("What changed", anchor=False)
    st.markdown("Rules have dates, and so have the questions about them. Here is what turned over since you last met it.")
    st.header("Questions", anchor=False)
    found = changes.questions(profile)
    drill(profile, found)
    listed(found, "No question that you met has changed, and none came into force on what you have practised.")
    st.header("Payers' rules", anchor=False)
    listed(changes.rules(profile), "No rule of a payer whose claims you have worked has a new value since.")
    places.link(places.REFERENCE, "All rules with their dates", icon=":material/menu_book:", shelf="Payers")


main()
