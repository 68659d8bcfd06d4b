"""Stores to test on: every test that takes one runs on SQLite and on PostgreSQL.

A test module that uses these fixtures says ``pytest_plugins = ["store_fixtures"]``. PostgreSQL is
started once per run from Debian's binaries, in a folder of its own, on a socket.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import IN_CI
from sqlalchemy import create_engine

from callcoach.store import Store

BACKENDS = ("sqlite", "postgresql")


def _postgres_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3].zfill(4))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a fresh PostgreSQL server, ``{database}`` left open; a migrated template is in it."""
    binaries = _postgres_binaries()
    if binaries is None:
        reason = "needs PostgreSQL's binaries under /usr/lib/postgresql (apt-get install postgresql)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="callcoach-pg-"))
    as_user = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, log = folder / "data", folder / "log"

    def run(name: str, *arguments: object) -> None:
        subprocess.run(
            [str(binaries / name), *map(str, arguments)],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_user,
        )

    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off"
    try:
        run("initdb", "-D", data, "-U", "callcoach", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        url = f"postgresql+psycopg://callcoach@/{{database}}?host={folder}"
        administer(url, "CREATE DATABASE template_store")
        Store.open(url.format(database="template_store")).close()
        yield url
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store in a file, to be copied: migrating each test's own would take longer."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    Store.open(f"sqlite:///{path}").close()
    return path


def administer(url: str, statement: str) -> None:
    engine = create_engine(url.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


_numbers = itertools.count(1)


@contextmanager
def _place(backend: str, request: pytest.FixtureRequest, folder: Path, *, migrated: bool) -> Iterator[str]:
    """URL of a place for one test's store."""
    if backend == "sqlite":
        path = folder / "store.db"
        if migrated:
            shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server, name = request.getfixturevalue("postgres_server"), f"store_{next(_numbers)}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {'template_store' if migrated else 'template0'}")
    yield server.format(database=name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BACKENDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store of today's schema is; once per database."""
    with _place(request.param, request, tmp_path, migrated=True) as url:
        yield url


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet; once per database."""
    with _place(request.param, request, tmp_path, migrated=False) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened
