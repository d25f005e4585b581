"""What a learner has completed: a whole practice exam passed, a track shown in every competency; put on record once, and never for less."""

from collections.abc import Collection
from contextlib import suppress
from decimal import Decimal
from hashlib import blake2b

from app import exam_offers, exam_reports
from app.assigning import levels
from app.session import catalogue, ledger, new_id, now, tracks
from app.work_board import share
from curriculum.exams import Blueprint
from records import AttemptSummary, Completion, Grading, Profile, RecordsError, SignOff, Standing, StoredAttempt, Training
from scoring.exam_result import by_domain, passed, total
from scoring.work_standing import Proof

MOST = 1000
"""As many attempts are looked through, the newest first."""


def keep(records, training: Training, profile: Profile, at: int) -> tuple[Completion, ...]:
    """Puts on record what has been completed since it was asked last; returns all that is on record, newest first. records: guarded, or the command line's."""
    kept = {done.source for done in records.completions_of(profile.id)}
    for found in (*_exams(records, profile, kept), *_tracks(records, training, profile, kept, at)):
        records.complete(found)
    return records.completions_of(profile.id)


# Right after what completes it. Whatever is missed here is found by `keep`, when certificates are asked for.

def answered(profile: str, attempt: str, grading: Grading | None) -> None:
    """After an answer that was graded, or (without a grading) after an exam that was ended. One question to the records where no track is open."""
    if grading is None:
        after_exam(profile, attempt)
    elif grading.evidence:
        after_evidence(profile, {one.competency for one in grading.evidence})


def after_evidence(profile: str, shown: Collection[str]) -> None:
    """Puts a track on record that these competencies, shown or signed off just now, complete: of those that the person aims for or was given."""
    records = ledger().unguarded
    with suppress(RecordsError):
        training = Training(records)
        open_ = [track for track in training.open_tracks(profile) if asked(track).intersection(shown)]
        if open_ and (who := records.profile(profile)):
            evidence, signed = records.evidence(profile), training.sign_offs(profile)
            for track in open_:
                if made := completed_track(who, track, tracks().get(track, track), evidence, signed, now()):
                    records.complete(made)


def after_exam(profile: str, attempt: str) -> None:
    """Puts an exam on record that was passed."""
    records = ledger().unguarded
    with suppress(RecordsError):
        if (who := records.profile(profile)) and (made := passed_whole(who, records.attempt(attempt))):
            records.complete(made)


def asked(track: str) -> frozenset[str]:
    """Every competency of a track."""
    return frozenset(skill for level in levels(track) for skill in level.competencies)


def passed_whole(profile: Profile, found: StoredAttempt | None) -> Completion | None:
    """The completion that a passed whole exam is, by its marks as they stand; nothing for a part, a shorter form, one without a verdict, or a fail."""
    form = found.attempt.form if found and found.attempt.item_kind == exam_offers.KIND and found.finished_at is not None else {}
    if form.get("size") != "full" or form["section"] or form["shortfalls"]:
        return None
    blueprint, outcomes = Blueprint.model_validate(form["blueprint"]), exam_reports.outcomes(found)
    whole = total(outcomes)
    if passed(blueprint.pass_.kind, blueprint.pass_.value, whole) is not True:
        return None
    names = {domain.id: domain.name for domain in blueprint.domains}
    results = (("Whole exam", percent(whole.share)), *((names[domain], percent(points.share)) for domain, points in by_domain(outcomes, names).items() if points.share is not None))
    made = found.attempt
    return Completion(new_id(), profile.id, profile.name, "exam", blueprint.id, made.title, made.id, made.content_hash, "passed", results, found.finished_at)


def _exams(records, profile: Profile, kept: set[str]):
    for one in records.attempts_of(profile.id, limit=MOST):
        if one.kind == exam_offers.KIND and one.finished and one.attempt not in kept and _may_be(one):
            if made := passed_whole(profile, records.attempt(one.attempt)):
                yield made


def _may_be(one: AttemptSummary) -> bool:
    """Whether it is worth opening: a whole form of an exam that gives a verdict."""
    blueprint = catalogue().blueprints.get(one.item.removeprefix(exam_offers.PREFIX))
    return one.possible > 0 and (blueprint is None or one.title == exam_offers.title(blueprint, "full", "") and blueprint.pass_.kind == "percent")


def _tracks(records, training: Training, profile: Profile, kept: set[str], at: int):
    evidence, signed = records.evidence(profile.id), training.sign_offs(profile.id)
    for track, name in tracks().items():
        if f"track:{track}" not in kept and (made := completed_track(profile, track, name, evidence, signed, at)):
            yield made


def completed_track(profile: Profile, track: str, name: str, evidence: dict[str, Standing], signed: tuple[SignOff, ...], at: int) -> Completion | None:
    """A track is completed when every competency of every level is signed off, or shown by the rule that trainers go by (scoring/work_standing.py)."""
    asked = [skill for level in levels(track) for skill in level.competencies]
    in_force = {one.competency for one in signed if one.revoked_at is None}
    if not asked or not all(_proof(evidence.get(skill), skill in in_force).shown for skill in asked):
        return None
    results = (("Competencies", f"{len(asked)} of {len(asked)}"), *((area, percent(found)) for area, found in _areas(asked, evidence) if found is not None))
    return Completion(new_id(), profile.id, profile.name, "track", track, f"Onboarding track: {name}", f"track:{track}", _version(asked), "completed", results, at)


def taken_back(done: Completion, evidence: dict[str, Standing], signed: tuple[SignOff, ...]) -> tuple[str, ...]:
    """Names of the competencies of a completed track that rested on a sign-off which was taken back since, where nothing shows them now."""
    if done.kind != "track":
        return ()
    in_force = {one.competency for one in signed if one.revoked_at is None}
    rested_on = {one.competency for one in signed if one.at <= done.at and one.revoked_at is not None and one.revoked_at >= done.at}
    gone = sorted(skill for skill in rested_on - in_force if not _proof(evidence.get(skill), False).shown)
    return tuple(catalogue().competencies[skill].name if skill in catalogue().competencies else skill for skill in gone)


def _proof(held: Standing | None, signed: bool) -> Proof:
    return Proof(held.n, share(held.earned, held.possible), signed) if held else Proof(0, None, signed)


def _areas(asked: list[str], evidence: dict[str, Standing]):
    """Each area of the track with the share of its points; None where all of it was signed off."""
    for area in catalogue().areas:
        held = [evidence[skill.id] for skill in area.skills if skill.id in asked and skill.id in evidence]
        yield area.name, share(sum((one.earned for one in held), Decimal(0)), sum((one.possible for one in held), Decimal(0)))


def _version(asked: list[str]) -> str:
    """Changes exactly when another competency is asked for, or one says something else."""
    held = catalogue().competencies
    return blake2b("\n".join(f"{skill} {held[skill].name} {held[skill].shows}" for skill in sorted(asked)).encode(), digest_size=16).hexdigest()


def percent(found) -> str:
    """A share as a certificate says it, rounded down: never more than was earned."""
    return f"{Decimal(int(Decimal(str(found)) * 1000)) / 10:f} %".replace(".0 %", " %")
