"""What can be given as work: every quiz and piece of work on offer by kind, with the minutes it takes, and what a choice of them comes to."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from app import offers, quizzing
from app.session import catalogue, today
from curriculum import pace

QUIZ = "Quizzes"


@dataclass(frozen=True)
class Piece:
    """A piece that can be given. group: what the list is grouped by; kind: in a word; questions: of a quiz, 0 of other work."""
    id: str
    group: str
    kind: str
    title: str
    minutes: int
    questions: int

    @property
    def label(self) -> str:
        """The piece in a list."""
        asked = f"{self.questions} questions, " if self.questions else ""
        return f"{self.kind}: {self.title} ({asked}about {self.minutes} minutes)"


def pieces() -> dict[str, Piece]:
    """Everything on offer today by id, kind by kind."""
    return _pieces(today())


@lru_cache(maxsize=2)
def _pieces(day) -> dict[str, Piece]:
    sets = {str(whole.id): whole for whole in catalogue().sets}
    quizzes = [Piece(card.id, f"{QUIZ}: {card.area}", "Quiz", card.title, minutes(quizzing.offered(sets[card.id], day)), card.count) for card in quizzing.sets()]
    worked = [Piece(card.id, card.kind, card.kind, card.title, card.minutes, 0) for card in offers.cards()]
    return {piece.id: piece for piece in sorted((*quizzes, *worked), key=lambda piece: (not piece.questions, piece.group, piece.title.casefold()))}


def minutes(questions) -> int:
    """How long these questions take, to the minute and one at least."""
    return max(1, round(sum(map(pace.seconds, questions)) / 60))


def groups() -> dict[str, int]:
    """The kinds there are, with how many pieces of each."""
    return dict(Counter(piece.group for piece in pieces().values()))


def comes_to(chosen: tuple[str, ...]) -> str:
    """A choice in words: how many of what, and about how long it takes."""
    held = pieces()
    found = [held[id] for id in chosen if id in held]
    if not chosen:
        return "Nothing is chosen yet."
    kinds = Counter(piece.kind for piece in found)
    asked = sum(piece.questions for piece in found)
    each = ", ".join(f"{many} × {kind}" + (f" ({count(asked, 'question')})" if kind == "Quiz" else "") for kind, many in kinds.items())
    gone = len(chosen) - len(found)
    return f"{count(len(chosen), 'piece')}, about {length(sum(piece.minutes for piece in found))} in all: {each}." + (f" {count(gone, 'piece')} of it no longer on offer." if gone else "")


def length(minutes: int) -> str:
    """Minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [count(hours, "hour") if hours else "", count(rest, "minute") if rest or not hours else ""]))


def count(many: int, noun: str, nouns: str = "") -> str:
    return f"{many} {noun if many == 1 else nouns or noun + 's'}"
