"""What happened in a call: one file per behaviour, each from a transcript to an `Observation`.

An observer takes the transcript and what `label_turns` (or a trained tagger) says of its turns.
Those that exist stand in `OBSERVERS`; every other behaviour of the catalogue is not yet recognised.
"""

from __future__ import annotations

from collections.abc import Callable

from callcoach.core import Observation, Transcript
from callcoach.measure.behaviours import agenda, next_step, question, recording_notice
from callcoach.measure.behaviours.catalogue import BEHAVIOURS, DEFINITIONS
from callcoach.measure.utterances import Labels, label_turns

__all__ = ["BEHAVIOURS", "DEFINITIONS", "OBSERVERS", "observe_all"]

OBSERVERS: dict[str, Callable[[Transcript, Labels], Observation]] = {
    question.ID: question.observe,
    next_step.ID: next_step.observe,
    agenda.ID: agenda.observe,
    recording_notice.ID: recording_notice.observe,
}


def observe_all(transcript: Transcript, *, labels: Labels | None = None) -> dict[str, Observation]:
    """What every observer sees in a call, by behaviour id; the same input gives the same result."""
    labels = label_turns(transcript) if labels is None else labels
    return {name: observe(transcript, labels) for name, observe in OBSERVERS.items()}
