"""Stores to test on: every test that takes one runs on SQLite and on PostgreSQL.

A test module that uses these fixtures says ``pytest_plugins = ["store_fixtures"]``. PostgreSQL is
started once per run from Debian's binaries, in a folder of its own, on a socket.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import IN_CI
from postgres import MISSING, Server, binaries, postgres

from callcoach.store import Store

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A fresh PostgreSQL server with a migrated template in it."""
    if binaries() is None:
        if IN_CI:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with postgres() as server:
        server.administer("CREATE DATABASE template_store")
        Store.open(server.url.format(database="template_store")).close()
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store in a file, to be copied: migrating each test's own would take longer."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    Store.open(f"sqlite:///{path}").close()
    return path


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
    server.administer(f"CREATE DATABASE {name} TEMPLATE {'template_store' if migrated else 'template0'}")
    yield server.url.format(database=name)
    server.administer(f"DROP DATABASE {name} WITH (FORCE)")


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
