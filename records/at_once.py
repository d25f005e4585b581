"""The usual answers, each the first to its slot, written into SQLite together with every sum that follows: one statement for a whole group, which is a transaction by itself. Between statements Python's threads take turns, and with many at once that costs more than the writing."""

import sqlite3
from functools import lru_cache

ANSWER = ("attempt", "slot", "sequence", "kind", "payload", "at", "grader", "content_hash", "earned", "possible", "credits", "evidence", "graded_at", "step_digest", "grading_digest")
SHOWN = ("attempt", "slot", "place", "competency", "domains", "earned", "possible", "at")
COLUMNS = (*ANSWER, "place", "competency", "domains", "shape")
MOST = 64                            # rows in one statement; each number has a statement of its own, which SQLite keeps

# A view of the writer's connection alone; what is put into it goes where it belongs, or nothing does. It says what `append` says, and is held against the same fold.
# A row is the shape that the file must have, an answer, or what an answer has shown of a competency.
VIEW = f"""
CREATE TEMP VIEW usual AS SELECT {', '.join(f'NULL AS {column}' for column in COLUMNS)};
CREATE TEMP TRIGGER usual_shape INSTEAD OF INSERT ON usual WHEN NEW.shape IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'another shape') FROM pragma_schema_version WHERE schema_version <> NEW.shape;
END;
CREATE TEMP TRIGGER usual_answer INSTEAD OF INSERT ON usual WHEN NEW.sequence IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'not under way') WHERE NOT EXISTS (SELECT 1 FROM attempt_result r WHERE r.attempt = NEW.attempt AND r.finished_at IS NULL);
  INSERT INTO step (attempt, slot, sequence, kind, payload, at, digest) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.kind, NEW.payload, NEW.at, NEW.step_digest);
  INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at, digest)
    VALUES (NEW.attempt, NEW.slot, NEW.sequence, 1, NEW.grader, NEW.content_hash, NEW.earned, NEW.possible, NEW.credits, NEW.evidence, NEW.graded_at, NEW.grading_digest);
  INSERT INTO slot_result (attempt, slot, sequence, earned, possible) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.earned, NEW.possible);
  UPDATE attempt_result SET earned = earned + NEW.earned, possible = possible + NEW.possible, slots = slots + 1, last_at = CASE WHEN last_at < NEW.at THEN NEW.at ELSE last_at END WHERE attempt = NEW.attempt;
END;
CREATE TEMP TRIGGER usual_shown INSTEAD OF INSERT ON usual WHEN NEW.place IS NOT NULL BEGIN
  INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
    SELECT a.profile, a.item, NEW.attempt, NEW.slot, NEW.place, NEW.competency, NEW.domains, NEW.earned, NEW.possible, NEW.at FROM attempt a WHERE a.id = NEW.attempt;
  INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
    SELECT a.profile, NEW.competency, 1, NEW.earned, NEW.possible, NEW.at FROM attempt a WHERE a.id = NEW.attempt
    ON CONFLICT (profile, competency) DO UPDATE SET n = competency_result.n + 1, earned = competency_result.earned + excluded.earned, possible = competency_result.possible + excluded.possible,
      last_at = CASE WHEN competency_result.last_at < excluded.last_at THEN excluded.last_at ELSE competency_result.last_at END;
END;
"""


class Usual:
    """The rows of an answer that is, so far as its own thread can tell, the first to its slot; as `append` writes them, each log's row with its digest."""
    __slots__ = ("values", "rows")

    def __init__(self, step: dict, grading: dict, shown: list[dict]):
        attempt, slot, at = step["attempt"], step["slot"], step["at"]
        self.values = [attempt, slot, step["sequence"], step["kind"], step["payload"], at, grading["grader"], grading["content_hash"], grading["earned"], grading["possible"],
                       grading["credits"], grading["evidence"], grading["at"], step["digest"], grading["digest"], None, None, None, None]
        for each in shown:
            self.values += (attempt, slot, None, None, None, at, None, None, each["earned"], each["possible"], None, None, None, None, None, each["place"], each["competency"], each["domains"], None)
        self.rows = 1 + len(shown)


class Apart(Exception):
    """One of a group is not as usual: nothing of the group is written, and each is to be written in a transaction of its own."""


def ready(db):
    """The writer's connection, on a file of the present shape, made ready for it."""
    db.conn.executescript(VIEW)
    return db


def fit(changes: list) -> bool:
    """Whether they are all usual, and few enough for one statement."""
    rows = 1
    for change in changes:
        usual = getattr(change, "usual", None)
        if not usual:
            return False
        rows += usual.rows
    return rows <= MOST


def kept(db, changes: list, shape: int) -> list:
    """What comes of changes that fit, in a transaction that this is by itself: where each attempt is under way, each step new, each slot without a mark, and the file still of that shape. Raises `Apart` otherwise."""
    values, rows = [*[None] * (len(COLUMNS) - 1), shape], 1
    for change in changes:
        values += change.usual.values
        rows += change.usual.rows
    _put(db, values, rows)
    return [change.receipt for change in changes]


def together(db, changes: list) -> list:
    """What comes of each of several changes inside one transaction; the usual answers among them go first. Raises `Apart` where one of these is not."""
    for change in changes:
        if usual := getattr(change, "usual", None):
            _put(db, usual.values, usual.rows)
    return [change.receipt if getattr(change, "usual", None) else change(db) for change in changes]


def _put(db, values: list, rows: int) -> None:
    try:
        db.execute(_into(rows), values)
    except sqlite3.IntegrityError as error:
        raise Apart from error


@lru_cache
def _into(rows: int) -> str:
    row = f"({', '.join('?' * len(COLUMNS))})"
    return f"INSERT INTO usual VALUES {', '.join([row] * rows)}"
