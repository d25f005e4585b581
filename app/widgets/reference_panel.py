"""The code books as a panel: a search box, what it found, and the notes of one code; narrow enough to stand beside a question."""

import streamlit as st

from app import reference
from app.widgets.markup import code, table, text
from app.widgets.wording import plain

NOTE_TITLES = {"includes": "Includes", "inclusion": "Inclusion terms", "inclusion_term": "Inclusion terms", "excludes1": "Excludes1: not coded here",
               "excludes2": "Excludes2: not included here", "code_first": "Code first", "use_additional": "Use additional code", "code_also": "Code also"}
FEW = 8


def render(allowed: set[str] | None = None, key: str = "shelf", limit: int = FEW) -> None:
    """A search over the books allowed (None: all). What is typed stays in this tab."""
    sets = tuple(sorted(allowed)) if allowed is not None else ()
    if allowed is not None and not allowed:
        st.caption("No code book is open here.")
        return
    asked = st.text_input("Search the code books", key=f"{key}-text", placeholder="E11.9, or knee pain", type="search", max_chars=100)
    if not asked.strip():
        return
    if says := reference.about(asked):
        st.info(plain(says))
    hits = reference.find(asked, sets, limit)
    if not hits:
        st.caption("Nothing found. Try fewer words, or the beginning of the code.")
        return
    titles = reference.lists()
    labels = {f"{hit.code_set}/{hit.code}": f"**{plain(hit.code)}** {plain(hit.title)}" for hit in hits}
    captions = [titles.get(hit.code_set, hit.code_set) + _limits(hit) for hit in hits]
    chosen = st.radio("Found", list(labels), index=0, format_func=labels.get, captions=captions, key=f"{key}-hit-{asked}")
    detail(*chosen.split("/", 1))


def _limits(hit) -> str:
    if hit.until:
        return f", until {hit.until}"
    return ", not billable: choose a code below it" if hit.code_set == reference.DIAGNOSES and not hit.billable else ""


def detail(code_set: str, asked: str) -> None:
    """Everything the book says of one code."""
    if code_set == reference.DIAGNOSES:
        note = reference.diagnosis(asked)
        st.html(diagnosis_sheet(note) if note else "<p>This release has no such code.</p>")
        return
    entry = reference.entry(code_set, asked)
    if entry:
        st.html(entry_sheet(entry, reference.lists().get(code_set, code_set)))


def diagnosis_sheet(note, level: int = 3) -> str:
    """A code's place, whether it may be billed, and its notes; inherited ones say from where."""
    above = " › ".join(f'<span class="cc-code">{text(link.code)}</span> {text(link.title)}' for link in note.above)
    bill = "May be billed" if note.billable else "Not billable: choose a code below it"
    below = "".join(f'<li><span class="cc-code">{text(link.code)}</span> {text(link.title)}</li>' for link in note.below)
    return (
        f'<section class="cc-paper" aria-label="{text(note.code)}"><div class="cc-head">'
        f'<h{level} class="cc-title"><span class="cc-code">{text(note.code)}</span> {text(note.title)}</h{level}>'
        f'<p class="cc-issuer">{text(bill)}. {text(", ".join(note.known))}</p></div><div class="cc-shelf">'
        + (f'<p class="cc-plain">{above}</p>' if above else "") + "".join(map(_note, _grouped(note.notes)))
        + (f'<p class="cc-section">Codes below</p><ul>{below}</ul>' if below else "") + "</div></section>"
    )


def _grouped(notes) -> list[tuple[tuple, list]]:
    """The notes by kind and by where they stand, the code's own before what it inherits."""
    groups: dict[tuple, list] = {}
    for note in sorted(notes, key=lambda note: note.inherited):
        groups.setdefault((note.kind, note.source if note.inherited else None), []).append(note)
    return list(groups.items())


def _note(group: tuple[tuple, list]) -> str:
    (kind, source), notes = group
    title = NOTE_TITLES.get(kind.replace("-", "_").replace(" ", "_"), kind.replace("_", " ").replace("-", " ").capitalize())
    place = f"{source.kind} {source.code}" if source and source.kind != "code" else source.code if source else ""
    inherited = f' <span class="cc-from">inherited from {text(place)}</span>' if place else ""
    items = "".join(f"<li>{text(note.text)}</li>" for note in notes)
    return f'<p class="cc-section">{text(title)}{inherited}</p><ul>{items}</ul>'


def entry_sheet(entry, book: str, level: int = 3) -> str:
    """One code of a list, in our words."""
    says = [("", entry.note), ("What it does", entry.does), ("Unit", entry.unit), ("Asks of the biller", entry.asks),
            ("Group codes", ", ".join(entry.groups)), ("In force", _span(entry.since, entry.until)),
            *((name.replace("_", " ").capitalize(), value) for name, value in entry.indicators.items())]
    body = "".join(f"<p>{f'<strong>{text(label)}:</strong> ' if label else ''}{text(words)}</p>" for label, words in says if words)
    return (
        f'<section class="cc-paper" aria-label="{text(entry.code)}"><div class="cc-head">'
        f'<h{level} class="cc-title"><span class="cc-code">{text(entry.code)}</span> {text(entry.name)}</h{level}>'
        f'<p class="cc-issuer">{text(book)}</p></div><div class="cc-shelf">{body}</div></section>'
    )


def list_table(entries, title: str) -> str:
    """A whole list as a table."""
    rows = [(code(entry.code), text(entry.name), text(" ".join(part for part in (entry.note, entry.asks, _span(entry.since, entry.until)) if part)))
            for entry in entries]
    return f'<div class="cc-paper">{table(title, [("Code", False), ("Name", False), ("Notes", False)], rows)}</div>'


def _span(since, until) -> str:
    return " ".join(part for part in (f"from {since}" if since else "", f"until {until}" if until else "") if part)
