"""What a question is asked about: the situation and the papers of its case, and its own stem and exhibit."""

import streamlit as st

from app.widgets.wording import plain, prose


def sides(question, page_title: str = ""):
    """Where the question goes: beside its case where there is room, below it on a phone; alone on the page where there is no case."""
    if not question.case:
        return st.container()
    papers, asked = st.columns([3, 2], gap="large")
    with papers:
        case(question.case, titled=question.case.title != page_title)
    return asked


def case(shown, key: str = "papers", level: int = 3, titled: bool = True) -> None:
    """Title and story, then each paper under its own title, all of them in sight: at work one is read against the other.

    titled False: the page has said the title already.
    """
    marks = "#" * level
    with st.container(key=f"case-{key}"):
        if titled:
            st.markdown(f"{marks} {plain(shown.title)}")
        st.markdown(prose(shown.story))
        for exhibit in shown.exhibits:
            with st.container(border=True):
                st.markdown(f"{marks}{'#' if titled else ''} {plain(exhibit.title)}")
                st.markdown(prose(exhibit.text))


def asked(question, key: str = "stem") -> None:
    """The stem, and the exhibit that belongs to this question alone."""
    with st.container(key=key):
        st.markdown(prose(question.stem))
    if question.exhibit:
        with st.container(border=True):
            st.markdown(prose(question.exhibit))
