"""docs/transactions.md: every transaction that is written or read, loop by loop, and what each segment and element says."""

from collections.abc import Iterator

from billing.x12.envelope import VERSIONS
from billing.x12.placing import GRAMMARS
from billing.x12.reading import Loop
from curriculum.x12_glossary import Glossary, Part, SegmentSays, glossary

NAMES = {"837": "Claims", "835": "Remittance", "999": "Acknowledgement of a file", "277": "Claim status", "276": "Claim status question", "270": "Eligibility question", "271": "Eligibility response"}
GUIDES = {"005010X222A1": "professional", "005010X223A2": "institutional", "005010X224A2": "dental", "005010X214": "acknowledgement of claims, 277CA"}
MOST_VALUES = 12


def page(catalogue: object) -> str:
    """The whole page. It needs nothing of the catalogue: grammars are code, explanations are codesets/x12/."""
    terms = glossary()
    parts = ["# Transactions\n\nWritten by `python -m app document` from the grammars of `billing/x12/` and the explanations of `codesets/x12/`; a test compares.\n"
             "A loop's segments stand in the order in which they come; **bold** ones must be there. A TA1 stands alone in its interchange.\n"]
    for (transaction, guide), grammar in GRAMMARS.items():
        parts.append(f"## {transaction} {NAMES[transaction]}{f' ({GUIDES[guide]})' if guide in GUIDES else ''}\n\nGuide {guide}, group {VERSIONS[transaction, guide].group}.\n")
        parts.append("| loop | name | opened by | segments |\n|---|---|---|---|")
        parts += [*_rows(grammar, transaction, terms, 0), ""]
    parts.append("## Segments\n")
    parts += [_segment(id, says) for id, says in sorted(terms.segments.items())]
    return "\n".join(parts)


def _rows(loop: Loop, transaction: str, terms: Glossary, depth: int) -> Iterator[str]:
    """A row for the loop and each inside of it; a loop inside is set in by its depth."""
    segments = " ".join(f"**{_use(use)}**" if use.required else _use(use) for use in loop.uses)
    yield f"| {'· ' * depth}{loop.name} | {terms.loop(transaction, loop.name)} | {_use(loop.opens)} | {segments} |"
    for inner in loop.loops:
        yield from _rows(inner, transaction, terms, depth + 1)


def _use(use) -> str:
    """A segment with the values that tell it from others of its id."""
    return f"{use.id}({'/'.join(use.only)})" if use.only else use.id


def _segment(id: str, says: SegmentSays) -> str:
    """A segment with its elements."""
    lines = [f"### {id} {says.name}\n\n{says.says}\n", "| element | name | what it says |", "|---|---|---|"]
    for element in says.elements:
        lines.append(f"| {id}{element.at} | {element.name} | {_told(element)} |")
        lines += [f"| {id}{element.at}-{number} | {part.name} | {_told(part)} |" for number, part in enumerate(element.parts, 1)]
    if says.repeats:
        for number, part in enumerate(says.repeats.elements):
            lines.append(f"| {id}{int(says.repeats.from_) + number:02d}, … | {part.name} | again and again; {_told(part)} |")
            lines += [f"| {id}{int(says.repeats.from_) + number:02d}-{at} | {each.name} | {_told(each)} |" for at, each in enumerate(part.parts, 1)]
    return "\n".join(lines) + "\n"


def _told(part: Part) -> str:
    """What an element's values are."""
    values = "; ".join(f"`{value}` {means}" for value, means in list(part.values.items())[:MOST_VALUES]) + ("; …" if len(part.values) > MOST_VALUES else "")
    kind = {"day": "A day, or two.", "money": "Dollars."}.get(part.kind, "")
    listed = f"A code of the list {part.codes}." if part.codes else ""
    return " ".join(filter(None, (part.says, kind, listed, values)))
