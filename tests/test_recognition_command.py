"""Recognition as a user runs it: named models, the demo model, and Ctrl-C in the middle."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT
from whisper_models import random_model

CALL = FIXTURES / "discovery-poor.opus"
DEMO = ROOT / "models" / "demo-whisper"
INTERRUPTED = """
import os, signal, sys
from callcoach.transcribe.whisper import WhisperRecogniser
whole = WhisperRecogniser.recognise
def once(self, windows, *, language):
    os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C does, while words are being recognised
    return whole(self, windows, language=language)
WhisperRecogniser.recognise = once
from callcoach.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return random_model(tmp_path_factory.mktemp("models") / "random")


def callcoach(*arguments: object, home: Path, code: str | None = None) -> subprocess.CompletedProcess:
    command = ["-c", code] if code else ["-m", "callcoach"]
    environment = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    environment |= {"HF_HUB_OFFLINE": "1", "HF_HOME": str(home / "hub")}
    return subprocess.run(
        [sys.executable, *command, *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def files_below(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_ctrl_c_during_transcription_leaves_nothing_half_written(folder, tmp_path):
    store = f"sqlite:///{tmp_path / 'calls.db'}"
    arguments = ("score", CALL, "--model", folder, "--language", "en", "--store", store)
    beside = files_below(FIXTURES)
    stopped = callcoach(*arguments, home=tmp_path, code=INTERRUPTED)
    assert stopped.returncode == 130
    assert "Traceback" not in stopped.stderr
    assert stopped.stdout == ""
    assert files_below(FIXTURES) == beside
    assert files_below(tmp_path) <= {"calls.db", "calls.db-wal", "calls.db-shm"}
    assert n_calls(tmp_path / "calls.db") == 0

    done = callcoach(*arguments, home=tmp_path)
    assert done.returncode == 0
    assert n_calls(tmp_path / "calls.db") == 1


def n_calls(path: Path) -> int:
    import sqlite3

    with sqlite3.connect(path) as database:
        n = database.execute("select count(*) from calls").fetchone()[0]
    database.close()
    return n


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--model", "random"), "knows 'en' alone"),
        (("--model", "random", "--language", "de"), "use en"),
        (("--model", "nowhere"), "callcoach models pull"),
        ((), "callcoach models pull small"),
    ],
)
def test_what_cannot_be_recognised_is_said_in_one_line(folder, tmp_path, arguments, says):
    arguments = [folder if argument == "random" else argument for argument in arguments]
    alone = shutil.copy(CALL, tmp_path)  # without the sidecar, which says that it is English
    done = callcoach("score", alone, "--no-store", *arguments, home=tmp_path)
    assert done.returncode in (2, 3)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_model_hears_a_bundled_call_as_a_user_runs_it(tmp_path):
    if not (DEMO / "model.bin").is_file():
        pytest.skip("needs models/demo-whisper")
    done = callcoach("score", CALL, "--no-store", "--json", "--model", "demo-whisper", home=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    provenance = document["call"]["provenance"]
    assert (provenance["engine"], provenance["model"]) == ("faster-whisper", "demo-whisper")
    assert any("demo model" in note for note in provenance["notes"])
    assert sum(speaker["n_words"] for speaker in document["call"]["speakers"]) > 300
    assert all(0 <= turn["confidence"] <= 1 for turn in document["turns"])
    text = " ".join(turn["text"] for turn in document["turns"])
    assert "?" in text  # punctuation and capitals are kept
    assert text != text.lower()
