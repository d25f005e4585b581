"""The usual answer, the first to its slot, written into SQLite by one statement with every sum that follows: after each statement Python's threads take turns, and with many at once that costs more than the writing."""

from records.dialect import on_server
from records.digests import digested

COLUMNS = ("attempt", "slot", "sequence", "kind", "payload", "at", "grader", "content_hash", "earned", "possible", "credits", "evidence", "graded_at", "step_digest", "grading_digest")

# A view of the writer's connection alone; what is put into it goes where it belongs. It says what `append` says, and is held against the same fold.
VIEW = f"CREATE TEMP VIEW first_answer AS SELECT {', '.join(f'NULL AS {column}' for column in COLUMNS)}"
KEPT = """CREATE TEMP TRIGGER first_answer_kept INSTEAD OF INSERT ON first_answer BEGIN
  INSERT INTO step (attempt, slot, sequence, kind, payload, at, digest) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.kind, NEW.payload, NEW.at, NEW.step_digest);
  INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at, digest)
    VALUES (NEW.attempt, NEW.slot, NEW.sequence, 1, NEW.grader, NEW.content_hash, NEW.earned, NEW.possible, NEW.credits, NEW.evidence, NEW.graded_at, NEW.grading_digest);
  INSERT INTO slot_result (attempt, slot, sequence, earned, possible) VALUES (NEW.attempt, NEW.slot, NEW.sequence, NEW.earned, NEW.possible);
  INSERT INTO counted_evidence (profile, item, attempt, slot, place, competency, domains, earned, possible, at)
    SELECT a.profile, a.item, NEW.attempt, NEW.slot, e.key, e.value ->> 'competency', e.value -> 'domains', e.value ->> 'earned', e.value ->> 'possible', NEW.at
    FROM attempt a, json_each(NEW.evidence) e WHERE a.id = NEW.attempt;
  INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
    SELECT c.profile, c.competency, 1, c.earned, c.possible, c.at FROM counted_evidence c WHERE c.attempt = NEW.attempt AND c.slot = NEW.slot
    ON CONFLICT (profile, competency) DO UPDATE SET n = competency_result.n + 1, earned = competency_result.earned + excluded.earned, possible = competency_result.possible + excluded.possible,
      last_at = CASE WHEN competency_result.last_at < excluded.last_at THEN excluded.last_at ELSE competency_result.last_at END;
  UPDATE attempt_result SET earned = earned + NEW.earned, possible = possible + NEW.possible, slots = slots + 1, last_at = CASE WHEN last_at < NEW.at THEN NEW.at ELSE last_at END WHERE attempt = NEW.attempt;
END"""
FREE = """SELECT 1 FROM attempt_result r WHERE r.attempt = ?1 AND r.finished_at IS NULL AND NOT EXISTS (SELECT 1 FROM slot_result s WHERE s.attempt = ?1 AND s.slot = ?2)
  AND NOT EXISTS (SELECT 1 FROM step s WHERE s.attempt = ?1 AND s.slot = ?2 AND s.sequence = ?3)"""
INTO = f"INSERT INTO first_answer ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def ready(db):
    """The writer's connection, on a file of the present shape, made ready for it."""
    db.execute(VIEW)
    db.execute(KEPT)
    return db


def written(db, step: dict, grading: dict) -> bool:
    """Writes both rows where nothing stands in the way: the attempt is under way, the step new, its slot without a mark. False where anything else holds, and on a server: then nothing is written."""
    if on_server(db) or not db.execute(FREE, (step["attempt"], step["slot"], step["sequence"])).fetchone():
        return False
    marked = digested("grading", grading | {"grading_seq": 1, "at": step["at"] if grading["at"] is None else grading["at"]})
    given = step | {name: grading[name] for name in COLUMNS[6:-3]} | {"graded_at": marked["at"], "step_digest": digested("step", step)["digest"], "grading_digest": marked["digest"]}
    db.execute(INTO, tuple(given[column] for column in COLUMNS))
    return True
