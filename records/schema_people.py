"""The tables of a team as they were first released: accounts, how they sign in, cohorts, and the audit log. Never edited; a later migration changes them."""

PEOPLE = """
CREATE TABLE account (
  profile TEXT PRIMARY KEY REFERENCES profile (id),
  role TEXT NOT NULL CHECK (role IN ('learner', 'trainer', 'author', 'admin')),
  status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
  email TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;;
CREATE UNIQUE INDEX account_of_email ON account (email) WHERE email <> '';;
CREATE TABLE password (
  account TEXT PRIMARY KEY REFERENCES account (profile),
  hash TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;;
CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account (profile),
  linked_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;;
CREATE TABLE session (
  token TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES account (profile),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  agent TEXT NOT NULL
) STRICT;;
CREATE INDEX session_of_account ON session (account);;
CREATE TABLE ticket (
  token TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (profile),
  purpose TEXT NOT NULL CHECK (purpose IN ('join', 'reset')),
  made_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  withdrawn_at INTEGER
) STRICT;;
CREATE INDEX ticket_of_account ON ticket (account);;
CREATE TABLE sign_in_failure (
  serial INTEGER PRIMARY KEY,
  whose TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;;
CREATE INDEX failure_of_whom ON sign_in_failure (whose, at);;
CREATE TABLE cohort (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  created_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;;
CREATE TABLE membership (
  cohort TEXT NOT NULL REFERENCES cohort (id),
  profile TEXT NOT NULL REFERENCES account (profile),
  at INTEGER NOT NULL,
  PRIMARY KEY (cohort, profile)
) STRICT;;
CREATE INDEX membership_of_profile ON membership (profile);;
CREATE TABLE leadership (
  cohort TEXT NOT NULL REFERENCES cohort (id),
  profile TEXT NOT NULL REFERENCES account (profile),
  at INTEGER NOT NULL,
  PRIMARY KEY (cohort, profile)
) STRICT;;
CREATE INDEX leadership_of_profile ON leadership (profile);;
CREATE TABLE audit (
  serial INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  after TEXT NOT NULL CHECK (json_valid(after)),
  previous TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE
) STRICT;;
CREATE INDEX audit_of_subject ON audit (subject);;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
"""
