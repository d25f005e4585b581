"""How an answer's marks are said: a verdict that a screen reader announces, a reason a part, and where the rule is written."""

from decimal import Decimal
from typing import Iterable
from urllib.parse import urlsplit

from app.widgets.markup import text

RIGHT, PARTLY, WRONG = "Right", "Partly right", "Not right"


def says(earned: Decimal, possible: Decimal) -> str:
    """The verdict in a word or two."""
    if earned >= possible:
        return RIGHT
    return PARTLY if earned > 0 else WRONG


def verdict(earned: Decimal, possible: Decimal, more: str = "") -> str:
    """The banner above the reasons. `more`: one sentence, as what the right answer was."""
    word = says(earned, possible)
    tone = {RIGHT: "cc-good", PARTLY: "cc-part", WRONG: "cc-bad"}[word]
    points = "" if word != PARTLY else f": {_plain(earned)} of {_plain(possible)}"
    return _banner(tone, f"{word}{points}", more)


def notice(sentence: str, more: str = "") -> str:
    """Something the learner should know that is neither right nor wrong, as an answer that cannot be read."""
    return _banner("cc-still", sentence, more)


def reason(heading: str, why: str, *, right: bool | None, chosen: bool = False, label: str = "", breach: bool = False) -> str:
    """One part with its reason. right None: neither. label: how the mark is read aloud. breach: what was done is against the law, and is called so."""
    mark = {True: "✓", False: "✗", None: "·"}[right]
    spoken = label or {True: "Correct", False: "Not correct", None: ""}[right]
    tag = ('<span class="cc-tag">your answer</span>' if chosen else "") + ('<span class="cc-tag cc-breach">breach of the law</span>' if breach else "")
    return (
        f'<li><span class="cc-mark"><span aria-hidden="true">{mark}</span><span class="cc-hidden">{text(spoken)}</span></span>'
        f'<div><p>{text(heading)}{tag}</p><p class="cc-why">{text(why)}</p></div></li>'
    )


def reasons(items: Iterable[str]) -> str:
    """The reasons of one answer as a list."""
    return f'<ul class="cc-reasons">{"".join(items)}</ul>'


def sources(citations: Iterable[tuple[str, str, str]], label: str = "Where it is written") -> str:
    """Title, place in it, and address of each source."""
    return f'<ul class="cc-sources" aria-label="{text(label)}">{"".join(_source(*c) for c in citations)}</ul>'


def _source(title: str, at: str, url: str) -> str:
    safe = url if urlsplit(url).scheme in ("http", "https") else ""
    name = f'<a href="{text(safe)}" target="_blank" rel="noopener noreferrer">{text(title)}</a>' if safe else text(title)
    return f'<li>{name} <span class="cc-at">{text(at)}</span></li>'


def _banner(tone: str, sentence: str, more: str) -> str:
    extra = f"<p>{text(more)}</p>" if more else ""
    return f'<div class="cc-verdict {tone}" role="status"><p class="cc-says">{text(sentence)}</p>{extra}</div>'


def _plain(value: Decimal) -> str:
    value = value.quantize(Decimal("0.01"))
    return f"{value.normalize():f}"
