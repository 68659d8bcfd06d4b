"""A recording becomes a transcript that says what it can tell and what it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from bench.talk_speed import long_call, peak_mb
from conftest import FIXTURES, ROOT

from callcoach.core import Capability, Interval, Role, Separation, Word, canonical_json
from callcoach.core.documents import transcript_to_document
from callcoach.core.errors import BadSettings, InputError
from callcoach.transcribe import recording
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.recogniser import FakeRecogniser, Recogniser
from callcoach.transcribe.recording import transcribe_recording

CALL = sorted(FIXTURES.glob("*.opus"))[0]
WITHOUT_WORDS = {Capability.STARTS, Capability.ENDS, Capability.OVERLAP}
WITH_WORDS = WITHOUT_WORDS | {Capability.TEXT, Capability.WORDS, Capability.CONFIDENCE}


def fake(**options: object) -> FakeRecogniser:
    return FakeRecogniser(token=FakeRecogniser.TOKEN, **options)


def write_wav(path: Path, samples: np.ndarray, *, rate_hz: int = 16000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(samples))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path


@pytest.fixture(scope="module")
def samples() -> np.ndarray:
    """The first minute of a bundled call."""
    return next(open_audio(CALL).blocks(block_s=60.0))


@pytest.fixture(scope="module")
def minute(samples, tmp_path_factory) -> Path:
    return write_wav(tmp_path_factory.mktemp("calls") / "minute.wav", samples)


@pytest.fixture(scope="module")
def heard():
    return transcribe_recording(CALL, recogniser=None)


def test_two_good_channels_are_left_and_right_with_unknown_roles(heard):
    transcript, media = heard
    assert [(s.label, s.channel, s.role) for s in transcript.speakers] == [
        ("left", 0, Role.UNKNOWN),
        ("right", 1, Role.UNKNOWN),
    ]
    assert transcript.provenance.channel_verdict == "trust"
    assert transcript.provenance.separation is Separation.CHANNELS
    assert transcript.capabilities == WITHOUT_WORDS
    assert transcript.dependable
    assert transcript.provenance.engine is None
    assert (media.n_channels, media.format) == (2, "ogg")
    assert media.uri == CALL.as_uri()
    assert media.sha256 == transcript.source_sha256


def test_without_a_recogniser_turns_have_a_span_and_no_words(heard):
    transcript, _ = heard
    assert len(transcript.turns) > 10
    assert all(turn.span and not turn.words for turn in transcript.turns)
    assert transcript.language is None


def test_length_is_that_of_what_decodes(heard):
    truth = json.loads(CALL.with_suffix(".truth.json").read_text("utf-8"))
    assert heard[0].duration_s == pytest.approx(truth["duration_s"], abs=0.05)


def test_words_come_back_on_the_clock_of_the_recording(monkeypatch):
    monkeypatch.setattr(recording, "WINDOW_S", 20.0)  # several windows per channel
    recogniser = fake(say=lambda piece: (Word("yes", piece, 0.5),))
    transcript, _ = transcribe_recording(CALL, recogniser=recogniser)
    assert transcript.capabilities == WITH_WORDS
    assert len(recogniser.asked) > 6
    assert max(n for n, _, _ in recogniser.asked) <= 16000 * 45
    for label, speech in transcript.speech.items():
        words = [word.interval for turn in transcript.turns if turn.speaker == label for word in turn.words]
        assert len(words) == len(speech)
        for word, piece in zip(sorted(words), speech, strict=True):
            assert word.start_s == pytest.approx(piece.start_s, abs=0.002)
            assert word.end_s == pytest.approx(piece.end_s, abs=0.002)


def test_the_recogniser_gets_the_samples_of_its_channel_where_speech_is(monkeypatch, samples, tmp_path):
    monkeypatch.setattr(recording, "WINDOW_S", 5.0)
    seen = []

    class Listening(FakeRecogniser):
        def recognise(self, sound, speech, *, language):
            seen.append(
                [float(np.abs(sound[int(p.start_s * 16000) : int(p.end_s * 16000)]).max()) for p in speech]
            )
            return super().recognise(sound, speech, language=language)

    path = write_wav(tmp_path / "a.wav", samples)
    transcribe_recording(path, recogniser=Listening(token=FakeRecogniser.TOKEN))
    assert min(level for levels in seen for level in levels) > 0.02


def test_the_language_is_detected_once_or_given(minute):
    detected, _ = transcribe_recording(minute, recogniser=fake(language="de"))
    assert detected.language == "de"
    given = fake(language="de")
    transcript, _ = transcribe_recording(minute, recogniser=given, language="fr")
    assert transcript.language == "fr"
    assert {language for _, _, language in given.asked} == {"fr"}


def test_one_channel_is_everyone_without_overlap(samples, tmp_path):
    transcript, media = transcribe_recording(
        write_wav(tmp_path / "a.wav", samples.mean(axis=0, keepdims=True)), recogniser=fake()
    )
    assert [(s.label, s.channel) for s in transcript.speakers] == [("everyone", None)]
    assert transcript.provenance.separation is Separation.NONE
    assert transcript.provenance.channel_verdict == "mono"
    assert not transcript.dependable
    assert not transcript.can(Capability.OVERLAP)
    assert transcript.can(Capability.TEXT, Capability.STARTS, Capability.ENDS)
    assert "one channel" in transcript.provenance.notes[0]
    assert media.n_channels == 1


def test_one_mix_on_two_channels_is_everyone_and_recognised_once(samples, tmp_path):
    mix = samples.mean(axis=0)
    recogniser = fake()
    transcript, media = transcribe_recording(
        write_wav(tmp_path / "a.wav", np.stack([mix, mix / 2])), recogniser=recogniser
    )
    assert [s.label for s in transcript.speakers] == ["everyone"]
    assert media.n_channels == 2
    assert len(recogniser.asked) == 1


def test_bleed_that_leaves_sides_but_no_overlap_withholds_overlap(samples, tmp_path):
    path = write_wav(tmp_path / "a.wav", samples + 0.5 * samples[::-1])
    transcript, _ = transcribe_recording(path, recogniser=None)
    assert transcript.provenance.channel_verdict == "warn"
    assert transcript.provenance.separation is Separation.CHANNELS
    assert transcript.capabilities == {Capability.STARTS, Capability.ENDS}


def test_silence_is_a_transcript_without_turns(tmp_path):
    path = write_wav(tmp_path / "a.wav", np.zeros((2, 160000)))
    transcript, _ = transcribe_recording(path, recogniser=fake())
    assert transcript.turns == ()
    assert transcript.duration_s == 10.0
    assert "No speech was heard." in transcript.provenance.notes


def test_the_key_names_what_changes_the_result(minute):
    keys = {
        transcribe_recording(minute, recogniser=recogniser, language=language)[0].provenance.recognition_key
        for recogniser, language in ((fake(), None), (fake(), "en"), (None, None))
    }
    assert len(keys) == 3


def test_two_processes_give_the_same_bytes():
    code = (
        "import sys; from callcoach.core import canonical_json; "
        "from callcoach.core.documents import transcript_to_document as document; "
        "from callcoach.transcribe.recording import transcribe_recording; "
        "print(canonical_json(document(transcribe_recording(sys.argv[1], recogniser=None)[0])))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code, str(CALL)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    here, _ = transcribe_recording(CALL, recogniser=None)
    assert printed == canonical_json(transcript_to_document(here)) + "\n"


def test_progress_rises_to_one(samples, tmp_path):
    seen: list[float] = []
    transcribe_recording(write_wav(tmp_path / "a.wav", samples), recogniser=fake(), progress=seen.append)
    assert seen == sorted(seen)
    assert 0 < seen[0] < 1
    assert seen[-1] == 1.0


def test_a_longer_recording_takes_no_more_memory(tmp_path):
    short = peak_mb(long_call(tmp_path / "short.wav", minutes=3))
    long = peak_mb(long_call(tmp_path / "long.wav", minutes=9))
    # 6 minutes in one piece would be 46 MB at 16 kHz; what grows is a probability per 32 ms.
    assert long - short < 20
    assert long < 500


def test_every_torture_file_gives_a_transcript_or_a_typed_error(shared_data):
    kinds = set()
    for path in sorted((shared_data / "torture").iterdir()):
        try:
            transcript, media = transcribe_recording(path, recogniser=None)
        except InputError as error:
            kinds.add(error.kind)
            continue
        assert transcript.duration_s == media.duration_s
        assert all(
            piece.end_s <= media.duration_s for pieces in transcript.speech.values() for piece in pieces
        )
    assert kinds == {"empty", "unreadable"}


def test_the_fake_cannot_be_had_without_its_token():
    with pytest.raises(BadSettings):
        FakeRecogniser(token="please")
    assert isinstance(fake(), Recogniser)


def test_the_fake_counts_words():
    found = fake().recognise(np.zeros(16000, np.float32), (Interval(0.0, 1.0),), language=None)
    assert [word.text for word in found.words] == ["word"] * 3
    assert found.language == "en"
