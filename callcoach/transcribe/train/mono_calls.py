"""Calls on one channel whose speakers are known: what mono diarization is calibrated and measured on.

Two channels of `random_call` are laid on one, and worsened::

    pair       different   a woman and a man, or another accent
               same sex    two voices of one sex
               similar     one voice at two pitches
               bundled     voices that the bundled calls use
    condition  clean · noise 8 to 20 dB under the speech · telephone (8 kHz, mu-law)
    shape      two (most) · one (the other never speaks) · three (a second customer comes in)
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from callcoach.core import Intervals
from callcoach.core.errors import BadSettings
from callcoach.transcribe.train.calls import VOICES, random_call
from callcoach.transcribe.train.render import SPEECH_DBFS
from callcoach.transcribe.train.truth import TrueWord, Truth

PAIRS = ("different", "same sex", "similar", "bundled")
CONDITIONS = ("clean", "noise", "telephone")
ODD_SHAPES = ("one", "three")
MINUTES = 2.5
FIRST_SEED = 220_000  # far from the seeds of everything else
_BUNDLED = tuple(
    (voice, variant)
    for voice in ("gmw/en", "gmw/en-US", "gmw/en-GB-scotland")
    for variant in ("m1", "m3", "m6", "f1", "f2", "f3", "f4")
)
Voice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MonoCase:
    """What a mono call is made of; the same case gives the same sound."""

    number: int
    pair: str
    condition: str
    shape: str = "two"

    @property
    def name(self) -> str:
        return f"{self.number:03d} {self.shape} {self.pair} {self.condition}"

    @property
    def shown(self) -> bool:
        """Whether it belongs to the half that nothing is fitted on."""
        return zlib.crc32(self.name.encode()) % 2 == 1


@dataclass(frozen=True, slots=True)
class MonoCall:
    """Samples at 16 kHz, who really spoke when (overlap counts for both), and every word."""

    samples: np.ndarray
    speech: dict[str, Intervals]
    words: tuple[TrueWord, ...]


def cases(n_two: int = 108, n_odd: int = 24) -> Iterator[MonoCase]:
    """Ordinary pairs in every condition, in turn, and calls with one or three speakers."""
    for number in range(n_two):
        yield MonoCase(number, PAIRS[number % 4], CONDITIONS[number // 4 % 3])
    for number in range(n_odd):
        yield MonoCase(
            n_two + number, PAIRS[number // 2 % 3], CONDITIONS[number // 6 % 3], ODD_SHAPES[number % 2]
        )


def spliced(case: MonoCase, *, minutes: float = MINUTES) -> MonoCall:
    """The call of a case."""
    rng = random.Random(FIRST_SEED + case.number)
    voices = _voices(rng, case.pair)
    samples, truth = _call(FIRST_SEED + case.number, minutes=minutes, voices=voices)
    speech, words = dict(truth.speech), truth.words
    if case.shape == "one":
        kept = rng.choice(sorted(speech))
        channel = next(s["channel"] for s in truth.speakers if s["label"] == kept)
        samples, speech = samples[[channel]], {kept: speech[kept]}
        words = tuple(w for w in words if w.speaker == kept)
    elif case.shape == "three":
        samples, speech, words = _with_third(rng, case, samples, truth, minutes)
    return MonoCall(worsened(samples.sum(axis=0), case.condition, seed=case.number), speech, words)


def _call(seed: int, **wanted) -> tuple[np.ndarray, Truth]:
    """The call of a seed, or of the next one whose lines fit behind one another."""
    try:
        return random_call(seed, **wanted)
    except BadSettings:
        return random_call(seed + 100_000, **wanted)


def worsened(samples: np.ndarray, condition: str, *, seed: int) -> np.ndarray:
    """Mono samples with noise or through a telephone; clean ones as they are."""
    rng = np.random.default_rng(seed)
    if condition == "noise":
        from scipy.signal import lfilter

        noise = lfilter([1], [1, -0.9], rng.standard_normal(samples.shape))
        level_db = SPEECH_DBFS - rng.uniform(8, 20)
        samples = samples + 10 ** (level_db / 20) * noise / noise.std()
    elif condition == "telephone":
        from scipy.signal import butter, resample_poly, sosfilt

        narrow = resample_poly(samples, 1, 2)
        narrow = sosfilt(butter(4, (300, 3400), "bandpass", fs=8000, output="sos"), narrow).clip(-1, 1)
        code = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
        samples = resample_poly(np.sign(code) * (256 ** np.abs(code) - 1) / 255, 2, 1)
    return samples.astype(np.float32)


def _voices(rng: random.Random, pair: str) -> list[Voice]:
    if pair == "similar":
        return [rng.choice(VOICES)] * 2
    if pair == "bundled":
        return rng.sample(_BUNDLED, 2)
    first = rng.choice(VOICES)
    same = [v for v in VOICES if v != first and (v[1][0] == first[1][0]) is (pair == "same sex")]
    return [first, rng.choice(same)]


def _with_third(rng: random.Random, case: MonoCase, samples: np.ndarray, truth: Truth, minutes: float):
    """The call, then a second half in which two others speak: three or four voices in all."""
    after, more = _call(FIRST_SEED + 5000 + case.number, minutes=minutes / 2, voices=rng.sample(_BUNDLED, 2))
    at_s = truth.duration_s
    moved = {f"second {k}": tuple(p.shifted(at_s) for p in pieces) for k, pieces in more.speech.items()}
    words = tuple(
        TrueWord(f"second {w.speaker}", w.text, w.start_s + at_s, w.end_s + at_s) for w in more.words
    )
    n = round(at_s * 16_000)
    both = np.concatenate([samples[:, :n], after], axis=1)
    return both, truth.speech | moved, truth.words + words


__all__ = ["MonoCall", "MonoCase", "cases", "spliced", "worsened"]
