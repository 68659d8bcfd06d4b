"""A script becomes sound, one channel a side, with the true time of every word.

::

    channel 0  ~~~|well the office takes the call and writes it on a sheet|~~~~~~~~~~~~~~~
    channel 1  ~~~~~~~~~~~~~~~~~~~~~~|I see|~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~|and then what|~~
    ~          a faint noise, different on each channel; nothing of the other channel
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from scipy.signal import lfilter, resample_poly

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Interval, support
from callcoach.transcribe.train import espeak
from callcoach.transcribe.train.script import Line, Script
from callcoach.transcribe.train.truth import JOIN_GAP_S, TrueWord, Truth
from callcoach.transcribe.train.voicing import speak_all

SAMPLE_RATE_HZ = 16_000
SPEECH_DBFS = -23.0  # root mean square of a speaker's lines, pauses in them included
NOISE_DBFS = (-78.0, -82.0)  # channels 0 and 1; later ones repeat
_NOISE_POLE = (0.6, 0.2)  # how dark the noise sounds: 0 is white
_TAIL_S = 0.6  # silence after the last word
_FADE_S = 0.005  # at both ends of a line, so that cutting makes no click
_EDGE_S = 0.02  # sound kept before the first and after the last word


def render(script: Script) -> tuple[np.ndarray, Truth]:
    """Speak a script: float32 samples of shape (n_channels, n_samples) at 16 kHz, and the truth.

    The same script gives the same samples and the same truth with the same synthesiser.

    Raises
    ------
    EspeakError
        The synthesiser or one of the voices is missing.
    BadSettings
        A line would start before its speaker has finished the one before.
    """
    voices = [script.speaker(line.who) for line in script.lines]
    speeches, synthesiser = speak_all(
        [
            {
                "text": line.text,
                "voice": voice.voice,
                "variant": voice.variant,
                "rate_wpm": voice.rate_wpm,
                "pitch": voice.pitch,
            }
            for line, voice in zip(script.lines, voices, strict=True)
        ]
    )
    starts_s = _place(script, speeches)
    words = [
        [
            TrueWord(line.who, word.text, _ms(start_s + word.start_s), _ms(start_s + word.end_s))
            for word in _from_first_word(speech)
        ]
        for line, speech, start_s in zip(script.lines, speeches, starts_s, strict=True)
    ]
    duration_s = _ms(max(said[-1].end_s for said in words) + _TAIL_S)
    samples = _mix(script, speeches, starts_s, round(duration_s * SAMPLE_RATE_HZ))
    truth = Truth(
        duration_s=duration_s,
        speakers=tuple(
            {"label": s.label, "name": s.name, "role": s.role, "channel": s.channel} for s in script.speakers
        ),
        words=tuple(sorted((w for said in words for w in said), key=lambda w: (w.start_s, w.speaker))),
        speech={
            speaker.label: tuple(
                sorted(
                    piece
                    for said in words
                    if said[0].speaker == speaker.label
                    for piece in support((Interval(w.start_s, w.end_s) for w in said), join_gap_s=JOIN_GAP_S)
                )
            )
            for speaker in script.speakers
        },
        synthesiser=synthesiser,
    )
    return samples, truth


def _place(script: Script, speeches: Sequence[espeak.Speech]) -> list[float]:
    """Start of every line's first word in seconds, on the grid of samples."""
    starts_s: list[float] = []
    floor: tuple[float, Sequence[espeak.SpokenWord]] = (0.0, ())
    free_s: dict[str, float] = {}  # label -> when that speaker's last line ends
    for n, (line, speech) in enumerate(zip(script.lines, speeches, strict=True), start=1):
        words = _from_first_word(speech)
        at_s = _start_of(line, *floor)
        at_s = round(at_s * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
        if at_s < free_s.get(line.who, _EDGE_S):
            raise BadSettings(
                f"Script {script.name}, line {n} must start after its speaker's line before, which "
                f"ends at {free_s.get(line.who, _EDGE_S):.2f} s; it would start at {at_s:.2f} s. Change gap_s or "
                "at_word."
            )
        free_s[line.who] = at_s + words[-1].end_s
        if line.at_word is None:
            floor = (at_s, words)
        starts_s.append(at_s)
    return starts_s


def _start_of(line: Line, floor_s: float, floor: Sequence[espeak.SpokenWord]) -> float:
    if line.at_word is not None:
        word = floor[line.at_word - 1]
        return floor_s + (word.start_s + word.end_s) / 2
    return floor_s + (floor[-1].end_s if floor else 0.0) + line.gap_s


def _from_first_word(speech: espeak.Speech) -> list[espeak.SpokenWord]:
    """The words with times counted from the start of the first one."""
    zero_s = speech.words[0].start_s
    return [espeak.SpokenWord(w.text, w.start_s - zero_s, w.end_s - zero_s) for w in speech.words]


def _mix(script: Script, speeches, starts_s: Sequence[float], n_samples: int) -> np.ndarray:
    said = {speaker.label: np.zeros(n_samples) for speaker in script.speakers}
    n_spoken = dict.fromkeys(said, 0)  # samples within lines, for the level
    for line, speech, start_s in zip(script.lines, speeches, starts_s, strict=True):
        piece, n_before = _cut(speech)
        at = round(start_s * SAMPLE_RATE_HZ) - n_before
        said[line.who][at : at + len(piece)] += piece
        n_spoken[line.who] += len(piece)
    mixed = _noise(script, n_samples)
    for label, track in said.items():
        rms = np.sqrt(np.sum(track**2) / max(n_spoken[label], 1))
        mixed[script.speaker(label).channel] += track * (10 ** (SPEECH_DBFS / 20) / max(rms, 1e-9))
    return np.clip(mixed, -1.0, 1.0).astype(np.float32)


def _cut(speech: espeak.Speech) -> tuple[np.ndarray, int]:
    """A line at 16 kHz without its outer pauses, and the samples kept before the first word."""
    whole = resample_poly(speech.samples.astype(np.float64), SAMPLE_RATE_HZ, speech.sample_rate_hz)
    first = round(speech.words[0].start_s * SAMPLE_RATE_HZ)
    n_before = min(first, round(_EDGE_S * SAMPLE_RATE_HZ))
    last = round((speech.words[-1].end_s + _EDGE_S) * SAMPLE_RATE_HZ)
    piece = whole[first - n_before : last].copy()
    n_fade = min(round(_FADE_S * SAMPLE_RATE_HZ), len(piece) // 2)
    if n_before >= n_fade:
        piece[:n_fade] *= np.linspace(0, 1, n_fade)
    piece[len(piece) - n_fade :] *= np.linspace(1, 0, n_fade)
    return piece, n_before


def _noise(script: Script, n_samples: int) -> np.ndarray:
    floor = np.empty((script.n_channels, n_samples))
    for channel in range(script.n_channels):
        rng = np.random.default_rng([zlib.crc32(script.name.encode()), channel])
        raw = lfilter([1.0], [1.0, -_NOISE_POLE[channel % 2]], rng.standard_normal(n_samples))
        floor[channel] = raw / raw.std() * 10 ** (NOISE_DBFS[channel % 2] / 20)
    return floor


def _ms(time_s: float) -> float:
    return round(time_s, 3)
