"""What every reader hands over: passages, with times as the file has them, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from callcoach.core import Separation, Speaker
from callcoach.transcribe.formats.words import Spoken


class Passage(NamedTuple):
    """A cue, segment or utterance as a file gives it; times in seconds, not yet checked.

    `speaker` None is nobody known.
    """

    speaker: str | None
    words: Sequence[Spoken]
    start_s: float | None = None
    end_s: float | None = None


def runs(tokens: Iterable[tuple[str | None, Spoken]]) -> list[Passage]:
    """Words with who said each, as one passage per run of a speaker."""
    return [
        Passage(label, [word for _, word in run]) for label, run in groupby(tokens, key=lambda pair: pair[0])
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader found in a file.

    Parameters
    ----------
    passages : sequence of Passage
        In the order of the file.
    speakers : mapping of label to Speaker
        Those of which the file says more than the label.
    separation : Separation
        Of a file that names speakers or channels; without any it becomes `NONE`.
    overlap : bool
        Whether channels were recognised independently.
    in_order : bool
        Whether the file means to give passages by start; then it is noted where it does not.
    duration_s : float or None
        Length of the recording where the file says it.
    language : str or None
        As in the file; only its language part is kept.
    """

    passages: Sequence[Passage]
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    separation: Separation = Separation.LABELS
    overlap: bool = False
    in_order: bool = True
    duration_s: float | None = None
    language: str | None = None
    engine: str | None = None
    model: str | None = None
    notes: tuple[str, ...] = ()
