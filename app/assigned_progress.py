"""Where everyone stands with one assignment, and until when each of them has; read when its fold is opened, and not before."""

from dataclasses import dataclass

from app import session, work_board
from app.session import now
from app.work_board import Piece
from records import LED, PERSON
from scoring.work_standing import RULES


@dataclass(frozen=True)
class One:
    """A person with this assignment. usual_at: the date they would have, where they have one of their own; None otherwise."""
    profile: str
    name: str
    piece: Piece
    usual_at: int | None

    @property
    def due_at(self) -> int:
        return self.piece.assigned.due_at


@dataclass(frozen=True)
class Progress:
    """All whom the viewer sees of those it was given to, by name; those whose account is shut are counted alone."""
    people: tuple[One, ...]
    shut_out: int

    @property
    def words(self) -> dict[str, tuple[One, ...]]:
        """Each word that stands for someone, the worst first, with who that is."""
        found = {word: tuple(one for one in self.people if one.piece.standing.word == word) for word in RULES}
        return {word: held for word, held in found.items() if held}

    @property
    def own_dates(self) -> tuple[One, ...]:
        return tuple(one for one in self.people if one.usual_at is not None)

    def of(self, profile: str) -> One | None:
        return next((one for one in self.people if one.profile == profile), None)


def progress(assignment: str, names: dict[str, str] | None = None) -> Progress:
    """How far everybody is with it. names: as the list tells them apart."""
    alone, at = not session.in_team(), now()
    asked, board = session.training().among(assignment, session.me().id if alone else session.actor(), PERSON if alone else LED)
    here = {each.assigned.profile: each for each in asked if not each.shut_out}
    people = [One(one.profile, (names or {}).get(one.profile) or here[one.profile].name, one.pieces[0], here[one.profile].usual_at if here[one.profile].own else None)
              for one in work_board.people(board, tuple(here), at)]
    return Progress(tuple(sorted(people, key=lambda one: one.name.casefold())), len(asked) - len(here))
