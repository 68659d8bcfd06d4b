"""The bundled calls are what their scripts say, and their recordings are what their truth says."""

import json
import os
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from scipy.signal import correlate

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Interval, intersection, support, total_s
from callcoach.transcribe.train import espeak
from callcoach.transcribe.train.calls import random_call, random_script
from callcoach.transcribe.train.fixtures import render, sidecar, truth_json
from callcoach.transcribe.train.script import Line, Script, Speaker, read_script
from callcoach.transcribe.train.voicing import speak_all

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = (
    "demo-good",
    "demo-poor",
    "discovery-good",
    "discovery-poor",
    "negotiation",
    "renewal",
)
RATE_HZ = 16_000
MARGIN_S = 0.15  # a word may ring on


@pytest.fixture(scope="module")
def synthesiser():
    """Name and version of espeak-ng; without it a plain run skips and a CI run fails."""
    if not espeak.available():
        reason = "espeak-ng is not installed (Debian and Ubuntu: apt install libespeak-ng1)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return speak_all([])[1]


def script_of(name):
    return read_script(FIXTURES / "scripts" / f"{name}.toml")


def truth_of(name):
    return json.loads((FIXTURES / f"{name}.truth.json").read_text(encoding="utf-8"))


def speech_by_channel(truth):
    """Channel to the support of what is said on it."""
    said = {0: [], 1: []}
    for speaker in truth["speakers"]:
        pieces = truth["speech"][speaker["label"]]
        said[speaker["channel"]] += [Interval(start_s, end_s) for start_s, end_s in pieces]
    return {channel: support(pieces) for channel, pieces in said.items()}


def decoded(path):
    """Samples of a recording at 16 kHz, shape (2, n)."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)


def mask(pieces, n_samples, margin_s=0.0):
    within = np.zeros(n_samples, bool)
    for piece in pieces:
        start = max(0, round((piece.start_s - margin_s) * RATE_HZ))
        within[start : round((piece.end_s + margin_s) * RATE_HZ)] = True
    return within


def level_db(samples):
    return 10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12)


def test_there_are_six_calls_with_all_their_files():
    assert sorted(path.stem for path in (FIXTURES / "scripts").glob("*.toml")) == list(NAMES)
    for name in NAMES:
        for ending in ("opus", "truth.json", "opus.callcoach.json"):
            assert (FIXTURES / f"{name}.{ending}").is_file()
    assert sum((FIXTURES / f"{name}.opus").stat().st_size for name in NAMES) < 5e6


def test_types_qualities_sides_and_openers_vary():
    scripts = [script_of(name) for name in NAMES]
    calls = [script.call for script in scripts]
    assert {call["call_type"] for call in calls} == {"discovery", "demo", "negotiation", "renewal"}
    assert {"good", "poor"} <= {call["quality"] for call in calls}
    assert {call["left"] for call in calls} == {"rep", "customer"}
    openers = [script.speaker(script.lines[0].who).role for script in scripts]
    assert openers.count("CUSTOMER") >= len(NAMES) / 2
    sexes = [{speaker.variant[0] for speaker in script.speakers} for script in scripts]
    assert sum(len(voices) == 1 for voices in sexes) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_a_call_lasts_two_to_four_minutes_with_overlaps_and_back_channels(name):
    script, truth = script_of(name), truth_of(name)
    assert 120 <= truth["duration_s"] <= 240
    said = speech_by_channel(truth)
    overlaps = intersection(said[0], said[1])
    assert len(overlaps) >= 4
    assert total_s(overlaps) >= 2
    asides = [line for line in script.lines if line.at_word is not None]
    assert len(asides) >= 3
    assert all(len(line.text.split()) <= 3 for line in asides)


@pytest.mark.parametrize("name", NAMES)
def test_truth_holds_the_words_of_the_script_in_time(name):
    script, truth = script_of(name), truth_of(name)
    for speaker in truth["speakers"]:
        label = speaker["label"]
        words = [word for word in truth["words"] if word["speaker"] == label]
        written = [w for line in script.lines if line.who == label for w in line.text.split()]
        assert [word["text"] for word in words] == written
        ends_s = [0.0] + [word["end_s"] for word in words]
        for word, before_s in zip(words, ends_s, strict=False):
            assert before_s <= word["start_s"] <= word["end_s"] <= truth["duration_s"]
        pieces = [Interval(*piece) for piece in truth["speech"][label]]
        spoken = support(Interval(word["start_s"], word["end_s"]) for word in words)
        assert total_s(intersection(spoken, pieces)) == pytest.approx(total_s(spoken))


@pytest.mark.parametrize("name", NAMES)
def test_sound_is_where_the_truth_says_and_nowhere_else(name):
    # channel 0   ....|speech|..........|speech|....    inside loud, outside the noise floor
    # channel 1   .............|speech|.............    the far side hears nothing of it
    truth, samples = truth_of(name), decoded(FIXTURES / f"{name}.opus")
    n_samples = samples.shape[1]
    assert n_samples / RATE_HZ == pytest.approx(truth["duration_s"], abs=0.02)
    said = speech_by_channel(truth)
    for channel in (0, 1):
        inside = mask(said[channel], n_samples)
        outside = ~mask(said[channel], n_samples, MARGIN_S)
        far_speaks = mask(said[1 - channel], n_samples) & outside
        loud_db = level_db(samples[channel][inside])
        assert loud_db == pytest.approx(-22, abs=2)
        assert level_db(samples[channel][outside]) < loud_db - 45
        assert level_db(samples[channel][far_speaks]) < loud_db - 55


@pytest.mark.parametrize("name", NAMES)
def test_every_stretch_of_speech_begins_on_time(name):
    truth, samples = truth_of(name), decoded(FIXTURES / f"{name}.opus")
    late_s = []
    for channel, pieces in speech_by_channel(truth).items():
        for before, piece in pairwise(pieces):
            if piece.start_s - before.end_s > 0.5:
                at = round((piece.start_s - 0.2) * RATE_HZ)
                heard = np.abs(samples[channel][at : at + RATE_HZ]) > 0.003
                late_s.append(np.argmax(heard) / RATE_HZ - 0.2)
    assert len(late_s) >= 10
    assert abs(np.median(late_s)) < 0.02  # a stop consonant begins in silence
    assert min(late_s) > -0.03


@pytest.mark.parametrize("name", NAMES)
def test_sidecars_say_who_when_and_which_side(name):
    stored = json.loads((FIXTURES / f"{name}.opus.callcoach.json").read_text(encoding="utf-8"))
    assert stored == sidecar(script_of(name))
    required = {
        "started_at",
        "rep",
        "customer",
        "account",
        "call_type",
        "language",
        "source_id",
        "first_meeting",
    }
    assert required | {"channels"} <= set(stored) <= required | {"channels", "stage", "outcome"}
    assert datetime.fromisoformat(stored["started_at"]).tzinfo is not None
    roles = {speaker["channel"]: speaker["role"].lower() for speaker in truth_of(name)["speakers"]}
    assert stored["channels"] == {"left": roles[0], "right": roles[1]}


@pytest.mark.parametrize("name", NAMES)
def test_scripts_rebuild_to_the_stored_truth(name, synthesiser):
    stored = (FIXTURES / f"{name}.truth.json").read_text(encoding="utf-8")
    made_with = json.loads(stored)["synthesiser"]
    if made_with != synthesiser:
        pytest.skip(f"stored truth was made with {made_with}, installed is {synthesiser}")
    samples, truth = render(script_of(name))
    assert truth_json(truth) == stored
    heard = decoded(FIXTURES / f"{name}.opus")
    for channel in (0, 1):
        ours, theirs = samples[channel][: 60 * RATE_HZ], heard[channel][: 60 * RATE_HZ]
        lag = np.argmax(correlate(theirs, ours, mode="full", method="fft")) - (len(ours) - 1)
        assert abs(lag) / RATE_HZ < 0.01


def test_the_same_call_sounds_the_same_whatever_was_said_before(synthesiser):
    first, truth = random_call(5, minutes=0.3)
    espeak.speak("something else in between", variant="m3")
    again, truth_again = random_call(5, minutes=0.3)
    assert np.array_equal(first, again)
    assert truth == truth_again
    assert first.dtype == np.float32
    assert first.shape == (2, round(truth.duration_s * RATE_HZ))


def test_random_calls_have_overlaps_and_share_no_line_with_the_fixtures(synthesiser):
    _, truth = random_call(3, minutes=1.5)
    assert 72 <= truth.duration_s <= 108
    assert len(intersection(truth.speech_of("REP"), truth.speech_of("CUSTOMER"))) >= 2
    assert 0 < truth.talk_share() < 1
    ours = {line.text for name in NAMES for line in script_of(name).lines if line.at_word is None}
    theirs = [line for seed in range(50) for line in random_script(seed, minutes=3).lines]
    assert not ours & {line.text for line in theirs if line.at_word is None}


SPEAKERS = (Speaker("r", "R", "REP", 0, "gmw/en"), Speaker("c", "C", "CUSTOMER", 1, "gmw/en"))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([Line("x", "hello", gap_s=0.5)], "line 1 needs a speaker"),
        ([Line("r", "hello 2", gap_s=0.5)], "line 1 needs letters"),
        ([Line("r", "hello")], "line 1 needs exactly one"),
        ([Line("r", "hello", gap_s=0.5), Line("c", "yes", at_word=2)], "line 2 needs at_word"),
    ],
)
def test_a_script_that_cannot_be_spoken_names_the_line(lines, message):
    with pytest.raises(BadSettings, match=message):
        Script("made-up", {}, SPEAKERS, tuple(lines))


def test_nobody_speaks_over_themselves(synthesiser):
    lines = (Line("r", "one moment please", gap_s=0.5), Line("r", "thank you", gap_s=-0.5))
    with pytest.raises(BadSettings, match="line 2 must start after"):
        render(Script("made-up", {}, SPEAKERS, lines))


def test_an_unknown_voice_is_refused_by_name(synthesiser):
    with pytest.raises(espeak.EspeakError, match="no-such-voice"):
        speak_all([{"text": "hello", "voice": "no-such-voice"}])
