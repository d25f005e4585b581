"""The newest release of ICD-10-CM as the package simple-icd-10-cm holds it: every chapter, block, category and code, with its own notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

PACKAGE = "simple_icd_10_cm"
NOTE_KINDS = {
    "inclusion term": "get_inclusion_term", "includes": "get_includes", "excludes1": "get_excludes1", "excludes2": "get_excludes2",
    "code first": "get_code_first", "use additional": "get_use_additional_code", "code also": "get_code_also",
    "note": "get_notes", "seventh character": "get_seven_chr_note",
}


@dataclass(frozen=True)
class Part:
    """A part of the classification. kind: chapter, block, category or code; notes are its own, (kind, text), in the order of the book.

    A block of one category bears the category's code: the two differ by kind alone, as do `parent` and its kind.
    """
    code: str
    kind: str
    title: str
    billable: bool
    parent: tuple[str, str] | None
    notes: tuple[tuple[str, str], ...]


def package_version() -> str:
    return version(PACKAGE)


def parts() -> Iterator[Part]:
    """Every part, parents before their children."""
    import simple_icd_10_cm as icd  # loads 10 MB of XML: only at set-up
    begun: set[str] = set()
    for code in icd.get_all_codes(with_dots=True):
        # the first of two with the same code is the block
        block = icd.is_chapter_or_block(code) and code not in begun
        begun.add(code)
        kind = _kind(icd, code, block)
        yield Part(code, kind, icd.get_description(code, prioritize_blocks=block), not block and icd.is_leaf(code),
                   _parent(icd, code, kind), tuple(_notes(icd, code, block)))


def _kind(icd, code: str, block: bool) -> str:
    if block:
        return "chapter" if icd.is_chapter(code) else "block"
    return "category" if icd.is_category(code) else "code"


def _parent(icd, code: str, kind: str) -> tuple[str, str] | None:
    above = {"chapter": None, "block": "chapter", "category": "block"}
    parent = icd.get_parent(code, prioritize_blocks=kind == "block")
    if kind == "code":
        return parent, "category" if icd.is_category(parent) else "code"
    return (parent, above[kind]) if above[kind] else None


def _notes(icd, code: str, block: bool) -> Iterator[tuple[str, str]]:
    """A list's members one by one; a text's lines together, as they belong together ("such as: ...")."""
    for kind, getter in NOTE_KINDS.items():
        found = getattr(icd, getter)(code, prioritize_blocks=block)
        for text in [found] if isinstance(found, str) else found:
            if text:
                yield kind, text
    for character, meaning in icd.get_seven_chr_def(code, prioritize_blocks=block).items():
        yield "seventh character", f"{character}: {meaning}"
