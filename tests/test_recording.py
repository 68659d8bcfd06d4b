"""A recording becomes a transcript that says what it can tell and what it cannot."""

from __future__ import annotations

import json
import os
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
from callcoach.core.errors import BadSettings, InputError, ModelMissing
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


def test_words_come_back_on_the_clock_and_channel_of_the_recording():
    starts_s = {"left": [], "right": []}

    def say(span, label):
        starts_s[label].append(round((span.start_s + span.end_s) / 2, 3))
        return (Word(f"{label}{len(starts_s[label])}", Interval(starts_s[label][-1], span.end_s), 0.5),)

    transcript, _ = transcribe_recording(CALL, recogniser=fake(say=say, window_s=10.0))
    assert transcript.capabilities == WITH_WORDS
    for label in ("left", "right"):
        words = [word for turn in transcript.turns if turn.speaker == label for word in turn.words]
        words.sort(key=lambda word: word.interval)
        assert [word.text for word in words] == [f"{label}{i + 1}" for i in range(len(words))]
        assert [word.interval.start_s for word in words] == pytest.approx(starts_s[label], abs=0.001)


def test_windows_of_both_channels_share_batches():
    recogniser = fake(window_s=10.0, batch_size=8)
    transcribe_recording(CALL, recogniser=recogniser)
    assert {label for label, _, _ in recogniser.asked[:8]} == {"left", "right"}
    assert set(recogniser.batches[:-1]) == {8}
    for _, spans, _ in recogniser.asked:
        assert sum(span.duration_s for span in spans) <= 10.0 + 0.001 * len(spans)


def test_the_recogniser_gets_the_samples_of_its_channel_where_speech_is(minute, samples):
    class Listening(FakeRecogniser):
        def recognise(self, windows, *, language):
            for window in windows:
                heard = samples[0 if window.label == "left" else 1]
                for part in window.parts:
                    exact = heard[part.start : part.start + part.n]
                    assert np.allclose(window.samples[part.at : part.at + part.n], exact, atol=1e-4)
                    assert np.abs(exact).max() > 0.02
            return super().recognise(windows, language=language)

    listening = Listening(token=FakeRecogniser.TOKEN)
    transcribe_recording(minute, recogniser=listening)
    assert {label for label, _, _ in listening.asked} == {"left", "right"}


def test_language_is_told_by_a_model_that_knows_several_or_given(minute):
    detected, _ = transcribe_recording(minute, recogniser=fake(language="de"))
    assert detected.language == "de"
    given = fake(language="fr")
    transcript, _ = transcribe_recording(minute, recogniser=given, language="fr")
    assert transcript.language == "fr"
    assert {language for _, _, language in given.asked} == {"fr"}


def test_what_was_asked_for_is_used_and_a_doubt_about_it_is_said(minute):
    transcript, _ = transcribe_recording(minute, recogniser=fake(language="de"), language="en")
    assert transcript.language == "en"
    assert any("sounds like de" in note for note in transcript.provenance.notes)


def test_without_a_language_a_model_that_knows_one_hears_nothing(minute):
    english = fake(languages=("en",))
    with pytest.raises(ModelMissing, match="--language en"):
        transcribe_recording(minute, recogniser=english)
    assert english.asked == []
    transcript, _ = transcribe_recording(minute, recogniser=english, language="en")
    assert transcript.language == "en"
    assert english.n_detections == 0


def test_a_language_that_the_model_does_not_know_is_refused(minute):
    with pytest.raises(BadSettings, match="'xx'"):
        transcribe_recording(minute, recogniser=fake(), language="xx")


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
    assert {label for label, _, _ in recogniser.asked} == {"everyone"}


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


def test_words_of_a_longer_recording_take_hardly_more_memory(tmp_path):
    code = (
        "import sys; sys.path.insert(0, 'tests'); "
        "from callcoach.transcribe.recogniser import FakeRecogniser as F; "
        "from callcoach.transcribe.recording import transcribe_recording as t; "
        "made = t(sys.argv[1], recogniser=F(token=F.TOKEN))[0]; "
        "print(sum(len(turn.words) for turn in made.turns)); "
        "print(next(int(row.split()[1]) for row in open('/proc/self/status') if row.startswith('VmHWM')))"
    )

    def measured(minutes: float) -> tuple[int, float]:
        path = long_call(tmp_path / f"{minutes}.wav", minutes=minutes)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        words, kb = map(int, done.stdout.split())
        return words, kb / 1024

    few, short_mb = measured(3)
    many, long_mb = measured(9)
    assert many > 2 * few
    assert long_mb - short_mb < 25  # at that slope, three hours take under 750 MB


def test_hearing_and_recognising_report_to_nobody_and_leave_no_identity_behind(tmp_path):
    """ONNX Runtime from 1.29 names the machine in the user's cache and sends it out, unless told not to."""
    code = (
        "import sys; from callcoach.transcribe.recording import transcribe_recording; "
        "import faster_whisper.vad; transcribe_recording(sys.argv[1], recogniser=None)"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ORT_", "XDG_", "CI"))}
    subprocess.run(
        [sys.executable, "-c", code, str(CALL)], cwd=ROOT, env=kept | {"HOME": str(tmp_path)}, check=True
    )
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
