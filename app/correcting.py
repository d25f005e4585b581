"""Corrections at the desk: whom a correction of an item touches and by how much, the run that makes it, and the one that takes it back."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from curriculum.catalogue import Catalogue
from curriculum.models import Question
from curriculum.variants import QuestionVariant
from records import Evidence, Grading, Records, RegradeChange, RegradeRun, StoredAttempt
from scoring.exam_result import BLANKS
from scoring.marks import GRADER
from scoring.regrading import NEED_A_KEY, POLICIES, Standing, mark_anew


class NotPossible(Exception):
    """A correction that cannot be made; its text says why and what would help."""


@dataclass(frozen=True)
class Delta:
    """One answer whose score changes."""
    attempt: str
    profile: str
    name: str
    title: str
    sequence: int
    before: tuple[Decimal, Decimal]
    after: tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Trial:
    """What a run would do, without doing it. `answers`: all that there are; `left`: those of whoever asks, which it leaves as they are."""
    item: str
    asked: str
    policy: str
    corrected: str
    answers: int
    deltas: tuple[Delta, ...]
    left: int = 0

    @property
    def people(self) -> int:
        return len({delta.profile for delta in self.deltas})


def found(held: Catalogue, named: str) -> Question:
    """The item by its id or its short name."""
    item = held.questions.get(named) or next((question for question in held.questions.values() if question.slug == named), None)
    if item is None:
        raise NotPossible(f'There is no question "{named}". Name it by its id or its slug, as they stand in its file under quizzes/.')
    return item


def corrected(held: Catalogue, item: Question) -> Question:
    """The newest published item that corrects this one; the item itself as it stands today where none does."""
    newest, known = item, {str(item.id)}
    while following := next((q for q in held.questions.values() if str(q.reimplements) == str(newest.id) and q.status == "published" and str(q.id) not in known), None):
        newest = following
        known.add(str(newest.id))
    return newest


def trial(records: Records, held: Catalogue, named: str, policy: str, but: str = "") -> Trial:
    """Whom a run would touch: old and new points of every answer that changes. but: a profile whose answers are left as they are."""
    item = found(held, named)
    anew = _marking(held, item, policy)
    deltas, answers, left = [], 0, 0
    for profile, attempt in records.answered(str(item.id)):
        standing = {grading.sequence: grading for grading in attempt.gradings if grading.slot == str(item.id)}
        answers += len(standing)
        if profile.id == but:
            left += len(standing)
            continue
        for grading in anew(attempt):
            before = standing[grading.sequence]
            if (before.earned, before.possible) != (grading.earned, grading.possible):
                deltas.append(Delta(attempt.attempt.id, profile.id, profile.name, attempt.attempt.title, grading.sequence,
                                    (before.earned, before.possible), (grading.earned, grading.possible)))
    return Trial(str(item.id), item.stem, policy, str(corrected(held, item).id), answers, tuple(deltas), left)


def apply(records: Records, held: Catalogue, named: str, policy: str, actor: str, reason: str, run: str, at: int, but: str = "", noted_as: str = "") -> RegradeRun:
    """Makes the correction; durable when this returns. but, noted_as: as the records have them."""
    item = found(held, named)
    if not reason.strip():
        raise NotPossible("Say why it is corrected: the learners read it beside the question.")
    anew = _marking(held, item, policy)
    question = corrected(held, item).model_dump(mode="json", by_alias=True) if policy in NEED_A_KEY else {}
    return records.regrade(RegradeRun(run, str(item.id), policy, actor, reason.strip(), question, None, at), anew, but, noted_as)


def undo(records: Records, run: str, actor: str, reason: str, new: str, at: int, but: str = "", noted_as: str = "") -> RegradeRun:
    """Takes a run back; every answer has again the marks it had before."""
    return records.undo_regrade(run, RegradeRun(new, "", "undo", actor, reason.strip() or "Taken back.", {}, None, at), but, noted_as)


def _marking(held: Catalogue, item: Question, policy: str) -> Callable[[StoredAttempt], tuple[Grading, ...]]:
    """How an attempt's answers to the item are marked under the policy."""
    if policy not in POLICIES:
        raise NotPossible(f'There is no policy "{policy}". There are: {", ".join(POLICIES)}.')
    new = corrected(held, item)
    return lambda attempt: _anew(attempt, item, new, held.hash_of(str(new.id)), policy)


def _anew(found_: StoredAttempt, item: Question, new: Question, new_hash: str, policy: str) -> tuple[Grading, ...]:
    """The gradings that an attempt should have in the item's slot; those that stand as they do are left out."""
    form, slot = found_.attempt.form, str(item.id)
    kept = next((QuestionVariant.from_plain(plain) for plain in form.get("questions", ()) if plain["public"]["id"] == slot), None)
    if kept is None:
        return ()
    scored = next((one["scored"] for one in form.get("slots", ()) if one["item"] == slot), True)
    steps = {step.sequence: step for step in found_.steps if step.slot == slot}
    made = []
    for before in (grading for grading in found_.gradings if grading.slot == slot):
        step = steps[before.sequence]
        standing = Standing(before.earned, before.possible, step.kind in BLANKS, scored,
                            step.payload.get("hints", 0), Decimal(step.payload.get("cost", "0")))
        anew = mark_anew(policy, kept.keyed.question, new, kept.keyed.drawn, step.payload.get("response"), standing)
        if anew:
            counted = new if anew.corrected else kept.keyed.question
            domains = tuple(form.get("domains", {}).get(slot, ()))
            shown = tuple(Evidence(skill, () if at else domains, anew.shown.earned, anew.shown.possible) for at, skill in enumerate(counted.competencies)) if anew.shown else ()
            made.append(Grading(before.attempt, slot, before.sequence, GRADER, new_hash if anew.corrected else form["hashes"][slot], anew.earned, anew.possible,
                                tuple(credit.plain() for credit in anew.credits), shown))
    return tuple(made)


def sentence(run: RegradeRun, change: RegradeChange) -> str:
    """The notice to a learner: what was corrected, why, and from how many points to how many."""
    before, after = (f"{_short(grading.earned)} of {_short(grading.possible)}" for grading in (change.before, change.after))
    moved = f"go from {before} to {after}" if before != after else f"stay as they were, {after}"
    return f"A question was corrected after you answered it ({POLICIES[run.policy]}). {run.reason.rstrip('.')}. Your points for it {moved}."


def _short(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}"
