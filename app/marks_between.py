"""What came between a trainer's look at a mark and now: a colleague's mark, an answer to the dispute, an objection, told in a sentence."""

from dataclasses import dataclass

from app import hand_marking, session
from app.marking_desk import Asked, AskedWork, ReadLetter, open_dispute
from app.session import require_over
from records import Dispute, HandMark, Letter, StoredAttempt


@dataclass(frozen=True)
class Marked:
    """How a step stands: the number of the grading that counts, and the dispute that is open about it; empty where there is none."""
    profile: str
    attempt: str
    slot: str
    sequence: int
    number: int
    dispute: str


def became(one: Letter | Dispute) -> tuple[str, str]:
    """What became of something that waits no more, in a sentence, and the words that went with it."""
    require_over("override marks", one.profile)
    if isinstance(one, Letter):
        mark = last_by_hand(one.profile, one.attempt, one.slot, one.sequence)
        return (f"{mark.by_name or 'A colleague'} marked this letter meanwhile, on {session.told(mark.at)}.", mark.reason) if mark else ("This letter waits no more.", "")
    return outcome(one)


def outcome(one: Dispute) -> tuple[str, str]:
    """What came of a dispute meanwhile, in a sentence, and the words that went with it."""
    found = session.training().one_dispute(one.id)
    if found is None or found.state == "withdrawn":
        return f"{one.name} took this objection back meanwhile.", ""
    outcome = "the mark was changed" if found.state == "upheld" else "the mark stands"
    return f"{found.by_name or 'A colleague'} answered this dispute meanwhile, on {session.told(found.closed_at)}: {outcome}.", found.answer


def marked(found: StoredAttempt, slot: str, sequence: int) -> Marked:
    """How a step stands, of the same moment as the attempt that is shown."""
    profile, attempt = found.attempt.profile, found.attempt.id
    return Marked(profile, attempt, slot, sequence, hand_marking.number(found, slot, sequence), open_dispute(profile, attempt, slot, sequence))


def standing_of(one: ReadLetter | Asked | AskedWork) -> Marked:
    """The same of something in the queue, which is known to be disputed or not by its place there."""
    held = one.letter if isinstance(one, ReadLetter) else one.dispute
    return Marked(held.profile, held.attempt, held.slot, held.sequence, one.before, "")


def between(step: Marked, number: int, dispute: str) -> tuple[str, str]:
    """What came between the look at a step and now, in a sentence, and the words that went with it. number, dispute: as they were looked at."""
    require_over("override marks", step.profile)
    mark = last_by_hand(step.profile, step.attempt, step.slot, step.sequence)
    if step.number != number and mark and mark.after == step.number:
        return f"{mark.by_name or 'A colleague'} marked this meanwhile, on {session.told(mark.at)}.", f"“{mark.reason}”"
    if step.number != number:
        return "This was marked anew meanwhile, as the question was corrected.", ""
    if dispute and (held := session.training().one_dispute(dispute)):
        told, words = outcome(held)
        return told, f"“{words}”" if words else ""
    return "The learner disputes this mark since.", ""


def last_by_hand(profile: str, attempt: str, slot: str, sequence: int) -> HandMark | None:
    """The latest mark that a person set on a step."""
    return next((mark for mark in reversed(session.training().hand_marks(profile)) if (mark.attempt, mark.slot, mark.sequence) == (attempt, slot, sequence)), None)
