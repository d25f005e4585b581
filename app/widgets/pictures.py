"""Pictures made of plain boxes, in the app's colours: each is one image to a screen reader, named and described, with its table behind a button."""

import math
from collections.abc import Iterable, Sequence

from app.widgets.markup import table, text

CELLS = 20
"""Cells of a strip of the heat map."""


def picture(key: str, label: str, says: str, drawn: str, heads: Sequence[tuple[str, bool]], rows: Iterable[Sequence[object]], wide: bool = True) -> str:
    """A drawing with a caption that says what it shows, and its table. key: a name that no other picture of the page has."""
    cells = [[text(cell) for cell in row] for row in rows]
    return (f'<figure class="cc-picture{"" if wide else " cc-narrow"}"><div role="img" aria-label="{text(label)}" aria-describedby="{text(key)}-says">{drawn}</div>'
            f'<figcaption id="{text(key)}-says">{text(says)}</figcaption>'
            f'<details class="cc-as-table"><summary>Show as a table<span class="cc-hidden">: {text(label)}</span></summary>'
            f'<div class="cc-paper">{table(label, heads, cells)}</div></details></figure>')


def gauge(lit: int, large: str, small: str) -> str:
    """Half a ring of five fifths, one of them lit."""
    return (f'<div class="cc-gauge" style="--s{lit}:var(--cc-accent)"><span class="cc-ring"></span><span class="cc-large">{text(large)}</span><span class="cc-small">{text(small)}</span>'
            '<span class="cc-end">0</span><span class="cc-end cc-right">100</span></div>')


def interval(low: float, middle: float, high: float, mark: float, mark_says: str) -> str:
    """A stretch of a scale from 0 to 100 %, its middle, and a mark that is to be reached."""
    return (f'<div class="cc-scale"><span class="cc-line"></span><span class="cc-stretch" style="left:{_at(low)};width:{_at(high - low)}"></span>'
            f'<span class="cc-point" style="left:{_at(middle)}"></span><span class="cc-goal" style="left:{_at(mark)}"><span>{text(mark_says)}</span></span>'
            f'<span class="cc-tick" style="left:{_at(low)}">{_percent(low)}</span><span class="cc-tick" style="left:{_at(high)}">{_percent(high)}</span></div>')


def heat(rows: Iterable[tuple[str, float, float, float, str]], mark: float) -> str:
    """A strip a row: name, low, middle, high, figure. The darker a cell the more likely the share lies there; a short dark strip is sure, a long pale one is not."""
    return f'<div class="cc-heat">{"".join(_strip(*row, mark) for row in rows)}</div>'


def _strip(name: str, low: float, middle: float, high: float, figure: str, mark: float) -> str:
    cells = "".join(f'<i style="--a:{100 * min(1.0, (2.0 * mass) ** 0.7):.0f}%"></i>' for mass in _masses(middle, max(high - low, 0.01) / 3.29))
    return (f'<span class="cc-name">{text(name)}</span><span class="cc-strip">{cells}<span class="cc-goal" style="left:{_at(mark)}"></span></span>'
            f'<span class="cc-figure">{text(figure)}</span>')


def _masses(middle: float, sd: float) -> list[float]:
    """How likely each cell is, as a bell around the middle that keeps within the scale."""
    edges = [0.5 * (1 + math.erf((cell / CELLS - middle) / (sd * math.sqrt(2)))) for cell in range(CELLS + 1)]
    whole = edges[-1] - edges[0]
    return [(after - before) / whole for before, after in zip(edges, edges[1:])]


def columns(bars: Sequence[tuple[str, int]]) -> str:
    """An upright bar a day: label and number. Many of them show every seventh label and no number."""
    most, many = max((number for _, number in bars), default=0) or 1, len(bars) > 14
    drawn = "".join(f'<span class="cc-column"><span class="cc-count">{number or ""}</span><span class="cc-bar{"" if number else " cc-none"}" style="height:{100 * number / most:.1f}%"></span>'
                    f'<span class="cc-day">{text(label) if not many or at % 7 == 0 else ""}</span></span>' for at, (label, number) in enumerate(bars))
    return f'<div class="cc-columns{" cc-many" if many else ""}">{drawn}</div>'


def matrix(heads: Sequence[str], rows: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> str:
    """A row with a cell for each head: of so many so many right. What is not right is hatched, in the last column as a warning."""
    made = "".join(f'<span class="cc-name">{text(name)}</span>{"".join(_cell(many, right, at == len(heads) - 1) for at, (many, right) in enumerate(cells))}' for name, cells in rows)
    return f'<div class="cc-matrix"><span></span>{"".join(f"<b>{text(head)}</b>" for head in heads)}{made}</div>'


def _cell(many: int, right: int, warns: bool) -> str:
    if not many:
        return '<span class="cc-cell cc-unseen-cell">–</span>'
    return (f'<span class="cc-cell{" cc-warns" if warns else ""}"><span class="cc-fill"><span style="width:{100 * right / many:.0f}%"></span></span>'
            f'<small>{right} of {many}</small></span>')


def timeline(points: Sequence[tuple[str, float, bool, bool]], mark: float, mark_says: str) -> str:
    """Shares over time, evenly spaced: label, share, whether it reached the mark, whether it was a whole form. Over them the mark that is to be reached."""
    across = [24 + 70 * at / max(len(points) - 1, 1) if len(points) > 1 else 50 for at in range(len(points))]
    edge = ", ".join([f"{x:.1f}% {100 - 100 * share:.1f}%" for x, (_, share, _, _) in zip(across, points, strict=True)] + [f"{across[-1]:.1f}% 100%", f"{across[0]:.1f}% 100%"])
    dots = "".join(f'<span class="cc-dot{" cc-made" if reached else ""}{"" if whole else " cc-part-form"}" style="left:{x:.1f}%;bottom:{_at(share)}"><span>{_percent(share)}</span></span>'
                   f'<span class="cc-when" style="left:{x:.1f}%">{text(label)}</span>' for x, (label, share, reached, whole) in zip(across, points, strict=True))
    area = f'<span class="cc-area" style="clip-path:polygon({edge})"></span>' if len(points) > 1 else ""
    return f'<div class="cc-timeline"><span class="cc-goal" style="bottom:{_at(mark)}"><span>{text(mark_says)}</span></span>{area}{dots}</div>'


def _at(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.1f}%"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
