"""The tables of what outlives the answers, as they were first released: completion records, certificates, what went when its term was over, counts without a person. Never edited; a later migration changes them."""

# `source`: the exam's attempt, or the track: by it the same completion is kept once. No foreign key names the profile: a completion outlives it.
COMPLETIONS = """
CREATE TABLE completion (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('exam', 'track')),
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'completed')),
  results TEXT NOT NULL CHECK (json_valid(results)),
  at INTEGER NOT NULL,
  UNIQUE (profile, source)
) STRICT;;
CREATE TABLE certificate (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  completion TEXT NOT NULL REFERENCES completion (id),
  profile TEXT NOT NULL,
  issuer TEXT NOT NULL,
  credential TEXT NOT NULL CHECK (json_valid(credential)),
  at INTEGER NOT NULL,
  UNIQUE (completion, issuer)
) STRICT;;
CREATE INDEX certificate_of_profile ON certificate (profile);;
CREATE TABLE expiry (
  id TEXT PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('attempt', 'completion')),
  at INTEGER NOT NULL
) STRICT;;
CREATE TABLE past_answers (
  item TEXT PRIMARY KEY,
  n INTEGER NOT NULL CHECK (n > 0),
  full_marks INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  possible INTEGER NOT NULL
) STRICT;;
CREATE TRIGGER completion_never_changes BEFORE UPDATE ON completion
  BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END;;
CREATE TRIGGER completion_never_goes BEFORE DELETE ON completion
  WHEN NOT EXISTS (SELECT 1 FROM expiry x WHERE x.id = OLD.id)
  BEGIN SELECT RAISE(ABORT, 'completion is append-only'); END
"""

GUARDED = {"step": "attempt", "grading": "attempt", "attempt": "id", "regrade_change": "attempt", "hand_mark": "attempt"}
"""The logs, each with the column that names its attempt: their rows go with a person who is erased, or when their term is over."""

# On PostgreSQL the one function that all these triggers call.
GOES = """
CREATE OR REPLACE FUNCTION never_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = (to_jsonb(OLD) ->> TG_ARGV[0]))
     AND NOT EXISTS (SELECT 1 FROM expiry x WHERE x.id = (to_jsonb(OLD) ->> TG_ARGV[0])) THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END $$
"""


def goes():
    """On SQLite the triggers themselves, made anew."""
    for table, column in GUARDED.items():
        yield f"DROP TRIGGER {table}_never_goes"
        yield f"""CREATE TRIGGER {table}_never_goes BEFORE DELETE ON {table}
                  WHEN NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = OLD.{column})
                   AND NOT EXISTS (SELECT 1 FROM expiry x WHERE x.id = OLD.{column})
                  BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
