"""The schema's versions: forward only, at start, each in one transaction with the record of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from callcoach.core.errors import StoreError
from callcoach.store import schema
from callcoach.store.engine import APPLICATION_ID, Database

HEAD = "0005"  # a test holds it against the files of migrations/versions
VERSION_TABLE = "callcoach_schema"
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_361_992  # of PostgreSQL, while one process upgrades
_SMALL_BYTES = 16 << 20  # up to this size an SQLite file is checked whole when it is opened


def bring_up_to_date(database: Database, *, to: str = HEAD) -> None:
    """Upgrade the store to this release's schema; leave anything else untouched.

    Raises
    ------
    StoreError
        If the schema is newer than this release, or the database is not callcoach's or damaged.
    """
    with database.reading() as connection:
        _check_whole(connection, database)
        version = _version(connection, database.url)
    if version != to:
        script = migrations()
        known = [revision.revision for revision in reversed(list(script.walk_revisions()))]
        if version is not None and version not in known:
            raise StoreError(
                f"the schema of the store must not be newer than this release ({HEAD}); {database.url} has "
                f"{version}: upgrade with: pip install --upgrade callcoach"
            )
        database.switch_to_wal()
        for target in known[: known.index(to) + 1]:
            database.write(lambda connection, target=target: _step(connection, script, target, database.url))
    else:
        database.switch_to_wal()


def migrations():
    """The migrations of this release, as Alembic reads them."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_MIGRATIONS))


def _step(connection: Connection, script, target: str, url: str) -> None:
    """Go from the version before `target` to it, unless another process has."""
    from alembic.runtime.environment import EnvironmentContext

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    version = _version(connection, url)
    if version is not None and version >= target:
        return

    def revisions(current, _context):
        return script._upgrade_revs(target, current)

    from alembic.config import Config

    with EnvironmentContext(Config(), script, fn=revisions) as context:
        context.configure(connection=connection, version_table=VERSION_TABLE, target_metadata=schema.metadata)
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _version(connection: Connection, url: str) -> str | None:
    """The store's schema version; None where nothing of ours exists yet."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    foreign = tables if connection.dialect.name == "sqlite" else tables & set(schema.metadata.tables)
    if foreign:
        raise StoreError(
            f"the store must be callcoach's own database; {url} holds {len(foreign)} tables of another "
            "program, and was not changed: name another with --store"
        )
    return None


def _check_whole(connection: Connection, database: Database) -> None:
    """Refuse a damaged SQLite file before anything is written to it; large ones by their first page."""
    if not database.is_sqlite:
        return

    def pragma(name: str):
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    n_bytes = pragma("page_count") * pragma("page_size")
    if n_bytes <= _SMALL_BYTES and pragma("quick_check(1)") != "ok":
        raise StoreError(
            f"the store must be a whole callcoach database; {database.url} is damaged, and was not changed: "
            "restore it from a backup, or name another with --store"
        )
