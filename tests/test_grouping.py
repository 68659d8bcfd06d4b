"""Several files of one meeting are one call; one person per file is heard first, a voice a channel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conftest import call

from callcoach.archive.folder_csv import Found
from callcoach.archive.grouping import FileKind, grouped
from callcoach.archive.sources import Source
from callcoach.core import CallMetadata, Capability, Separation, Speaker
from callcoach.transcribe.diarize_files import joined


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


def one_voice(script: str, name: str):
    """A recording of one person, as it is heard: everyone, and nobody told apart."""
    transcript = call(script)
    provenance = replace(transcript.provenance, separation=Separation.NONE, recognition_key=name)
    return replace(
        transcript,
        source_sha256=name * 64,
        speakers=(Speaker("everyone"),),
        turns=tuple(replace(t, speaker="everyone") for t in transcript.turns),
        speech={"everyone": transcript.speech["U"]},
        provenance=provenance,
    )


def test_files_of_one_person_each_become_the_channels_of_one_call() -> None:
    ana, lee = (
        one_voice("U 0-4 hello there Lee | U 8-12 and how is it going", "a"),
        one_voice("U 4-7 hi Ana", "b"),
    )
    both = joined({"Ana": ana, "Lee": lee})
    assert [(s.label, s.name, s.channel) for s in both.speakers] == [("Ana", "Ana", 0), ("Lee", "Lee", 1)]
    assert [t.speaker for t in both.turns] == ["Ana", "Lee", "Ana"]
    assert both.provenance.separation is Separation.CHANNELS
    assert both.can(Capability.OVERLAP)
    assert both.dependable
    assert both.duration_s == 12
    assert both.id == joined({"Ana": ana, "Lee": lee}).id
    assert both.id != ana.id
