"""What the records' figures mean for each person: every assignment with the word for where they stand, and the word for all of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.on_offer import offered as offered_today
from app.session import catalogue
from records import Assigned, Assignment, Board, Lately, Shown
from scoring.work_standing import RECENT_DAYS, Proof, Try, WorkStanding, at_large, enough, of_pieces, of_track

DAY = 86_400_000
EXAM = "exam:"


@dataclass(frozen=True)
class Piece:
    """An assignment as one person has it, and where they stand with it. gone: the parts of it that are no longer on offer and not done, for which nobody is asked."""
    assigned: Assigned
    standing: WorkStanding
    gone: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Why they stand there, and what is not asked for any more, in a few words."""
        left_out = f"{len(self.gone)} {'piece' if len(self.gone) == 1 else 'pieces'} no longer on offer, not asked for" if self.gone else ""
        return "; ".join(filter(None, (self.standing.why, left_out)))


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


def people(board: Board, profiles: tuple[str, ...], at: int, offered: Callable[[str, str], bool] = offered_today) -> tuple[Person, ...]:
    """Everyone named, in the order given. offered: whether a part of a kind of assignment can be begun."""
    tried, shown, assigned, signed = defaultdict(list), defaultdict(dict), defaultdict(list), defaultdict(set)
    for one in board.tried:
        tried[one.profile, one.item].append(one)
    for one in board.shown:
        shown[one.profile][one.competency] = one
    for one in board.assigned:
        assigned[one.profile].append(one)
    for one in board.signed:
        signed[one.profile].add(one.competency)
    return tuple(_person(id, [_piece(each, tried, shown[id], signed[id], at, offered) for each in assigned[id]], shown[id], board.lately.get(id), len(signed[id]), board.seen.get(id)) for id in profiles)


def _person(profile: str, pieces: list[Piece], shown: dict[str, Shown], late: Lately | None, signed: int, seen: int | None) -> Person:
    recent, lately = (late.n, share(late.earned, late.possible)) if late else (0, None)
    whole = share(sum((one.earned for one in shown.values()), Decimal(0)), sum((one.possible for one in shown.values()), Decimal(0)))
    standing = at_large([piece.standing for piece in pieces], recent, lately)
    return Person(profile, tuple(pieces), standing, sum(one.n for one in shown.values()), whole, recent, lately, signed, seen)


def _piece(each: Assigned, tried: dict, shown: dict[str, Shown], signed: set[str], at: int, offered: Callable[[str, str], bool]) -> Piece:
    made = each.assignment
    if made.kind == "track":
        names = catalogue().competencies
        proofs = {part: proof(shown.get(part), part in signed) for part in made.parts}
        asked = [part for part in made.parts if proofs[part].shown or offered(made.kind, part)]
        standing = of_track([(names[part].name if part in names else part, proofs[part]) for part in asked], each.due_at, at)
    else:
        tries = {part: [Try(one.finished_at is not None, share(one.earned, one.possible), one.slots) for one in tried[each.profile, part] if one.started_at >= made.made_at] for part in made.parts}
        asked = [part for part in made.parts if offered(made.kind, part) or _done_or_going_on(tries[part], made)]
        standing = of_pieces([tries[part] for part in asked], made.percent, made.questions, each.due_at, at)
    return Piece(each, standing, tuple(part for part in made.parts if part not in asked))


def _done_or_going_on(tries: list[Try], made: Assignment) -> bool:
    """Whether a part that is no longer on offer counts all the same: what was done stays done, and what is under way can be finished."""
    return any(not one.finished or one.questions >= made.questions and enough(one, made.percent) for one in tries)


def proof(one: Shown | None, signed: bool) -> Proof:
    """What was shown of one competency."""
    return Proof(one.n, share(one.earned, one.possible), signed) if one else Proof(0, None, signed)


def share(earned: Decimal, possible: Decimal) -> float | None:
    return float(earned / possible) if possible else None
