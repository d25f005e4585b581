"""The learner's side of training: work that is due, what a trainer wrote or marked, and "I think my answer is right"."""

from dataclasses import dataclass

from app import assigning, offers, on_offer, practice_orders, quizzing, session, work_board
from app.cohort_desk import NotFit
from app.session import catalogue, ledger, new_id, now, require
from app.work_board import Piece
from curriculum.practice_form import Wish
from records import PERSON, Dispute, HandMark, Profile, Remark, SignOff, StoredAttempt
from scoring.work_standing import DONE, LATE, NOTHING, Proof

RECENT = 14 * 86_400_000
"""How long home speaks of what a trainer did, in milliseconds."""
LONGEST = 1000
NOT_ASKED = "no longer on offer, not asked for any more"
NOBODY_LEADS = "Nobody leads you now who could look at it. Ask your admin to name a trainer for your cohort, or to take you into one: then it is answered, and nothing of it is lost."
STATES = {"open": "waits for your trainer", "upheld": "you were right", "declined": "the mark stands", "withdrawn": "taken back by you"}


@dataclass(frozen=True)
class Part:
    """A piece of an assignment as the learner sees it. `done`: as far as it counts; attempt: one under way; gone: no longer on offer, and so not asked for."""
    id: str
    name: str
    done: bool
    says: str
    attempt: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Due:
    """An assignment, the pieces of it, and how it stands."""
    piece: Piece
    parts: tuple[Part, ...]

    @property
    def late(self) -> bool:
        return self.piece.standing.word == LATE


@dataclass(frozen=True)
class News:
    """Something a trainer did, in a sentence, with where it is."""
    at: int
    says: str
    more: str
    attempt: str


@dataclass(frozen=True)
class Talk:
    """What was said between learner and trainer about one attempt: disputes and marks by slot and sequence, comments by slot. `led`: whether somebody is there who can look at it; `offered`: whether the learner may object here."""
    disputes: dict[tuple[str, int], Dispute]
    marks: dict[tuple[str, int], HandMark]
    remarks: dict[str, tuple[Remark, ...]]
    sequences: dict[str, int]
    offered: bool
    led: bool = True


# Work that is due

def due(profile: Profile) -> tuple[Due, ...]:
    """What the learner is asked for and has not done, the nearest due date first."""
    return tuple(one for one in all_work(profile) if one.piece.standing.word not in (DONE, NOTHING))


def all_work(profile: Profile) -> tuple[Due, ...]:
    """Everything that is assigned, done or not."""
    require("see work", profile.id)
    at = now()
    board = session.training().board(profile.id, work_board.since(at), PERSON)
    if not board.assigned:
        return ()
    person, = work_board.people(board, (profile.id,), at)
    shown, signed = {one.competency: one for one in board.shown}, {one.competency for one in board.signed}
    return tuple(Due(piece, tuple(_part(piece, part, board, shown, signed) for part in piece.assigned.assignment.parts)) for piece in person.pieces)


def _part(piece: Piece, part: str, board, shown: dict, signed: set[str]) -> Part:
    made = piece.assigned.assignment
    name = assigning.part_name(made.kind, part)
    if made.kind == "track":
        proof = work_board.proof(shown.get(part), part in signed)
        return Part(part, name, proof.shown, NOT_ASKED if part in piece.gone else proof_words(proof), gone=part in piece.gone)
    tries = [one for one in board.tried if one.item == part and one.started_at >= made.made_at]
    name = assigning.known_name(made.kind, part) or title_kept(tries) or name
    if part in piece.gone:
        return Part(part, name, False, NOT_ASKED, gone=True)
    open_ = next((one.attempt for one in reversed(tries) if one.finished_at is None), "")
    ended = [one for one in tries if one.finished_at is not None and one.slots >= made.questions]
    best = max((work_board.share(one.earned, one.possible) or 0 for one in ended), default=None)
    done = best is not None and (not made.percent or 100 * best >= made.percent - 1e-6)
    says = "under way" if open_ and not done else "not started" if best is None else f"{best:.0%} of the points" + ("" if done else f", {made.percent}% wanted")
    return Part(part, name, done, says, open_)


def proof_words(proof: Proof) -> str:
    """What was shown of a competency, in words."""
    marks = f"{proof.share:.0%} on {proof.marks} mark{'s' if proof.marks != 1 else ''}" if proof.share is not None else "not seen yet"
    return f"signed off, {marks}" if proof.signed else marks


def title_kept(tries: list) -> str:
    """What a piece that has gone from the content was called, by an attempt at it, which keeps its title; empty where there is none."""
    return next((found.attempt.title for one in tries if (found := ledger().attempt(one.attempt))), "")


def begin(profile: Profile, part: str) -> tuple[str, str]:
    """Starts an item of an assignment, or goes on with it: the kind of attempt, and its id. One that is under way goes on by its own kind, whatever is on offer."""
    if going := ledger().open_attempt(profile.id, part):
        return going.attempt.item_kind, going.attempt.id
    if not on_offer.offered("items", part):
        raise NotFit(f"“{assigning.part_name('items', part)}” is no longer offered, so that it cannot be begun; it is not asked for any more.")
    sets = {card.id for card in quizzing.sets()}
    return (quizzing.KIND, quizzing.begin(profile, part)) if part in sets else ("scenario", offers.begin(profile, part))


def practise(profile: Profile, competencies: tuple[str, ...], many: int = 10) -> str:
    """A session on what of a track is not shown yet."""
    return practice_orders.begin(profile, Wish(competencies=frozenset(competencies), count=many))


# What a trainer did

def news(profile: Profile, since: int | None = None) -> tuple[News, ...]:
    """Comments, marks by hand, answers to disputes and sign-offs of the last two weeks, the newest first."""
    if not session.in_team():
        return ()
    require("see work", profile.id)
    training, since = session.training(), now() - RECENT if since is None else since
    found = [News(one.at, f"{one.by_name or 'A trainer'} commented on “{one.title}”.", one.text, one.attempt) for one in training.remarks(profile.id, since)]
    found += [News(one.closed_at, dispute_words(one), one.answer, one.attempt) for one in training.disputes(profile.id) if one.state in ("upheld", "declined") and one.closed_at >= since]
    found += [News(one.at, f"{one.by_name or 'A trainer'} marked an answer of “{one.title}” by hand.", one.reason, one.attempt) for one in training.hand_marks(profile.id, since) if not one.dispute]
    found += [signed_news(one) for one in training.sign_offs(profile.id) if max(one.at, one.revoked_at or 0) >= since]
    return tuple(sorted(found, key=lambda one: -one.at))


def dispute_words(one: Dispute) -> str:
    """What came of a dispute."""
    who = one.by_name or "A trainer"
    return f"{who} agrees with you about “{one.title}”: the mark was changed." if one.state == "upheld" else f"{who} looked at “{one.title}” again: the mark stands."


def signed_news(one: SignOff) -> News:
    skill = catalogue().competencies.get(one.competency)
    name = skill.name if skill else one.competency
    if one.revoked_at is not None:
        return News(one.revoked_at, f"The sign-off of {name} was taken back.", one.why_revoked, "")
    return News(one.at, f"{one.by_name or 'A trainer'} signed off {name}.", one.note, "")


# "I think my answer is right"

def talk(found: StoredAttempt) -> Talk:
    """Everything said about an attempt, for its learner or for whoever leads them."""
    nothing = Talk({}, {}, {}, {}, False)
    if not session.in_team():
        return nothing
    profile, id = found.attempt.profile, found.attempt.id
    require("see work", profile)
    training = session.training()
    remarks: dict[str, tuple[Remark, ...]] = {}
    for one in training.remarks(profile):
        if one.attempt == id:
            remarks[one.slot] = (*remarks.get(one.slot, ()), one)
    mine, led = session.viewer().profile == profile, training.is_led(profile)
    return Talk({(one.slot, one.sequence): one for one in training.disputes(profile) if one.attempt == id and one.state != "withdrawn"},
                {(one.slot, one.sequence): one for one in training.hand_marks(profile) if one.attempt == id}, remarks,
                {one.slot: one.sequence for one in sorted(found.gradings, key=lambda one: one.sequence)}, mine and led, led)


def object_to(attempt: str, slot: str, sequence: int, reason: str) -> Dispute:
    """The learner's objection, for their trainer to look at."""
    found = ledger().attempt(attempt)
    if found is None or found.attempt.profile != session.viewer().profile:
        raise NotFit("This attempt is not yours to speak about.")
    require("dispute", found.attempt.profile)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise NotFit(f"Write why you think so, in up to {LONGEST} characters: your trainer has only your words and the work.")
    return session.training().dispute(new_id(), attempt, slot, sequence, reason, now())


def take_back(dispute: Dispute) -> None:
    """The learner drops their objection."""
    who = require("dispute", dispute.profile)
    if who.profile != dispute.profile:
        raise NotFit("Only whoever raised it can take it back.")
    session.training().close_dispute(dispute.id, "withdrawn", "", who.profile, now())


def disputes(profile: Profile) -> tuple[Dispute, ...]:
    """Every objection of the learner, the newest first."""
    if not session.in_team():
        return ()
    require("see work", profile.id)
    return tuple(reversed(session.training().disputes(profile.id)))


def state_words(one: Dispute, led: bool) -> str:
    """How an objection stands, for its learner. led: whether somebody leads them who can look at it."""
    return STATES[one.state] if led or one.state != "open" else "waits, and nobody is there to look at it"


def is_led(profile: Profile) -> bool:
    """Whether somebody leads the learner who is there to mark; in a team."""
    require("see work", profile.id)
    return session.training().is_led(profile.id)


def remarks(profile: Profile) -> tuple[Remark, ...]:
    """Every comment for the learner, the newest first."""
    if not session.in_team():
        return ()
    require("see work", profile.id)
    return tuple(reversed(session.training().remarks(profile.id)))
