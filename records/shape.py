"""Which steps of the records' shape stand in a database, and whether that is the present shape."""

from records.dialect import on_server
from records.migrations import migrations


def carried_out(db) -> tuple[str, ...]:
    """The steps that stand in a database of either engine, in their order; none where there are no records."""
    if on_server(db):
        there = db.execute("SELECT to_regclass('_migrations') IS NOT NULL").fetchone()[0]
        names = {row[0] for row in db.execute("SELECT name FROM _migrations WHERE migration_set = 'records'")} if there else set()
        return tuple(migration.name for migration in migrations._migrations if migration.name in names) + tuple(sorted(names - {migration.name for migration in migrations._migrations}))
    return tuple(migration.name for migration in migrations.applied(db))


def present(applied: tuple[str, ...]) -> bool:
    """Whether the records are of the present shape."""
    return {migration.name for migration in migrations._migrations} <= set(applied)
