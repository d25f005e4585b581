"""The code books' file: its tables, its stamp, and how it is opened for reading."""

import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMA = "2"
ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "build" / "codes.sqlite"

# since and until are numbers of releases; until null: the newest has it. key is the code without its point.
# book holds what can be searched, the likeliest answers first: its ids are the order in which results are offered.
TABLES = """
CREATE TABLE stamp (text TEXT NOT NULL);
CREATE TABLE release (number INTEGER PRIMARY KEY, name TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    billable INTEGER NOT NULL, parent INTEGER, since INTEGER NOT NULL, until INTEGER);
CREATE TABLE earlier_title (part INTEGER NOT NULL, until INTEGER NOT NULL, title TEXT NOT NULL, PRIMARY KEY (part, until)) WITHOUT ROWID;
CREATE TABLE earlier_billable (part INTEGER NOT NULL PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE note (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, stems TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER);
CREATE TABLE list (code_set TEXT PRIMARY KEY, title TEXT NOT NULL, head TEXT NOT NULL, known_from TEXT) WITHOUT ROWID;
CREATE TABLE entry (code_set TEXT NOT NULL, code TEXT NOT NULL, position INTEGER NOT NULL, since TEXT, until TEXT, entry TEXT NOT NULL,
    PRIMARY KEY (code_set, code)) WITHOUT ROWID;
CREATE TABLE book (id INTEGER PRIMARY KEY, code_set TEXT NOT NULL, code TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL,
    terms TEXT NOT NULL, billable INTEGER NOT NULL, since TEXT, until TEXT);
CREATE VIRTUAL TABLE words USING fts5 (code, title, terms, content='', detail=none, prefix='2 3 4', tokenize='unicode61 remove_diacritics 2');
"""

CLASSIFICATION_INDEXES = """
CREATE INDEX part_key ON part (key, kind);
CREATE INDEX part_parent ON part (parent);
CREATE INDEX note_part ON note (part, kind);
"""

BOOK_INDEXES = """
CREATE INDEX book_key ON book (key);
INSERT INTO words (words) VALUES ('optimize');
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, words, row);
CREATE TABLE common_word (word TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO common_word SELECT term FROM temp.vocabulary WHERE doc > 1000;
DROP TABLE temp.vocabulary;
ANALYZE;
"""


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection for one thread. immutable: the file is never written again, only replaced."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def stamp_of(path: Path) -> str | None:
    """What the file says it was built from; None where there is no such file or it is none of ours."""
    if not path.is_file():
        return None
    try:
        with closing(open_read_only(path)) as connection:
            row = connection.execute("SELECT text FROM stamp").fetchone()
    except sqlite3.DatabaseError:
        return None
    return row and row[0]

