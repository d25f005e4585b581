"""The tables of what is measured, as they were first released: calibrated difficulties, and how real exams went. Never edited; a later migration changes them."""

MEASURES = """
CREATE TABLE item_difficulty (
  item TEXT PRIMARY KEY,
  logits INTEGER NOT NULL,
  se INTEGER NOT NULL CHECK (se > 0),
  n INTEGER NOT NULL CHECK (n > 0),
  at INTEGER NOT NULL
) STRICT;;
CREATE TABLE real_exam (
  serial INTEGER PRIMARY KEY,
  profile TEXT NOT NULL REFERENCES profile (id),
  exam TEXT NOT NULL,
  sat_on TEXT NOT NULL CHECK (sat_on IS date(sat_on)),
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed', 'not-taken')),
  score TEXT NOT NULL,
  chances TEXT NOT NULL CHECK (json_valid(chances)),
  at INTEGER NOT NULL,
  UNIQUE (profile, exam, sat_on)
) STRICT;;
CREATE INDEX real_exam_of_exam ON real_exam (exam);;
CREATE VIEW v_real_exam AS
  SELECT profile, exam, sat_on, outcome, score, at FROM real_exam
"""
