"""What a transaction says to someone who reads no X12: a paper of boxes and tables, and an account in sentences, each pointing at its segment."""

from dataclasses import dataclass, field

from billing.x12.wire import Delimiters
from curriculum.x12_glossary import Books, Glossary

MOST_SENTENCES, MOST_ROWS = 120, 60


@dataclass(frozen=True)
class Cell:
    """A text of the paper or the account, and the segment it was read from (0: none)."""
    text: str
    segment: int = 0


@dataclass(frozen=True)
class ReadTable:
    """A table of the paper: its caption, heads (label, whether it holds figures) and rows."""
    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Reading:
    """One file as a paper and as an account. more: whether the file goes on after the last sentence."""
    title: str
    issuer: str
    boxes: tuple[tuple[str, Cell], ...]
    tables: tuple[ReadTable, ...]
    account: tuple[Cell, ...]
    more: bool = False


@dataclass
class Notes:
    """A reading while it grows, within bounds."""
    terms: Glossary
    books: Books
    delimiters: Delimiters
    title: str = ""
    issuer: str = ""
    boxes: dict[str, Cell] = field(default_factory=dict)
    tables: dict[str, tuple[tuple[tuple[str, bool], ...], list[tuple[Cell, ...]]]] = field(default_factory=dict)
    account: list[Cell] = field(default_factory=list)
    more: int = 0

    def say(self, text: str, segment: int = 0) -> None:
        """One more sentence."""
        if len(self.account) < MOST_SENTENCES:
            self.account.append(Cell(text, segment))
        else:
            self.more += 1

    @property
    def full(self) -> bool:
        """Whether no further sentence has room."""
        return self.more > 0

    def box(self, label: str, text: str, segment: int = 0) -> None:
        """A box, once."""
        if text:
            self.boxes.setdefault(label, Cell(text, segment))

    def row(self, caption: str, heads: str, *cells: object, segment: int = 0) -> None:
        """A row of a table. heads: labels parted by |, with # before those of figures."""
        made = tuple((label.lstrip("#"), label.startswith("#")) for label in heads.split("|"))
        rows = self.tables.setdefault(caption, (made, []))[1]
        if len(rows) < MOST_ROWS:
            rows.append(tuple(Cell("" if cell is None else str(cell), segment if not at else 0) for at, cell in enumerate(cells)))

    def means(self, code_set: str, code: str) -> str:
        """A code with its name, where it is known."""
        entry = self.books.entry(code_set, code)
        return f"{code} ({entry.name})" if entry else code

    def name(self, code_set: str, code: str) -> str:
        """A code's name alone; the code where it has none here."""
        entry = self.books.entry(code_set, code)
        return entry.name if entry else code

    def term(self, segment: str, place: int, value: str) -> str:
        """What the glossary says of a value of an element; the value itself where it says nothing."""
        part = self.terms.segments[segment].at(place)
        return self.terms.value(part, value, self.books) or value if part else value

    def done(self) -> Reading:
        """The reading as it stands."""
        tables = tuple(ReadTable(caption, heads, tuple(rows)) for caption, (heads, rows) in self.tables.items() if rows)
        return Reading(self.title, self.issuer, tuple(self.boxes.items()), tables, tuple(self.account), self.full)


def dollars(value: object) -> str:
    """Dollars for reading."""
    return f"{value:,.2f}"
