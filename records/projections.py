"""The sums kept beside the logs: brought up to date in the transaction of their event, and rebuildable from nothing."""

import json

from records.fold import fold
from records.queries import QUERIES
from records.rows import attempt_from, grading_from, step_from

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
    for table in ("slot_result", "counted_evidence", "attempt_result", "competency_result"):
        db.execute(f"DELETE FROM {table}")
    db.execute(QUERIES["fold_attempt_times"])
    db.execute(QUERIES["fold_slot_results"].format(scope="TRUE"))
    db.execute(QUERIES["fold_evidence"].format(scope="TRUE"))
    db.execute(QUERIES["fold_attempt_score"].format(scope="TRUE"))
    db.execute(QUERIES["fold_competencies"])


def drift(db) -> list[str]:
    """A sentence for every attempt whose projections differ from the fold of its logs, and for every row without an attempt."""
    found = []
    for row in db.execute("SELECT * FROM attempt ORDER BY serial").fetchall():
        attempt = attempt_from(row)
        steps = tuple(map(step_from, db.execute(QUERIES["steps"], {"attempt": attempt.id})))
        gradings = tuple(map(grading_from, db.execute(QUERIES["gradings"], {"attempt": attempt.id})))
        found += differences(db, fold(attempt, steps, gradings), attempt.id)
    found += [f"competency_result of {row['profile']} in {row['competency']} is not what their evidence adds up to." for row in db.execute(QUERIES["wrong_competencies"]).fetchall()]
    for table in ("slot_result", "counted_evidence", "attempt_result"):
        strays = db.execute(f"SELECT count(*) FROM {table} WHERE attempt NOT IN (SELECT id FROM attempt)").fetchone()[0]
        if strays:
            found.append(f"{table} has {strays} rows of attempts that are not in the records.")
    return found


def differences(db, expected, attempt: str) -> list[str]:
    """Where the stored projections of an attempt are not `expected`."""
    def rows(table):
        return [tuple(row) for row in db.execute(f"SELECT * FROM {table} WHERE attempt = ?", [attempt])]
    evidence = frozenset((*row[:6], tuple(json.loads(row[6])), *row[7:]) for row in rows("counted_evidence"))
    pairs = (("slot_result", frozenset(rows("slot_result")), expected.slot_results),
             ("attempt_result", rows("attempt_result"), [expected.attempt_result]),
             ("counted_evidence", evidence, expected.counted_evidence))
    return [f"{table} of attempt {attempt} says {sorted(stored, key=repr)}; its steps and gradings add up to {sorted(folded, key=repr)}."
            for table, stored, folded in pairs if stored != folded]
