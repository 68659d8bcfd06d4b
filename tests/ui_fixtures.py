"""Stores to show and a way to open a page on one.

A test module that uses these fixtures says ``pytest_plugins = ["ui_fixtures"]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ui_pages import APP, PAGES, RUN_S

from callcoach.store import Store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a store that holds the bundled calls."""
    from callcoach.archive.demo import ingest_demo

    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    with Store.open(url) as store:
        outcomes = list(ingest_demo(store))
    assert len(outcomes) == 6
    assert [outcome.error.message for outcome in outcomes if outcome.error] == []
    return url


@pytest.fixture
def empty_store(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Store.open(url).close()
    return url


@pytest.fixture
def damaged_store(tmp_path: Path) -> str:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"this is not a database" * 500)
    return f"sqlite:///{path}"


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable]:
    """Open a page on a store: ``open_page(url, "call", call="…")``."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    monkeypatch.chdir(tmp_path)  # no settings file of whoever runs the tests

    def opened(url: str, page: str = "calls", **query: str) -> AppTest:
        monkeypatch.setenv("CALLCOACH_STORE", url)
        at = AppTest.from_file(str(APP), default_timeout=RUN_S)
        if page != "calls":
            at.run()
            at.switch_page(PAGES[page])
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception, [error.message for error in at.exception]
        return at

    yield opened
    st.cache_resource.clear()
