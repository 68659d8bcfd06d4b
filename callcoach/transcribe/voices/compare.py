"""A division of speech among voices, compared with the true one; and speech heard on one channel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcoach.core import Intervals, intersection, total_s
from callcoach.transcribe import speech as hearing
from callcoach.transcribe.bleed import Levels

BLOCK_S = 30


def errors(found: dict[str, Intervals], true: dict[str, Intervals]) -> tuple[float, float]:
    """Talk-share error of who speaks most, in points, and share of their lone speech given wrongly.

    Labels are matched to people in the better of the two ways.
    """
    most = max(true, key=lambda label: total_s(true[label]))
    others = tuple(p for label, pieces in true.items() if label != most for p in pieces)
    best: tuple[float, float] | None = None
    for label in found:
        rest = tuple(p for other, pieces in found.items() if other != label for p in pieces)
        wrong_s = total_s(intersection(found[label], others)) + total_s(intersection(rest, true[most]))
        right_s = total_s(intersection(found[label], true[most])) + total_s(intersection(rest, others))
        points = 100 * abs(talk_share(found, label) - talk_share(true, most))
        # Two people at once count as right for either.
        both_s = total_s(intersection(true[most], others))
        wrong = max(0.0, wrong_s - both_s) / max(1e-9, right_s + wrong_s - both_s)
        entry = (round(wrong, 4), round(points, 2))
        best = entry if best is None or entry < best else best
    wrong, points = best
    return points, wrong


def talk_share(speech: dict[str, Intervals], label: str) -> float:
    """Share of one speaker's time in everybody's, overlap counted for each."""
    everybody = sum(total_s(pieces) for pieces in speech.values())
    return total_s(speech.get(label, ())) / everybody if everybody else 0.0


def heard(samples: np.ndarray) -> Intervals:
    """Voice activity of mono samples."""
    levels, detector = Levels(1, sample_rate_hz=hearing.SAMPLE_RATE_HZ), hearing.SpeechDetector()
    for block in blocks_of(samples):
        levels.feed(block[None])
        detector.feed(block)
    powers = levels.finish()
    active = hearing.activity(detector.finish(), powers[0])[None]
    return hearing.judge(active, powers, len(samples) / hearing.SAMPLE_RATE_HZ).speech[0]


def blocks_of(samples: np.ndarray) -> Iterator[np.ndarray]:
    """Pieces of `BLOCK_S`, as a file is read."""
    block = BLOCK_S * hearing.SAMPLE_RATE_HZ
    return (samples[start : start + block] for start in range(0, len(samples), block))
