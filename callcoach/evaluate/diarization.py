"""Diarization error against labelled recordings, by pyannote.metrics.

The error adds up missed, falsely heard and wrongly given seconds over all recordings and divides last
by the seconds that people really spoke. No collar is left out and overlap counts, which is the
strictest way; `collar_s` widens the borders that do not.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from callcoach.core import Intervals
from callcoach.core.errors import MissingExtra
from callcoach.evaluate.intervals import resampled
from callcoach.evaluate.reference import Labelled, labelled_recordings
from callcoach.transcribe.diarize import Diarization, Diarizer, Embedded
from callcoach.transcribe.voices.compare import errors, heard

_PARTS = ("missed detection", "false alarm", "confusion")


@dataclass(frozen=True, slots=True)
class ClipError:
    """One recording. Seconds add up over recordings; the error is their ratio.

    Parameters
    ----------
    talk_points : float or None
        Talk-share error of who speaks most, in points; None where nothing was told apart.
    """

    name: str
    total_s: float
    missed_s: float
    false_s: float
    confused_s: float
    confidence: float
    talk_points: float | None
    why_not: str | None = None

    @property
    def error(self) -> float:
        return (self.missed_s + self.false_s + self.confused_s) / max(1e-9, self.total_s)


@dataclass(frozen=True, slots=True)
class DiarizationFigures:
    """All recordings of a folder; `low` and `high` are the 90 % sampling interval by recording."""

    clips: tuple[ClipError, ...]
    error: float
    low: float | None
    high: float | None


def evaluate_diarization(
    folder: Path,
    *,
    diarizer: Diarizer | None = None,
    collar_s: float = 0.0,
    progress: Callable[[str], None] | None = None,
) -> DiarizationFigures:
    """Error of a back end on every labelled recording of a folder, all channels laid on one.

    What was withheld counts as one speaker who says everything: silence would hide it.

    Raises
    ------
    MissingExtra
        If pyannote.metrics is not installed.
    """
    diarizer = diarizer or Embedded()
    clips = []
    for labelled in labelled_recordings(folder):
        speech = heard_on_one(labelled.recording)
        found = diarizer.find(labelled.recording, speech)
        clips.append(clip_error(labelled, found, speech, collar_s=collar_s))
        if progress:
            progress(labelled.recording.name)
    interval = resampled(clips, _pooled)
    low, high = interval or (None, None)
    return DiarizationFigures(tuple(clips), _pooled(clips), low, high)


def clip_error(
    labelled: Labelled, found: Diarization, speech: Intervals, *, collar_s: float = 0.0
) -> ClipError:
    metric, annotation = _metric(collar_s)
    hypothesis = found.speech or {"everyone": speech}
    parts = metric.compute_components(annotation(labelled.speech), annotation(hypothesis))
    return ClipError(
        labelled.recording.name,
        float(parts["total"]),
        *(float(parts[part]) for part in _PARTS),
        confidence=found.confidence,
        talk_points=errors(found.speech, labelled.speech)[0] if found.speech else None,
        why_not=found.why_not,
    )


def heard_on_one(path: Path) -> Intervals:
    """Speech of a recording whose channels are laid on one."""
    import numpy as np

    from callcoach.transcribe.audio import open_audio

    with open_audio(path) as audio:
        return heard(np.concatenate([block.mean(axis=0) for block in audio.blocks()]))


def _pooled(clips) -> float:
    wrong_s = sum(c.missed_s + c.false_s + c.confused_s for c in clips)
    return wrong_s / max(1e-9, sum(c.total_s for c in clips))


def _metric(collar_s: float):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyannote.core import Annotation, Segment
            from pyannote.metrics.diarization import DiarizationErrorRate
    except ImportError as error:
        raise MissingExtra(
            "diarization error needs pyannote.metrics, which is not installed: pip install pyannote.metrics"
        ) from error

    def annotation(speech: dict[str, Intervals]):
        made = Annotation()
        for label, pieces in speech.items():
            for i, piece in enumerate(pieces):
                made[Segment(piece.start_s, piece.end_s), f"{label} {i}"] = label
        return made

    rate = DiarizationErrorRate(collar=2 * collar_s, skip_overlap=False)

    class Quiet:
        """pyannote warns where it takes the extent of both as the part to look at; that is meant."""

        @staticmethod
        def compute_components(reference, hypothesis):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return rate.compute_components(reference, hypothesis)

    return Quiet, annotation


__all__ = ["ClipError", "DiarizationFigures", "clip_error", "evaluate_diarization", "heard_on_one"]
