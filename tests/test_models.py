"""Models: chosen by name, folder or hardware, checked before use, pulled only when asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from conftest import ROOT
from whisper_models import random_model

from callcoach.core.errors import BadSettings, ModelMissing, Unreachable
from callcoach.transcribe import choosing, models
from callcoach.transcribe.choosing import choose_model, compute_type_of, device_to_use
from callcoach.transcribe.hub import HuggingFace, RemoteFile
from callcoach.transcribe.models import KNOWN, checked_hash, folder_hash, installed, pull, repository_of
from callcoach.transcribe.vocabulary import read_vocabulary
from callcoach.transcribe.whisper import load_whisper


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return random_model(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch):
    """No test sees what this machine happens to have in the hub's cache."""
    monkeypatch.setattr(HuggingFace, "cached", lambda self, repository: None)


def with_card(folder: Path, to: Path, **changed: str) -> Path:
    copy = shutil.copytree(folder, to)
    files = {path.name: models.sha256_of(path) for path in copy.iterdir()} | changed
    (copy / "card.json").write_text(json.dumps({"files": files}))
    return copy


# Choosing


def test_without_a_name_the_hardware_decides_and_the_choice_knows_several_languages(
    folder, tmp_path, monkeypatch
):
    for name in ("small", "large-v3-turbo", "tiny.en", "demo-whisper"):
        shutil.copytree(folder, tmp_path / name)
    assert choose_model(None, folders=(tmp_path,), device="cpu").name == "small"
    monkeypatch.setattr(choosing, "count_gpus", lambda: 1)
    chosen = choose_model("", folders=(tmp_path,))
    assert (chosen.name, chosen.device) == ("large-v3-turbo", "cuda")
    every = {name for names in choosing.BY_DEVICE.values() for name in names}
    assert all(KNOWN[name].multilingual for name in every)


@pytest.mark.parametrize("only", ["demo-whisper", "tiny.en"])
def test_neither_the_demo_model_nor_an_english_one_is_ever_chosen_without_its_name(folder, tmp_path, only):
    shutil.copytree(folder, tmp_path / only)
    with pytest.raises(ModelMissing, match=r"callcoach models pull small.*--no-transcript.*stick"):
        choose_model(None, folders=(tmp_path,), device="cpu")
    assert choose_model(only, folders=(tmp_path,), device="cpu").name == only


def test_the_next_best_that_is_here_is_taken(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "tiny")
    assert choose_model(None, folders=(tmp_path,), device="cpu").name == "tiny"


def test_only_who_is_asked_to_fetches_and_only_known_names(folder, tmp_path):
    asked = []

    def fetch(name: str) -> Path:
        asked.append(name)
        return folder

    assert choose_model(None, folders=(tmp_path,), device="cpu", fetch=fetch).folder == folder
    assert choose_model("medium", folders=(tmp_path,), device="cpu", fetch=fetch).folder == folder
    with pytest.raises(ModelMissing):
        choose_model("./here", folders=(tmp_path,), device="cpu", fetch=fetch)
    assert asked == ["small", "medium"]


def test_devices_are_told_apart(monkeypatch):
    monkeypatch.setattr(choosing, "count_gpus", lambda: 0)
    assert device_to_use("auto") == "cpu"
    with pytest.raises(BadSettings, match="none was found"):
        device_to_use("cuda")
    with pytest.raises(BadSettings, match="'tpu'"):
        device_to_use("tpu")
    assert compute_type_of("cpu") == "int8"


def test_a_gpu_that_cannot_be_used_gives_way_to_the_cpu(folder, monkeypatch):
    if choosing.count_gpus():
        pytest.skip("needs a machine without a GPU")
    monkeypatch.setattr(choosing, "count_gpus", lambda: 1)
    recogniser = load_whisper(folder)
    assert recogniser.device == "cpu"
    assert recogniser.options["compute_type"] == "int8 on cpu"


# Whole or not


def test_a_model_with_a_card_is_what_its_card_says(folder, tmp_path):
    copy = with_card(folder, tmp_path / "carded")
    assert checked_hash(copy) == folder_hash(folder)
    assert load_whisper(copy, device="cpu").model_hash == folder_hash(folder)


def test_a_model_whose_bytes_are_not_those_of_its_card_is_refused(folder, tmp_path):
    copy = with_card(folder, tmp_path / "changed")
    data = bytearray((copy / "model.bin").read_bytes())
    data[-100] ^= 1  # loads all the same
    (copy / "model.bin").write_bytes(data)
    with pytest.raises(BadSettings, match=r"model\.bin of changed has other bytes.*copy or pull"):
        load_whisper(copy, device="cpu")


def test_a_file_that_the_card_names_must_be_there(folder, tmp_path):
    copy = with_card(folder, tmp_path / "short", **{"vocabulary.txt": "0" * 64})
    with pytest.raises(BadSettings, match=r"vocabulary\.txt of short is missing"):
        checked_hash(copy)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', "not json"])
def test_a_card_that_says_nothing_is_refused(folder, tmp_path, text):
    copy = shutil.copytree(folder, tmp_path / "odd")
    (copy / "card.json").write_text(text)
    with pytest.raises(BadSettings, match=r"card\.json"):
        checked_hash(copy)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (["config.json", "model.safetensors"], "ct2-transformers-converter"),
        (["config.json", "pytorch_model.bin"], "ct2-transformers-converter"),
        (["ggml-small.bin"], r"whisper\.cpp"),
        (["config.json", "model.bin.incomplete"], "pull it again"),
        ([], "converted for faster-whisper"),
    ],
)
def test_a_folder_of_another_kind_is_named_for_what_it_is(tmp_path, files, says):
    other = tmp_path / "other"
    other.mkdir()
    for name in files:
        (other / name).write_bytes(b"x")
    with pytest.raises(BadSettings, match=says):
        load_whisper(other, device="cpu")


def test_a_cached_file_must_have_the_hash_it_is_named_by(folder, tmp_path):
    blob = tmp_path / "blobs" / ("0" * 64)
    blob.parent.mkdir()
    copy = shutil.copytree(folder, tmp_path / "snapshot")
    shutil.move(copy / "model.bin", blob)
    (copy / "model.bin").symlink_to(blob)
    with pytest.raises(BadSettings, match=r"model\.bin of snapshot has other bytes"):
        checked_hash(copy)


def test_models_are_listed_with_those_that_are_here_first(folder):
    rows = installed((folder.parent, Path("nowhere")))
    assert (rows[0].name, rows[0].folder) == ("small", folder)
    assert all(row.folder is None for row in rows[1:])
    assert {row.name for row in rows} == set(KNOWN)


# Pulling


class Shelf:
    """A hub in memory."""

    def __init__(self, source: Path, *, wrong: str = "") -> None:
        self.source, self.wrong = source, wrong
        self.asked: list[str] = []

    def files(self, repository):
        self.asked.append(repository)
        found = {"README.md": RemoteFile(3)}
        for path in self.source.iterdir():
            found[path.name] = RemoteFile(path.stat().st_size, sha256=models.sha256_of(path))
        return "1234", found

    def download(self, repository, name, *, revision, folder, progress):
        folder.mkdir(parents=True, exist_ok=True)
        data = (self.source / name).read_bytes()
        (folder / name).write_bytes(data[::-1] if name == self.wrong else data)
        progress(len(data) // 2)
        progress(len(data))
        return folder / name


def test_a_pulled_model_is_a_folder_with_a_card_that_loads(folder, tmp_path):
    seen = []
    hub = Shelf(folder)
    pulled = pull("small", to=tmp_path / "stick", progress=lambda *at: seen.append(at), hub=hub)
    assert hub.asked == ["Systran/faster-whisper-small"]
    assert pulled == tmp_path / "stick" / "small"
    card = json.loads((pulled / "card.json").read_text())
    assert (card["repository"], card["revision"]) == ("Systran/faster-whisper-small", "1234")
    assert not (pulled / "README.md").exists()
    assert load_whisper(pulled, device="cpu").model_hash == folder_hash(folder)
    done = [at for at, _ in seen]
    assert done == sorted(done)
    assert done[-1] == seen[-1][1] > 0


def test_a_download_with_another_hash_is_removed(folder, tmp_path):
    with pytest.raises(BadSettings, match=r"config\.json .*another: it was removed"):
        pull("small", to=tmp_path, hub=Shelf(folder, wrong="config.json"))
    assert not (tmp_path / "small" / "config.json").exists()


@pytest.mark.parametrize("name", ["smal", "", "../small", "a/b/c", "https://example.org/model"])
def test_only_names_that_can_be_on_the_hub_are_asked_for(name):
    assert repository_of(name) is None
    with pytest.raises(BadSettings, match="one of tiny"):
        pull(name, hub=Shelf(Path("nowhere")))


def test_a_repository_without_such_a_model_is_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"x")
    with pytest.raises(BadSettings, match="something else"):
        pull("somebody/model", hub=Shelf(tmp_path))


class _Handler(BaseHTTPRequestHandler):
    """As much of the hub as its client asks for; breaks off the first download of model.bin."""

    folder: Path
    ranges: ClassVar[list[str | None]] = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1].split("?")[0]
        if self.path.startswith("/api/models/"):
            files = [
                {"rfilename": p.name, "size": p.stat().st_size, "lfs": self._lfs(p)}
                for p in self.folder.iterdir()
            ]
            body = json.dumps({"id": "a/b", "sha": "1" * 40, "siblings": files}).encode()
            self._send(200, body, {"Content-Type": "application/json"})
            return
        data = (self.folder / name).read_bytes()
        etag = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": "1" * 40}
        asked = self.headers.get("Range")
        if name == "model.bin" and self.command == "GET":
            self.ranges.append(asked)
            if len(self.ranges) == 1:
                self._send(200, data, etag | {"Accept-Ranges": "bytes"}, only=len(data) // 2)
                return
        if asked:
            start = int(asked.removeprefix("bytes=").split("-")[0])
            span = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
            self._send(206, data[start:], etag | span)
            return
        self._send(200, data, etag)

    do_HEAD = do_GET

    def _lfs(self, path):
        return {"sha256": models.sha256_of(path), "size": path.stat().st_size, "pointerSize": 1}

    def _send(self, status, body, headers, only=None):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:only])
        if only is not None:
            self.close_connection = True


def pulled_in_a_process(endpoint: str, to: Path, cache: Path) -> subprocess.CompletedProcess:
    """The client reads its settings when it is imported: a process of its own per hub."""
    code = (
        "import sys; from pathlib import Path; from callcoach.transcribe.models import pull\n"
        "import huggingface_hub.constants as c; c.DOWNLOAD_CHUNK_SIZE = 4096\n"  # the file is small
        "from callcoach.core.errors import CallcoachError\n"
        "try: print(pull('a/b', to=Path(sys.argv[1])))\n"
        "except CallcoachError as error: print(type(error).__name__, error.message)\n"
    )
    environment = os.environ | {
        "HF_ENDPOINT": endpoint, "HF_HOME": str(cache), "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DOWNLOAD_TIMEOUT": "5", "NO_PROXY": "*", "no_proxy": "*",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", code, str(to)], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_a_download_that_breaks_off_goes_on_where_it_stopped(folder, tmp_path):
    handler = type("Handler", (_Handler,), {"folder": folder, "ranges": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        endpoint = f"http://127.0.0.1:{server.server_port}"
        for _ in range(3):  # the client itself tries again; if it gives up, the next pull goes on
            done = pulled_in_a_process(endpoint, tmp_path / "stick", tmp_path / "cache")
            if "Unreachable" not in done.stdout:
                break
    finally:
        server.shutdown()
        server.server_close()
    assert done.stdout.strip() == str(tmp_path / "stick" / "b"), done.stdout + done.stderr
    assert handler.ranges[0] is None
    assert handler.ranges[1].startswith("bytes=")
    assert checked_hash(tmp_path / "stick" / "b") == folder_hash(folder)


def test_a_hub_that_does_not_answer_is_said_with_the_way_round_it(tmp_path):
    done = pulled_in_a_process("http://127.0.0.1:9", tmp_path, tmp_path / "cache")
    assert done.stdout.startswith("Unreachable")
    assert "on a stick" in done.stdout
    assert "Traceback" not in done.stderr
    assert Unreachable.kind == "unreachable"


# Vocabulary


def test_a_vocabulary_is_names_one_per_line(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# products\nAcme  Flow\n\nZoltan \nacme flow\nPriya Rao\n", "utf-8")
    assert read_vocabulary(path) == ("Acme Flow", "Zoltan", "Priya Rao")


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"a" * 200, "line 1"), (b"Acme\n\x00\x01", "line 2 .*control")],
)
def test_what_is_no_vocabulary_is_refused(tmp_path, data, says):
    path = tmp_path / "names.txt"
    path.write_bytes(data)
    with pytest.raises(BadSettings, match=says):
        read_vocabulary(path)
    with pytest.raises(BadSettings, match="readable"):
        read_vocabulary(tmp_path / "none.txt")
