"""What a voice sounds like, 100 times a second: cepstrum, pitch and loudness, fed block by block.

Made with NumPy and SciPy alone. Per frame of 25 ms, a step of 10 ms::

    column 0 to 18   mel-frequency cepstral coefficients 1 to 19 (80 to 3,800 Hz: a telephone has no more)
    column 19        natural logarithm of the pitch in Hz, 0 where the frame is not voiced
    column 20        loudness in dB
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from scipy.fft import dct

SAMPLE_RATE_HZ = 16000
STEP_S = 0.01
N_CEPSTRA = 19
PITCH, LOUDNESS = N_CEPSTRA, N_CEPSTRA + 1
N_COLUMNS = N_CEPSTRA + 2
PITCH_MIN_HZ, PITCH_MAX_HZ = 65.0, 380.0
VOICED_FROM = 0.45  # height of the normalised autocorrelation
_STEP, _FRAME, _PITCH_FRAME, _N_FFT = 160, 400, 640, 1024
_LOW_HZ, _HIGH_HZ, _N_BANDS = 80.0, 3800.0, 30
_FLOOR = 1e-10


class Voices:
    """Gathers the features of a recording fed in pieces of any length."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._rows: list[np.ndarray] = []

    def feed(self, samples: np.ndarray) -> None:
        """Hear more mono samples, float32 at 16 kHz."""
        held = np.concatenate([self._rest, samples])
        n = max(0, (len(held) - _PITCH_FRAME) // _STEP + 1)
        if n:
            self._rows.append(_features(held[: (n - 1) * _STEP + _PITCH_FRAME], n))
        self._rest = held[n * _STEP :]

    def finish(self) -> np.ndarray:
        """Features of shape (n_frames, N_COLUMNS); frame `i` is centred on 20 ms after ``i * STEP_S``."""
        return np.concatenate(self._rows) if self._rows else np.zeros((0, N_COLUMNS), np.float32)


def voice_features(blocks: Iterable[np.ndarray]) -> np.ndarray:
    """Features of mono blocks, one after another."""
    voices = Voices()
    for block in blocks:
        voices.feed(block)
    return voices.finish()


def _features(samples: np.ndarray, n: int) -> np.ndarray:
    frames = np.lib.stride_tricks.sliding_window_view(samples, _PITCH_FRAME)[::_STEP][:n]
    rows = np.empty((n, N_COLUMNS), np.float32)
    for start in range(0, n, 2000):
        rows[start : start + 2000] = _of(frames[start : start + 2000].astype(np.float32))
    return rows


def _of(frames: np.ndarray) -> np.ndarray:
    middle = frames[:, (_PITCH_FRAME - _FRAME) // 2 : (_PITCH_FRAME + _FRAME) // 2]
    sharper = np.diff(middle, axis=1, prepend=middle[:, :1]) + 0.03 * middle  # pre-emphasis of 0.97
    power = np.abs(np.fft.rfft(sharper * np.hamming(_FRAME), 512)) ** 2
    bands = np.log(power @ _mel_bands().T + _FLOOR)
    cepstra = dct(bands, type=2, norm="ortho", axis=1)[:, 1 : N_CEPSTRA + 1]
    loudness = 10 * np.log10((middle**2).mean(axis=1) + _FLOOR)
    return np.column_stack([cepstra, _log_pitch(frames), loudness])


def _log_pitch(frames: np.ndarray) -> np.ndarray:
    """Pitch from the first high peak of the autocorrelation of 40 ms, corrected for the window."""
    centred = frames - frames.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred * np.hanning(_PITCH_FRAME), _N_FFT * 2)
    # Above 900 Hz there is little of the voice's own period.
    spectrum[:, round(900 / SAMPLE_RATE_HZ * _N_FFT * 2) :] = 0
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[:, :_N_FFT] / _window_correlation()
    correlation /= np.maximum(correlation[:, :1], _FLOOR)
    shortest, longest = round(SAMPLE_RATE_HZ / PITCH_MAX_HZ), round(SAMPLE_RATE_HZ / PITCH_MIN_HZ)
    lags = correlation[:, shortest : longest + 1]
    best = lags.max(axis=1)
    # The first lag nearly as high as the best: not an octave below.
    first = (lags >= 0.9 * best[:, None]).argmax(axis=1)
    reach = np.minimum(first[:, None] + np.arange(8), lags.shape[1] - 1)
    peak = reach[np.arange(len(lags)), np.take_along_axis(lags, reach, 1).argmax(axis=1)]
    pitch = np.log(SAMPLE_RATE_HZ / (peak + shortest))
    return np.where(best >= VOICED_FROM, pitch, 0.0)


@lru_cache(maxsize=1)
def _window_correlation() -> np.ndarray:
    window = np.fft.rfft(np.hanning(_PITCH_FRAME), _N_FFT * 2)
    correlation = np.fft.irfft(np.abs(window) ** 2)[:_N_FFT]
    return np.maximum(correlation / correlation[0], 1e-3)


@lru_cache(maxsize=1)
def _mel_bands() -> np.ndarray:
    """Triangles of equal width on the mel scale, shape (n_bands, 257)."""

    def mel(hz):
        return 2595 * np.log10(1 + np.asarray(hz) / 700)

    edges = np.linspace(mel(_LOW_HZ), mel(_HIGH_HZ), _N_BANDS + 2)
    at = mel(np.arange(257) * SAMPLE_RATE_HZ / 512)
    rising = (at - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - at) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
