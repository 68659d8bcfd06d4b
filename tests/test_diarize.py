"""One channel: two voices told apart with a probability, or withheld with the reason; never guessed."""

from __future__ import annotations

import builtins
import json
import sys
import types
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import FIXTURES, IN_CI, ROOT

from callcoach.core import Capability, Interval, Role, Separation, Word, total_s
from callcoach.core.errors import BadSettings, MissingExtra, ModelMissing
from callcoach.evaluate.reference import read_truth
from callcoach.transcribe import diarize, diarize_pyannote
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.diarize import LABELS, Diarization, Embedded, diarized, load_diarizer, told_apart
from callcoach.transcribe.recording import transcribe_recording
from callcoach.transcribe.roles import infer_roles
from callcoach.transcribe.rttm import rttm_of
from callcoach.transcribe.voices.compare import errors
from callcoach.transcribe.voices.confidence import confidence
from callcoach.transcribe.voices.features import LOUDNESS, N_COLUMNS, PITCH, STEP_S, Voices, voice_features

sys.path.insert(0, str(ROOT / "tests" / "bench"))
RATE_HZ = 16_000


def mono_file(folder: Path, samples: np.ndarray, name: str = "mono.wav") -> Path:
    path = folder / name
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return path


def bundled(name: str) -> np.ndarray:
    with open_audio(FIXTURES / f"{name}.opus") as audio:
        return np.concatenate(list(audio.blocks()), axis=1)


@pytest.fixture(scope="module")
def mono_call(tmp_path_factory) -> Path:
    """A bundled call of two different voices, laid on one channel."""
    return mono_file(tmp_path_factory.mktemp("mono"), bundled("discovery-good").sum(axis=0))


@pytest.fixture(scope="module")
def heard(mono_call):
    return transcribe_recording(mono_call, recogniser=None)[0]


@pytest.fixture(scope="module")
def parted(heard, mono_call):
    return diarized(heard, mono_call)


@pytest.fixture(scope="module")
def one_voice(tmp_path_factory) -> Path:
    """The rep's channel alone: a customer who never speaks."""
    return mono_file(tmp_path_factory.mktemp("one"), bundled("discovery-good")[0])


# Two voices.


def test_two_voices_on_one_channel_are_told_apart_and_how_sure_that_is_is_kept(parted) -> None:
    transcript = parted
    true, _ = read_truth(FIXTURES / "discovery-good.truth.json")
    points, wrong = errors(transcript.speech, true)
    assert points <= 3
    assert wrong <= 0.05
    assert transcript.provenance.separation is Separation.DIARIZED
    assert 0.9 <= transcript.provenance.separation_confidence <= 0.99
    assert transcript.dependable
    assert [s.label for s in transcript.speakers] == list(LABELS)
    assert not transcript.can(Capability.OVERLAP)
    assert "inferred from one channel" in transcript.provenance.notes[-1]


def test_no_second_of_speech_is_lost_or_given_twice(heard, parted) -> None:
    both = [piece for pieces in parted.speech.values() for piece in pieces]
    assert total_s(both) == pytest.approx(total_s(heard.speech["everyone"]), abs=0.05)
    assert sum(total_s(pieces) for pieces in parted.speech.values()) == pytest.approx(total_s(both), abs=0.05)


def test_a_diarized_transcript_has_its_own_identity_and_comes_out_the_same_again(
    heard, parted, mono_call
) -> None:
    assert parted.id != heard.id
    assert diarized(heard, mono_call) == parted


def test_whole_words_go_to_a_speaker(heard, mono_call) -> None:
    true, reps = read_truth(FIXTURES / "discovery-good.truth.json")
    said = json.loads((FIXTURES / "discovery-good.truth.json").read_text("utf-8"))["words"]
    words = tuple(Word(w["text"], Interval(w["start_s"], w["end_s"])) for w in said)
    with_words = replace(
        heard,
        turns=(replace(heard.turns[0], words=words, span=None),),
        capabilities=heard.capabilities | {Capability.TEXT, Capability.WORDS},
    )
    parted = diarized(with_words, mono_call)
    spoken = [(word, turn.speaker) for turn in parted.turns for word in turn.words]
    assert sorted(w.interval for w, _ in spoken) == sorted(w.interval for w in words)
    right_voice = max(LABELS, key=lambda name: total_s(parted.speech[name]))
    most = max(true, key=lambda name: total_s(true[name]))
    who = {(w["start_s"], w["end_s"], w["text"]): w["speaker"] for w in said}
    right = sum(
        (label == right_voice) == (who[w.interval.start_s, w.interval.end_s, w.text] == most)
        for w, label in spoken
    )
    assert right / len(spoken) >= 0.95
    # And then the words tell whose side either voice is on.
    sides = infer_roles(replace(parted, language="en"))
    rep = next(s.label for s in sides.speakers if s.role is Role.REP)
    assert (rep == right_voice) == (most in reps)


def test_other_transcripts_come_back_as_they_are() -> None:
    two_channels, _ = transcribe_recording(FIXTURES / "discovery-good.opus", recogniser=None)
    assert diarized(two_channels, FIXTURES / "discovery-good.opus") is two_channels


# Withheld.


def test_one_voice_is_not_taken_for_two(one_voice) -> None:
    heard, _ = transcribe_recording(one_voice, recogniser=None)
    parted = diarized(heard, one_voice)
    assert not parted.dependable
    assert "Record two channels" in parted.provenance.notes[-1]


def test_too_little_speech_is_not_judged(tmp_path) -> None:
    path = mono_file(tmp_path, bundled("discovery-good").sum(axis=0)[: 40 * RATE_HZ])
    heard, _ = transcribe_recording(path, recogniser=None)
    parted = diarized(heard, path)
    assert parted.provenance.separation is Separation.NONE
    assert parted.speakers == heard.speakers
    assert "are too few to tell two voices" in parted.provenance.notes[-1]


def test_more_than_two_voices_are_declined(tmp_path) -> None:
    """Two calls one after another: four people, a transfer and a conference in one."""
    samples = np.concatenate([bundled(name).sum(axis=0) for name in ("discovery-good", "demo-poor")])
    path = mono_file(tmp_path, samples)
    heard, _ = transcribe_recording(path, recogniser=None)
    assert not diarized(heard, path).dependable


def test_a_third_voice_lowers_the_probability_whatever_the_gain() -> None:
    assert confidence(0.5, 0.05) >= 0.9
    assert all(confidence(log_gain, 0.5) < 0.6 for log_gain in (0.0, 1.0, 3.0))
    assert confidence(-3.0, 0.0) < 0.2


def test_silence_and_noise_give_no_voices() -> None:
    rng = np.random.default_rng(0)
    noise = voice_features([(0.1 * rng.standard_normal(RATE_HZ * 5)).astype(np.float32)])
    assert told_apart(noise, ()).why_not
    assert told_apart(voice_features([]), (Interval(0, 90),)).confidence == 0.0


# Sound.


def test_features_do_not_depend_on_how_the_recording_is_cut() -> None:
    samples = bundled("demo-good").sum(axis=0)[: 10 * RATE_HZ]
    whole, parts = voice_features([samples]), Voices()
    for piece in np.array_split(samples, [777, 5000, 90_001]):
        parts.feed(piece)
    np.testing.assert_allclose(parts.finish(), whole, rtol=1e-4, atol=1e-3)
    assert whole.shape == (round(10 / STEP_S) - 3, N_COLUMNS)


@pytest.mark.parametrize("pitch_hz", [90, 140, 220, 310])
def test_pitch_is_that_of_a_buzz(pitch_hz: int) -> None:
    t = np.arange(RATE_HZ) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * pitch_hz * k * t) / k for k in range(1, 12)).astype(np.float32) * 0.1
    features = voice_features([buzz])
    assert np.exp(np.median(features[:, PITCH])) == pytest.approx(pitch_hz, rel=0.03)
    assert np.median(features[:, LOUDNESS]) == pytest.approx(10 * np.log10(np.mean(buzz**2)), abs=1)


# Back ends.


def test_an_unknown_back_end_is_refused() -> None:
    with pytest.raises(BadSettings, match="embedded, pyannote"):
        load_diarizer("magic")
    assert isinstance(load_diarizer(), Embedded)


def test_without_the_extra_the_pip_line_is_named(monkeypatch) -> None:
    real = builtins.__import__

    def without_pyannote(name, *args, **kwargs):
        if name.startswith("pyannote.audio"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pyannote)
    with pytest.raises(MissingExtra, match=r"pip install 'callcoach\[diarize\]'"):
        load_diarizer("pyannote")


def test_without_the_model_the_message_says_how_to_bring_it(monkeypatch) -> None:
    class Pipeline:
        @staticmethod
        def from_pretrained(name):
            raise OSError("offline")

    fake = types.ModuleType("pyannote.audio")
    fake.Pipeline = Pipeline
    monkeypatch.setitem(sys.modules, "pyannote", types.ModuleType("pyannote"))
    monkeypatch.setitem(sys.modules, "pyannote.audio", fake)
    with pytest.raises(ModelMissing, match="copy its folder here"):
        load_diarizer("pyannote")


def test_pyannotes_answer_is_only_as_sure_as_the_two_agree() -> None:
    speech = (Interval(0, 100),)
    ours = Diarization({LABELS[0]: (Interval(0, 60),), LABELS[1]: (Interval(60, 100),)}, 0.97)
    same = {"SPEAKER_01": [Interval(0, 61)], "SPEAKER_00": [Interval(61, 100)]}
    other = {"SPEAKER_01": [Interval(0, 30)], "SPEAKER_00": [Interval(30, 100)]}
    assert diarize_pyannote.judged(same, ours, speech).confidence == 0.97
    assert diarize_pyannote.judged(other, ours, speech).confidence == 0.5
    assert "3 voices" in diarize_pyannote.judged(same | {"X": [Interval(1, 2)]}, ours, speech).why_not


def test_pyannotes_pipeline_hears_one_channel_and_is_believed_where_it_agrees(
    heard, parted, mono_call
) -> None:
    class Segment:
        def __init__(self, piece: Interval) -> None:
            self.start, self.end = piece.start_s, piece.end_s

    class Output:
        class exclusive_speaker_diarization:
            @staticmethod
            def itertracks(yield_label):
                return [(Segment(p), "_", label) for label, own in parted.speech.items() for p in own]

    def pipeline(path, *, num_speakers):
        with wave.open(path) as file:
            assert (file.getnchannels(), file.getframerate(), num_speakers) == (1, RATE_HZ, 2)
        return Output

    diarizer = diarize_pyannote.Pyannote(pipeline, model="folder")
    again = diarized(heard, mono_call, diarizer=diarizer)
    assert again.provenance.separation_confidence == parted.provenance.separation_confidence
    assert again.id != parted.id


# RTTM and the measured halves.


def test_rttm_has_one_line_a_stretch(parted) -> None:
    lines = rttm_of(parted, name="my call").splitlines()
    assert len(lines) == sum(len(pieces) for pieces in parted.speech.values())
    assert all(len(line.split()) == 10 and line.startswith("SPEAKER my_call 1 ") for line in lines)


def test_what_the_bundled_calls_keep_on_one_channel_is_right() -> None:
    """Risk and coverage on the six bundled calls, which nothing was fitted on."""
    from callcoach.transcribe.voices.compare import heard

    kept = []
    for path in sorted(FIXTURES.glob("*.opus"))[: 2 if IN_CI else None]:
        samples = bundled(path.stem).sum(axis=0)
        found = told_apart(voice_features([samples]), heard(samples))
        true, _ = read_truth(FIXTURES / f"{path.stem}.truth.json")
        if found.confidence >= diarize.DEPENDABLE_SEPARATION:
            kept.append(errors(found.speech, true)[0])
    assert kept
    assert max(kept) <= 8
    assert np.mean(kept) <= 3


def test_no_real_clip_is_wrong_and_confident(shared_data) -> None:
    from mono_risk import clip_row, sure

    for path in sorted((shared_data / "audio").glob("*.rttm")):
        row = clip_row(path.with_suffix(".wav"))
        assert sure(row) < diarize.DEPENDABLE_SEPARATION or row.error_points <= 8, row
