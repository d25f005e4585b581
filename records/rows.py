"""How each record is written as a row and read back: scores as integer ten-thousandths, structures as JSON."""

import json
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from uuid import UUID

from records.events import Attempt, AttemptSummary, Draft, Evidence, Grading, ItemState, PastAnswer, Profile, RegradeRun, Standing, Step

UNIT = Decimal("0.0001")


@lru_cache(maxsize=4096)
def units(score: Decimal) -> int:
    """A score in ten-thousandths of a point; a finer fraction is rounded half to even."""
    return int((Decimal(score).quantize(UNIT, ROUND_HALF_EVEN)) * 10_000)


@lru_cache(maxsize=4096)
def points(stored: int) -> Decimal:
    return Decimal(stored) / 10_000


def plain(value):
    """What JSON has no word for is kept as its text."""
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a record cannot hold {value!r}: give text, numbers, lists and dicts")


as_json = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=plain).encode
"""JSON text in ASCII, so that no character of a learner's answer can fail to be stored."""


@lru_cache(maxsize=4096)
def domains_text(domains: tuple[str, ...]) -> str:
    """Exam domains as they are stored."""
    return as_json(domains)


def profile_row(profile: Profile) -> dict:
    return {"id": profile.id, "name": profile.name, "goal_kind": profile.goal_kind, "goal": profile.goal,
            "exam_date": profile.exam_date and profile.exam_date.isoformat(), "created_at": profile.created_at,
            "time_percent": profile.time_percent, "minutes_a_day": profile.minutes_a_day}


def profile_from(row) -> Profile:
    exam_date = row["exam_date"] and date.fromisoformat(row["exam_date"])
    return Profile(row["id"], row["name"], row["goal_kind"], row["goal"], exam_date, row["created_at"], row["time_percent"],
                   row["minutes_a_day"])


def attempt_row(attempt: Attempt) -> dict:
    plain_fields = ("id", "profile", "item", "item_kind", "title", "content_hash", "seed", "behaviour", "started_at")
    return {name: getattr(attempt, name) for name in plain_fields} | {"form": as_json(attempt.form)}


def attempt_from(row, form: dict | None = None) -> Attempt:
    return Attempt(row["id"], row["profile"], row["item"], row["item_kind"], row["title"], row["content_hash"], row["seed"],
                   row["behaviour"], json.loads(row["form"]) if form is None else form, row["started_at"])


def step_row(step: Step) -> dict:
    return {"attempt": step.attempt, "slot": step.slot, "sequence": step.sequence, "kind": step.kind,
            "payload": as_json(step.payload), "at": step.at}


def step_from(row) -> Step:
    return Step(row["attempt"], row["slot"], row["sequence"], row["kind"], json.loads(row["payload"]), row["at"])


def past_answer_from(row, sure: dict[tuple[str, str], int]) -> PastAnswer:
    """The answer; how sure one was stands with it, or, of an exam, in `sure` by attempt and slot."""
    said = json.loads(row["payload"])
    return PastAnswer(row["attempt"], row["slot"], row["at"], points(row["earned"]), points(row["possible"]), said.get("seed", row["seed"]),
                      said.get("sure") or sure.get((row["attempt"], row["slot"]), 0), said.get("hints", 0), Decimal(said.get("cost", "0")),
                      said.get("milliseconds", 0), said.get("usual", 0))


def grading_row(grading: Grading) -> dict:
    evidence = [{"competency": e.competency, "domains": e.domains, "earned": units(e.earned), "possible": units(e.possible)} for e in grading.evidence]
    return {"attempt": grading.attempt, "slot": grading.slot, "sequence": grading.sequence, "grader": grading.grader, "content_hash": grading.content_hash, "earned": units(grading.earned),
            "possible": units(grading.possible), "credits": as_json(grading.credits), "evidence": as_json(evidence), "at": grading.at}


def grading_from(row) -> Grading:
    evidence = tuple(Evidence(e["competency"], tuple(e["domains"]), points(e["earned"]), points(e["possible"]))
                     for e in json.loads(row["evidence"]))
    return Grading(row["attempt"], row["slot"], row["sequence"], row["grader"], row["content_hash"], points(row["earned"]),
                   points(row["possible"]), tuple(json.loads(row["credits"])), evidence, row["at"])


def run_row(run: RegradeRun) -> dict:
    plain_fields = ("id", "item", "policy", "actor", "reason", "undoes", "at")
    return {name: getattr(run, name) for name in plain_fields} | {"question": as_json(run.question)}


def run_from(row) -> RegradeRun:
    return RegradeRun(row["id"], row["item"], row["policy"], row["actor"], row["reason"], json.loads(row["question"]), row["undoes"], row["at"],
                      row["undone_at"])


def draft_from(row) -> Draft:
    return Draft(row["attempt"], row["slot"], json.loads(row["payload"]), row["after"], row["at"])


def summary_from(row) -> AttemptSummary:
    return AttemptSummary(row["id"], row["item"], row["item_kind"], row["title"], row["behaviour"], points(row["earned"]),
                          points(row["possible"]), row["started_at"], row["finished_at"])


def standing_from(row) -> Standing:
    return Standing(row["n"], points(row["earned"]), points(row["possible"]), row["items"], row["last_at"])


def item_state_from(rows: list) -> ItemState:
    """The state of one item from its attempts, oldest first."""
    ratios = [Decimal(row["earned"]) / row["possible"] for row in rows if row["possible"]]
    return ItemState(len(rows), ratios[-1] if ratios else None, max(ratios, default=None),
                     min(row["started_at"] for row in rows), max(row["last_at"] for row in rows))
