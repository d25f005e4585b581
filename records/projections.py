"""The sums kept beside the logs: brought up to date in the transaction of their event, and rebuildable from nothing."""

import json
from collections import defaultdict
from functools import lru_cache

from records.connections import roomy
from records.fold import Fold, fold
from records.postgres import unhurried
from records.queries import QUERIES
from records.rows import attempt_from, grading_from, step_from

AT_A_TIME = 500                  # attempts folded at a time: a bound on what is held in memory
SLOT = "g.attempt = :attempt AND g.slot = :slot"


def refresh_slot(db, attempt: str, slot: str):
    """Folds one slot anew after a grading in it, and the attempt's score with it."""
    key = {"attempt": attempt, "slot": slot}
    touched = set(map(tuple, db.execute(QUERIES["competencies_of_slot"], key).fetchall()))
    for table, query in (("slot_result", "fold_slot_results"), ("counted_evidence", "fold_evidence")):
        db.execute(f"DELETE FROM {table} WHERE attempt = :attempt AND slot = :slot", key)
        db.execute(QUERIES[query].format(scope=SLOT), key)
    db.execute(QUERIES["fold_attempt_score"].format(scope="attempt_result.attempt = :attempt"), {"attempt": attempt})
    refresh_competencies(db, touched | set(map(tuple, db.execute(QUERIES["competencies_of_slot"], key).fetchall())))


def refresh_competencies(db, touched: set[tuple[str, str]]):
    """Adds up a person's evidence for each (profile, competency) anew. Held and locked first, so that another replica's answer to the same is counted before or after, never lost."""
    for profile, competency in sorted(touched):
        for query in ("hold_competency", "lock_competency", "fold_competency", "drop_empty_competency"):
            done = db.execute(QUERIES[query], {"profile": profile, "competency": competency})
            if query == "lock_competency":
                done.fetchone()


def rebuild(db):
    """Throws every projection away and folds all logs again."""
    unhurried(db)
    with roomy(db):
        for table in ("slot_result", "counted_evidence", "attempt_result", "competency_result"):
            db.execute(f"DELETE FROM {table}")
        db.execute(QUERIES["fold_attempt_times"])
        db.execute(QUERIES["fold_slot_results"].format(scope="TRUE"))
        db.execute(QUERIES["fold_evidence"].format(scope="TRUE"))
        db.execute(QUERIES["fold_attempt_score"].format(scope="TRUE"))
        db.execute(QUERIES["fold_competencies"])


def drift(db) -> list[str]:
    """A sentence for every attempt whose projections differ from the fold of its logs, and for every row without an attempt."""
    unhurried(db)
    found, after = [], 0
    while rows := db.execute(QUERIES["attempts_after"], {"after": after, "most": AT_A_TIME}).fetchall():
        after = rows[-1]["serial"]
        found += drift_of(db, tuple(map(attempt_from, rows)))
    found += [f"competency_result of {row['profile']} in {row['competency']} is not what their evidence adds up to." for row in db.execute(QUERIES["wrong_competencies"]).fetchall()]
    for table in ("slot_result", "counted_evidence", "attempt_result"):
        strays = db.execute(f"SELECT count(*) FROM {table} kept WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.id = kept.attempt)").fetchone()[0]
        if strays:
            found.append(f"{table} has {strays} rows of attempts that are not in the records.")
    return found


def drift_of(db, attempts: tuple) -> list[str]:
    """The same of these attempts, read together."""
    def by_attempt(query: str) -> dict[str, list]:
        held = defaultdict(list)
        for row in db.execute(query.format(these=", ".join("?" * len(attempts))), [attempt.id for attempt in attempts]):
            held[row["attempt"]].append(row)
        return held
    steps, gradings = by_attempt(QUERIES["steps_of_these"]), by_attempt(QUERIES["gradings_of_these"])
    stored = {table: by_attempt(f"SELECT * FROM {table} WHERE attempt IN ({{these}})") for table in ("slot_result", "attempt_result", "counted_evidence")}
    return [said for one in attempts for said in differences({table: held[one.id] for table, held in stored.items()},
                                                             fold(one, tuple(map(step_from, steps[one.id])), tuple(map(grading_from, gradings[one.id]))), one.id)]


@lru_cache(maxsize=4096)
def domains(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def differences(stored: dict[str, list], expected: Fold, attempt: str) -> list[str]:
    """Where the stored rows of an attempt, by table, are not `expected`."""
    evidence = frozenset((*row[:6], domains(row[6]), *row[7:]) for row in map(tuple, stored["counted_evidence"]))
    pairs = (("slot_result", frozenset(map(tuple, stored["slot_result"])), expected.slot_results),
             ("attempt_result", list(map(tuple, stored["attempt_result"])), [expected.attempt_result]),
             ("counted_evidence", evidence, expected.counted_evidence))
    return [f"{table} of attempt {attempt} says {sorted(kept, key=repr)}; its steps and gradings add up to {sorted(folded, key=repr)}."
            for table, kept, folded in pairs if kept != folded]
