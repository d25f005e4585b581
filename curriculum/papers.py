"""What lies on the desk in an exercise: a paper of boxes, passages and tables, as plain text that any page can lay out."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Table:
    """A table. heads: label, and whether the column holds figures; every row is as long as heads; totals: a last row, or empty."""
    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One paper: its title, who issued it, boxes (label, value), passages (heading, text), tables, a line at its foot.

    wire: the same as an X12 or NCPDP transaction, where it came as one; a page shows it as a second reading of the paper.
    """
    title: str
    issuer: str = ""
    boxes: tuple[tuple[str, str], ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""
    wire: str = ""

    def plain(self) -> dict:
        """As JSON keeps it."""
        return asdict(self)

    @staticmethod
    def from_plain(kept: dict) -> "Paper":
        """Back from JSON."""
        tables = tuple(Table(each["caption"], tuple((label, figure) for label, figure in each["heads"]), tuple(map(tuple, each["rows"])), tuple(each["totals"]))
                       for each in kept["tables"])
        return Paper(**{**kept, "boxes": tuple(map(tuple, kept["boxes"])), "passages": tuple(map(tuple, kept["passages"])), "tables": tables})
