"""What a recording holds beside speech: tones, music, and a print of its first words' sound.

Frames of 64 ms every 32 ms. A frame is a tone where one frequency, or two, hold nearly all of its
energy; a voice spreads over its harmonics and never keeps still for long::

    level   ▁▁▇▇▇▇▇▁▁▁▅▆▇▅▃▆▁
    peak      1000 Hz     ~
    tone      ├─────┤              one steady frequency: a beep
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SAMPLE_RATE_HZ = 16_000
_FRAME, _HOP = 1024, 512
STEP_S = _HOP / SAMPLE_RATE_HZ
_HZ_PER_BIN = SAMPLE_RATE_HZ / _FRAME
TONE_SHARE = 0.85  # of a frame's energy, in one or two peaks of five bins
TONE_LEVEL_DB = -45.0
TONE_DROP_HZ = 24.0  # a tone keeps its frequency within this
TONE_LEAST_S = 0.2
LOUD_DB = -50.0  # below it a recording is silent
_LOWEST_BIN = 20  # 312 Hz: below it is hum
BAND_EDGES_HZ = (300, 420, 590, 830, 1160, 1630, 2290, 3200, 3900)
PRINT_STEPS, PRINT_EVERY = 64, 4  # 64 steps of 128 ms: about 8 s of speech
MATCH_SHARE = 0.25  # of a print's bits may differ; between different words about half do


@dataclass(frozen=True, slots=True)
class Tone:
    """A steady frequency on one channel."""

    channel: int
    start_s: float
    end_s: float
    hz: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A recording without its words.

    Parameters
    ----------
    loud_s : float
        Seconds in which any channel is louder than silence.
    bands : ndarray of float32, shape (n_channels, n_frames, 8)
        Level per band of telephone speech, for `print_at`.
    """

    duration_s: float
    tones: tuple[Tone, ...]
    loud_s: float
    bands: np.ndarray


def listen_to(blocks: Iterable[np.ndarray]) -> Sound:
    """The sound of a recording from its samples, block by block.

    Parameters
    ----------
    blocks : iterable of ndarray of float32, shape (n_channels, n)
        At 16 kHz.
    """
    peaks, levels, bands, n_samples, held = [], [], [], 0, None
    for block in blocks:
        n_samples += block.shape[1]
        joined = block if held is None else np.concatenate([held, block], axis=1)
        n_frames = max(0, (joined.shape[1] - _FRAME) // _HOP + 1)
        if n_frames:
            peak, level, band = _frames(joined[:, : (n_frames - 1) * _HOP + _FRAME])
            peaks.append(peak)
            levels.append(level)
            bands.append(band)
        held = joined[:, n_frames * _HOP :]
    if not peaks:
        return Sound(n_samples / SAMPLE_RATE_HZ, (), 0.0, np.zeros((1, 0, 8), np.float32))
    peak, level = np.concatenate(peaks, axis=1), np.concatenate(levels, axis=1)
    tones = tuple(tone for channel in range(len(peak)) for tone in _tones(peak[channel], channel))
    loud_s = float((level.max(axis=0) > LOUD_DB).sum() * STEP_S)
    return Sound(n_samples / SAMPLE_RATE_HZ, tones, loud_s, np.concatenate(bands, axis=1))


def print_at(sound: Sound, start_s: float, *, channel: int) -> bytes | None:
    """A print of 8 s of sound: equal sounds have nearly equal prints, through codecs and noise too.

    Per step and band one bit: whether the difference to the next band grows or falls.

    Returns
    -------
    bytes or None
        64; None where fewer than 8 s follow.
    """
    first = round(start_s / STEP_S)
    piece = sound.bands[channel, first : first + (PRINT_STEPS + 4) * PRINT_EVERY]
    if len(piece) < (PRINT_STEPS + 4) * PRINT_EVERY:
        return None
    kernel = np.ones(4 * PRINT_EVERY) / (4 * PRINT_EVERY)
    smooth = np.stack([np.convolve(piece[:, b], kernel, "valid")[::PRINT_EVERY] for b in range(8)], axis=1)
    slopes = np.diff(np.concatenate([smooth, smooth[:, :1]], axis=1), axis=1)
    return np.packbits(np.diff(slopes, axis=0)[:PRINT_STEPS] > 0).tobytes()


def same_print(a: bytes, b: bytes) -> bool:
    """Whether two prints are of one sound; a step earlier or later counts as well."""
    x, y = (np.unpackbits(np.frombuffer(p, np.uint8)).reshape(-1, 8) for p in (a, b))
    pairs = ((x, y), (x[1:], y[:-1]), (x[:-1], y[1:]))
    return any(float((one != other).mean()) <= MATCH_SHARE for one, other in pairs)


def _frames(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per channel and frame: frequency of a tone or 0, level in dB, level per band."""
    window = np.hanning(_FRAME).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME, axis=1)[:, ::_HOP]
    energy = np.abs(np.fft.rfft(frames * window, axis=2)).astype(np.float32) ** 2
    level = 10 * np.log10((frames.astype(np.float64) ** 2).mean(axis=2) + 1e-12)
    edges = [round(hz / _HZ_PER_BIN) for hz in BAND_EDGES_HZ]
    bands = np.stack([energy[..., a:b].sum(axis=2) for a, b in pairwise(edges)], axis=2)
    total = energy.sum(axis=2) + 1e-12
    first, held = _peak(energy)
    first_bin = first.copy()
    _, second = _peak(energy)  # `_peak` takes what it found out of the frame
    tone = (held + second) / total >= TONE_SHARE
    hz = np.where(tone & (level > TONE_LEVEL_DB), first_bin * _HZ_PER_BIN, 0.0)
    return hz.astype(np.float32), level.astype(np.float32), np.log10(bands + 1e-9).astype(np.float32)


def _peak(energy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bin and energy of the strongest peak of every frame, which is then taken out."""
    at = energy[..., _LOWEST_BIN:-2].argmax(axis=2) + _LOWEST_BIN
    held = np.zeros(at.shape, np.float32)
    for shift in range(-2, 3):
        place = (at + shift)[..., None]
        held += np.take_along_axis(energy, place, axis=2)[..., 0]
        np.put_along_axis(energy, place, 0.0, axis=2)
    return at, held


def _tones(hz: np.ndarray, channel: int) -> Iterator[Tone]:
    """Runs of one frequency."""
    start = 0
    for i in range(1, len(hz) + 1):
        going_on = i < len(hz) and hz[i] > 0 and hz[start] > 0 and abs(hz[i] - hz[start]) <= TONE_DROP_HZ
        if going_on:
            continue
        if hz[start] > 0 and (i - start) * STEP_S >= TONE_LEAST_S:
            end_s = (i - 1) * STEP_S + _FRAME / SAMPLE_RATE_HZ
            yield Tone(channel, start * STEP_S, end_s, float(np.median(hz[start:i])))
        start = i
