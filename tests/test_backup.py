"""A backup of one database restores into either, to the last row; a damaged one changes nothing."""

from __future__ import annotations

import json
import sqlite3
import stat
import zipfile
from datetime import UTC, datetime

import pytest
import typer
from sqlalchemy import create_engine, text
from stores import DANA, TOM, all_rows, keep
from test_store_deletion import _everything_about
from typer.testing import CliRunner

from callcoach.cli.backup import add_to
from callcoach.core import LOCAL_OWNER, CallMetadata, Person
from callcoach.core.errors import OutOfSpace, StoreError
from callcoach.store import CallFilter, Store
from callcoach.store import backup as backups

pytest_plugins = ["store_fixtures"]


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """Another, empty store, once per database."""
    from store_fixtures import _place

    folder = tmp_path / "target"
    folder.mkdir()
    with _place(request.param, request, folder, migrated=True) as url, Store.open(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def a_backup(tmp_path_factory) -> bytes:
    """A backup with a row in every table."""
    folder = tmp_path_factory.mktemp("backup")
    with Store.open(f"sqlite:///{folder / 'store.db'}") as store:
        _filled(store)
        store.backup(LOCAL_OWNER, folder / "b")
    return (folder / "b").read_bytes()


@pytest.fixture
def full(store):
    """A store with a row in every table, once per database."""
    return _filled(store)


def _filled(store: Store) -> Store:
    store.put_person(LOCAL_OWNER, Person("dana", "Dana", ("D. Quail",), "north", "rep"))
    for name in ("one", "two"):
        _everything_about(store, name, "Dana")
    store.add_private(DANA, "goal", {"text": "ask"}, person_id="dana")
    store.add_private(TOM, "note", {"ключ": [1.5, None, True]})
    store.record_failure("broken.wav", sha256=None, kind="unreadable", message="cut")
    store.log_deletions(LOCAL_OWNER, why="age", n_calls=1, rows={"calls": 1}, older_than_days=3)
    store.runs.begin(task="ingest", source="/calls", options={"only": None})
    return store


def plain(store: Store) -> dict:
    """Every row as our own types, whichever database holds it."""
    with store._database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in backups.metadata.sorted_tables
        }


def test_a_backup_of_either_database_restores_into_either_to_the_last_row(full, target, tmp_path):
    info = full.backup(LOCAL_OWNER, tmp_path / "b.callcoach")
    assert {name for name, n in info.rows.items() if n == 0} == set()
    assert info == target.restore(LOCAL_OWNER, tmp_path / "b.callcoach")
    assert plain(target) == plain(full)
    for typed in ("xylophoneone", '"hello xylophonetwo"'):
        wanted = [row.call_id for row in full.calls(LOCAL_OWNER, where=CallFilter(text=typed)).rows]
        found = [row.call_id for row in target.calls(LOCAL_OWNER, where=CallFilter(text=typed)).rows]
        assert found == wanted != []


def test_a_restored_store_works_on(full, target, tmp_path):
    full.backup(LOCAL_OWNER, tmp_path / "b")
    target.restore(LOCAL_OWNER, tmp_path / "b")
    assert keep(target, "three").new_call
    target.record_failure("another.wav", sha256=None, kind="unreadable", message="cut")
    target.delete_call(LOCAL_OWNER, "one")
    assert {row.call_id for row in target.calls(LOCAL_OWNER).rows} == {"two", "three"}
    with Store.open(_with_password(target)) as again:
        assert {row.call_id for row in again.calls(LOCAL_OWNER).rows} == {"two", "three"}


def test_json_null_and_no_value_stay_apart(full, target, tmp_path):
    full.backup(LOCAL_OWNER, tmp_path / "b")
    target.restore(LOCAL_OWNER, tmp_path / "b")
    wanted = "SELECT count(*) FROM jobs WHERE facts IS NULL"
    assert _scalar(target, wanted) == _scalar(full, wanted)


def test_a_backup_of_an_empty_store_is_one(store, target, tmp_path):
    store.backup(LOCAL_OWNER, tmp_path / "b")
    target.restore(LOCAL_OWNER, tmp_path / "b")
    assert set(map(len, plain(target).values())) == {0}


def test_a_store_that_holds_anything_is_not_overwritten_without_a_word(a_backup, target, tmp_path):
    (tmp_path / "b").write_bytes(a_backup)
    target.put_person(LOCAL_OWNER, Person("zoe", "Zoe"))
    before = all_rows(target)
    with pytest.raises(StoreError, match="--replace"):
        target.restore(LOCAL_OWNER, tmp_path / "b")
    assert all_rows(target) == before
    target.restore(LOCAL_OWNER, tmp_path / "b", replace=True)
    assert {row.call_id for row in target.calls(LOCAL_OWNER).rows} == {"one", "two"}
    assert [person.id for person in target.people(LOCAL_OWNER)] == ["dana"]


def test_what_is_written_during_a_backup_is_in_none_or_all_of_its_tables(full, target, tmp_path, monkeypatch):
    before = plain(full)
    copy = backups._copy_table

    def busy(source, to, table):
        copy(source, to, table)
        if table.name == "calls":
            keep(full, "late")

    monkeypatch.setattr(backups, "_copy_table", busy)
    full.backup(LOCAL_OWNER, tmp_path / "b")
    monkeypatch.undo()
    target.restore(LOCAL_OWNER, tmp_path / "b")
    assert plain(target) == before


@pytest.mark.parametrize(
    "damage", ["cut", "flipped", "empty", "text", "hash", "rows", "manifest", "other store"]
)
def test_a_damaged_backup_is_refused_and_the_store_is_as_it_was(a_backup, target, tmp_path, damage):
    path = tmp_path / "b"
    path.write_bytes(a_backup)
    _damage(path, damage)
    target.put_person(LOCAL_OWNER, Person("zoe", "Zoe"))
    before = all_rows(target)
    with pytest.raises(StoreError, match="damaged or not a backup"):
        target.restore(LOCAL_OWNER, path, replace=True)
    assert all_rows(target) == before


def test_every_byte_of_a_backup_counts(a_backup, tmp_path):
    """Any flipped byte is either found, or one that nothing of the store depends on."""
    path, whole, url = tmp_path / "b", a_backup, f"sqlite:///{tmp_path / 'again.db'}"
    path.write_bytes(whole)
    with Store.open(url) as first:
        first.restore(LOCAL_OWNER, path)
        wanted = plain(first)
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with Store.open(url) as again:
            try:
                again.restore(LOCAL_OWNER, path, replace=True)
            except StoreError:
                continue
            assert plain(again) == wanted


def test_a_backup_of_a_newer_release_is_refused(a_backup, target, tmp_path):
    path = tmp_path / "b"
    path.write_bytes(a_backup)
    _with_manifest(path, schema="9999")
    with pytest.raises(StoreError, match="9999: upgrade"):
        target.restore(LOCAL_OWNER, path)
    _with_manifest(path, format=2)
    with pytest.raises(StoreError, match="format 2: upgrade"):
        target.restore(LOCAL_OWNER, path)


def test_a_restore_that_fails_half_way_leaves_the_store(a_backup, tmp_path, request):
    from store_fixtures import _place

    (tmp_path / "b").write_bytes(a_backup)
    folder = tmp_path / "half"
    folder.mkdir()
    with _place("postgresql", request, folder, migrated=True) as url, Store.open(url) as target:
        target.put_person(LOCAL_OWNER, Person("zoe", "Zoe"))
        before = all_rows(target)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE scores ADD CONSTRAINT never CHECK (weight < 0)"))
        with pytest.raises(StoreError):
            target.restore(LOCAL_OWNER, tmp_path / "b", replace=True)
        assert all_rows(target) == before
        engine.dispose()


def test_a_full_disk_leaves_no_half_backup(full, tmp_path, monkeypatch):
    def no_space(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_sha256", no_space)
    with pytest.raises(OutOfSpace):
        full.backup(LOCAL_OWNER, tmp_path / "b")
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("store.db")] == []
    with pytest.raises(StoreError, match="can be written"):
        full.backup(LOCAL_OWNER, tmp_path / "no" / "b")


def test_a_backup_is_for_its_owner_alone(full, tmp_path):
    full.backup(LOCAL_OWNER, tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    for work in (lambda: full.backup(DANA, tmp_path / "c"), lambda: full.restore(DANA, tmp_path / "b")):
        with pytest.raises(StoreError, match="owner's alone"):
            work()


def test_the_commands_say_what_they_did_and_keep_other_files(store, target, tmp_path):
    keep(store, "one", metadata=CallMetadata(started_at=datetime(2026, 9, 1, tzinfo=UTC)))
    app = typer.Typer()
    add_to(app)

    def run(*arguments: object):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    assert "1 calls are in" in run("backup", tmp_path / "b", "--store", store.url).output
    assert run("backup", tmp_path / "b", "--store", store.url).exit_code == 0
    (tmp_path / "photo").write_bytes(b"x")
    assert run("backup", tmp_path / "photo", "--store", store.url).exit_code != 0
    assert (tmp_path / "photo").read_bytes() == b"x"
    assert "1 calls as of" in run("restore", tmp_path / "b", "--store", target.url).output
    assert run("restore", tmp_path / "b", "--store", target.url).exit_code != 0
    assert run("restore", tmp_path / "b", "--store", target.url, "--replace").exit_code == 0


def _with_password(store: Store) -> str:
    return store.url  # the stores of these tests have none


def _scalar(store: Store, statement: str):
    engine = create_engine(store.url)
    with engine.connect() as connection:
        value = connection.execute(text(statement)).scalar()
    engine.dispose()
    return value


def _with_manifest(path, **changes) -> None:
    with zipfile.ZipFile(path) as archive:
        manifest, packed = json.loads(archive.read("manifest.json")), archive.read("store.db.zst")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps({**manifest, **changes}))
        archive.writestr("store.db.zst", packed)


def _damage(path, how: str) -> None:
    data = path.read_bytes()
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "flipped":
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_bytes(b"hello" * 100)
    elif how == "hash":
        _with_manifest(path, sha256="0" * 64)
    elif how == "rows":
        with zipfile.ZipFile(path) as archive:
            rows = json.loads(archive.read("manifest.json"))["rows"]
        _with_manifest(path, rows={**rows, "calls": rows["calls"] + 1})
    elif how == "manifest":
        _with_manifest(path, rows=None)
    else:
        import hashlib

        import zstandard

        foreign = path.with_name("foreign.db")
        with sqlite3.connect(foreign) as connection:
            connection.execute("CREATE TABLE calls (id INTEGER)")
        connection.close()
        content = foreign.read_bytes()
        _with_manifest(path, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
        with zipfile.ZipFile(path) as archive:
            manifest = archive.read("manifest.json")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("manifest.json", manifest)
            archive.writestr("store.db.zst", zstandard.ZstdCompressor().compress(content))
