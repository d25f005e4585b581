"""Whether the records can be written and of which shape they are, asked of the engine itself."""

from records.failures import RecordsError, reason


def rewrite_nothing(db) -> None:
    """Writes durably and changes nothing: in a file the number kept in its header as it is, on a server a transaction's number in its log; what may not be written says so at the first line."""
    db.execute("DELETE FROM draft WHERE FALSE")
    if getattr(db, "dialect", "sqlite") == "postgres":
        db.execute("SELECT txid_current()")
    else:
        db.execute(f"PRAGMA user_version = {db.execute('PRAGMA user_version').fetchone()[0]}")


class Probing:
    """The part of `Records` that those ask who run it."""

    def cannot_write(self) -> str:
        """Why nothing can be saved, one of `REASONS` or `OTHER`; nothing when all is well. It waits for a lock as an answer would, and takes its turn among the answers."""
        try:
            self.engine.write(rewrite_nothing)
        except RecordsError as refusal:
            return reason(refusal)
        return ""

    def shape(self) -> int:
        """How many migrations made the database what it is: the version of its schema."""
        table = "_migrations" if self.engine.dialect == "postgres" else "_sqlite_migrations"
        return self.engine.read(lambda db: db.execute(f"SELECT count(*) FROM {table} WHERE migration_set = 'records'").fetchone()[0])

    def runs_on(self) -> str:
        """The engine and its version, in words."""
        server = self.engine.dialect == "postgres"
        version = self.engine.read(lambda db: db.execute("SELECT current_setting('server_version')" if server else "SELECT sqlite_version()").fetchone()[0])
        return f"{'PostgreSQL' if server else 'SQLite'} {version}"
