"""What is measured: first meetings with items, the difficulties calibrated from them, and how real exams went."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from records.appending import one
from records.failures import Unknown
from records.queries import QUERIES
from records.rows import as_json

MILLI = 1000


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """The first time a learner met an item outside of claims. state: "answered", "omit" (seen in an exam and left) or "unreached".

    share: of its marks, 0 to 1, after what hints took; sure: 1 to 3, 0 unsaid; taken: milliseconds, 0 unknown; seed: of the variant; domains: `cpb:cpb1`, as they were then.
    """
    attempt: str
    item: str
    state: Literal["answered", "omit", "unreached"]
    at: int
    share: float
    response: object
    seed: int
    sure: int = 0
    hints: int = 0
    taken: int = 0
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDifficulty:
    """A calibrated difficulty in logits, its standard error, the first answers it rests on, and when it was calibrated."""
    item: str
    logits: float
    se: float
    n: int
    at: int


@dataclass(frozen=True, slots=True)
class RealExam:
    """How a real exam went, as its taker says. chances: of passing, as foretold for that day under each offset; empty where nothing could be foretold."""
    profile: str
    exam: str
    sat_on: date
    outcome: Literal["passed", "failed", "not-taken"]
    score: str
    chances: tuple[float, ...]
    at: int


class Measures:
    """The part of the records that measures."""

    def first_meetings(self, profile: str) -> tuple[FirstMeeting, ...]:
        """The learner's first meeting with each item, in the order of writing. What was left in an exam has been seen: a later answer to it is none of the first."""
        sure = {(row["attempt"], said["slot"]): said["level"] or 0 for row in self._rows("confidence_of", profile=profile) for said in (json.loads(row["payload"]),)}
        first: dict[str, FirstMeeting] = {}
        for row in self._rows("meetings", profile=profile):
            if row["slot"] in first and first[row["slot"]].state == "unreached":
                del first[row["slot"]]
            if row["slot"] not in first:
                first[row["slot"]] = meeting_from(row, sure)
        return tuple(first.values())

    def openings_of(self, profile: str) -> dict[str, tuple[tuple[tuple[str, int, str, bool], ...], int]]:
        """By exam attempt that has ended: each step as kind, time, the question opened, whether that was a return; and the end."""
        rows = self._rows("openings", profile=profile)
        return {attempt: (tuple((row["kind"], row["at"], (said := json.loads(row["payload"])).get("to", ""), bool(said.get("resumed"))) for row in held), held[0]["finished_at"])
                for attempt, group in groupby(rows, key=lambda row: row["attempt"]) for held in (tuple(group),)}

    def learners(self) -> tuple[str, ...]:
        """Everybody who began anything, by id."""
        return tuple(row["profile"] for row in self._rows("learners"))

    # Difficulties

    def difficulties(self) -> dict[str, ItemDifficulty]:
        """The calibrated items; all others go by their label."""
        return {row["item"]: ItemDifficulty(row["item"], row["logits"] / MILLI, row["se"] / MILLI, row["n"], row["at"]) for row in self._rows("difficulties")}

    def keep_difficulties(self, found: Iterable[ItemDifficulty]) -> None:
        """Puts a calibration in the place of the one before, whole."""
        def change(db):
            db.execute("DELETE FROM item_difficulty")
            for each in found:
                db.execute(QUERIES["add_difficulty"], {"item": each.item, "logits": round(each.logits * MILLI), "se": max(round(each.se * MILLI), 1), "n": each.n, "at": each.at})
        self.write(change)

    def calibrated(self) -> tuple[int, int]:
        """How many items are calibrated, and when that was; two figures that change with every calibration."""
        row = self._row("calibrated")
        return int(row["many"]), int(row["at"])

    # Real exams

    def report_exam(self, told: RealExam) -> RealExam:
        """Keeps how it went; the same person, exam and day again puts the new word in the place of the old one."""
        def change(db):
            if not one(db, "profile", id=told.profile):
                raise Unknown("Not saved: this profile is not in the records any more. Choose a profile again.")
            db.execute(QUERIES["report_exam"], {"profile": told.profile, "exam": told.exam, "sat_on": told.sat_on.isoformat(), "outcome": told.outcome, "score": told.score,
                                                "chances": as_json(list(told.chances)), "at": told.at})
            return told
        return self.write(change)

    def take_back_exam(self, profile: str, exam: str, sat_on: date) -> None:
        """Forgets what was reported of that day."""
        self.write(lambda db: db.execute(QUERIES["take_back_exam"], {"profile": profile, "exam": exam, "sat_on": sat_on.isoformat()}))

    def real_exams(self, profile: str) -> tuple[RealExam, ...]:
        """What the learner reported, newest day first."""
        return tuple(real_exam_from(row) for row in self._rows("real_exams", profile=profile))

    def results_of_exam(self, exam: str) -> tuple[tuple[bool, tuple[float, ...]], ...]:
        """Passed or not, and the chances foretold, of everybody who reported this exam and for whom something could be foretold; nobody is named."""
        rows = self._rows("results_of_exam", exam=exam)
        return tuple((row["outcome"] == "passed", tuple(json.loads(row["chances"]))) for row in rows)


def meeting_from(row, sure: dict[tuple[str, str], int]) -> FirstMeeting:
    said = json.loads(row["payload"])
    shown = json.loads(row["evidence"])
    if row["kind"] != "submit":
        return FirstMeeting(row["attempt"], row["slot"], row["kind"], row["at"], 0.0, None, row["seed"])
    earned, possible = (shown[0]["earned"], shown[0]["possible"]) if shown else (row["earned"], row["possible"])
    domains = tuple(dict.fromkeys(domain for each in shown for domain in each["domains"]))
    share = min(max(earned / possible, 0.0), 1.0) if possible else 0.0
    return FirstMeeting(row["attempt"], row["slot"], "answered", row["at"], share, said.get("response"), said.get("seed", row["seed"]),
                        said.get("sure") or sure.get((row["attempt"], row["slot"]), 0), said.get("hints", 0), said.get("milliseconds", 0), domains)


def real_exam_from(row) -> RealExam:
    return RealExam(row["profile"], row["exam"], date.fromisoformat(row["sat_on"]), row["outcome"], row["score"], tuple(json.loads(row["chances"])), row["at"])
