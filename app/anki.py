"""The questions a learner has answered, as a text file that Anki imports: a note each, with its answer, reason and source."""

import re
from html import escape
from itertools import groupby

from app import closed_books, reviewing
from app.session import catalogue
from curriculum.models import Question
from curriculum.variants import vary
from records import Profile
from scoring.marks import key_of

NAME = "clean-claim-anki.txt"
HEAD = ("#separator:tab", "#html:true", "#notetype:Basic", "#deck:Clean Claim", "#guid column:1", "#tags column:4")
SEED = 0
BOLD = re.compile(r"\*\*(.+?)\*\*")


def text_for(profile: Profile) -> str:
    """The file: header lines as Anki reads them, then a line a note. The id keeps a note the same when it is imported again."""
    closed_books.require(profile.id)
    met = reviewing.past(profile).last
    asked = [question for id_, question in catalogue().questions.items() if id_ in met and question.status == "published"]
    return "".join(f"{line}\n" for line in (*HEAD, *(note(question) for question in asked)))


def note(question: Question) -> str:
    """One line: id, front, back and tags, with tabs between."""
    tags = " ".join(sorted({skill.replace(".", "::") for skill in question.competencies}))
    return "\t".join((str(question.id), front(question), back(question), f"clean-claim {tags}"))


def front(question: Question) -> str:
    """What is asked, with its case and its options; the first variant, whatever the learner saw."""
    case = catalogue().case_of(str(question.id))
    shown = vary(question, SEED, case=case).public
    papers = [case.story, *(f"{each.title}\n{each.text}" for each in case.exhibits)] if case else []
    listed = _list([each.text for each in shown.prompts]) + _list([each.text for each in shown.options])
    return "<br><br>".join(map(_html, filter(None, (*papers, shown.stem, shown.exhibit)))) + listed


def back(question: Question) -> str:
    """The answer, the rule and where it is written."""
    keyed = vary(question, SEED).keyed
    told = {source.id: source.title for source in catalogue().sources.values()}
    sources = [f"{told.get(each.source, each.source)}, {each.at}" for each in question.citations]
    return f"{answer(question)}<br><br>{_html(keyed.tell(question.rationale))}{_list(sources)}"


def answer(question: Question) -> str:
    """The right answer in words."""
    keyed = vary(question, SEED).keyed
    texts = {option.id: keyed.tell(option.text) for option in question.options}
    if question.kind == "matching":
        return _list([f"{keyed.tell(prompt.text)}: {texts[prompt.match]}" for prompt in question.prompts])
    if question.kind == "ordering":
        return "<ol>" + "".join(f"<li>{_html(words)}</li>" for words in texts.values()) + "</ol>"
    right = [texts[option.id] for option in question.options if option.correct]
    if right:
        return "<b>" + "<br>".join(map(_html, right)) + "</b>"
    if question.kind == "code-entry":
        return f"<b>{_html(' or '.join(each.code for each in question.accepted if each.credit == 1))}</b>"
    return f"<b>{_html(('$' if question.kind == 'money' else '') + str(key_of(question, keyed.drawn)))}</b>"


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_html(words)}</li>" for words in texts) + "</ul>" if texts else ""


def _html(words: str) -> str:
    """Content's text as HTML on one line: neither a tab nor a line's end can break the file; its tables stay tables."""
    safe = BOLD.sub(r"<b>\1</b>", escape(words, quote=False).replace("\t", " ").replace('"', "&quot;"))
    lines = [line.strip() for line in safe.strip().splitlines()]
    return "<br>".join(_table(list(rows)) if table else "<br>".join(rows) for table, rows in groupby(lines, lambda line: line.startswith("|")))


def _table(rows: list[str]) -> str:
    """Markdown's table; the line under its head is left out."""
    cells = [row.strip("|").split("|") for row in rows if not set(row) <= set("|-: ")]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row) + "</tr>" for row in cells) + "</table>"
