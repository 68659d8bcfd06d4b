"""`callcoach score` as a user runs it: documents, exit codes, order, and nothing lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import FIXTURES, ROOT

from callcoach.cli.app import run
from callcoach.schema import document_schema

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:06.000
Dana Whitlow: Thanks for the time. How do you file the delivery notes today?

2
00:00:06.500 --> 00:00:15.000
Priya Nair: By hand, mostly. We lose about two days a week on approvals.

3
00:00:15.200 --> 00:00:19.000
Dana Whitlow: Two days where, exactly?

4
00:00:19.400 --> 00:00:32.000
Priya Nair: In Leeds. I'll get the list of sites to legal by Friday and call you on Monday.
"""
NEUTRAL = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Dana Whitlow: It rained all day.

2
00:00:03.500 --> 00:00:09.500
Priya Nair: It rained here too.
"""
HOSTILE = ZOOM.replace("In Leeds.", "<script>alert(1)</script> [x](javascript:alert(1)) :red[x] $x$ =cmd()")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own data and config folders, and the working folder has no settings."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def zoom(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    path.write_text(ZOOM, "utf-8")
    return path


def documents(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_transcript_becomes_one_document_that_fits_the_schema(zoom: Path, capsys) -> None:
    assert run(["score", "--json", "--no-store", "--rep", "Dana Whitlow", str(zoom)]) == 0
    (document,) = documents(capsys)
    jsonschema.validate(document, document_schema())
    roles = {s["name"]: s["role"] for s in document["call"]["speakers"]}
    assert roles == {"Dana Whitlow": "REP", "Priya Nair": "CUSTOMER"}
    assert document["measures"]["talk_share"] == pytest.approx(8.8 / (8.8 + 21.1), abs=1e-3)


def test_roles_that_words_do_not_tell_are_asked_for_and_the_shares_are_shown(tmp_path: Path, capsys) -> None:
    neutral = tmp_path / "weather.vtt"
    neutral.write_text(NEUTRAL, "utf-8")
    assert run(["score", "--no-store", str(neutral)]) == 0
    printed = capsys.readouterr().out
    assert "Which side is yours?" in printed
    assert "Dana Whitlow 25 %" in printed


def test_one_bad_input_stops_nothing_and_keeps_the_order(zoom: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("this is no recording, whatever its name says", "utf-8")
    inputs = [str(tmp_path / "empty.wav"), str(zoom), str(tmp_path / "text.wav"), str(tmp_path / "gone.mp3")]
    assert run(["score", "--json", "--no-store", "--no-transcript", *inputs]) == 3
    found = documents(capsys)
    assert [d["source"] for d in found] == inputs
    assert [d.get("error", {}).get("kind") for d in found] == ["empty", None, "unknown_format", "unreadable"]
    for document in found:
        jsonschema.validate(document, document_schema())


def test_a_recording_without_a_model_says_what_to_do(tmp_path: Path, capsys) -> None:
    source = shutil.copy(sorted(FIXTURES.glob("*.opus"))[0], tmp_path / "call.opus")
    assert run(["score", "--json", "--no-store", str(source)]) == 3
    (document,) = documents(capsys)
    assert document["error"]["kind"] == "model_missing"
    assert "--no-transcript" in document["error"]["message"]


def test_the_same_input_in_two_processes_gives_identical_bytes(zoom: Path, tmp_path: Path) -> None:
    recording = shutil.copy(sorted(FIXTURES.glob("*.opus"))[0], tmp_path / "call.opus")
    command = [sys.executable, "-m", "callcoach", "score", "--json", "--no-store", "--no-transcript"]
    first, second = (
        subprocess.run(
            [*command, str(zoom), str(recording)], capture_output=True, check=True, cwd=ROOT
        ).stdout
        for _ in range(2)
    )
    assert first == second
    assert len(first.splitlines()) == 2


def test_the_same_file_twice_is_stored_once(zoom: Path, tmp_path: Path, capsys) -> None:
    store = f"sqlite:///{tmp_path / 'a.db'}"
    assert run(["score", "--store", store, str(zoom)]) == 0
    capsys.readouterr()
    assert run(["score", "--store", store, str(zoom)]) == 0
    assert "Nothing changed since the last time." in capsys.readouterr().out


def test_a_recording_and_a_transcript_of_one_base_name_are_one_call(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    shutil.copy(sorted(FIXTURES.glob("*.opus"))[0], folder / "one.opus")
    (folder / "one.vtt").write_text(ZOOM, "utf-8")
    store = f"sqlite:///{tmp_path / 'a.db'}"
    assert run(["score", "--json", "--no-transcript", "--store", store, str(folder)]) == 0
    audio, text = documents(capsys)
    assert audio["call"]["id"] == text["call"]["id"]


def test_the_table_of_a_folder_says_who_spoke(zoom: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "callcoach.csv").write_text("file,rep,call_type\ntalk.vtt,Dana Whitlow,discovery\n", "utf-8")
    assert run(["score", "--json", "--no-store", str(tmp_path)]) == 0
    (document,) = documents(capsys)
    assert document["call"]["call_type"] == "discovery"
    assert {s["name"]: s["role"] for s in document["call"]["speakers"]}["Dana Whitlow"] == "REP"


def test_a_wrong_row_of_the_table_is_named_by_file_row_and_column(zoom: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "callcoach.csv").write_text("file,call_type\ntalk.vtt,opera\n", "utf-8")
    assert run(["score", "--json", "--no-store", str(zoom)]) == 3
    (document,) = documents(capsys)
    assert document["error"]["kind"] == "bad_metadata"
    assert "callcoach.csv, row 2, column call_type" in document["error"]["message"]


def test_files_that_another_system_knows_by_one_id_are_one_call(zoom: Path, tmp_path: Path, capsys) -> None:
    other = tmp_path / "export.srt"
    other.write_text("1\n00:00:01,000 --> 00:00:04,000\nDana Whitlow: Thanks for the time.\n", "utf-8")
    (tmp_path / "callcoach.csv").write_text(
        "file,rep,source_id\ntalk.vtt,Dana Whitlow,Z-1\nexport.srt,Dana Whitlow,Z-1\n", "utf-8"
    )
    store = f"sqlite:///{tmp_path / 'a.db'}"
    assert run(["score", "--json", "--store", store, str(zoom), str(other)]) == 0
    assert len({document["call"]["id"] for document in documents(capsys)}) == 1


def test_roles_once_given_are_remembered(zoom: Path, tmp_path: Path, capsys) -> None:
    store = f"sqlite:///{tmp_path / 'a.db'}"
    run(["score", "--json", "--store", store, "--rep", "Priya Nair", str(zoom)])
    run(["score", "--json", "--store", store, str(zoom)])
    first, second = documents(capsys)
    assert first == second
    assert {s["name"]: s["role"] for s in second["call"]["speakers"]}["Priya Nair"] == "REP"


def test_swap_changes_the_sides(zoom: Path, capsys) -> None:
    run(["score", "--json", "--no-store", "--rep", "Dana Whitlow", str(zoom)])
    run(["score", "--json", "--no-store", "--rep", "Dana Whitlow", "--swap", str(zoom)])
    plain, swapped = documents(capsys)
    assert plain["measures"]["talk_share"] == pytest.approx(1 - swapped["measures"]["talk_share"], abs=1e-4)


def test_delete_removes_the_call_and_leaves_the_file(zoom: Path, tmp_path: Path, capsys) -> None:
    store = f"sqlite:///{tmp_path / 'a.db'}"
    run(["score", "--json", "--store", store, str(zoom)])
    (document,) = documents(capsys)
    id_ = document["call"]["id"]
    assert run(["delete", id_, "--yes", "--store", store]) == 0
    assert run(["delete", id_, "--yes", "--store", store]) == 1
    assert zoom.read_text("utf-8") == ZOOM


def test_words_that_look_like_code_stay_words(tmp_path: Path, capsys) -> None:
    path = tmp_path / "hostile.vtt"
    path.write_text(HOSTILE, "utf-8")
    assert run(["score", "--json", "--no-store", str(path)]) == 0
    (document,) = documents(capsys)
    text = " ".join(turn["text"] for turn in document["turns"])
    for words in ("[x](javascript:alert(1))", ":red[x]", "$x$", "=cmd()"):
        assert words in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["score"],
        ["scor", "x"],
        ["score", "x.wav", "--call-type", "chat"],
        ["score", "x.wav", "--rubric", "nonsense"],
        ["score", "x.wav", "--rep-channel", "up"],
        ["score", "x.wav", "--store", "sqlite:///a.db", "--no-store"],
    ],
)
def test_a_mistake_of_the_command_is_exit_2_with_one_line_and_no_traceback(arguments, capsys) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.err.strip()


def test_every_damaged_file_becomes_a_document_or_a_typed_error(shared_data: Path) -> None:
    files = sorted((shared_data / "torture").iterdir())
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "callcoach",
            "score",
            "--json",
            "--no-store",
            "--no-transcript",
            *map(str, files),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [d["source"] for d in found] == [str(file) for file in files]
    for document in found:
        jsonschema.validate(document, document_schema())
        assert document.get("error", {}).get("kind") != "internal", document


def test_every_webvtt_srt_and_whisper_sample_is_read_or_refused_by_type(shared_data: Path, capsys) -> None:
    files = [
        str(file)
        for folder in ("zoom_vtt", "srt_vtt", "whisper_json")
        for file in sorted((shared_data / "formats" / folder).iterdir())
    ]
    assert run(["score", "--json", "--no-store", *files]) in (0, 3)
    found = documents(capsys)
    assert len(found) == len(files)
    for document in found:
        jsonschema.validate(document, document_schema())
    refused = {Path(d["source"]).name for d in found if "error" in d}
    assert refused == {"2025-05-01_156_chat.txt"}
