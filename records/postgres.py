"""The records in a PostgreSQL database: a small pool of connections, each change in a transaction of its own, the same SQL by name."""

import re
from contextlib import contextmanager
from itertools import count
from threading import Semaphore, Thread
from time import monotonic

from records.dialect import for_postgres
from records.figures import Figures
from records.failures import Busy, CannotOpen, CannotRead, Closed, Damaged, DiskFull, Locked, NotSaved, Outdated, ReadOnly, Refused, TooNew, Unreachable, failure

try:
    import psycopg
    from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout
    from records.listening import Listening, look
except ImportError:              # an extra: requirements-team.txt brings it
    psycopg = None

SERVERS = ("postgresql://", "postgres://")
POOL = 8                         # connections of a replica, and ALONE besides where the pool gives none: a server of a hundred serves ten replicas
ALONE = 1
MIGRATING = 0x434C434D           # the advisory lock under which one replica migrates and the others wait
STREAMS = count(1)               # names of cursors that the server keeps; each is used once
AGAIN = 3                        # a change that lost to another one's lock is run again this often
CAUSES = {"53100": DiskFull, "53200": DiskFull, "25006": ReadOnly, "42501": ReadOnly, "55P03": Locked, "57014": Locked, "40001": Locked, "40P01": Locked,
          "XX001": Damaged, "XX002": Damaged}
STEPS = "SELECT count(*) FROM _migrations WHERE migration_set = 'records'"
PASSWORD = re.compile(r"^(\w+://[^:@/]*:).*@", re.DOTALL)      # to the last @: libpq takes a password that a URL may not hold
SECRETS = re.compile(r"([?&][a-z_]*(?:password|secret)=)[^&]*", re.IGNORECASE)
APPLIED = "SELECT name FROM _migrations WHERE migration_set = 'records'"
NAMES = "CREATE TABLE IF NOT EXISTS _migrations (migration_set TEXT NOT NULL, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT now()::text, PRIMARY KEY (migration_set, name))"


class AllTaken(Exception):
    """Every connection that this process may hold is at work."""


class Row(tuple):
    """A row that is read by place or by name."""

    def __getitem__(self, name):
        return tuple.__getitem__(self, self.places[name] if isinstance(name, str) else name)

    def keys(self):
        return list(self.places)


def rows(cursor):
    """Makes rows for one cursor."""
    places = {column.name: at for at, column in enumerate(cursor.description or ())}
    kind = type("Row", (Row,), {"places": places})
    return kind


class Session:
    """A connection as the records use one: `execute` with our SQL."""
    dialect = "postgres"

    def __init__(self, connection):
        self.connection = connection

    def execute(self, sql: str, values=None):
        return self.connection.execute(for_postgres(getattr(sql, "postgres", sql), values is not None), values)

    def stream(self, sql: str, values=None):
        """A cursor that fetches its rows from the server as they are asked for."""
        cursor = self.connection.cursor(name=f"stream{next(STREAMS)}")
        cursor.execute(for_postgres(sql, values is not None), values)
        return cursor

    def take_in(self, table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
        """Many rows at once, by COPY."""
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as into:
            for row in rows:
                into.write_row(row)


def unhurried(db) -> None:
    """What goes over all of the records takes as long as it takes: until the transaction ends, a server bounds none of its statements. A file never does."""
    if isinstance(db, Session):
        db.execute("SET LOCAL statement_timeout = 0")
        db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        db.connection.longest = None


def is_server(where) -> bool:
    """Whether that is the address of a PostgreSQL database, and not the path of a file."""
    return str(where).startswith(SERVERS)


def masked(url: str) -> str:
    """The address without its passwords, to be shown and logged: before the host, and among what follows the question mark (https://www.postgresql.org/docs/current/libpq-connect.html, on connection URIs)."""
    return SECRETS.sub(r"\1…", PASSWORD.sub(r"\1…@", url))


class Postgres:
    """The engine: `write` and `read` as SQLite's, for any number of replicas at once."""
    dialect = "postgres"

    def __init__(self, url: str, patience: float = 5.0, prepared: bool = True):
        self.url, self.path, self.patience = url, masked(url), patience
        self.figures, self.migrated, self.shape = Figures(), (), 0
        if psycopg is None:
            raise CannotOpen("The records cannot be opened: a PostgreSQL database is named, and what reaches one is not installed. "
                             "Run `.venv/bin/python -m pip install -r requirements-team.txt`, then start again.")
        waits = int(patience * 1000)
        self.settings = {"row_factory": rows, "connect_timeout": max(2, int(patience)), "options": f"-c lock_timeout={waits} -c statement_timeout=60000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
                         "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 2 * waits}
        self.alone = Semaphore(ALONE)
        self.pool = ConnectionPool(url, connection_class=Listening, min_size=1, max_size=POOL, open=False, timeout=patience, configure=self._hurry, check=self._look, kwargs=self.settings)
        with self._told(CannotOpen):
            self.pool.open(wait=True, timeout=max(patience, 2))
            if not prepared:
                return
            with self.pool.connection() as connection:
                self.migrated = migrate(Session(connection), self.path)
                self.shape = Session(connection).execute(STEPS).fetchone()[0]

    def write(self, change):
        """Runs `change(db)` in a transaction and returns its result once the server has made it durable."""
        with self._told(NotSaved):
            for left in range(AGAIN, -1, -1):
                begun = monotonic()
                try:
                    with self._connection() as connection, connection.transaction():
                        self._refuse_if_outdated(connection)
                        result = change(Session(connection))
                    self.figures.committed(monotonic() - begun)
                    return result
                except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected, psycopg.errors.UniqueViolation):
                    if not left:
                        raise

    def read(self, question):
        """Runs `question(db)` on one unchanging state of the records."""
        with self._told(CannotRead), self._connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return question(Session(connection))

    @contextmanager
    def _connection(self):
        """One of the pool's; after an outage the pool waits ever longer between its attempts, so that then one is made for this once."""
        try:
            connection = self.pool.getconn()
        except PoolTimeout:
            with self._alone() as connection:
                yield connection
            return
        try:
            yield connection
        finally:
            self.pool.putconn(connection)

    @contextmanager
    def _alone(self):
        """One beside the pool's, and never two: a busy replica must not take the connections of the others. Whoever waited for the pool waits half as long again."""
        if not self.alone.acquire(timeout=self.patience / 2):
            raise AllTaken
        try:
            with Listening.connect(self.url, **self.settings) as alone:
                self._hurry(alone)
                self._look(alone)
                Thread(target=self.pool.check, daemon=True).start()
                yield alone
        finally:
            self.alone.release()

    def _hurry(self, connection) -> None:
        connection.silence = self.patience

    def _look(self, connection) -> None:
        look(connection, STEPS if self.shape else "")

    def _refuse_if_outdated(self, connection) -> None:
        """A later version may have migrated the database meanwhile: what this one wrote then would lack what that one needs."""
        if self.shape and connection.said not in (None, self.shape):
            raise failure(Outdated, NotSaved, self.path, detail=f"{connection.said} steps, of which this version knows {self.shape}")

    def waiting(self) -> int:
        """Changes and questions that wait for a connection."""
        return self.pool.get_stats().get("requests_waiting", 0)

    def forget_deleted_pages(self):
        """Deleted rows go with the server's own vacuum; nothing is left to do here."""

    def forget_pages(self):
        """The server holds them."""

    def close(self):
        self.pool.close()

    @contextmanager
    def _told(self, moment: type):
        """Turns any error of psycopg inside the block into a sentence of ours."""
        try:
            yield
        except AllTaken as error:
            raise failure(Busy, moment, self.path, self.patience) from error
        except PoolClosed as error:
            raise failure(Closed, moment, self.path) from error
        except (PoolTimeout, psycopg.Error, OSError) as error:
            state = getattr(error, "sqlstate", None)
            lost = state is None or state[:2] in ("08", "57") and state != "57014"
            raise failure(Unreachable if lost else CAUSES.get(state, Refused), moment, self.path, self.patience, _line(error)) from error


def _line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


def migrate(db: Session, path: str) -> tuple[str, ...]:
    """Brings the database to the present shape, once, under a lock that the other replicas wait for; refuses one of a later version. Gives the steps carried out.

    One that has that shape is only looked at: a standby, which takes no writes, can be read and backed up.
    """
    from records.migrations import migrations
    with db.connection.transaction():
        unhurried(db)
        if db.execute("SELECT to_regclass('_migrations')").fetchone()[0] and {row[0] for row in db.execute(APPLIED)} == {migration.name for migration in migrations._migrations}:
            return ()
        db.execute("SELECT pg_advisory_xact_lock(?)", [MIGRATING])
        db.execute(NAMES)
        applied = [row[0] for row in db.execute(APPLIED)]
        known = {migration.name: migration for migration in migrations._migrations}
        if unknown := [name for name in applied if name not in known]:
            raise TooNew(f"The records cannot be opened: {path} was written by a later version of Clean Claim (it has {', '.join(unknown)}). "
                         "Update the program, or restore the backup made before that update. Nothing was changed.")
        new = tuple(name for name in known if name not in applied)
        for name in new:
            known[name].fn(db)
            db.execute("INSERT INTO _migrations (migration_set, name) VALUES ('records', ?)", [name])
    return new
