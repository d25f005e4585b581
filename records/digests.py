"""A digest of each row of the logs, made as the row is written: what no page and no sum gives away, an answer that has become another, it does."""

from contextlib import closing
from hashlib import sha256
from operator import itemgetter

from records.dialect import on_server
from records.postgres import unhurried

DIGESTED = {
    "attempt": ("id", "profile", "item", "item_kind", "title", "content_hash", "seed", "behaviour", "form", "started_at"),
    "step": ("attempt", "slot", "sequence", "kind", "payload", "at"),
    "grading": ("attempt", "slot", "sequence", "grading_seq", "grader", "content_hash", "earned", "possible", "credits", "evidence", "at"),
}
"""The logs and what their digests are of. Never edited: a column added later comes with a migration that makes them anew."""
_VALUES = {table: itemgetter(*columns) for table, columns in DIGESTED.items()}
MOST = 20                        # faults told of one table
BETWEEN = "\x1f"                 # stands in no JSON text and in none of our names
ON_SERVER = "('x' || substr(encode(sha256(convert_to(concat_ws('{between}', {columns}), 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint"


def digest(values) -> int:
    """The same that a server makes of the same row: the first eight bytes of SHA-256, as a whole number with its sign."""
    return _number(BETWEEN.join(map(str, values)).encode())


def _number(text: bytes) -> int:
    return int.from_bytes(sha256(text).digest()[:8], "big", signed=True)


def digested(table: str, row: dict) -> dict:
    """The row, given its digest."""
    row["digest"] = digest(_VALUES[table](row))
    return row


def on_server_of(table: str) -> str:
    return ON_SERVER.format(between=BETWEEN, columns=", ".join(DIGESTED[table]))


def add_digests(db) -> None:
    """The column, and the digests of the rows that are there; the guards of the logs step aside meanwhile. Inside a migration."""
    for table, columns in DIGESTED.items():
        db.execute(f"ALTER TABLE {table} ADD COLUMN digest INTEGER")
        fill(db, table)


def fill(db, table: str) -> None:
    """Makes the digests of a log whose rows are known to be good."""
    guard = f"{table}_never_changes"
    if on_server(db):
        db.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        db.execute(f"UPDATE {table} SET digest = {on_server_of(table)}")
        db.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
        return
    made = db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [guard]).fetchone()[0]
    db.conn.create_function("row_digest", len(DIGESTED[table]), lambda *values: digest(values), deterministic=True)
    db.execute(f"DROP TRIGGER {guard}")
    db.execute(f"UPDATE {table} SET digest = row_digest({', '.join(DIGESTED[table])})")
    db.execute(made)


def fill_all(db) -> None:
    """The same of every log, however long it takes."""
    unhurried(db)
    for table in DIGESTED:
        fill(db, table)


def changed_rows(db) -> list[str]:
    """A sentence for each row of the logs that is not what was written, up to a few of each log."""
    unhurried(db)
    return [f"{table}: row {serial}, of attempt {attempt}, is not what was written; it was changed behind the app's back, or the disk lost it."
            for table in DIGESTED for serial, attempt in (_on_server if on_server(db) else _in_file)(db, table)]


def _on_server(db, table: str) -> list[tuple]:
    named = DIGESTED[table][0]
    return [tuple(row) for row in db.execute(f"SELECT serial, {named} FROM {table} WHERE digest IS DISTINCT FROM {on_server_of(table)} ORDER BY serial LIMIT {MOST}").fetchall()]


def _in_file(db, table: str) -> list[tuple]:
    """Read as bytes, so that a text that is none any more is a row that was changed, and no error."""
    found, as_text = [], db.conn.text_factory
    db.conn.text_factory = bytes
    try:
        with closing(db.conn.cursor()) as cursor:
            cursor.row_factory = None
            for serial, kept, *values in cursor.execute(f"SELECT serial, digest, {', '.join(DIGESTED[table])} FROM {table}"):
                if kept != _number(b"\x1f".join(value if isinstance(value, bytes) else str(value).encode() for value in values)):
                    found.append((serial, values[0].decode(errors="replace") if isinstance(values[0], bytes) else values[0]))
                    if len(found) == MOST:
                        break
    finally:
        db.conn.text_factory = as_text
    return found
