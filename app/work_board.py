"""What the records' figures mean for each person: every assignment with the word for where they stand, and the word for all of it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from app.session import catalogue
from records import Assigned, Board, Lately, Shown
from scoring.work_standing import RECENT_DAYS, Proof, Try, WorkStanding, at_large, of_pieces, of_track

DAY = 86_400_000
EXAM = "exam:"


@dataclass(frozen=True)
class Piece:
    """An assignment as one person has it, and where they stand with it."""
    assigned: Assigned
    standing: WorkStanding


@dataclass(frozen=True)
class Person:
    """Where one person stands. share, recent_share: of the points of everything answered, and of the last weeks; seen: when they last did something, None never."""
    profile: str
    pieces: tuple[Piece, ...]
    standing: WorkStanding
    answers: int
    share: float | None
    recent: int
    recent_share: float | None
    signed: int
    seen: int | None


def since(at: int) -> int:
    """From when on answers are recent."""
    return at - RECENT_DAYS * DAY


def people(board: Board, profiles: tuple[str, ...], at: int) -> tuple[Person, ...]:
    """Everyone named, in the order given."""
    tried, shown, assigned, signed = defaultdict(list), defaultdict(dict), defaultdict(list), defaultdict(set)
    for one in board.tried:
        tried[one.profile, one.item].append(one)
    for one in board.shown:
        shown[one.profile][one.competency] = one
    for one in board.assigned:
        assigned[one.profile].append(one)
    for one in board.signed:
        signed[one.profile].add(one.competency)
    return tuple(_person(id, [_piece(each, tried, shown[id], signed[id], at) for each in assigned[id]], shown[id], board.lately.get(id), len(signed[id]), board.seen.get(id)) for id in profiles)


def _person(profile: str, pieces: list[Piece], shown: dict[str, Shown], late: Lately | None, signed: int, seen: int | None) -> Person:
    recent, lately = (late.n, share(late.earned, late.possible)) if late else (0, None)
    whole = share(sum((one.earned for one in shown.values()), Decimal(0)), sum((one.possible for one in shown.values()), Decimal(0)))
    standing = at_large([piece.standing for piece in pieces], recent, lately)
    return Person(profile, tuple(pieces), standing, sum(one.n for one in shown.values()), whole, recent, lately, signed, seen)


def _piece(each: Assigned, tried: dict, shown: dict[str, Shown], signed: set[str], at: int) -> Piece:
    made = each.assignment
    if made.kind == "track":
        names = catalogue().competencies
        proofs = [(names[part].name if part in names else part, proof(shown.get(part), part in signed)) for part in made.parts]
        return Piece(each, of_track(proofs, each.due_at, at))
    tries = [[Try(one.finished_at is not None, share(one.earned, one.possible), one.slots) for one in tried[each.profile, part] if one.started_at >= made.made_at] for part in made.parts]
    return Piece(each, of_pieces(tries, made.percent, made.questions, each.due_at, at))


def proof(one: Shown | None, signed: bool) -> Proof:
    """What was shown of one competency."""
    return Proof(one.n, share(one.earned, one.possible), signed) if one else Proof(0, None, signed)


def share(earned: Decimal, possible: Decimal) -> float | None:
    return float(earned / possible) if possible else None
