"""The route that plays recordings: ranges, and nothing that the store does not know."""

from __future__ import annotations

import asyncio
import os
import shutil
import tracemalloc
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FIXTURES
from starlette.applications import Starlette
from stores import a_recording, keep

from callcoach.core import Media
from callcoach.store import Store
from callcoach.ui import media

BYTES = bytes(range(256)) * 40


@pytest.fixture
def recording(tmp_path: Path, empty_store: str, monkeypatch: pytest.MonkeyPatch):
    """A stored call with a recording; its address."""
    import streamlit as st

    path = tmp_path / "a call.wav"
    path.write_bytes(BYTES)
    with Store.open(empty_store) as store:
        keep(store, "one", source=path.as_uri())
    monkeypatch.setenv("CALLCOACH_STORE", empty_store)
    monkeypatch.chdir(tmp_path)
    yield f"/recording/one/{a_recording('one').source_sha256}", path
    st.cache_resource.clear()


pytest_plugins = ["ui_fixtures"]


def get(path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the route in the way a server does; returns status, headers and body."""
    sent: list[dict] = []
    ask(path, sent.append, method=method, **headers)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, body


def ask(path: str, take: Callable[[dict], None], *, method: str = "GET", **headers: str) -> None:
    """Ask the route and hand on every message as it is sent."""
    given = {"host": "127.0.0.1:8501"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 5000),
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        take(message)

    asyncio.run(Starlette(routes=media.ROUTES)(scope, receive, send))


def test_a_recording_plays_whole(recording):
    status, headers, body = get(recording[0])
    assert (status, body) == (200, BYTES)
    assert headers["content-type"] == "audio/wav"
    assert headers["accept-ranges"] == "bytes"
    assert "no-cache" in headers["cache-control"]


def test_a_range_gives_those_bytes_alone(recording):
    status, headers, body = get(recording[0], range="bytes=1000-1999")
    assert (status, body) == (206, BYTES[1000:2000])
    assert headers["content-range"] == f"bytes 1000-1999/{len(BYTES)}"


@pytest.mark.parametrize(
    ("asked", "n_bytes"),
    [("bytes=0-", 115_000_000), ("bytes=90000000-90999999", 1_000_000), ("bytes=-65536", 65_536)],
)
def test_a_recording_of_115_megabytes_is_handed_on_piece_by_piece(recording, asked, n_bytes):
    with wave.open(str(recording[1]), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"")
    os.truncate(recording[1], 115_000_000)  # an hour of two channels; takes no room on the disk
    pieces: list[int] = []
    get(recording[0], range="bytes=0-9")  # what opening the store takes is not the recording's
    tracemalloc.start()
    ask(recording[0], lambda message: pieces.append(len(message.get("body", b""))), range=asked)
    _, most_held = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(pieces) == n_bytes
    assert max(pieces) <= 256 * 1024
    assert most_held < 4_000_000


def test_asking_for_the_head_sends_no_bytes(recording):
    status, headers, body = get(recording[0], method="HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", str(len(BYTES)))


@pytest.mark.parametrize(
    "path",
    [
        "/recording/one/" + "0" * 64,
        "/recording/nobody/{sha}",
        "/recording/one/../../etc/passwd",
        "/recording/%2e%2e/%2fetc%2fpasswd",
        "/recording/one/{sha}/more",
        "/recording/one",
    ],
)
def test_what_the_store_does_not_know_is_not_there(recording, path):
    sha256 = recording[0].rsplit("/", 1)[1]
    status, _, body = get(path.replace("{sha}", sha256))
    assert status == 404
    assert BYTES[:10] not in body


def test_a_recording_that_moved_is_not_there(recording):
    recording[1].unlink()
    assert get(recording[0])[0] == 404


def test_a_folder_or_a_pipe_in_its_place_is_not_served(recording):
    recording[1].unlink()
    recording[1].mkdir()
    assert get(recording[0])[0] == 404


def test_nothing_can_be_written_through_the_route(recording):
    assert get(recording[0], method="POST")[0] == 405


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"host": "evil.example:8501"}, {"host": ""}, {"sec_fetch_site": "cross-site"}],
)
def test_other_sites_cannot_make_a_browser_play_it(recording, headers):
    assert get(recording[0], **headers)[0] == 403


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501"])
def test_this_machine_by_any_of_its_names_may_play(recording, host):
    assert get(recording[0], host=host, sec_fetch_site="same-origin")[0] == 200


def test_a_recording_no_browser_plays_has_a_copy_made_once(recording, tmp_path, monkeypatch):
    import av

    from callcoach.ui import proxies

    monkeypatch.setattr(proxies, "proxies_folder", lambda: tmp_path / "copies")
    assert get(f"{recording[0]}/opus")[0] == 404  # bytes that are no recording
    shutil.copyfile(FIXTURES / "demo-good.opus", recording[1])
    monkeypatch.setattr(proxies, "MAX_LENGTH_S", 5.0)
    status, headers, body = get(f"{recording[0]}/opus", range="bytes=0-")
    assert (status, headers["content-type"]) == (206, "audio/ogg")
    copies = list((tmp_path / "copies").iterdir())
    assert [copy.read_bytes() for copy in copies] == [body]
    with av.open(str(copies[0])) as copy:
        assert copy.streams.audio[0].codec_context.name in ("opus", "libopus")
        assert copy.duration / av.time_base == pytest.approx(5.0, abs=0.5)
    made_at = copies[0].stat().st_ino
    assert get(f"{recording[0]}/opus")[2] == body
    assert copies[0].stat().st_ino == made_at


def test_copies_stay_within_their_bounds(tmp_path, monkeypatch):
    from callcoach.ui import proxies

    monkeypatch.setattr(proxies, "MAX_LENGTH_S", 1.0)
    monkeypatch.setattr(proxies, "MAX_CACHE_BYTES", 1)
    for name in ("a", "b"):
        kept = proxies.proxy_of(FIXTURES / "demo-good.opus", name, folder=tmp_path)
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize(("name", "needed"), [("a.amr", True), ("a.WMA", True), ("a.wav", False)])
def test_only_what_no_browser_plays_is_copied_at_once(name, needed):
    assert media.needs_proxy(Media(f"file:///calls/{name}", "0", 1.0, 2)) == needed


def test_a_damaged_store_plays_nothing(damaged_store, monkeypatch):
    monkeypatch.setenv("CALLCOACH_STORE", damaged_store)
    assert get("/recording/one/" + "0" * 64)[0] == 404


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///calls/a%20b.wav", Path("/calls/a b.wav")),
        ("file://localhost/calls/a.wav", Path("/calls/a.wav")),
        ("/calls/a.wav", Path("/calls/a.wav")),
        ("file://elsewhere/calls/a.wav", None),
        ("s3://bucket/a.wav", None),
        ("https://example.org/a.wav", None),
    ],
)
def test_only_recordings_of_this_machine_have_a_place(uri, path):
    assert media.local_path(Media(uri, "0", 1.0, 2)) == path
