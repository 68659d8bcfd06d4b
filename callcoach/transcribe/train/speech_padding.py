"""What padding voice activity needs: its error against synthesised calls with known times.

    python -m callcoach.transcribe.train.speech_padding [N_CALLS]

Silero decides in steps of 32 ms, and level says how far its pieces reach. How much earlier or later
a piece must start and end is read off here and fixed in `callcoach.transcribe.speech`. The calls are
`random_call`'s: every second as a telephone would carry it (8 kHz, mu-law), every second pair with
noise 10 to 25 dB under the speech. No bundled recording and no evaluation data takes part.
"""

from __future__ import annotations

import sys
from itertools import product

import numpy as np

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Intervals, intersection, support, total_s
from callcoach.transcribe import speech
from callcoach.transcribe.audio import SAMPLE_RATE_HZ
from callcoach.transcribe.bleed import FRAME_S, Levels
from callcoach.transcribe.train.calls import random_call
from callcoach.transcribe.train.render import JOIN_GAP_S, SPEECH_DBFS, Truth

FIRST_SEED = 71_000  # far from the seeds that tests use
MINUTES = 3.0
NEARBY_S = 0.25  # a boundary heard further off belongs to another piece
STARTS_MS, ENDS_MS = (-32, -16, 0, 16, 32, 48, 64), (-96, -64, -48, -32, -16, 0, 16, 32, 64)


def telephone(samples: np.ndarray) -> np.ndarray:
    """The same call at 8 kHz through 8-bit mu-law and back at 16 kHz."""
    from scipy.signal import resample_poly

    narrow = np.clip(resample_poly(samples, 1, 2, axis=1), -1, 1)
    code = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    narrow = np.sign(code) * (256 ** np.abs(code) - 1) / 255
    return resample_poly(narrow, 2, 1, axis=1).astype(np.float32)


def noisy(samples: np.ndarray, seed: int) -> np.ndarray:
    """The same call with dark noise, different on each channel."""
    from scipy.signal import lfilter

    rng = np.random.default_rng(seed)
    noise = lfilter([1], [1, -0.95], rng.standard_normal(samples.shape), axis=1)
    noise /= noise.std(axis=1, keepdims=True)
    level_db = SPEECH_DBFS - rng.uniform(10, 25, (len(samples), 1))
    return (samples + 10 ** (level_db / 20) * noise).astype(np.float32)


def hear_unpadded(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Voice activity before padding, and powers, both (n_channels, n_frames)."""
    levels = Levels(len(samples), sample_rate_hz=SAMPLE_RATE_HZ)
    levels.feed(samples)
    powers = levels.finish()
    active = []
    for channel in samples:
        detector = speech.SpeechDetector()
        detector.feed(channel)
        active.append(speech.activity(detector.finish(), powers[len(active)], before=0, after=0))
    return np.stack(active), powers


def by_channel(truth: Truth) -> tuple[Intervals, Intervals]:
    """True speech of the left and the right channel, joined as `speech` joins it."""
    return tuple(
        support(
            (p for s in truth.speakers if s["channel"] == channel for p in truth.speech[s["label"]]),
            join_gap_s=JOIN_GAP_S,
        )
        for channel in (0, 1)
    )


def errors(heard: tuple[Intervals, ...], true: tuple[Intervals, ...]) -> tuple[float, float, float]:
    """Talk share in points, speech time in percent and overlap in seconds, heard less true."""
    left_s, right_s = map(total_s, heard)
    true_left_s, true_right_s = map(total_s, true)
    share = left_s / (left_s + right_s) - true_left_s / (true_left_s + true_right_s)
    time = (left_s + right_s) / (true_left_s + true_right_s) - 1
    return 100 * share, 100 * time, total_s(intersection(*heard)) - total_s(intersection(*true))


def lateness_ms(heard: Intervals, true: Intervals) -> tuple[list[float], list[float]]:
    """How late the starts and the ends of true pieces are heard, where one is heard nearby."""

    def nearest(true_s: list[float], heard_s: list[float]) -> list[float]:
        if not heard_s:
            return []
        late = (min((h - t for h in heard_s), key=abs) for t in true_s)
        return [1000 * d for d in late if abs(d) <= NEARBY_S]

    return (
        nearest([p.start_s for p in true], [p.start_s for p in heard]),
        nearest([p.end_s for p in true], [p.end_s for p in heard]),
    )


def main(n_calls: int = 40) -> None:
    calls, seed = [], FIRST_SEED
    while len(calls) < n_calls:
        seed += 1
        try:
            samples, truth = random_call(seed, minutes=MINUTES)
        except BadSettings:  # a script whose lines collide when spoken
            continue
        if len(calls) % 4 >= 2:
            samples = noisy(samples, seed)
        if len(calls) % 2:
            samples = telephone(samples)
        calls.append((*hear_unpadded(samples), truth.duration_s, by_channel(truth)))
    print(f"{n_calls} calls of about {MINUTES:g} min; half by telephone, half in noise")
    late = [
        lateness_ms(heard, piece)
        for active, powers, duration_s, true in calls
        for heard, piece in zip(speech.judge(active, powers, duration_s).speech, true, strict=True)
    ]
    for name, column in (("starts", 0), ("ends", 1)):
        ms = np.array([value for row in late for value in row[column]])
        print(f"without padding {name} are heard {np.median(ms):+.0f} ms late (median of {len(ms)})")
    print("start_ms end_ms  share_err_mean share_err_max  time_err overlap_err_mean |overlap_err|")
    for start_ms, end_ms in product(STARTS_MS, ENDS_MS):
        before, after = (round(ms / 1000 / FRAME_S) for ms in (start_ms, end_ms))
        rows = []
        for active, powers, duration_s, true in calls:
            padded = np.stack([speech.dilated(row, before=before, after=after) for row in active])
            rows.append(errors(speech.judge(padded, powers, duration_s).speech, true))
        share, time, overlap = np.array(rows).T
        print(
            f"{start_ms:8d} {end_ms:6d}  {np.abs(share).mean():14.2f} {np.abs(share).max():13.2f} "
            f"{time.mean():8.2f}% {overlap.mean():15.2f}s {np.abs(overlap).mean():13.2f}s"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
