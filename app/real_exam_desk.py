"""How a real exam went: asked for after its day, kept once and changeable, with the chance that was foretold for that day."""

from datetime import date

from app import first_answers
from app.session import catalogue, ledger, now, today
from records import Profile, RealExam, Unknown
from scoring.readiness import enough
from scoring.real_results import chances

OUTCOMES = {"passed": "Passed", "failed": "Not passed", "not-taken": "I did not take it"}


def asks(profile: Profile) -> bool:
    """Whether the exam's day is over and nothing was said of it."""
    return (profile.goal_kind == "exam" and profile.goal in catalogue().blueprints and profile.exam_date is not None and profile.exam_date < today()
            and not any(told.exam == profile.goal and told.sat_on == profile.exam_date for told in ledger().real_exams(profile.id)))


def reported(profile: Profile, exam: str) -> tuple[RealExam, ...]:
    """What was reported of that exam, newest first."""
    return tuple(told for told in ledger().real_exams(profile.id) if told.exam == exam)


def report(profile: Profile, exam: str, sat_on: date, outcome: str, score: str = "") -> RealExam:
    """Keeps how it went; durable when this returns. What could be foretold from the answers before that day is kept with it, since it says how the exam differs from the bank."""
    if outcome not in OUTCOMES or exam not in catalogue().blueprints:
        raise Unknown("Not saved: choose an exam and say how it went.")
    if sat_on > today():
        raise Unknown("Not saved: that day has not come yet. Give the day on which you sat it.")
    return ledger().report_exam(RealExam(profile.id, exam, sat_on, outcome, score.strip()[:60], foretold(profile, exam, sat_on) if outcome != "not-taken" else (), now()))


def foretold(profile: Profile, exam: str, on: date) -> tuple[float, ...]:
    """The chances of passing on that day under each offset, from the answers before it; empty where they were too few to say anything."""
    state, shares = first_answers.evidence(profile, exam, before=on), first_answers.shares(exam)
    return () if enough(state, shares) else chances(state, shares, on)


def take_back(profile: Profile, told: RealExam) -> None:
    ledger().take_back_exam(profile.id, told.exam, told.sat_on)
