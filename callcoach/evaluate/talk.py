"""Talk-share error against labelled recordings, as callcoach would report it: by channel or told apart.

A recording whose speakers were not told apart dependably counts as withheld, not as right or wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.core import Intervals, total_s
from callcoach.evaluate.intervals import resampled
from callcoach.evaluate.reference import Labelled, labelled_recordings
from callcoach.transcribe.diarize import Diarizer, diarized
from callcoach.transcribe.recording import transcribe_recording


@dataclass(frozen=True, slots=True)
class TalkError:
    """One recording; shares are of the rep, or of who speaks most where no side is known.

    Parameters
    ----------
    heard_share : float or None
        0 to 1; None where it was withheld.
    """

    name: str
    true_share: float
    heard_share: float | None
    confidence: float | None = None
    why_not: str | None = None

    @property
    def points(self) -> float | None:
        return None if self.heard_share is None else 100 * abs(self.heard_share - self.true_share)


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """All recordings of a folder; `low` and `high` are the 90 % sampling interval of the mean."""

    calls: tuple[TalkError, ...]
    mean_points: float | None
    worst_points: float | None
    low: float | None
    high: float | None

    @property
    def n_withheld(self) -> int:
        return sum(call.heard_share is None for call in self.calls)


def evaluate_talk(
    folder: Path,
    *,
    diarizer: Diarizer | None = None,
    progress: Callable[[str], None] | None = None,
) -> TalkFigures:
    """Talk-share error on every labelled recording of a folder."""
    calls = []
    for labelled in labelled_recordings(folder):
        calls.append(_error(labelled, diarizer))
        if progress:
            progress(labelled.recording.name)
    return figures(calls)


def figures(calls: Sequence[TalkError]) -> TalkFigures:
    points = [call.points for call in calls if call.points is not None]
    interval = resampled(points, lambda drawn: sum(drawn) / len(drawn)) or (None, None)
    mean = sum(points) / len(points) if points else None
    return TalkFigures(tuple(calls), mean, max(points, default=None), *interval)


def _error(labelled: Labelled, diarizer: Diarizer | None) -> TalkError:
    transcript, _ = transcribe_recording(labelled.recording, recogniser=None)
    transcript = diarized(transcript, labelled.recording, diarizer=diarizer)
    true = labelled.speech
    subject = labelled.rep or (max(true, key=lambda label: total_s(true[label])),)
    name, true_share = labelled.recording.name, _share(true, subject)
    confidence = transcript.provenance.separation_confidence
    if not transcript.dependable:
        return TalkError(name, true_share, None, confidence, "who spoke when is not dependable")
    heard = dict(transcript.speech)
    # Which label is whose is a matter of roles, not of talk share: the better match counts.
    best = min(heard, key=lambda label: _away(heard, label, true, subject))
    return TalkError(name, true_share, _share(heard, (best,)), confidence)


def _away(heard, label: str, true, subject: Sequence[str]) -> float:
    """Seconds of `label` that are not the subject's, and of the subject that are not the label's."""
    from callcoach.core import without

    own = tuple(p for who in subject for p in true[who])
    return total_s(without(heard[label], own)) + total_s(without(own, heard[label]))


def _share(speech: dict[str, Intervals], labels: Sequence[str]) -> float:
    own = total_s(tuple(p for label in labels for p in speech[label]))
    others = total_s(tuple(p for label, pieces in speech.items() if label not in labels for p in pieces))
    return own / (own + others) if own + others else 0.0
