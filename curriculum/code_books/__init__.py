"""The code books: ICD-10-CM by release, and the lists under codesets/, in one derived file that is only read once it is made."""

from curriculum.code_books.file import DEFAULT
from curriculum.code_books.looking_up import CodeBooks, CodeNote, Link, Note
from curriculum.code_books.searching import Hit, advice

__all__ = ["DEFAULT", "CodeBooks", "CodeNote", "Hit", "Link", "Note", "advice", "build", "prepare"]


def build(*arguments, **named) -> None:
    """See building.build; imported when called, so that looking up costs no more than a look-up."""
    from curriculum.code_books.building import build as building
    building(*arguments, **named)


def prepare(*arguments, **named) -> bool:
    """See building.prepare."""
    from curriculum.code_books.building import prepare as preparing
    return preparing(*arguments, **named)
