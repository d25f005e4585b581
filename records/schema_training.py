"""The tables of training as they were first released: what is assigned to whom, sign-offs, disputes, marks by hand, comments. Never edited; a later migration changes them."""

TRAINING = """
CREATE TABLE assignment (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('track', 'items', 'exam')),
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
  questions INTEGER NOT NULL CHECK (questions >= 0),
  due_at INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  withdrawn_at INTEGER
) STRICT;;
CREATE TABLE assignment_part (
  assignment TEXT NOT NULL REFERENCES assignment (id),
  place INTEGER NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (assignment, place)
) STRICT;;
CREATE TABLE assigned_to (
  assignment TEXT NOT NULL REFERENCES assignment (id),
  cohort TEXT REFERENCES cohort (id),
  profile TEXT REFERENCES profile (id),
  CHECK ((cohort IS NULL) <> (profile IS NULL))
) STRICT;;
CREATE INDEX assigned_to_cohort ON assigned_to (cohort) WHERE cohort IS NOT NULL;;
CREATE INDEX assigned_to_profile ON assigned_to (profile) WHERE profile IS NOT NULL;;
CREATE INDEX whom_assigned ON assigned_to (assignment);;
CREATE TABLE extension (
  assignment TEXT NOT NULL REFERENCES assignment (id),
  profile TEXT NOT NULL REFERENCES profile (id),
  due_at INTEGER NOT NULL,
  PRIMARY KEY (assignment, profile)
) STRICT;;
CREATE INDEX extension_of_profile ON extension (profile);;
CREATE TABLE sign_off (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL REFERENCES profile (id),
  competency TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT NOT NULL DEFAULT '',
  why_revoked TEXT NOT NULL DEFAULT ''
) STRICT;;
CREATE UNIQUE INDEX sign_off_in_force ON sign_off (profile, competency) WHERE revoked_at IS NULL;;
CREATE INDEX sign_off_of_profile ON sign_off (profile);;
CREATE TABLE dispute (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  profile TEXT NOT NULL REFERENCES profile (id),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'declined', 'withdrawn')),
  answer TEXT NOT NULL DEFAULT '',
  closed_by TEXT NOT NULL DEFAULT '',
  closed_at INTEGER,
  FOREIGN KEY (attempt, slot, sequence) REFERENCES step (attempt, slot, sequence)
) STRICT;;
CREATE UNIQUE INDEX dispute_open ON dispute (attempt, slot) WHERE state = 'open';;
CREATE INDEX dispute_of_profile ON dispute (profile);;
CREATE TABLE hand_mark (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  dispute TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;;
CREATE INDEX hand_mark_of_attempt ON hand_mark (attempt);;
CREATE TRIGGER hand_mark_never_changes BEFORE UPDATE ON hand_mark
  BEGIN SELECT RAISE(ABORT, 'hand_mark is append-only'); END;;
CREATE TRIGGER hand_mark_never_goes BEFORE DELETE ON hand_mark
  WHEN NOT EXISTS (SELECT 1 FROM erasure e JOIN attempt a ON a.profile = e.profile WHERE a.id = OLD.attempt)
  BEGIN SELECT RAISE(ABORT, 'hand_mark is append-only'); END;;
CREATE TABLE letter (
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  part TEXT NOT NULL,
  profile TEXT NOT NULL REFERENCES profile (id),
  at INTEGER NOT NULL,
  read_at INTEGER,
  read_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (attempt, slot, sequence, part)
) STRICT;;
CREATE INDEX letter_unread ON letter (profile) WHERE read_at IS NULL;;
CREATE INDEX letter_of_profile ON letter (profile);;
CREATE TABLE remark (
  serial INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  attempt TEXT NOT NULL REFERENCES attempt (id),
  slot TEXT NOT NULL,
  profile TEXT NOT NULL REFERENCES profile (id),
  text TEXT NOT NULL CHECK (trim(text) <> ''),
  made_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  withdrawn_at INTEGER
) STRICT;;
CREATE INDEX remark_of_profile ON remark (profile);;
CREATE INDEX remark_on_attempt ON remark (attempt);;
CREATE TABLE sent_upto (
  place TEXT PRIMARY KEY,
  serial INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;;
DROP INDEX evidence_of_profile;;
CREATE INDEX evidence_of_profile ON counted_evidence (profile, competency, at, earned, possible);;
CREATE INDEX attempt_at_item ON attempt (profile, item, started_at, id)
"""

BY_COMPETENCY = """
CREATE TABLE competency_result (
  profile TEXT NOT NULL,
  competency TEXT NOT NULL,
  n INTEGER NOT NULL,
  earned INTEGER NOT NULL,
  possible INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (profile, competency)
) STRICT;;
INSERT INTO competency_result (profile, competency, n, earned, possible, last_at)
SELECT profile, competency, count(*), sum(earned), sum(possible), max(at) FROM counted_evidence GROUP BY profile, competency;;
DROP INDEX evidence_of_profile;;
CREATE INDEX evidence_of_profile ON counted_evidence (profile, competency);;
CREATE INDEX evidence_of_day ON counted_evidence (profile, at, earned, possible)
"""

DISPUTES_APART = """
DROP INDEX dispute_open;;
CREATE UNIQUE INDEX dispute_open ON dispute (attempt, slot, sequence) WHERE state = 'open'
"""
