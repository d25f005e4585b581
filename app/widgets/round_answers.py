"""A round that was answered: every decision with the right one and its reason, grids as tables, letters beside one that would do."""

from decimal import Decimal

import streamlit as st

from app.widgets import claim_steps, feedback, markup, paper_sheet
from app.widgets.wording import plain, prose

SELF_CHECK = ("Would a reader who has never heard of this account know from the first lines what is asked, of which claim, and by when?",
              "Is every fact in it a fact of the file, and none that you only supposed?",
              "Does it name the rule or the policy that decides, and not only that you disagree?")
"""What no pattern can find in a letter."""


def show(answered, latest: bool) -> None:
    """The round; earlier ones behind a fold."""
    st.header(f"{plain(answered.heading)}: your answers", anchor=False)
    marks = f"{answered.earned.quantize(Decimal('0.01')).normalize():f} of {answered.possible.normalize():f} marks"
    with st.container() if latest else st.expander(f"Look again: {marks}", icon=":material/history:"):
        if latest:
            st.html(feedback.notice(f"{marks} in this part."))
        else:
            for paper in answered.papers:
                paper_sheet.show(paper)
        claim_steps.decisions(answered.revealed, "")
        for grid in dict.fromkeys(cell.grid for cell, _ in answered.cells):
            _grid(grid, [(cell, each) for cell, each in answered.cells if cell.grid == grid])
        for number, letter in enumerate(answered.letters, 1):
            _letter(letter, f"letter-{answered.number}-{number}")


def _grid(grid: str, cells: list) -> None:
    """The grid as handed in, what is right beside each miss; the reasons of the misses under it."""
    columns, rows = (list(dict.fromkeys(getattr(cell, part) for cell, _ in cells)) for part in ("column", "row"))
    at = {(cell.row, cell.column): each for cell, each in cells}
    made = [(markup.text(row), *(_cell(at.get((row, column))) for column in columns)) for row in rows]
    st.html(f'<div class="cc-paper">{markup.table(grid, [("Row", False), *((column, True) for column in columns)], made)}</div>')
    missed = [each for _, each in cells if Decimal(each.earned) < Decimal(each.possible)]
    claim_steps.decisions(missed, "")


def _cell(each) -> str:
    if each is None:
        return ""
    right = Decimal(each.earned) >= Decimal(each.possible)
    mark = "✓" if right else "✗"
    spoken = "Correct" if right else "Not correct"
    shown = markup.text(each.given) if right else f"<s>{markup.text(each.given)}</s> {markup.text(each.right)}"
    return f'<span><span class="cc-mark" aria-hidden="true">{mark}</span><span class="cc-hidden">{spoken}: </span>{shown}</span>'


def _letter(letter, key: str) -> None:
    """What was found in the letter, what was not, and what only a reader can say; then one that would do."""
    st.subheader(plain(letter.prompt), anchor=False)
    lacking = [each.says for each in letter.elements if each.required and not each.found]
    if lacking:
        st.html(feedback.notice("The letter fails its purpose without: " + "; ".join(lacking) + ".", "What is looked for is found by its words: where you said it in others, compare with the letter below."))
    st.html(feedback.reasons(feedback.reason(each.says, ("Found. " if each.found else "Not found. ") + each.why, right=each.found) for each in letter.elements))
    st.markdown("**Mark it yourself**")
    for number, question in enumerate(SELF_CHECK, 1):
        st.checkbox(question, key=f"{key}-self-{number}", on_change="ignore")
    st.caption("For yourself alone: nothing of this is kept or counted.")
    with st.expander("Your letter", icon=":material/draft:"):
        st.text(letter.written)
    if letter.model:
        with st.expander("A letter that would do", icon=":material/mark_email_read:"):
            st.markdown(prose(letter.model))
