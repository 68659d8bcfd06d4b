"""Finding what there is to score, in a stable order, without losing what was named."""

from __future__ import annotations

from pathlib import Path

from callcoach.archive.sources import companion_recording, companion_transcript, find_sources
from callcoach.core.errors import EmptyInput, UnreadableInput


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_gives_recordings_and_transcripts_at_any_depth_in_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.wav", "a/z.vtt", "a.wav.callcoach.json", ".hidden/c.wav", "notes.pdf", "A.MP3")
    found = [Path(source.uri).relative_to(tmp_path).as_posix() for source in find_sources([str(tmp_path)])]
    assert found == ["A.MP3", "a/z.vtt", "b.wav"]


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "call.xyz")
    (source,) = find_sources([str(tmp_path / "call.xyz")])
    assert source.path == tmp_path / "call.xyz"


def test_nothing_there_and_an_empty_folder_are_errors_of_that_input_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    touch(tmp_path, "a.wav")
    missing, empty, good = find_sources(
        [str(tmp_path / "no.wav"), str(tmp_path / "empty"), str(tmp_path / "a.wav")]
    )
    assert isinstance(missing.error, UnreadableInput)
    assert isinstance(empty.error, EmptyInput)
    assert good.error is None


def test_a_url_has_no_path_until_it_is_fetched() -> None:
    (source,) = find_sources(["s3://bucket/call.wav"])
    assert source.path is None
    assert source.error is None


def test_recording_and_transcript_of_one_base_name_know_each_other(tmp_path: Path) -> None:
    touch(tmp_path, "one.wav", "one.vtt", "two.wav")
    assert companion_recording(tmp_path / "one.vtt") == tmp_path / "one.wav"
    assert companion_transcript(tmp_path / "one.wav") == tmp_path / "one.vtt"
    assert companion_transcript(tmp_path / "two.wav") is None
