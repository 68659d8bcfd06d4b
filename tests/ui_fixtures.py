"""Stores to show and a way to open a page on one.

A test module that uses these fixtures says ``pytest_plugins = ["ui_fixtures"]``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ALL_CAPABILITIES, FIXTURES
from ui_pages import APP, PAGES, RUN_S

from callcoach.archive import Source, ingest
from callcoach.core import Interval, Media, Provenance, Separation, Speaker, Transcript, Turn, Word, support
from callcoach.pipeline import Heard
from callcoach.store import Store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a store that holds the bundled calls with the words as they were written.

    What recognition makes of them has tests of its own, and takes minutes.
    """
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    with Store.open(url) as store:
        outcomes = [
            ingest(Source(str(path), path), store=store, hear_with=as_written)
            for path in sorted(FIXTURES.glob("*.opus"))
        ]
    assert len(outcomes) == 6
    assert [outcome.error.message for outcome in outcomes if outcome.error] == []
    return url


def as_written(path: Path, **_: object) -> Heard:
    """A bundled recording as a perfect recogniser would hear it."""
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text("utf-8"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    sides = {speaker["label"]: ("left", "right")[speaker["channel"]] for speaker in truth["speakers"]}
    words = sorted(truth["words"], key=lambda word: word["start_s"])
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(words)) if a["speaker"] != b["speaker"]]
    groups = [words[a:b] for a, b in pairwise([0, *breaks, len(words)])]
    turns = tuple(
        Turn(
            sides[group[0]["speaker"]],
            tuple(Word(w["text"], Interval(w["start_s"], w["end_s"]), 0.95) for w in group),
        )
        for group in groups
    )
    speech = {
        side: support((w.interval for t in turns if t.speaker == side for w in t.words), join_gap_s=0.3)
        for side in ("left", "right")
    }
    transcript = Transcript(
        source_sha256=sha256,
        provenance=Provenance("audio", "ogg", "as written", separation=Separation.CHANNELS),
        duration_s=truth["duration_s"],
        speakers=(Speaker("left", channel=0), Speaker("right", channel=1)),
        turns=turns,
        speech=speech,
        language="en",
        capabilities=ALL_CAPABILITIES,
    )
    return Heard(str(path), sha256, transcript, Media(str(path), sha256, truth["duration_s"], 2, 8000, "ogg"))


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
    st.cache_data.clear()
