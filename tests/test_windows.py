"""Windows: full of speech, cut where nobody speaks, and every word finds its way back to the call."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.core import Interval, Word, total_s
from callcoach.transcribe.windows import MARGIN_S, Part, Window, windows_of

RATE_HZ = 16000


def clock(seconds: float, n_channels: int = 1) -> np.ndarray:
    """Sound whose samples say where they are: channel number plus the sample's position."""
    n = round(seconds * RATE_HZ)
    return np.stack([c + np.arange(n) / 2**23 for c in range(n_channels)]).astype(np.float64)


def packed(sound, *speech, longest_s: float, block_s: float = 3.0) -> list[Window]:
    step = round(block_s * RATE_HZ)
    blocks = [sound[:, i : i + step] for i in range(0, sound.shape[1], step)]
    channels = {f"speaker {i}": (i, tuple(pieces)) for i, pieces in enumerate(speech)}
    return list(windows_of(blocks, channels, longest_s=longest_s))


def test_silence_is_left_out_and_a_margin_touches_nobody():
    # speech    |0.5-2|  |2.3-4|          |9-10|
    (window,) = packed(clock(12), [Interval(0.5, 2), Interval(2.3, 4), Interval(9, 10)], longest_s=6)
    assert window.spans == (Interval(0.3, 2.15), Interval(2.15, 4.2), Interval(8.8, 10.2))
    assert window.duration_s == pytest.approx(5.3, abs=0.001)


def test_a_piece_that_no_longer_fits_begins_the_next_window():
    speech = [Interval(1, 3), Interval(4, 6), Interval(7, 9)]
    windows = packed(clock(12), speech, longest_s=5)
    assert [len(window.parts) for window in windows] == [2, 1]


def test_a_long_piece_is_cut_at_its_quietest_moment_and_loses_nothing():
    sound = 0.1 * np.random.default_rng(0).standard_normal((1, 20 * RATE_HZ))
    sound[:, round(4.5 * RATE_HZ) : round(4.7 * RATE_HZ)] = 0
    windows = packed(sound, [Interval(0.0, 20.0)], longest_s=6)
    spans = [span for window in windows for span in window.spans]
    assert spans[0].start_s == 0.0
    assert spans[0].end_s == pytest.approx(4.6, abs=0.06)
    assert spans[-1].end_s == 20.0
    assert [a.end_s for a in spans[:-1]] == [b.start_s for b in spans[1:]]
    assert [part.after_cut for window in windows for part in window.parts] == [
        False,
        *[True] * (len(spans) - 1),
    ]
    assert all(window.duration_s <= 6 for window in windows)


def test_a_word_never_reaches_across_time_that_was_left_out():
    # call    |1---2|                  |9---10|
    # window  |1-2.2| |8.8-10.2|       a word over the joint belongs where its middle is
    (window,) = packed(clock(12), [Interval(1, 2), Interval(9, 10)], longest_s=6)
    joint_s = 2 * MARGIN_S + 1
    early = window.on_call(Word("so", Interval(joint_s - 0.3, joint_s + 0.1), 0.5))
    late = window.on_call(Word("then", Interval(joint_s - 0.1, joint_s + 0.3), 0.5))
    assert (early.interval.start_s, early.interval.end_s) == pytest.approx((1.9, 2.2))
    assert (late.interval.start_s, late.interval.end_s) == pytest.approx((8.8, 9.1))
    assert (early.text, early.probability) == ("so", 0.5)


def test_speech_beyond_the_end_of_the_recording_ends_with_it():
    (window,) = packed(clock(5), [Interval(3, 6)], longest_s=6)
    assert window.spans == (Interval(2.8, 5.0),)


def test_no_speech_is_no_window():
    assert packed(clock(5), [], longest_s=6) == []


def test_the_mean_of_all_channels_stands_for_everyone():
    sound = np.stack([np.ones(RATE_HZ), np.zeros(RATE_HZ)])
    (window,) = windows_of([sound], {"everyone": (None, (Interval(0, 1),))}, longest_s=30)
    assert np.all(window.samples == 0.5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.3, 4), st.floats(0.16, 9)), max_size=12),
    st.floats(2, 12),
    st.floats(0.5, 40),
)
def test_every_sample_of_a_window_is_the_one_its_parts_name(gaps_and_lengths, longest_s, block_s):
    speech, at_s = [], 0.0
    for gap_s, length_s in gaps_and_lengths:
        speech.append(Interval(round(at_s + gap_s, 3), round(at_s + gap_s + length_s, 3)))
        at_s = speech[-1].end_s
    sound = clock(at_s + 1, 2)
    windows = packed(sound, speech, speech[::2], longest_s=longest_s, block_s=block_s)
    for channel, pieces in ((0, speech), (1, speech[::2])):
        own = [window for window in windows if window.label == f"speaker {channel}"]
        covered = [span for window in own for span in window.spans]
        assert covered == sorted(covered)
        assert all(a.end_s <= b.start_s + 0.001 for a, b in pairwise(covered))
        for piece in pieces:  # all of it is in some window
            inside = [s for s in covered if s.overlaps(piece)]
            assert total_s(inside) >= piece.duration_s - 0.002
        for window in own:
            assert len(window.samples) <= longest_s * RATE_HZ
            assert sum(part.n for part in window.parts) == len(window.samples)
            for part in window.parts:
                exact = sound[channel, part.start : part.start + part.n].astype(np.float32)
                assert np.array_equal(window.samples[part.at : part.at + part.n], exact)


def test_a_moment_has_one_place_in_its_window():
    window = Window(
        "left",
        np.zeros(3 * RATE_HZ, np.float32),
        (Part(0, RATE_HZ, RATE_HZ), Part(RATE_HZ, 5 * RATE_HZ, 2 * RATE_HZ)),
    )
    assert window.in_window(1.5) == 0.5
    assert window.in_window(6.0) == 2.0
    assert window.in_window(3.0) is None
