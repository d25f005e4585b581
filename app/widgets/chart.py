"""Small pictures of progress made of plain boxes, each saying in words what it shows."""

from typing import Iterable

from app.widgets.markup import text

STEP_WORDS = {"full": "right", "some": "partly right", "none": "not right", "now": "this one", "open": "to come"}


def bars(rows: Iterable[tuple[str, float | None, str]], label: str) -> str:
    """A bar a row: name, share from 0 to 1 (None: nothing seen yet, drawn as a broken line), and the figure in words."""
    return f'<ul class="cc-bars" aria-label="{text(label)}">{"".join(_bar(*row) for row in rows)}</ul>'


def _bar(name: str, share: float | None, figure: str) -> str:
    width = 0 if share is None else max(0.0, min(1.0, share)) * 100
    unseen = " cc-unseen" if share is None else ""
    return (
        f'<li><span class="cc-name">{text(name)}</span><span class="cc-figure">{text(figure)}</span>'
        f'<span class="cc-track{unseen}" aria-hidden="true"><span style="width:{width:.1f}%"></span></span></li>'
    )


def steps(states: Iterable[str], label: str) -> str:
    """The questions of a sitting in a row; each state is one of STEP_WORDS."""
    marks = "".join(
        f'<li class="cc-{text(state)}"><span class="cc-hidden">{at}: {text(STEP_WORDS[state])}</span></li>' for at, state in enumerate(states, 1)
    )
    return f'<ol class="cc-steps" aria-label="{text(label)}">{marks}</ol>'
