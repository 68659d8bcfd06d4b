"""The schema goes forward only, from every released version, and never touches what is not ours."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from stores import keep

from callcoach.core import LOCAL_OWNER
from callcoach.core.errors import NotFound, StoreError
from callcoach.store import Store, schema
from callcoach.store.columns import metadata
from callcoach.store.engine import Database, connected, parsed_url
from callcoach.store.migrate import HEAD, VERSION_TABLE, bring_up_to_date, migrations

pytest_plugins = ["store_fixtures"]

# PostgreSQL's full text, which migrations make and no table here holds.
POSTGRES_SEARCH = ("words", "ix_search_text_words", "said_at", "ix_search_text_said_at")
RELEASED = [revision.revision for revision in migrations().walk_revisions()][::-1]


def test_the_release_knows_its_newest_schema():
    assert migrations().get_heads() == [HEAD]
    assert sorted(RELEASED) == RELEASED


@pytest.mark.parametrize("start", [None, *RELEASED])
def test_a_store_of_every_released_schema_opens(empty_url, start):
    if start is not None:
        url = parsed_url(empty_url)
        database = Database(connected(url, create=True), url=url)
        bring_up_to_date(database, to=start)
        database.close()
    with Store.open(empty_url) as store:
        keep(store)
        assert len(store.calls(LOCAL_OWNER).rows) == 1
    with Store.open(empty_url) as store:
        assert len(store.calls(LOCAL_OWNER).rows) == 1


def test_the_migrated_schema_is_the_one_that_the_code_uses(store):
    def is_ours(thing, name, kind, reflected, compare_to):
        if kind == "table":
            return name in schema.metadata.tables
        return name not in POSTGRES_SEARCH

    engine = create_engine(store.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": is_ours, "compare_type": False}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_newer_schema_is_refused_with_what_to_do_and_left_alone(store_url):
    Store.open(store_url).close()
    _execute(store_url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError, match="9999: upgrade with: pip install --upgrade callcoach"):
        Store.open(store_url)
    assert _scalar(store_url, f"SELECT version_num FROM {VERSION_TABLE}") == "9999"


def test_a_database_of_another_program_is_refused_and_left_alone(empty_url):
    _execute(empty_url, "CREATE TABLE calls (id INTEGER)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(empty_url)
    engine = create_engine(empty_url)
    assert inspect(engine).get_table_names() == ["calls"]
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(empty_url, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("in the middle")

    scripts = migrations()
    module = scripts.get_revision("0001").module
    monkeypatch.setattr("callcoach.store.migrate.migrations", lambda: scripts)
    monkeypatch.setattr(module, "_sqlite_search", broken)
    monkeypatch.setattr(module, "_postgres_search", broken)
    with pytest.raises(RuntimeError, match="in the middle"):
        Store.open(empty_url)
    engine = create_engine(empty_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_several_processes_may_open_a_new_store_at_once(empty_url):
    program = "import sys; from callcoach.store import Store; Store.open(sys.argv[1]).close()"
    started = [subprocess.Popen([sys.executable, "-c", program, empty_url]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0, 0]
    assert _scalar(empty_url, f"SELECT count(*) FROM {VERSION_TABLE}") == 1


def test_folders_above_a_new_file_are_made(tmp_path):
    path = tmp_path / "some" / "where" / "store.db"
    Store.open(f"sqlite:///{path}").close()
    assert path.is_file()


def test_nothing_is_made_where_a_store_must_exist(tmp_path):
    with pytest.raises(NotFound, match="there is none"):
        Store.open(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert list(tmp_path.iterdir()) == []


def test_sqlite_files_are_marked_as_ours_and_write_ahead(tmp_path):
    Store.open(f"sqlite:///{tmp_path / 'store.db'}").close()
    connection = sqlite3.connect(tmp_path / "store.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x63616C6C,)
    connection.close()


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _scalar(url: str, statement: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        value = connection.execute(text(statement)).scalar()
    engine.dispose()
    return value
