"""A transaction as it goes over the wire, each element explaining itself when one points at it or comes to it by keyboard."""

import streamlit as st

from app import transactions
from app.widgets.markup import text


def show(wire: str) -> None:
    """A transaction behind a paper: the elements explained; a text that is no X12 as it stands."""
    if not wire.lstrip().startswith("ISA"):
        st.code(wire, language=None, wrap_lines=True)
        return
    held = transactions.of_text(wire)
    shown = transactions.segments_from(held.digest, 1, held)
    st.html(html(shown, name=held.digest[:8]))
    if len(shown) >= transactions.PAGE:
        st.caption(f"The first {len(shown)} segments. The page Transactions shows the rest.")


def html(segments, name: str = "wire", told: frozenset[int] = frozenset()) -> str:
    """The segments as safe HTML. told: numbers of the segments that the account speaks of; each of them points back at it."""
    rows, loop = [], None
    for each in segments:
        if each.loop != loop:
            loop = each.loop
            rows.append(f'<li class="cc-loop">{text(_heading(each))}</li>')
        rows.append(_segment(each, name, each.number in told))
    return f'<section class="cc-wire" aria-label="The wire, segment by segment"><ol>{"".join(rows)}</ol></section>'


def _heading(each) -> str:
    if not each.loop:
        return "Envelope"
    return f"Loop {each.loop}: {each.loop_name}" if each.loop_name and each.loop[:1].isdigit() and len(each.loop) > 3 else each.loop_name or each.loop


def _segment(each, name: str, pointed: bool) -> str:
    """One segment: its number, its id, its elements, what is wrong with it."""
    inner, last = "", 0
    for element in (part for part in each.elements if not part.component):
        place = int(element.id[len(each.id):])
        inner += f'<span class="cc-star" aria-hidden="true">{"*" * (place - last)}</span>{_element(each, element, name)}'   # an empty element is a bare star
        last = place
    wrong = "".join(f'<p class="cc-fault">{text(_capital(fault))}</p>' for fault in each.faults)
    number = f'<a class="cc-number" href="#{name}-told-{each.number}" aria-label="Segment {each.number}: to the words about it">{each.number}</a>' if pointed else f'<span class="cc-number">{each.number}</span>'
    kind = f'<span class="cc-el cc-id" tabindex="0" aria-describedby="{name}-{each.number}-0">{text(each.id)}</span><span role="tooltip" class="cc-tip" id="{name}-{each.number}-0">{_tip(each.id, each.name or "Not explained here", "", each.says)}</span>'
    return f'<li class="cc-seg{" cc-wrong" if each.faults else ""}" id="{name}-{each.number}">{number}<span class="cc-line"><span class="cc-hold">{kind}</span>{inner}<span class="cc-star" aria-hidden="true">~</span></span>{wrong}</li>'


def _element(each, element, name: str) -> str:
    """An element and its explanation; one made of components explains each."""
    id = f"{name}-{each.number}-{element.id}"
    components = [part for part in each.elements if part.component and part.id.startswith(f"{element.id}-")]
    more = "".join(f"<li><b>{text(part.name or part.id)}</b> {text(part.value)}{f': {text(part.meaning)}' if part.meaning else ''}</li>" for part in components)
    tip = _tip(element.id, element.name or "Not explained here", element.meaning, element.says, more, element.faults)
    bad = " cc-wrong" if element.faults else ""
    return f'<span class="cc-hold"><span class="cc-el{bad}" tabindex="0" aria-describedby="{id}">{text(element.value) or "&nbsp;"}</span><span role="tooltip" class="cc-tip" id="{id}">{tip}</span></span>'


def _tip(id: str, name: str, meaning: str, says: str, more: str = "", faults: tuple[str, ...] = ()) -> str:
    parts = [f'<span class="cc-tip-head"><span class="cc-code">{text(id)}</span> {text(name)}</span>']
    if meaning:
        parts.append(f'<span class="cc-tip-means">{text(_capital(meaning))}</span>')
    if more:
        parts.append(f'<ul>{more}</ul>')
    if says:
        parts.append(f'<span class="cc-tip-says">{text(says)}</span>')
    parts += [f'<span class="cc-fault">{text(_capital(fault))}</span>' for fault in faults]
    return "".join(parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
