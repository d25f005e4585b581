"""How the database came to its present shape: one function a step, in order, never edited once released."""

from sqlite_utils import Migrations

from records.dialect import on_server
from records.digests import add_digests
from records.schema_completions import COMPLETIONS, GOES, goes
from records.schema_measures import MEASURES
from records.schema_people import PEOPLE
from records.schema_training import BY_COMPETENCY, DISPUTES_APART, TRAINING

APPLICATION = 0x434C434D         # "CLCM" in the file's header: this is a database of ours

migrations = Migrations("records")

LOGS = """
CREATE TABLE profile (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  goal_kind TEXT NOT NULL CHECK (goal_kind IN ('exam', 'track')),
  goal TEXT NOT NULL,
  exam_date TEXT CHECK (exam_date IS date(exam_date)),
  created_at INTEGER NOT NULL
) STRICT;;
CREATE TABLE erasure (
  serial INTEGER PRIMARY KEY,
  profile TEXT NOT NULL UNIQUE
) STRICT;;
CREATE TABLE attempt (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL REFERENCES profile (id),
  item TEXT NOT NULL,
  item_kind TEXT NOT NULL CHECK (item_kind IN ('question-set', 'scenario', 'practice')),
  title TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  seed INTEGER NOT NULL,
  behaviour TEXT NOT NULL CHECK (behaviour IN ('practice', 'exam')),
  form TEXT NOT NULL CHECK (json_valid(form)),
  started_at INTEGER NOT NULL
) STRICT;;
CREATE INDEX attempt_of_profile ON attempt (profile);;
CREATE TABLE step (
  serial INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  kind TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  at INTEGER NOT NULL,
  UNIQUE (attempt, slot, sequence)
) STRICT;;
CREATE TABLE grading (
  serial INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL,
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  grading_seq INTEGER NOT NULL CHECK (grading_seq >= 1),
  grader TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  earned INTEGER NOT NULL,
  possible INTEGER NOT NULL CHECK (possible >= 0),
  credits TEXT NOT NULL CHECK (json_valid(credits)),
  evidence TEXT NOT NULL CHECK (json_valid(evidence)),
  at INTEGER NOT NULL,
  UNIQUE (attempt, slot, sequence, grading_seq),
  FOREIGN KEY (attempt, slot, sequence) REFERENCES step (attempt, slot, sequence)
) STRICT;;
CREATE TABLE draft (
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  after INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (attempt, slot)
) STRICT
"""

# Rebuildable: each is the fold of the logs above, kept so that a page need not fold them itself.
PROJECTIONS = """
CREATE TABLE slot_result (
  attempt TEXT NOT NULL, slot TEXT NOT NULL, sequence INTEGER NOT NULL, earned INTEGER NOT NULL, possible INTEGER NOT NULL,
  PRIMARY KEY (attempt, slot)
) STRICT;;
CREATE TABLE attempt_result (
  attempt TEXT PRIMARY KEY, earned INTEGER NOT NULL, possible INTEGER NOT NULL, slots INTEGER NOT NULL,
  finished_at INTEGER, last_at INTEGER NOT NULL
) STRICT;;
CREATE TABLE counted_evidence (
  profile TEXT NOT NULL, item TEXT NOT NULL, attempt TEXT NOT NULL, slot TEXT NOT NULL, place INTEGER NOT NULL,
  competency TEXT NOT NULL, domains TEXT NOT NULL CHECK (json_valid(domains)),
  earned INTEGER NOT NULL, possible INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (attempt, slot, place)
) STRICT;;
CREATE INDEX evidence_of_profile ON counted_evidence (profile, competency)
"""

# The public contract: scores in points, times in UTC milliseconds. Columns may be added, never renamed.
VIEWS = """
CREATE VIEW current_grading AS
  SELECT g.* FROM grading g
  WHERE NOT EXISTS (SELECT 1 FROM grading later WHERE later.attempt = g.attempt AND later.slot = g.slot
                    AND later.sequence = g.sequence AND later.grading_seq > g.grading_seq);;
CREATE VIEW v_attempt AS
  SELECT a.id AS attempt, a.profile, a.item, a.item_kind, a.title, a.behaviour, a.content_hash, a.seed, a.started_at, r.finished_at,
         r.earned / 10000.0 AS score, r.possible / 10000.0 AS possible, r.slots AS slots_graded
  FROM attempt a JOIN attempt_result r ON r.attempt = a.id;;
CREATE VIEW v_answer AS
  SELECT a.profile, a.item, s.attempt, s.slot, s.sequence, s.kind, s.payload, s.at,
         g.grader, g.earned / 10000.0 AS score, g.possible / 10000.0 AS possible, g.credits
  FROM step s JOIN attempt a ON a.id = s.attempt
  LEFT JOIN current_grading g ON g.attempt = s.attempt AND g.slot = s.slot AND g.sequence = s.sequence
  WHERE s.kind IN ('submit', 'send');;
CREATE VIEW v_mastery AS
  SELECT profile, competency, count(*) AS n, count(DISTINCT item || '/' || slot) AS items,
         sum(earned) / 10000.0 AS score, sum(possible) / 10000.0 AS possible, max(at) AS last_at
  FROM counted_evidence GROUP BY profile, competency
"""

LOG_TABLES = {"step": "OLD.attempt", "grading": "OLD.attempt", "attempt": "OLD.id"}


def guards():
    """Triggers that keep the logs append-only; a delete passes only for a person whose erasure was recorded first."""
    for table, attempt in LOG_TABLES.items():
        yield f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
                  BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        yield f"""CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}
                  WHEN NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = {attempt})
                  BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""


# What the guards are on PostgreSQL, where a trigger calls a function.
FUNCTIONS = """
CREATE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;;
CREATE FUNCTION never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = (to_jsonb(OLD) ->> TG_ARGV[0])) THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END $$
"""


def tables_and_guards(db, statements: str, guarded: dict[str, str | None]):
    """The statements of a step; on PostgreSQL its triggers in that engine's way. guarded: table to the column that names its attempt, None where rows never go."""
    for statement in statements.split(";;"):
        if not (on_server(db) and statement.lstrip().startswith("CREATE TRIGGER")):
            yield statement
    if on_server(db):
        for table, attempt in guarded.items():
            yield f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION never_changes()"
            goes = f"never_goes('{attempt}')" if attempt else "never_changes()"
            yield f"CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {goes}"


@migrations()
def v1_logs_projections_views(db):
    """The first release: profiles, attempts, steps, gradings, drafts, their projections and the public views."""
    for statement in [*LOGS.split(";;"), *PROJECTIONS.split(";;"), *VIEWS.split(";;"), *(FUNCTIONS.split(";;") if on_server(db) else guards())]:
        db.execute(statement)
    if on_server(db):
        for statement in tables_and_guards(db, "SELECT 1", {"step": "attempt", "grading": "attempt", "attempt": "id"}):
            db.execute(statement)
    if not on_server(db):
        db.execute(f"PRAGMA application_id = {APPLICATION}")


KINDS_OF_ITEM = "('question-set', 'scenario', 'practice')"
WIDER = "('question-set', 'scenario', 'practice', 'exam')"

# A run of corrections to the marks of one item, and the gradings each run put in place of others. An undo is a run of its own.
CORRECTIONS = """
CREATE TABLE regrade_run (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('replace', 'never-lower', 'accept-both', 'full-credit', 'drop', 'undo')),
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  question TEXT NOT NULL CHECK (json_valid(question)),
  undoes TEXT UNIQUE REFERENCES regrade_run (id),
  at INTEGER NOT NULL
) STRICT;;
CREATE TABLE regrade_change (
  run TEXT NOT NULL REFERENCES regrade_run (id),
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  PRIMARY KEY (run, attempt, slot, sequence)
) STRICT;;
CREATE INDEX change_of_attempt ON regrade_change (attempt);;
CREATE INDEX step_in_slot ON step (slot);;
CREATE TRIGGER regrade_run_never_changes BEFORE UPDATE ON regrade_run
  BEGIN SELECT RAISE(ABORT, 'regrade_run is append-only'); END;;
CREATE TRIGGER regrade_run_never_goes BEFORE DELETE ON regrade_run
  BEGIN SELECT RAISE(ABORT, 'regrade_run is append-only'); END;;
CREATE TRIGGER regrade_change_never_changes BEFORE UPDATE ON regrade_change
  BEGIN SELECT RAISE(ABORT, 'regrade_change is append-only'); END;;
CREATE TRIGGER regrade_change_never_goes BEFORE DELETE ON regrade_change
  WHEN NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = OLD.attempt)
  BEGIN SELECT RAISE(ABORT, 'regrade_change is append-only'); END;;
ALTER TABLE profile ADD COLUMN time_percent INTEGER NOT NULL DEFAULT 100 CHECK (time_percent BETWEEN 100 AND 300)
"""


def widened(db, table: str, old: str, new: str):
    """The table made anew with other words in its definition, its rows as they were.

    Views and triggers that name it step aside meanwhile. The caller's connection has foreign keys off, as SQLite asks for this.
    """
    aside = [row for row in db.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()]
    indexes = [row["sql"] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", [table]).fetchall()]
    definition = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone()["sql"]
    for row in aside:
        db.execute(f"DROP {row['type']} {row['name']}")
    db.execute(definition.replace(f"TABLE {table} (", f"TABLE {table}_new (", 1).replace(old, new))
    db.execute(f"INSERT INTO {table}_new SELECT * FROM {table}")
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in [*indexes, *(row["sql"] for row in aside)]:
        db.execute(statement)


@migrations()
def v2_exams_and_corrections(db):
    """Attempts may be exams; runs of corrections; how much time a person is given."""
    if on_server(db):
        db.execute("ALTER TABLE attempt DROP CONSTRAINT attempt_item_kind_check")
        db.execute(f"ALTER TABLE attempt ADD CONSTRAINT attempt_item_kind_check CHECK (item_kind IN {WIDER})")
    else:
        widened(db, "attempt", KINDS_OF_ITEM, WIDER)
    for statement in tables_and_guards(db, CORRECTIONS, {"regrade_run": None, "regrade_change": "attempt"}):
        db.execute(statement)


@migrations()
def v3_minutes_a_day(db):
    """How many minutes a day a learner means to give to practice and reviews."""
    db.execute("ALTER TABLE profile ADD COLUMN minutes_a_day INTEGER NOT NULL DEFAULT 20 CHECK (minutes_a_day BETWEEN 5 AND 240)")


@migrations()
def v4_people(db):
    """Accounts with their roles and how they sign in, cohorts with who leads them, the audit log."""
    for statement in tables_and_guards(db, PEOPLE, {"audit": None}):
        db.execute(statement)


@migrations()
def v5_training(db):
    """Assigned work, sign-offs, disputes, marks by hand, letters to be read, comments; indexes from which a cohort's table is read without the logs."""
    for statement in tables_and_guards(db, TRAINING, {"hand_mark": "attempt"}):
        db.execute(statement)


@migrations()
def v6_measures(db):
    """Calibrated difficulties of items; how real exams went."""
    for statement in MEASURES.split(";;"):
        db.execute(statement)


@migrations()
def v7_completions(db):
    """Completion records and certificates, which outlive the answers; what went when its term was over; counts without a person."""
    for statement in [*tables_and_guards(db, COMPLETIONS, {"completion": "id"}), *([GOES] if on_server(db) else goes())]:
        db.execute(statement)


@migrations()
def v8_competency_sums(db):
    """The sums of each person's evidence by competency, and an index for the latest of it: a cohort's table adds up no answers."""
    for statement in BY_COMPETENCY.split(";;"):
        db.execute(statement)


@migrations()
def v9_digests(db):
    """A digest of each attempt, step and grading."""
    add_digests(db)


@migrations()
def v10_disputes_apart(db):
    """One dispute may be open about each sending of a claim, where it was one about all of them."""
    for statement in DISPUTES_APART.split(";;"):
        db.execute(statement)
