"""The Archive page: only allowed folders, every file in the bar, what to do next."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from conftest import FIXTURES
from stores import keep
from test_ui_pages import press
from ui_pages import HOSTILE, words_of

from callcoach.core import LOCAL_OWNER, Person
from callcoach.core.errors import BadSettings
from callcoach.measure.language import _sentences, sentences
from callcoach.store import Store
from callcoach.ui import running
from callcoach.ui.views import archive

pytest_plugins = ["ui_fixtures"]


def test_only_folders_under_an_allowed_root_are_read(tmp_path):
    inside, outside = tmp_path / "calls" / "may", tmp_path / "secret"
    inside.mkdir(parents=True)
    outside.mkdir()
    (tmp_path / "calls" / "way-out").symlink_to(outside)
    (tmp_path / "calls" / "a.wav").write_bytes(b"x")
    roots = running.roots_of(str(tmp_path / "calls"))
    assert running.allowed(str(inside), roots) == inside.resolve()
    for wrong in (outside, inside / ".." / ".." / "secret", tmp_path / "calls" / "way-out", "/"):
        with pytest.raises(BadSettings, match="source_roots"):
            running.allowed(str(wrong), roots)
    for wrong in (tmp_path / "calls" / "a.wav", tmp_path / "nowhere", "\0", ""):
        with pytest.raises(BadSettings):
            running.allowed(str(wrong) or str(tmp_path / "gone"), roots)


def test_roots_are_a_list_and_the_home_folder_by_default(tmp_path):
    assert running.roots_of(f"{tmp_path}{os.pathsep}/") == (
        tmp_path.resolve(),
        tmp_path.resolve().parents[-1],
    )
    assert len(running.roots_of("")) == 1


def test_without_a_run_the_page_says_how_to_begin(open_page, empty_store):
    shown = words_of(open_page(empty_store, "archive"))
    assert "No run yet" in shown
    assert "First look" in shown


def test_a_folder_outside_is_refused_on_the_page(open_page, empty_store, monkeypatch, tmp_path):
    monkeypatch.setenv("CALLCOACH_SOURCE_ROOTS", str(tmp_path))
    at = open_page(empty_store, "archive")
    at.text_input[0].set_value("/etc")
    shown = words_of(press(at, "Score it"))
    assert "a source must lie in a folder that the page may read" in shown


def test_a_rep_does_not_run_the_archive(open_page, empty_store):
    with Store.open(empty_store) as store:
        store.put_person(LOCAL_OWNER, Person("dana", "Dana", firm_role="rep"))
    assert "for who runs the store" in words_of(open_page(empty_store, "archive", **{"as": "dana"}))


def test_a_run_that_was_done_is_reported_on_the_page(open_page, empty_store, tmp_path):
    from callcoach.archive.orders import RunOptions, WorkerOptions
    from callcoach.archive.start import make_local_pool, run_source

    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / f"{'x' * 5}.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Dana>hello there\n", "utf-8"
    )
    (folder / "empty.wav").write_bytes(b"")
    with Store.open(empty_store) as store:
        pool = make_local_pool(1, WorkerOptions(store_url=empty_store))
        run_source(store, str(folder), options=RunOptions(words=False), make_pool=pool)
    shown = words_of(open_page(empty_store, "archive"))
    assert "put aside" in shown
    assert "50 %" in shown
    assert "empty" in shown
    assert "Try again what failed" in shown
    assert "Traceback" not in shown


def test_a_bar_adds_up_and_hostile_names_are_words():
    parts = [
        SimpleNamespace(name="connected", n=3, audio_s=60.0),
        SimpleNamespace(name=HOSTILE, n=1, audio_s=0.0),
    ]
    html = archive.bar_html(parts, 4)
    assert "width:75.00%" in html
    assert "<script" not in html
    assert archive.bar_html([], 0) == "<p>No file in this run.</p>"
    group = SimpleNamespace(kind="empty", n=2, n_quarantined=1, first_step="", examples=((HOSTILE, HOSTILE),))
    assert "<script" not in archive.failure_groups_html([group])
    assert "2 files, 1 put aside" in archive.failure_groups_html([group])


def test_a_call_is_deleted_from_its_page_and_its_recording_stays(open_page, empty_store):
    with Store.open(empty_store) as store:
        keep(store, "one", source=str(FIXTURES / "demo-good.opus"))
    at = open_page(empty_store, "call", call="one")
    at.checkbox(key="sure-one").check().run()
    sentences(("Nobody", "else", "may", "keep", "this."))
    assert _sentences.cache_info().currsize
    next(b for b in at.button if b.label == "Delete it for good").click()
    at.run()
    with Store.open(empty_store) as store:
        assert not store.has_call("one")
    assert (FIXTURES / "demo-good.opus").exists()
    assert not _sentences.cache_info().currsize, "what the recognisers keep of a call goes with it"
