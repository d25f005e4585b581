"""Content's words on Streamlit's page: its little Markdown kept, and nothing in it able to become a formula, a picture or a directive."""

import re

IN_LABELS = re.compile(r"([\\`*_\[\]~$])")
MARKS = re.compile(r"([\\`*_{}\[\]<>#+\-!|~$:])")
DIRECTIVE = re.compile(r":(?=[a-z]+(-[a-z]+)*[\[/])")
BECOMES_A_LINK = re.compile(r"https?:(?=//)|www(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"
EMPTY_HEAD = re.compile(r"^(\s*\|[^\n|]+)\|[ \t]*\|(?=[ \t]*\n\s*\|[ \t]*:?-)", re.MULTILINE)


def prose(text: str) -> str:
    """Markdown of content: bold, lists and tables stay; dollars are dollars, and no picture is fetched.

    A two-column table whose second head was left empty gets one: screen readers say the head with every cell.
    """
    text = EMPTY_HEAD.sub(r"\1| Entry |", text)
    return DIRECTIVE.sub(r"\\:", text.replace("$", r"\$").replace("![", r"!\[")).replace("<", "&lt;")


def plain(text: str) -> str:
    """A label exactly as written. Addresses of pages in it stay words: Markdown makes links even of escaped ones, so that each is parted by a mark that nobody sees."""
    return MARKS.sub(r"\\\1", BECOMES_A_LINK.sub(lambda found: found.group() + WORD_JOINER, text))


def label(text: str) -> str:
    """A field's label as written: a screen reader hears its Markdown unread, so that only what would change the words is escaped."""
    return DIRECTIVE.sub(r"\\:", IN_LABELS.sub(r"\\\1", BECOMES_A_LINK.sub(lambda found: found.group() + WORD_JOINER, text))).replace("<", "&lt;")
