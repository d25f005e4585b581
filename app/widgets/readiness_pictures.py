"""The pictures of a learner's readiness, each with the words that say what it shows."""

from app.widgets import pictures


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def count(number: float, word: str = "answer") -> str:
    """A number of answers in words; an answer that serves several domains counts in each for its part."""
    shown = f"{number:.1f}".rstrip("0").rstrip(".")
    return f"{shown} {word}{'' if shown == '1' else 's'}"


def band_words(made) -> str:
    low, high = made.found.band
    return f"{100 * low:.0f} to {100 * high:.0f}"


def gauge(made) -> str:
    """The chance of passing as one of five bands."""
    low, high = made.found.band
    return pictures.picture("gauge", f"Chance of passing: {band_words(made)} in 100", f"Of a hundred people with such answers, about {band_words(made)} would pass. "
                            "No more than a fifth of the scale can honestly be read off so many answers.", pictures.gauge(round(low * 5), band_words(made).replace(" to ", "–"), f"in 100: {made.words}"),
                            [("What", False), ("Figure", True)], [("Chance of passing, at least", f"{100 * low:.0f} in 100"), ("At most", f"{100 * high:.0f} in 100"), ("In words", made.words)], wide=False)


def score(made) -> str:
    """The score with its interval and the pass mark."""
    found = made.found
    says = (f"Nine in ten such scores would lie between {percent(found.low)} and {percent(found.high)}; {percent(found.expected)} is expected. "
            f"The pass mark is drawn at {percent(made.pass_share)}.")
    rows = [("Lowest of nine in ten", percent(found.low)), ("Expected", percent(found.expected)), ("Highest of nine in ten", percent(found.high)), ("Pass mark", percent(made.pass_share))]
    return pictures.picture("score", "The score to expect", says, pictures.interval(found.low, found.expected, found.high, made.pass_share, f"pass {percent(made.pass_share)}"),
                            [("Score", False), ("Share right", True)], rows)


def domains(made) -> str:
    """The heat map: each domain's share of right answers and how sure that is."""
    standings = made.found.domains
    drawn = pictures.heat([(made.names[one.domain], one.low, one.ability, one.high, f"{percent(one.ability)}, {count(one.n)}") for one in standings], made.pass_share)
    rows = [(made.names[one.domain], percent(one.ability), f"{percent(one.low)} to {percent(one.high)}", count(one.n), str(one.questions), f"{100 * one.raises:+.0f} points") for one in standings]
    heads = [("Domain", False), ("Expected right", True), ("90 % interval", True), ("First answers", True), ("Questions in the exam", True), ("Half a logit more adds to the chance", True)]
    return pictures.picture("domains", "What you would get right, by domain", "From 0 on the left to 100 % on the right. Strong and short is sure, faint and long is not. The broken line is the pass mark of the whole exam.",
                            drawn, heads, rows)


def sure(rows, levels) -> str:
    """Confidence against truth."""
    wrong = sum(row.sure_and_wrong for row in rows)
    worst = max(rows, key=lambda row: row.sure_and_wrong)
    says = (f"{wrong} first answer{'s were' if wrong != 1 else ' was'} wrong though you were sure, {'the most of them ' if wrong > 1 else ''}in {worst.name}. Such answers cost most: nothing told you to look them up."
            if wrong else "No first answer was wrong while you were sure.")
    heads = [("Domain", False), *((f"{name}: right", True) for name in levels.values()), ("Sure and wrong", True)]
    cells = [(row.name, *(f"{right} of {many}" if many else "none" for many, right in row.levels), str(row.sure_and_wrong)) for row in rows]
    return pictures.picture("sure", "Sure and right, sure and wrong", says, pictures.matrix(tuple(levels.values()), [(row.name, row.levels) for row in rows]), heads, cells)


def mocks(found, made, sizes) -> str:
    """The practice exams over time with the pass line."""
    reached = [one.share >= made.pass_share for one in found]
    says = f"{sum(reached)} of {len(found)} reached {percent(made.pass_share)}. Large dots are whole forms, small ones halves and quarters; a full dot reached the mark."
    rows = [(f"{one.day:%-d %b %Y}", sizes[one.size], one.earned, percent(one.share), "yes" if met else "no") for one, met in zip(found, reached, strict=True)]
    drawn = pictures.timeline([(f"{one.day:%-d %b}", one.share, met, one.whole) for one, met in zip(found, reached, strict=True)], made.pass_share, f"pass {percent(made.pass_share)}")
    return pictures.picture("mocks", "Your practice exams over time", says, drawn, [("Ended", False), ("Form", False), ("Points", True), ("Share", True), ("Reached the mark", False)], rows)


def reviews(days) -> str:
    """The reviews that fall due on the coming days."""
    whole, (busiest, most) = sum(many for _, many in days), max(days, key=lambda each: each[1])
    says = (f"{whole} review{'s fall' if whole != 1 else ' falls'} due in {len(days)} days, if the earlier ones are not done before; the most on {busiest:%A, %-d %B}: {most}."
            if whole else f"Nothing falls due in {len(days)} days.")
    labels = [(f"{day:%a}"[:2] if len(days) <= 14 else f"{day:%-d %b}", many) for day, many in days]
    return pictures.picture("reviews", f"Reviews of the next {len(days)} days", says, pictures.columns(labels), [("Day", False), ("Reviews", True)],
                            [(f"{day:%A, %-d %B}", str(many)) for day, many in days])
