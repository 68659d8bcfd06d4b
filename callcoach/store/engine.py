"""Connections: SQLite in write-ahead mode or PostgreSQL, with transactions that begin on purpose."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from callcoach.core.errors import BadSettings, MissingExtra, NotFound, OutOfSpace, StoreError
from callcoach.store.faults import may_pass, translating

BUSY_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 10
N_TRIES = 4
CHECKPOINT_PAGES = 4_000  # of 4 kB: the pages that every call touches go into the file once for many calls
APPLICATION_ID = 0x63616C6C  # "call": tells our SQLite files from others
_WRITES = "callcoach_writes"

T = TypeVar("T")


def parsed_url(text: str | None) -> URL:
    """A store URL that we can open.

    Raises
    ------
    BadSettings
        If it is missing, or of another kind than SQLite in a file and PostgreSQL.
    """
    wanted = "a store URL must be sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE"
    if not text:
        raise BadSettings(f"{wanted}; got none")
    try:
        url = make_url(text)
    except exc.ArgumentError:
        raise BadSettings(f"{wanted}; what was given is no URL: check the spelling") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise BadSettings(f"{wanted}; got one that begins with {url.drivername}://")
    if url.drivername == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadSettings(f"{wanted}; a store in memory would be lost: name a file")
        url = url.set(database=str(Path(url.database).expanduser()))
    return url


def connected(url: URL, *, create: bool) -> Engine:
    """An engine that has reached its database; nothing in it has been changed.

    Raises
    ------
    StoreError, OutOfSpace
        If the folder cannot be made, nothing is there and `create` is False, or it does not answer.
    MissingExtra
        If the driver of PostgreSQL is not installed.
    """
    shown = url.render_as_string(hide_password=True)
    engine = _sqlite(url, shown, create=create) if url.drivername == "sqlite" else _postgres(url)
    try:
        with translating(shown), engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except BaseException:
        engine.dispose()
        raise
    return engine


def _sqlite(url: URL, shown: str, *, create: bool) -> Engine:
    path = Path(url.database)
    if not path.exists():
        if not create:
            raise NotFound(f"a store must exist to be read; there is none at {shown}: check the path")
        _make(path, shown)
    elif path.is_dir():
        raise StoreError(f"the store must be a file; {path} is a folder: name a file in it with --store")
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make(path: Path, shown: str) -> None:
    """An empty file that only its owner may read: it will hold customers' words."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise OutOfSpace(f"the store needs free disk space; {shown} has none left") from error
        raise StoreError(
            f"the store must be a file in a folder that may be written; {path} cannot be made "
            f"({error.strerror}): check the path and its permissions, or name another with --store"
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Settings that hold per connection; none of them changes the file.

    With a write-ahead file and ``synchronous=NORMAL`` a commit waits for no disk: a killed program loses
    nothing. A power cut may take back the last seconds of commits, whole and in order, never half of
    one: the jobs of those calls are then as they were, and the next run does them again.
    """
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    settings = ("foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON", "recursive_triggers=ON")
    for setting in (*settings, f"wal_autocheckpoint={CHECKPOINT_PAGES}"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: URL) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtra(
            "a PostgreSQL store needs an extra that is not installed: pip install 'callcoach[postgres]'"
        ) from error
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT_S)})
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


class Database:
    """An engine and the two ways to use it."""

    def __init__(self, engine: Engine, *, url: URL) -> None:
        self.engine = engine
        self.url = url.render_as_string(hide_password=True)
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._writer = engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store."""
        with translating(self.url), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One moment of the store for as many reads as it takes, whatever is written meanwhile."""
        engine = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        with translating(self.url), engine.begin() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction; again, a few times, when it met another writer."""
        with translating(self.url):
            for left in reversed(range(N_TRIES)):
                try:
                    with self._writer.begin() as connection:
                        return work(connection)
                except exc.DBAPIError as error:
                    if not left or not may_pass(error):
                        raise
        raise AssertionError("unreachable")

    def lock_call(self, connection: Connection, call_id: str) -> None:
        """Hold back other writers of one call until this transaction ends."""
        if not self.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (call_id,))

    def switch_to_wal(self) -> None:
        """Let readers and one writer work side by side in an SQLite file; kept in the file."""
        if not self.is_sqlite:
            return
        deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        with translating(self.url), closing(self.engine.raw_connection()) as raw:
            connection = raw.driver_connection
            while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                try:
                    connection.execute("PRAGMA journal_mode=WAL")
                except sqlite3.OperationalError as error:
                    # SQLite does not wait by itself while it changes the mode.
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                        raise
                    time.sleep(0.02)

    def forget_pages(self) -> None:
        """Empty the write-ahead file of an SQLite store, where deleted words would linger a while."""
        if self.is_sqlite:
            raw = self.engine.raw_connection()
            with closing(raw), suppress(sqlite3.Error):  # somebody reads: the next one empties it
                raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()
