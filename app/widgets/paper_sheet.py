"""A paper of an exercise laid on the page: boxes, passages, tables, and the wire it came over."""

import streamlit as st

from app.widgets import papers, wire
from app.widgets.markup import sheet, table, text
from app.widgets.wording import plain
from curriculum.papers import Paper


def show(paper: Paper, level: int = 3) -> None:
    """The paper; where it came as a transaction, the transaction behind a fold."""
    papers.show(html(paper, level))
    if paper.wire:
        with st.expander("The same as it came over the wire", icon=":material/lan:"):
            wire.show(paper.wire)


def file(papers_: tuple[Paper, ...]) -> None:
    """Papers that lie there all the time, each under its tab."""
    for tab, paper in zip(st.tabs([plain(paper.title) for paper in papers_]), papers_):
        with tab:
            show(paper)


def html(paper: Paper, level: int = 3) -> str:
    """The paper as safe HTML."""
    passages = "".join(f'<h{level + 1} class="cc-section">{text(head)}</h{level + 1}><p>{text(words)}</p>' for head, words in paper.passages)
    body = papers.boxes(paper.boxes) + (f'<div class="cc-note-body">{passages}</div>' if passages else "")
    body += "".join(table(each.caption, each.heads, [[text(cell) for cell in row] for row in each.rows], [text(cell) for cell in each.totals]) for each in paper.tables)
    return sheet(paper.title, paper.issuer, body, level=level, note=paper.note)
