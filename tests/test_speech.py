"""Voice activity: the same in pieces as in one, padded and cleaned as documented."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import FIXTURES

from callcoach.core import Interval
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.silero import SpeechDetector, hysteresis
from callcoach.transcribe.speech import SPEECH_OPTIONS, dilated, intervals_of, reaching

FRAME_S = 0.016


def mask(pattern: str) -> np.ndarray:
    return np.array([mark == "#" for mark in pattern])


@pytest.mark.parametrize("piece", [160, 4001, 16000])
def test_speech_heard_in_pieces_is_that_heard_in_one(piece):
    samples = next(open_audio(sorted(FIXTURES.glob("*.opus"))[0]).blocks(block_s=15))[0]
    whole, parts = SpeechDetector(), SpeechDetector()
    whole.feed(samples)
    for at in range(0, len(samples), piece):
        parts.feed(samples[at : at + piece])
    expected = whole.finish()
    assert expected.max() > 0.9
    assert len(expected) == -(-len(samples) // 512)
    assert np.allclose(parts.finish(), expected, atol=1e-5)


@pytest.mark.parametrize("n", [0, 1, 511, 512, 513])
def test_a_last_part_step_counts(n):
    detector = SpeechDetector()
    detector.feed(np.zeros(n, np.float32))
    assert len(detector.finish()) == -(-n // 512)


def test_speech_goes_on_until_the_lower_threshold():
    probabilities = np.array([0.1, 0.4, 0.6, 0.4, 0.36, 0.3, 0.4, 0.5])
    assert hysteresis(probabilities).tolist() == [False, False, True, True, True, False, False, True]


def test_activity_is_widened_and_shortened_by_frames():
    assert dilated(mask("..##..#..."), before=1, after=1).tolist() == mask(".#######..").tolist()
    assert dilated(mask(".####.#..."), before=0, after=-2).tolist() == mask(".##.......").tolist()


def test_speech_reaches_as_far_as_it_is_loud_and_no_further_than_a_quarter_second():
    #         0        40       60            100   frames of 16 ms
    # power   quiet    loud ...............   quiet
    # heard            ####
    powers = np.full(140, 1e-8)
    powers[40:100] = 1e-2
    active = np.zeros(140, bool)
    active[44:60] = True
    reached = np.flatnonzero(reaching(active, powers))
    assert reached[0] == pytest.approx(40, abs=1)
    assert reached[-1] + 1 == 60 + round(0.25 / FRAME_S)


def test_short_holes_are_filled_and_short_blips_dropped():
    # 0.32 s speech, 0.24 s hole, 0.32 s speech, 0.48 s silence, 0.112 s blip
    pattern = mask("#" * 20 + "." * 15 + "#" * 20 + "." * 30 + "#" * 7 + "." * 8)
    assert intervals_of(pattern, 10.0) == (Interval(0.0, 0.88),)


def test_speech_never_ends_after_the_recording():
    assert intervals_of(mask("#" * 20), 0.3) == (Interval(0.0, 0.3),)


def test_everything_that_changes_speech_is_in_the_recognition_key():
    assert {
        "threshold",
        "end_threshold",
        "reach_ms",
        "pad_start_ms",
        "pad_end_ms",
        "fill_ms",
        "drop_ms",
    } <= set(SPEECH_OPTIONS)
