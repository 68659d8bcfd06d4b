"""What goes wrong outside: said in one sentence, with nothing lost, half-written or changed."""

from __future__ import annotations

import builtins
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event
from stores import all_rows, keep

from callcoach.core import LOCAL_OWNER, CallMetadata
from callcoach.core.errors import CallcoachError, MissingExtra, OutOfSpace, StoreError
from callcoach.store import Store

pytest_plugins = ["store_fixtures"]

TESTS = Path(__file__).parent


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def filled(tmp_path) -> Path:
    path = tmp_path / "filled" / "store.db"
    with Store.open(_url(path)) as store:
        for n in range(20):
            keep(
                store, f"call{n}", script="R 0-5 " + " ".join(f"w{n}x{i}" for i in range(400)) + " | C 5-9 hi"
            )
    return path


def _garbage_in_the_middle(data: bytes) -> bytes:
    page = len(data) // 2 // 4096 * 4096
    return data[:page] + b"\xff" * 4096 + data[page + 4096 :]


DAMAGES = {
    "no database": lambda data: b"These are notes, not a database.\n" * 40,
    "cut off": lambda data: data[: len(data) // 3],
    "first page lost": lambda data: b"\0" * 4096 + data[4096:],
    "schema overwritten": lambda data: data[:100] + os.urandom(3000) + data[3100:],
    "page overwritten": _garbage_in_the_middle,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_refused_and_not_changed(filled, damage):
    damaged = DAMAGES[damage](filled.read_bytes())
    filled.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"damaged.*restore it from a backup"):
        Store.open(_url(filled))
    assert filled.read_bytes() == damaged


def test_a_folder_is_not_a_store(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(_url(tmp_path))


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(_url(tmp_path / "file" / "store.db"))


def test_a_new_store_is_its_owners_alone(tmp_path):
    with Store.open(_url(tmp_path / "store.db")) as store:
        keep(store)
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def test_a_full_disk_is_out_of_space_and_leaves_the_store_as_it_was(tmp_path):
    with Store.open(_url(tmp_path / "store.db")) as store:
        keep(store, "before")
        before = all_rows(store)
        _on_each_connection(store, "PRAGMA max_page_count = 1")
        with pytest.raises(OutOfSpace, match="free some"):
            keep(store, "after", script="R 0-5 " + " ".join(f"w{n}" for n in range(9000)) + " | C 5-9 hi")
        assert all_rows(store) == before


def test_a_read_only_store_says_so_when_written_and_can_be_read(tmp_path):
    with Store.open(_url(tmp_path / "store.db")) as store:
        keep(store, "before")
        _on_each_connection(store, "PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="read-only: change the permissions"):
            keep(store, "after")
        assert len(store.calls(LOCAL_OWNER).rows) == 1


def test_a_folder_is_no_store(tmp_path):
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreError, match="is a folder: name a file in it"):
        Store.open(_url(tmp_path / "store.db"))


def test_a_server_that_does_not_answer_is_said_without_the_password(tmp_path):
    url = f"postgresql+psycopg://user:s3cret@/nowhere?host={tmp_path}"
    with pytest.raises(StoreError, match="did not") as caught:
        Store.open(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_the_missing_driver_of_postgresql_is_named_with_the_line_that_brings_it(monkeypatch):
    real = builtins.__import__

    def without_psycopg(name, *arguments, **options):
        if name.split(".")[0] == "psycopg":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_psycopg)
    monkeypatch.delitem(sys.modules, "psycopg", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'callcoach\[postgres\]'"):
        Store.open("postgresql://somewhere/db")


def test_no_error_holds_words_of_a_call(store):
    store._database.write(lambda connection: connection.exec_driver_sql("DROP TABLE measures"))
    with pytest.raises(CallcoachError) as caught:
        keep(store, script="R 0-5 xylophone | C 5-9 hi", metadata=CallMetadata(rep="Zebedee"))
    said = f"{caught.value} {caught.value.__cause__}"
    assert "xylophone" not in said
    assert "Zebedee" not in said
    assert caught.value.__suppress_context__
    assert store.calls(LOCAL_OWNER).rows == ()


# A child process forks a writer for each statement of a record and kills it there.
KILLED_WRITERS = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from sqlalchemy import event
from callcoach.store import Store
from stores import keep

def writer(url, fatal):
    store, n = Store.open(url), 0
    def count(*_arguments):
        nonlocal n
        n += 1
        if n == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(store._database.engine, "after_cursor_execute", count)
    keep(store, "killed", script="R 0-5 " + "word " * 3000 + " | C 5-9 hi")
    os._exit(0)

for fatal in range(1, 200):
    child = os.fork()
    if child == 0:
        writer(sys.argv[1], fatal)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    with Store.open(sys.argv[1]) as store:
        whole = store.has_call("killed")
    print("killed" if killed else "done", "whole" if whole else "nothing", flush=True)
    if not killed:
        break
"""


def test_a_writer_killed_at_any_statement_leaves_no_half_written_call(store_url):
    with Store.open(store_url) as store:
        keep(store, "other")
        before = all_rows(store)
    run = subprocess.run(
        [sys.executable, "-c", KILLED_WRITERS, store_url, str(TESTS)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert len(lines) > 10
    assert lines == ["killed nothing"] * (len(lines) - 1) + ["done whole"]
    with Store.open(store_url) as store:
        store.delete_call(LOCAL_OWNER, "killed")
        assert all_rows(store) == before


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from callcoach.store import Store
from stores import keep

with Store.open(sys.argv[1]) as store:
    for n in range(10):
        keep(store, "shared")
        keep(store, f"{sys.argv[3]}-{n}")
        store.record_failure("both.wav", sha256=None, kind="empty", message="no bytes")
"""


def test_processes_that_record_at_once_all_succeed(store_url):
    Store.open(store_url).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, store_url, str(TESTS), name])
        for name in ("a", "b", "c")
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0, 0]
    with Store.open(store_url) as store:
        rows = store.calls(LOCAL_OWNER, limit=200).rows
        assert len(rows) == 1 + 3 * 10
        assert [row.attempts for row in store.failures(LOCAL_OWNER)] == [30]
        assert len(all_rows(store)["scorecards"]) == 31


def test_an_interrupt_in_the_middle_leaves_nothing(store):
    before = all_rows(store)

    def interrupt(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("INSERT INTO scores"):
            signal.raise_signal(signal.SIGINT)

    event.listen(store._database.engine, "after_cursor_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        keep(store)
    event.remove(store._database.engine, "after_cursor_execute", interrupt)
    assert all_rows(store) == before
    assert keep(store).new_call


def _on_each_connection(store: Store, statement: str) -> None:
    """Run a statement on every connection of a store from now on."""
    engine = store._database.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _record: connection.execute(statement))
