"""The marking queue: letters to read and disputes to answer, of questions and of worked material, with what is needed to judge them; and any mark of a learner's answer set by hand."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from app import completing, exam_marking, exercises, hand_marking, quizzing, reveal, session, sittings, worked_parts
from app.cohort_desk import NotFit
from app.exam_offers import KIND as EXAM
from app.exercise_desk import Letter as LetterPaper
from app.practising import KIND as PRACTICE
from app.session import ledger, new_id, now, require, require_over
from app.told_apart import beside, listed
from curriculum.variants import PublicQuestion
from records import LED, Dispute, Grading, HandMark, Letter, Remark, Step, StoredAttempt, Unknown

LONGEST = 1000
WORKED = "scenario"
"""The kind of attempts at exercises, claims and accounts."""


@dataclass(frozen=True)
class Element:
    """An element of a letter as it stands. `id`: within the letter."""
    id: str
    says: str
    found: bool
    required: bool
    why: str


@dataclass(frozen=True)
class ReadLetter:
    """A letter that waits, with all that is needed to mark it. before: the number of the grading that was looked at; dispute: one that is open about the same round, which may be about the letter or not."""
    letter: Letter
    story: str
    paper: LetterPaper
    elements: tuple[Element, ...]
    before: int
    dispute: Dispute | None


@dataclass(frozen=True)
class Asked:
    """A dispute with the question, what was answered, and everything that was said of it. options: the shares of the points it can be given."""
    dispute: Dispute
    item: str
    question: PublicQuestion
    told: reveal.Feedback
    before: int
    share: Decimal
    blank: bool


@dataclass(frozen=True)
class AskedWork:
    """A dispute about a step of worked material, in the parts it was marked in. where: the step in words."""
    dispute: Dispute
    story: str
    where: str
    parts: tuple[worked_parts.Part, ...]
    before: int


@dataclass(frozen=True)
class Waiting:
    """What waits in the queue."""
    letters: tuple[Letter, ...]
    disputes: tuple[Dispute, ...]


def waiting() -> Waiting:
    """Everything that waits for this trainer, the oldest first; their own is not theirs to mark."""
    who = require("override marks")
    training = session.training()
    return Waiting(tuple(one for one in training.letters(who.profile) if one.profile != who.profile),
                   tuple(one for one in training.disputes(who.profile, LED, "open") if one.profile != who.profile))


def how_many() -> tuple[int, int]:
    """How many disputes and letters wait for this trainer: what `waiting` would hold, counted."""
    return session.training().waiting(require("override marks").profile)


def apart(found: Collection[Letter | Dispute]) -> dict[str, str]:
    """The names of those whose work waits, by id, told apart where two are alike."""
    names, addresses = {one.profile: one.name for one in found}, {}
    for profile in (id for id, alike in beside(names, {}).items() if alike):
        require_over("override marks", profile)
        addresses[profile] = session.people().account(profile).email
    return listed(names, addresses)


# Letters

def letter(one: Letter) -> ReadLetter:
    """A letter of the queue with the case it was written about."""
    require_over("override marks", one.profile)
    work = exercises.desk().work(one.attempt)
    round_ = next((each for each in work.answered if f"round-{each.number}" == one.slot), None) if work else None
    found = ledger().attempt(one.attempt)
    standing(found, one.slot, one.sequence)
    if round_ is None:
        raise Unknown("There is no such letter any more.")
    asks = [ask for ask in found.attempt.form["rounds"][round_.number - 1]["asks"] if ask["kind"] == "letter"]
    paper = round_.letters[[ask["id"] for ask in asks].index(one.part)]
    ids = [element["id"] for ask in asks if ask["id"] == one.part for element in ask["elements"]]
    elements = tuple(Element(id, each.says[:1].upper() + each.says[1:], each.found, each.required, each.why) for id, each in zip(ids, paper.elements, strict=True))
    return ReadLetter(one, work.story, paper, elements, hand_marking.number(found, one.slot, one.sequence), disputed(one.profile, one.attempt, one.slot, one.sequence))


def mark_letter(read: ReadLetter, found: dict[str, bool], comment: str, settles: bool = False) -> bool:
    """The letter's elements as its reader has them, with a comment for the learner; the mark may stay as it was. Whether its round is disputed still.

    settles: the dispute that was looked at with it is answered in the same step, by the comment: the learner was right where the points became more, and the mark stands where they are the same.
    """
    one = read.letter
    who = require_over("override marks", one.profile)
    settled = read.dispute.id if settles and read.dispute else ""
    comment = fit(comment, needed=bool(settled) or found != {element.id: element.found for element in read.elements})
    worked = ledger().attempt(one.attempt)
    before = standing(worked, one.slot, one.sequence)
    after = hand_marking.letter_by_hand(before, one.part, found)
    if settled and after.earned < before.earned:
        raise NotFit("This gives fewer points than those that are disputed, which agrees with nobody. Mark the letter without answering the dispute, then answer that by itself.")
    reason = comment or "Read; the mark stands."
    set_mark(worked, HandMark(new_id(), one.attempt, one.slot, one.sequence, who.profile, reason, read.before, settled, now()), after, "upheld" if after.earned > before.earned else "declined")
    return bool(open_dispute(one.profile, one.attempt, one.slot, one.sequence))


# Disputes

def asked(dispute: Dispute) -> Asked | AskedWork:
    """A dispute of the queue with its question, or with the parts of the work."""
    require_over("override marks", dispute.profile)
    found = ledger().attempt(dispute.attempt)
    if found is None:
        raise Unknown("This attempt is not in the records any more.")
    grading, step = standing(found, dispute.slot, dispute.sequence), step_of(found, dispute.slot, dispute.sequence)
    if found.attempt.item_kind == WORKED:
        return AskedWork(dispute, found.attempt.form["story"], where(found, step), worked_parts.parts(found, step, grading), hand_marking.number(found, dispute.slot, dispute.sequence))
    variant = variants(found)[dispute.slot]
    earned, possible = hand_marking.answer_points(grading)
    answer = sittings.Answered(step.payload.get("response", ""), earned, possible)
    before = hand_marking.number(found, dispute.slot, dispute.sequence)
    return Asked(dispute, dispute.slot, variant.public, reveal.told(found.attempt.form, variant, answer, grading), before, earned / possible if possible else Decimal(0),
                 step.kind != "submit")


def uphold(one: Asked, share: Decimal, answer: str) -> None:
    """Another share of the points for the answer that was disputed, and why."""
    override(one.dispute.attempt, one.dispute.slot, one.dispute.sequence, one.before, share, answer, one.dispute.id)


def uphold_parts(one: AskedWork, chosen: Collection[str], share: Decimal, answer: str) -> None:
    """Another share of the points for some parts of the work that was disputed, and why."""
    override_parts(one.dispute.attempt, one.dispute.slot, one.dispute.sequence, one.before, chosen, share, answer, one.dispute.id)


def decline(one: Asked | AskedWork, answer: str) -> None:
    """The mark stands, and why."""
    who = require_over("override marks", one.dispute.profile)
    session.training().close_dispute(one.dispute.id, "declined", fit(answer), who.profile, now(), one.before)


# Any answer

def override(attempt: str, slot: str, sequence: int, before: int, share: Decimal, reason: str, dispute: str = "") -> None:
    """Another share of a question's points, over the mark that was looked at. A dispute that is open about that answer is answered by it."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown("This attempt is not in the records any more.")
    who = require_over("override marks", found.attempt.profile)
    if not 0 <= share <= 1:
        raise NotFit("Give a share of the points from nothing to all of them.")
    reason = fit(reason)
    dispute = dispute or open_dispute(found.attempt.profile, attempt, slot, sequence)
    grading = hand_marking.question_by_hand(found, step_of(found, slot, sequence), standing(found, slot, sequence), share, reason)
    set_mark(found, HandMark(new_id(), attempt, slot, sequence, who.profile, reason, before, dispute, now()), grading)


def override_parts(attempt: str, slot: str, sequence: int, before: int, chosen: Collection[str], share: Decimal, reason: str, dispute: str = "") -> None:
    """Another share of the points for some parts of a step of worked material, over the mark that was looked at; a dispute that is open about it is answered."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown("This attempt is not in the records any more.")
    who = require_over("override marks", found.attempt.profile)
    grading = standing(found, slot, sequence)
    known = {part.id for part in worked_parts.parts(found, step_of(found, slot, sequence), grading)}
    if not chosen or not known.issuperset(chosen):
        raise NotFit("Choose which parts are worth something else.")
    if not 0 <= share <= 1:
        raise NotFit("Give a share of the points from nothing to all of them.")
    reason = fit(reason)
    dispute = dispute or open_dispute(found.attempt.profile, attempt, slot, sequence)
    made = hand_marking.parts_by_hand(grading, dict.fromkeys(chosen, share), reason)
    set_mark(found, HandMark(new_id(), attempt, slot, sequence, who.profile, reason, before, dispute, now()), made)


def parts(found: StoredAttempt, slot: str, sequence: int) -> tuple[worked_parts.Part, ...]:
    """The parts of a step, for whoever leads the learner."""
    require_over("override marks", found.attempt.profile)
    return worked_parts.parts(found, step_of(found, slot, sequence), standing(found, slot, sequence))


def where(found: StoredAttempt, step: Step) -> str:
    """Which step of the work it is, in words."""
    form, (name, _, number) = found.attempt.form, step.slot.partition("-")
    if name == "round":
        return form["rounds"][int(number) - 1]["heading"]
    return {"asks": "The decisions", "flags": "What was picked as wrong", "claim": f"Sending {step.sequence}", "read": f"The reading of answer {number}", "life": "The account as it was closed"}.get(name, step.slot)


def set_mark(found: StoredAttempt, mark: HandMark, grading: Grading, outcome: str = "upheld") -> None:
    """Sets the mark, and puts on record what it completes. outcome: of the dispute it answers, where it answers one."""
    session.training().mark_by_hand(mark, grading, outcome)
    if found.attempt.item_kind == EXAM:
        completing.after_exam(found.attempt.profile, found.attempt.id)
    else:
        completing.after_evidence(found.attempt.profile, {one.competency for one in grading.evidence})


def let_stand(attempt: str, slot: str, sequence: int, before: int, answer: str) -> None:
    """The mark of a disputed answer that was looked at stands, and why: from the attempt's own page."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown("This attempt is not in the records any more.")
    who = require_over("override marks", found.attempt.profile)
    if not (dispute := open_dispute(found.attempt.profile, attempt, slot, sequence)):
        raise NotFit("Nobody disputes this mark any more. Load the page again.")
    session.training().close_dispute(dispute, "declined", fit(answer), who.profile, now(), before)


def open_dispute(profile: str, attempt: str, slot: str, sequence: int) -> str:
    """The id of the dispute that is open about an answer; empty where there is none."""
    found = disputed(profile, attempt, slot, sequence)
    return found.id if found else ""


def disputed(profile: str, attempt: str, slot: str, sequence: int) -> Dispute | None:
    return next((one for one in session.training().disputes(profile, state="open") if (one.attempt, one.slot, one.sequence) == (attempt, slot, sequence)), None)


def comment(attempt: str, slot: str, text: str) -> None:
    """A trainer's comment on an attempt, or on one question of it."""
    found = ledger().attempt(attempt)
    if found is None:
        raise Unknown("This attempt is not in the records any more.")
    who = require_over("override marks", found.attempt.profile)
    session.training().remark(Remark(new_id(), attempt, slot, found.attempt.profile, fit(text), who.profile, now()))


def withdraw_comment(remark: Remark) -> None:
    who = require_over("override marks", remark.profile)
    session.training().withdraw_remark(remark.id, who.profile, now())


def fit(text: str, needed: bool = True) -> str:
    """Words for the learner."""
    text = text.strip()
    if needed and not text:
        raise NotFit("Write why: the learner reads it beside the answer.")
    if len(text) > LONGEST:
        raise NotFit(f"Keep it under {LONGEST} characters.")
    return text


def variants(found: StoredAttempt) -> dict:
    """The attempt's questions with their keys, for this desk alone."""
    if found.attempt.item_kind == EXAM:
        return exam_marking.variants(found.attempt.form)
    if found.attempt.item_kind in (quizzing.KIND, PRACTICE):
        return sittings.variants(found.attempt.id)
    raise Unknown("Only answers to questions can be disputed.")


def standing(found: StoredAttempt, slot: str, sequence: int) -> Grading:
    """The grading that counts."""
    grading = next((one for one in found.gradings if (one.slot, one.sequence) == (slot, sequence)), None) if found else None
    if grading is None:
        raise Unknown("There is no marked answer here any more.")
    return grading


def step_of(found: StoredAttempt, slot: str, sequence: int) -> Step:
    return next(step for step in found.steps if (step.slot, step.sequence) == (slot, sequence))
