"""The usual answers, each the first to its slot, written into SQLite together with every sum that follows: by two statements for a whole group, since after each statement Python's threads take turns, and with many at once that costs more than the writing."""

from functools import lru_cache

ANSWER = ("attempt", "slot", "sequence", "kind", "payload", "at", "grader", "content_hash", "earned", "possible", "credits", "evidence", "graded_at", "step_digest", "grading_digest")
SHOWN = ("attempt", "slot", "place", "competency", "domains", "earned", "possible", "at")
AN_ANSWER, A_SHOWN = 4, 2            # rows that change with each: by their count it is known that nothing stood in the way
MOST = 16                            # in one statement; each number has a statement of its own, which SQLite keeps

# Views of the writer's connection alone; what is put into them goes where it belongs. They say what `append` says, and are held against the same fold.
VIEWS = f"""
CREATE TEMP VIEW first_answer AS SELECT {', '.join(f'NULL AS {column}' for column in ANSWER)};
CREATE TEMP VIEW shown_by_it AS SELECT {', '.join(f'NULL AS {column}' for column in SHOWN)};
CREATE TEMP TRIGGER first_answer_kept INSTEAD OF INSERT ON first_answer
WHEN EXISTS (SELECT 1 FROM attempt_result r WHERE r.attempt = NEW.attempt AND r.finished_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM slot_result s WHERE s.attempt = NEW.attempt AND s.slot = NEW.slot)
  AND NOT EXISTS (SELECT 1 FROM step s WHERE s.attempt = NEW.attempt AND s.slot = NEW.slot AND s.sequence = NEW.sequence)
BEGIN
  INSERT INTO step (attempt, slot, sequence, kind, payload, at, digest) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.kind, NEW.payload, NEW.at, NEW.step_digest);
  INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at, digest)
    VALUES (NEW.attempt, NEW.slot, NEW.sequence, 1, NEW.grader, NEW.content_hash, NEW.earned, NEW.possible, NEW.credits, NEW.evidence, NEW.graded_at, NEW.grading_digest);
  INSERT INTO slot_result (attempt, slot, sequence, earned, possible) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.earned, NEW.possible);
  UPDATE attempt_result SET earned = earned + NEW.earned, possible = possible + NEW.possible, slots = slots + 1, last_at = CASE WHEN last_at < NEW.at THEN NEW.at ELSE last_at END WHERE attempt = NEW.attempt;
END;
CREATE TEMP TRIGGER shown_by_it_kept INSTEAD OF INSERT ON shown_by_it BEGIN
  INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
    SELECT a.profile, a.item, NEW.attempt, NEW.slot, NEW.place, NEW.competency, NEW.domains, NEW.earned, NEW.possible, NEW.at FROM attempt a WHERE a.id = NEW.attempt;
  INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
    SELECT a.profile, NEW.competency, 1, NEW.earned, NEW.possible, NEW.at FROM attempt a WHERE a.id = NEW.attempt
    ON CONFLICT (profile, competency) DO UPDATE SET n = competency_result.n + 1, earned = competency_result.earned + excluded.earned, possible = competency_result.possible + excluded.possible,
      last_at = CASE WHEN competency_result.last_at < excluded.last_at THEN excluded.last_at ELSE competency_result.last_at END;
END;
"""


class Usual:
    """The rows of an answer that is, so far as its own thread can tell, the first to its slot."""
    __slots__ = ("answer", "shown")

    def __init__(self, step: dict, grading: dict, shown: list[dict]):
        """All as `append` writes them, each log's row with its digest."""
        told = step | {name: grading[name] for name in ANSWER[6:12]} | {"graded_at": grading["at"], "step_digest": step["digest"], "grading_digest": grading["digest"]}
        self.answer = [told[column] for column in ANSWER]
        self.shown = [[each[column] for column in SHOWN] for each in shown]


class Apart(Exception):
    """One of a group is not as usual: each is to be written in a transaction of its own."""


def ready(db):
    """The writer's connection, on a file of the present shape, made ready for it."""
    db.conn.executescript(VIEWS)
    return db


def together(db, changes: list) -> list:
    """What comes of each of several changes in one transaction; the usual answers among them, which know their receipt beforehand, go first."""
    usual = [change for change in changes if getattr(change, "usual", None)]
    if usual and not written(db, [change.usual for change in usual]):
        raise Apart
    return [change.receipt if getattr(change, "usual", None) else change(db) for change in changes]


def written(db, answers: list[Usual]) -> bool:
    """Writes them where nothing stands in the way: each attempt is under way, each step new, each slot without a mark. False where anything else holds: of one alone nothing is written then, of several perhaps a part."""
    return _put(db, "first_answer", ANSWER, AN_ANSWER, [answer.answer for answer in answers]) and _put(db, "shown_by_it", SHOWN, A_SHOWN, [row for answer in answers for row in answer.shown])


def _put(db, view: str, columns: tuple[str, ...], each: int, rows: list[list]) -> bool:
    before = db.conn.total_changes
    for at in range(0, len(rows), MOST):
        some = rows[at:at + MOST]
        db.execute(_into(view, columns, len(some)), [value for row in some for value in row])
    return db.conn.total_changes - before == each * len(rows)


@lru_cache
def _into(view: str, columns: tuple[str, ...], many: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {view} ({', '.join(columns)}) VALUES {', '.join([row] * many)}"
