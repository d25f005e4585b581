"""The tables of what items did, each figure with its number of answers and its interval."""

from app.widgets.markup import table, text

GAP = "–"


def share(value: float | None, interval=None) -> str:
    """A share with its interval."""
    if value is None:
        return GAP
    return f"{100 * value:.0f} %" + (f" ({100 * interval[0]:.0f} to {100 * interval[1]:.0f})" if interval else "")


def hundredths(value: float | None, interval=None) -> str:
    """A correlation, as a number to two places."""
    if value is None:
        return GAP
    return f"{value / 100:+.2f}" + (f" ({interval[0] / 100:+.2f} to {interval[1] / 100:+.2f})" if interval else "")


def seconds(value: float | None) -> str:
    return GAP if value is None else f"{value:.0f} s"


def _paper(caption: str, heads, rows) -> str:
    return f'<div class="cc-paper">{table(caption, heads, rows)}</div>'


def items(told) -> str:
    """A row an item, those with flags first. told: each sheet with the sentences that may be said of it."""
    heads = [("Question", False), ("Answers", True), ("Right, 95 %", True), ("With the rest, 95 %", True), ("Time", True), ("Left out", True), ("Not reached", True)]
    rows = [(f'<span>{text(one.slug)}<span class="cc-plain">{text("; ".join(says))}</span></span>', str(one.figures.n), share(one.figures.facility, one.figures.facility_interval),
             hundredths(one.figures.discrimination, one.figures.discrimination_interval), seconds(one.figures.median_seconds), str(one.figures.omitted), str(one.figures.not_reached)) for one, says in told]
    return _paper("Questions, those to look at first", heads, rows)


def figures(sheet) -> str:
    """One item's figures."""
    one, known = sheet.figures, sheet.difficulty
    quartiles = f", half of them {one.quartile_seconds[0]:.0f} to {one.quartile_seconds[1]:.0f} s" if one.quartile_seconds else ""
    level = f"{known.logits:+.2f} logits, standard error {known.se:.2f}, from {known.n} first answers" if known else f"by its author's label, {sheet.label} of 5"
    rows = [("Met by", f"{one.persons} learner{'s' if one.persons != 1 else ''}"), ("Answered", str(one.n)), ("Left out", str(one.omitted)), ("Not reached", str(one.not_reached)),
            ("Right (facility), 95 % interval", share(one.facility, one.facility_interval)), ("With the rest (discrimination), 95 % interval", hundredths(one.discrimination, one.discrimination_interval)),
            ("Of the most possible (efficiency)", share(None if one.efficiency is None else one.efficiency / 100)), ("Time, median", seconds(one.median_seconds) + quartiles), ("Difficulty", level)]
    return _paper("Figures", [("What", False), ("Figure", True)], [(text(name), text(value)) for name, value in rows])


def options(sheet, key: bool) -> str:
    """Who chose what; key: whether the right one may be told."""
    texts = {option.id: option.text for option in sheet.options}
    heads = [("Option", False), ("Chosen", True), ("Lowest third", True), ("Middle third", True), ("Highest third", True)]
    rows = [(text(f"{texts.get(one.option, '(none)')}{' (right)' if key and one.right else ''}"), str(one.n), *map(str, one.thirds)) for one in sheet.figures.options]
    return _paper("Options, by how much learners know of the rest", heads, rows)


def variants(sheet) -> str:
    """By what the variant drew."""
    heads = [("Drawn", False), ("Value", False), ("Answers", True), ("Right, 95 % interval", True)]
    return _paper("By variant", heads, [(text(one.parameter), text(one.value), str(one.n), share(one.facility, one.interval)) for one in sheet.figures.slices])
