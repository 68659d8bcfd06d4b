"""Several files of one meeting are one call; one person per file is heard first, a voice a channel."""

from __future__ import annotations

from pathlib import Path

from callcoach.archive.folder_csv import Found
from callcoach.archive.grouping import FileKind, grouped
from callcoach.archive.sources import Source
from callcoach.core import CallMetadata


def file(name: str, *, source_id: str | None = None, participant: str | None = None, rep: str | None = None):
    found = Found(metadata=CallMetadata(source_id=source_id, rep=rep), source="zoom", participant=participant)
    return Source(name, Path(name)), found


def names(members) -> list[str]:
    return [member.source.uri for member in members]


def test_files_of_one_meeting_are_one_call_and_one_person_per_file_is_heard() -> None:
    (group,) = grouped(
        [
            file("m/video.mp4", source_id="7"),
            file("m/audio.m4a", source_id="7"),
            file("m/talk.vtt", source_id="7"),
            file("m/each/ana.m4a", source_id="7", participant="Ana"),
            file("m/each/lee.m4a", source_id="7", participant="Lee"),
        ]
    )
    assert names(group.heard) == ["m/each/ana.m4a", "m/each/lee.m4a"]
    assert names(group.proposed) == ["m/talk.vtt"]
    assert sorted(names(group.linked)) == ["m/audio.m4a", "m/video.mp4"]


def test_audio_comes_before_video_and_a_single_participant() -> None:
    (group,) = grouped(
        [
            file("m/video.mp4", source_id="7"),
            file("m/audio.m4a", source_id="7"),
            file("m/ana.m4a", source_id="7", participant="Ana"),
        ]
    )
    assert names(group.heard) == ["m/audio.m4a"]


def test_a_recording_and_a_transcript_of_one_name_are_one_call_in_either_order() -> None:
    for order in (("a/x.wav", "a/x.vtt"), ("a/x.vtt", "a/x.wav")):
        (group,) = grouped([file(name) for name in order])
        assert names(group.heard) == ["a/x.wav"]
        assert names(group.proposed) == ["a/x.vtt"]


def test_a_transcript_without_an_id_joins_the_recording_that_has_one() -> None:
    (group,) = grouped([file("a/x.vtt"), file("a/x.wav", source_id="9"), file("a/x.mp4", source_id="9")])
    assert group.source_id == "9"
    assert names(group.heard) == ["a/x.wav"]


def test_different_meetings_stay_apart() -> None:
    groups = grouped([file("a/x.wav", source_id="1"), file("b/x.wav", source_id="2"), file("c/y.wav")])
    assert [names(g.heard) for g in groups] == [["a/x.wav"], ["b/x.wav"], ["c/y.wav"]]


def test_a_transcript_alone_is_heard_itself() -> None:
    (group,) = grouped([file("a/x.vtt")])
    assert group.heard[0].kind is FileKind.TRANSCRIPT


def test_what_two_files_say_differently_is_listed() -> None:
    (group,) = grouped([file("a.wav", source_id="1", rep="Ana"), file("b.mp4", source_id="1", rep="Ben")])
    assert [(c.key, c.kept, c.other) for c in group.conflicts] == [("rep", "Ana", "Ben")]
