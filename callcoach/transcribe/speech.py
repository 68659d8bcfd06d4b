"""When each channel speaks: voice activity by Silero, bleed taken out, in memory of one block.

Silero says that somebody speaks, in steps of 32 ms; the level says how far the speech reaches,
because Silero lets go of loud syllables at the ends of real telephone speech. Then bleed is taken
out (`bleed`), and holes and blips are cleaned away:

::

    probability   ▁▁▅▇▇▃▇▇▁▁▁▁▁▁▆▁
    above         ··█████████····██       hysteresis
    reaching      ·███████████··████      while as loud as speech, 250 ms at most
    speech        ·█████████████████·     gaps under 300 ms filled, blips under 150 ms dropped
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from callcoach.core.intervals import Interval, Intervals
from callcoach.transcribe.audio import SAMPLE_RATE_HZ, Audio
from callcoach.transcribe.bleed import FRAME_S, Levels, Separated, separate, smoothed
from callcoach.transcribe.silero import END_THRESHOLD, STEP_S, THRESHOLD, SpeechDetector, hysteresis

# Fixed on 60 synthesised calls, half of them by telephone, half in noise (`train/speech_padding.py`):
# unpadded, starts are heard 3 ms early and ends 29 ms late in the median (n = 3,200), which frames
# of 16 ms undo. So heard, talk share is 0.33 points off in the mean (1.07 at worst), speech time
# +0.1 %, overlap 0.22 s a call. Without reaching (same calls, own padding) about 0.35 and -0.5 %.
REACH_S = 0.25  # how far speech may reach beyond what Silero hears
REACH_SMOOTH_FRAMES, REACH_RANGE_DB = 3, 40.0
PAD_START_FRAMES, PAD_END_FRAMES = 0, -2
FILL_S, DROP_S = 0.3, 0.15
_FRAMES_PER_STEP = round(STEP_S / FRAME_S)

SPEECH_OPTIONS: dict[str, object] = {
    "voice_activity": "silero-v6",
    "threshold": THRESHOLD,
    "end_threshold": END_THRESHOLD,
    "reach_ms": round(REACH_S * 1000),
    "pad_start_ms": round(PAD_START_FRAMES * FRAME_S * 1000),
    "pad_end_ms": round(PAD_END_FRAMES * FRAME_S * 1000),
    "fill_ms": round(FILL_S * 1000),
    "drop_ms": round(DROP_S * 1000),
}
"""What the recognition key records of this stage."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What voice activity tells of a recording.

    Parameters
    ----------
    speech : tuple of Intervals
        Per channel; of a recording whose verdict is ``"mono"`` a single entry for all of it.
    verdict : str
        ``"trust"``, ``"warn"`` or ``"mono"``.
    separation_half_gap_db : float or None
        `bleed`'s measure of how far apart the channels are; None where fewer than two speak.
    notes : tuple of str
        Sentences for people.
    duration_s : float
        Of what decoded.
    n_channels : int
        Of the recording, also where they are treated as one.
    """

    speech: tuple[Intervals, ...]
    verdict: str
    separation_half_gap_db: float | None
    notes: tuple[str, ...]
    duration_s: float
    n_channels: int


def hear(audio: Audio, *, progress: Callable[[float], None] | None = None) -> Hearing:
    """Decode a recording once and tell when each channel speaks.

    Parameters
    ----------
    progress : callable, optional
        Called with the seconds heard so far.
    """
    detectors = [SpeechDetector() for _ in range(audio.n_channels)]
    levels = Levels(audio.n_channels, sample_rate_hz=SAMPLE_RATE_HZ)
    heard_s = 0.0
    for block in audio.blocks():
        levels.feed(block)
        for detector, samples in zip(detectors, block, strict=True):
            detector.feed(samples)
        heard_s += block.shape[1] / SAMPLE_RATE_HZ
        if progress:
            progress(heard_s)
    powers = levels.finish()
    active = np.stack([activity(d.finish(), row) for d, row in zip(detectors, powers, strict=True)])
    return judge(active, powers, audio.duration_s or 0.0, labels=audio.labels)


def judge(
    active: np.ndarray, powers: np.ndarray, duration_s: float, *, labels: Sequence[str] = ()
) -> Hearing:
    """Speech per channel from voice activity and powers, both of shape (n_channels, n_frames)."""
    n_channels = len(active)
    separated = separate(active, powers)
    verdict, notes = separated.verdict, list(_notes(separated, labels))
    if n_channels == 1:
        verdict, notes = "mono", ["The recording has one channel: who spoke when is not known."]
    rows = separated.speaks if verdict != "mono" else active.any(axis=0, keepdims=True)
    speech = tuple(intervals_of(row, duration_s) for row in rows)
    if not any(speech):
        notes.append("No speech was heard.")
    elif verdict != "mono":
        silent = [channel_label(i, labels) for i, pieces in enumerate(speech) if not pieces]
        if silent and not separated.one_sided:
            notes.append(f"No speech was heard on: {', '.join(silent)}.")
    half_gap_db = separated.half_gap_db
    return Hearing(
        speech=speech,
        verdict=verdict,
        separation_half_gap_db=None if half_gap_db is None else round(half_gap_db, 1),
        notes=tuple(notes),
        duration_s=duration_s,
        n_channels=n_channels,
    )


def _notes(separated: Separated, labels: Sequence[str]) -> Iterator[str]:
    gap = "" if separated.half_gap_db is None else f" (half-gap {separated.half_gap_db:.0f} dB)"
    if separated.verdict == "mono":
        yield f"The channels hold the same sound{gap}: treated as mono, so who spoke when is not known."
    elif separated.one_sided:
        faint = ", ".join(channel_label(i, labels) for i in separated.one_sided)
        yield f"Only a faint copy of the other side was heard on: {faint}; it counts as silent."
    elif separated.verdict == "warn":
        yield (
            f"Each side is heard on the other's channel{gap}: talk times can be several points off, "
            "and who spoke at the same time is not told."
        )


def channel_label(channel: int, labels: Sequence[str] = ()) -> str:
    """What a channel is called: ``"left"``, ``"right"``, then ``"channel 3"`` and so on, unless given."""
    if labels:
        return labels[channel]
    return ("left", "right")[channel] if channel < 2 else f"channel {channel + 1}"


def activity(
    probabilities: np.ndarray,
    powers: np.ndarray,
    *,
    before: int = PAD_START_FRAMES,
    after: int = PAD_END_FRAMES,
) -> np.ndarray:
    """Voice activity of one channel, one truth value per frame of `powers`."""
    above = np.repeat(hysteresis(probabilities), _FRAMES_PER_STEP)[: len(powers)]
    above = np.pad(above, (0, len(powers) - len(above)))
    return dilated(reaching(above, powers), before=before, after=after)


def reaching(active: np.ndarray, powers: np.ndarray) -> np.ndarray:
    """Activity that goes on, up to `REACH_S` at either end, while the sound stays as loud as speech.

    As loud as speech: above the middle, in dB, between the channel's speech and what surrounds it.
    """
    if not active.any() or active.all():
        return active
    level = 10 * np.log10(smoothed(powers, REACH_SMOOTH_FRAMES) + 1e-12)
    speech_db = np.quantile(level[active], 0.9)
    around_db = max(np.median(level[~active]), speech_db - REACH_RANGE_DB)
    sounding = active | (level >= (speech_db + around_db) / 2)
    starts, ends = _runs(active)
    sound_starts, sound_ends = _runs(sounding)
    at = np.searchsorted(sound_starts, starts, side="right") - 1
    reach = round(REACH_S / FRAME_S)
    wider = active.copy()
    for start, end in zip(
        np.maximum(sound_starts[at], starts - reach), np.minimum(sound_ends[at], ends + reach), strict=True
    ):
        wider[start:end] = True
    return wider


def dilated(mask: np.ndarray, *, before: int, after: int) -> np.ndarray:
    """A mask whose runs begin `before` frames earlier and end `after` frames later.

    Negative numbers shorten the runs.
    """
    starts, ends = _runs(mask)
    wider = np.zeros_like(mask)
    for start, end in zip(starts - before, ends + after, strict=True):
        wider[max(0, start) : max(0, end)] = True
    return wider


def intervals_of(mask: np.ndarray, duration_s: float) -> Intervals:
    """Runs of a mask as intervals in whole milliseconds, holes filled, then blips dropped."""
    starts, ends = _runs(mask)
    pieces: list[list[int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if pieces and (start - pieces[-1][1]) * FRAME_S < FILL_S:
            pieces[-1][1] = end
        else:
            pieces.append([start, end])
    clipped = ((start * FRAME_S, min(end * FRAME_S, duration_s)) for start, end in pieces)
    return tuple(
        Interval(round(start_s, 3), round(end_s, 3))
        for start_s, end_s in clipped
        if end_s - start_s >= DROP_S
    )


def _runs(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return edges[::2], edges[1::2]
