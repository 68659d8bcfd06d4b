"""How fast a model recognises on this machine, measured on a little of a recording."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from callcoach.transcribe.audio import SAMPLE_RATE_HZ, open_audio
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.windows import Part, Window

SAMPLE_S = 10.0


@dataclass(frozen=True, slots=True)
class Speed:
    """What recognising took, sound decoded and model loaded before.

    Parameters
    ----------
    sound_s : float
        Of one channel.
    took_s : float
        On the clock, as a user waits.
    n_words : int
        Recognised in it.
    """

    sound_s: float
    took_s: float
    n_words: int

    @property
    def times_real_time(self) -> float:
        return self.sound_s / self.took_s if self.took_s > 0 else float("inf")

    def call_minutes(self, minutes: float) -> float:
        """Minutes that a call of so many takes, both sides together silent for none of it."""
        return minutes / self.times_real_time


def measured_speed(recogniser: Recogniser, recording: Path, *, seconds: float = SAMPLE_S) -> Speed:
    """Recognise the first seconds of a recording's first channel, after a first time to warm up."""
    samples = next(open_audio(recording).blocks(block_s=seconds))[0]
    n = min(len(samples), int(recogniser.window_s * SAMPLE_RATE_HZ))
    windows = [
        Window("sample", samples[at : at + n], (Part(0, at, len(samples[at : at + n])),))
        for at in range(0, len(samples), n)
    ]
    language = recogniser.default_language or (
        "en" if "en" in recogniser.languages else recogniser.languages[0]
    )
    recogniser.recognise(windows[:1], language=language)
    started_s = time.perf_counter()
    said = recogniser.recognise(windows, language=language)
    took_s = time.perf_counter() - started_s
    return Speed(len(samples) / SAMPLE_RATE_HZ, took_s, sum(len(one.words) for one in said))
