"""Corrections as a page may show them: which questions were answered here, what a run would change, the runs so far, and what a learner is told."""

from dataclasses import dataclass

from app import correcting, session
from app.correcting import NotPossible, Trial
from app.session import catalogue, ledger, new_id, now
from records import Profile, RegradeRun
from scoring.regrading import NEED_A_KEY, POLICIES

__all__ = ["NEED_A_KEY", "POLICIES", "NotPossible", "Trial", "apply", "choices", "fresh", "new_id", "notices", "runs", "trial", "undo"]

RECENT = 14 * 86_400_000
"""How long home speaks of a correction, in milliseconds."""


GONE = "someone whose profile is gone"


@dataclass(frozen=True)
class Choice:
    """A question that was answered here. `corrected`: another question replaces it in the content."""
    item: str
    slug: str
    stem: str
    answers: int
    corrected: bool


@dataclass(frozen=True)
class Run:
    """A run with what it came to; `by`: the name of who made it. The records keep the profile's id, so that no name outlives its profile."""
    run: RegradeRun
    slug: str
    changed: int
    by: str


@dataclass(frozen=True)
class Notice:
    """What a learner is told of one correction, and the beginning of the question."""
    says: str
    asked: str
    attempt: str
    title: str


def choices() -> tuple[Choice, ...]:
    """The answered questions, those with a correction first."""
    held = catalogue()
    found = [Choice(item, held.questions[item].slug, held.questions[item].stem, answers, correcting.corrected(held, held.questions[item]) is not held.questions[item])
             for item, answers in ledger().slots_answered().items() if item in held.questions]
    return tuple(sorted(found, key=lambda one: (not one.corrected, one.slug)))


def trial(item: str, policy: str) -> Trial:
    return correcting.trial(ledger(), catalogue(), item, policy, _own())


def apply(item: str, policy: str, profile: Profile, reason: str, run: str) -> RegradeRun:
    """Makes the correction; the same run again is made once."""
    return correcting.apply(ledger(), catalogue(), item, policy, profile.id, reason, run, now(), _own())


def undo(run: str, profile: Profile) -> RegradeRun:
    return correcting.undo(ledger(), run, profile.id, "", new_id(), now(), _own())


def _own() -> str:
    """Whose answers a correction leaves as they are: in a team nobody judges their own, alone there is nobody else."""
    return session.viewer().profile if session.in_team() else ""


def runs() -> tuple[Run, ...]:
    """Every run, newest first."""
    held, names = catalogue().questions, {profile.id: profile.name for profile in ledger().profiles()}
    return tuple(Run(run, held[run.item].slug if run.item in held else run.item, len(ledger().regrade_changes(run.id)), names.get(run.actor) or (GONE if len(run.actor) == 36 else run.actor))
                 for run in ledger().regrade_runs())


def notices(profile: Profile, attempt: str = "", since: int = 0) -> tuple[Notice, ...]:
    """The corrections that stand and moved this learner's points, in one attempt where it is named."""
    return tuple(Notice(correcting.sentence(run, change), _asked(change.after.slot), change.after.attempt, change.title)
                 for run, change in ledger().corrections_of(profile.id)
                 if attempt in ("", change.after.attempt) and run.at >= since and (change.before.earned, change.before.possible) != (change.after.earned, change.after.possible))


def fresh(profile: Profile) -> tuple[Notice, ...]:
    """Those of the last two weeks."""
    return notices(profile, since=now() - RECENT)


def _asked(item: str) -> str:
    """The end of the stem, where the question itself stands."""
    question = catalogue().questions.get(item)
    words = question.stem.replace("**", "").split() if question else []
    return " ".join(words) if len(words) <= 24 else "… " + " ".join(words[-24:])
