"""Where a person stands with assigned work: not started, under way, struggling, late or done; each by a rule that is told beside the word."""

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH, SHOWN, WEAK = 5, 0.80, 0.60
"""Marks from which a competency can be shown or weak, the share of points that shows it, and the one below which it is weak."""
LATELY, RECENT_DAYS = 20, 30
"""Answers of so many days from which a person can be struggling at large."""
LATE, STRUGGLING, NOT_STARTED, UNDER_WAY, DONE, NOTHING = "late", "struggling", "not started", "under way", "done", "nothing assigned"
RULES = {
    LATE: "The due date has passed, and not all of it is done.",
    STRUGGLING: f"In time, and one of these holds: the latest attempt at an item or exam ended below the share of points that is wanted; a competency of the track has {ENOUGH} marks or more with "
                f"less than {WEAK:.0%} of the points; or less than {WEAK:.0%} of the points of the last {RECENT_DAYS} days were earned, on {LATELY} answers or more.",
    NOT_STARTED: "In time, and nothing of it has been begun since it was assigned.",
    UNDER_WAY: "In time, begun, and none of the above.",
    DONE: f"Each item and exam was finished since it was assigned, with the share of points that is wanted, where one is. Of a track: each competency is signed off, or has {ENOUGH} marks or more "
          f"with {SHOWN:.0%} of the points or more.",
    NOTHING: "Nothing is assigned, or nothing of it is on offer any more. Whatever is no longer on offer is not asked for, unless it was done or is under way.",
}
"""Each word with its rule, the worst first."""


@dataclass(frozen=True)
class Try:
    """An attempt at one piece since it was assigned. share: of the points, None where nothing counts yet; questions: how many were asked and marked."""
    finished: bool
    share: float | None
    questions: int


@dataclass(frozen=True)
class Proof:
    """What was shown of one competency: how many marks, the share of the points, and whether a trainer signed it off."""
    marks: int
    share: float | None
    signed: bool

    @property
    def shown(self) -> bool:
        return self.signed or self.marks >= ENOUGH and (self.share or 0) >= SHOWN

    @property
    def weak(self) -> bool:
        return not self.signed and self.marks >= ENOUGH and (self.share or 0) < WEAK


@dataclass(frozen=True)
class WorkStanding:
    """A word of RULES, how many of how many pieces are done, and why in a few words."""
    word: str
    done: int
    of: int
    why: str = ""


def of_pieces(pieces: Sequence[Sequence[Try]], percent: int, questions: int, due_at: int, now: int) -> WorkStanding:
    """Items or an exam. pieces: for each the attempts since it was assigned, oldest first; percent: the share that is wanted, 0 for none; questions: how long a form must be."""
    ended = [[one for one in tries if one.finished and one.questions >= questions] for tries in pieces]
    done = sum(any(enough(one, percent) for one in tries) for tries in ended)
    short = [tries[-1] for tries in ended if tries and not any(enough(one, percent) for one in tries)]
    why = f"ended with {short[0].share or 0:.0%}, {percent}% wanted" if short else ""
    return standing(done, len(pieces), any(pieces), bool(short), why, due_at, now)


def enough(one: Try, percent: int) -> bool:
    """Whether the attempt earned what is wanted."""
    return not percent or one.share is not None and round(100 * one.share, 6) >= percent


def of_track(proofs: Sequence[tuple[str, Proof]], due_at: int, now: int) -> WorkStanding:
    """The competencies of a track at one level, each with its name."""
    weak = [(name, proof) for name, proof in proofs if proof.weak]
    why = f"{weak[0][0]} at {weak[0][1].share:.0%}" + (f" and {len(weak) - 1} more" if len(weak) > 1 else "") if weak else ""
    return standing(sum(proof.shown for _, proof in proofs), len(proofs), any(proof.marks or proof.signed for _, proof in proofs), bool(weak), why, due_at, now)


def standing(done: int, of: int, begun: bool, short: bool, why: str, due_at: int, now: int) -> WorkStanding:
    """The first word whose rule holds."""
    if not of:
        return WorkStanding(NOTHING, 0, 0)
    if done == of:
        return WorkStanding(DONE, done, of)
    word = LATE if now > due_at else STRUGGLING if short else UNDER_WAY if begun else NOT_STARTED
    return WorkStanding(word, done, of, why)


def at_large(each: Sequence[WorkStanding], recent: int, recent_share: float | None) -> WorkStanding:
    """A person over all their assignments, of which `done` counts those that are done: late or struggling where they are so with any, or, struggling, where the last weeks went badly;
    not started where they have begun none."""
    words = [one.word for one in each if one.word != NOTHING]
    done = words.count(DONE)
    lately = recent >= LATELY and recent_share is not None and recent_share < WEAK
    word = LATE if LATE in words else STRUGGLING if lately or STRUGGLING in words else NOTHING if not words else words[0] if len(set(words)) == 1 else UNDER_WAY
    of = len(words)
    why = next((one.why for one in each if one.word == word and one.why), "")
    return WorkStanding(word, done, of, why or (f"{recent_share:.0%} of the points of the last {RECENT_DAYS} days" if lately and word in (STRUGGLING, LATE) else ""))
