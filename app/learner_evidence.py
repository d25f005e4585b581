"""One learner's evidence for whoever leads them: competencies and sign-offs, mock exams, readiness, time, and when they were last here."""

from dataclasses import dataclass

from app import completing, completion_desk, learning_desk, readiness_desk, session, standing, work_board
from app.cohort_desk import NotFit
from app.learning_desk import Due
from app.session import catalogue, ledger, new_id, now, require, require_over
from app.work_board import Person
from records import PERSON, Profile, SignOff

AWAY = 15 * 60_000
"""A longer pause between two steps is none of the time spent."""
LONGEST = 500


@dataclass(frozen=True)
class Learner:
    """All that the evidence page says. minutes: spent with the work; readiness: exam to sentence."""
    profile: Profile
    person: Person
    work: tuple[Due, ...]
    areas: tuple[standing.AreaLines, ...]
    signed: dict[str, SignOff]
    earlier: tuple[SignOff, ...]
    readiness: str
    exam: str
    minutes: int


def learner(profile: str) -> Learner:
    """Everything of one learner."""
    require("see work", profile)
    found, at, training = ledger().profile(profile), now(), session.training()
    if found is None:
        raise NotFit("There is nobody of that name here. Choose someone from a cohort.")
    person, = work_board.people(training.board(profile, work_board.since(at), PERSON), (profile,), at)
    signs = training.sign_offs(profile)
    exam = found.goal if found.goal in catalogue().blueprints else next(iter(catalogue().blueprints))
    return Learner(found, person, learning_desk.all_work(found), standing.areas(found), {one.competency: one for one in signs if one.revoked_at is None},
                   tuple(one for one in signs if one.revoked_at is not None), ready(found, exam), session.exams()[exam], minutes(training.moments(profile)))


def ready(profile: Profile, exam: str) -> str:
    """How ready the learner is for the exam, in words, with what it rests on; or what is missing before anything may be said."""
    made = readiness_desk.told(profile, exam)
    if not made.enough:
        return made.found.sentence
    low, high = (f"{100 * end:.0f}" for end in made.found.band)
    return f"If it were sat today: {made.words}, {low} to {high} in 100, on {made.found.answers:.0f} first answers."


def minutes(attempts: tuple[tuple[int, ...], ...]) -> int:
    """Minutes spent: what lies between the steps of each attempt, without long pauses."""
    return round(sum(later - earlier for moments in attempts for earlier, later in zip(moments, moments[1:]) if 0 < later - earlier <= AWAY) / 60_000)


def sign_off(profile: str, competency: str, note: str) -> SignOff:
    """The viewer's word that the learner has the competency, with what it rests on."""
    who = require_over("sign off", profile)
    if competency not in catalogue().competencies:
        raise NotFit("Choose a competency from the list.")
    if not note.strip() or len(note) > LONGEST:
        raise NotFit(f"Write what you saw, in up to {LONGEST} characters: the sign-off rests on it.")
    signed = session.training().sign_off(new_id(), profile, competency, note, who.profile, now())
    completing.after_evidence(profile, {competency})
    return signed


def revoke(held: SignOff, why: str) -> str:
    """Takes a sign-off back, and says why. Gives a sentence for each completed track that rested on it."""
    who = require_over("sign off", held.profile)
    if not why.strip() or len(why) > LONGEST:
        raise NotFit(f"Write why, in up to {LONGEST} characters: the learner reads it.")
    session.training().revoke_sign_off(held.id, why, who.profile, now())
    return " ".join(f"{line.done.title} stands on record as completed and is marked: {certified(line.certified_at)}" for line in completion_desk.no_longer_so(held.profile))


def certified(at: int | None) -> str:
    """What becomes of its certificate."""
    return "no certificate is issued on it until the competency is shown or signed off again." if at is None else f"a certificate was issued on it {session.told(at)} and cannot be called back; tell whoever relies on it."
