"""A run over an archive: what was asked, how far it is, how it ended.

The jobs table alone knows what is left to do; a run (`store.runs`, rows `RunRow`) is its name for
those who watch. Every source that a run met is in exactly one of its numbers, so that they add up::

    found = done + failed + quarantined + running + queued      (done: unchanged ones, too)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Task(StrEnum):
    """What a job does with its source."""

    TRIAGE = "triage"  # class, channels, language; no words
    INGEST = "ingest"  # hear, judge, keep
    RESCORE = "rescore"  # judge again what is kept
    LOOK_BACK = "look_back"  # judge again, knowing the account's earlier calls


class Ending(StrEnum):
    """How a run ended; one that was killed has none."""

    COMPLETE = "complete"
    STOPPED = "stopped"  # by a person, or at the hour or amount that was asked
    FAILED = "failed"  # the store or its disk gave up


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How many sources of a run are where.

    Parameters
    ----------
    unchanged : int
        Those of `done` that were done before, with the same keys: no work.
    by_class : mapping of class to int
        Of what is done; sources whose class cannot be told count under ``"unknown"``.
    by_kind : mapping of error kind to int
        Of what failed or is in quarantine.
    audio_s : float
        Seconds of sound or conversation in what this run did.
    """

    queued: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    quarantined: int = 0
    unchanged: int = 0
    by_class: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    audio_s: float = 0.0

    @property
    def found(self) -> int:
        return self.queued + self.running + self.done + self.failed + self.quarantined

    @property
    def left(self) -> int:
        return self.queued + self.running


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is.

    Parameters
    ----------
    n_found : int
        Sources met so far; final once `discovered`.
    worked_s : float
        Seconds since the run began.
    """

    run_id: str
    counts: RunCounts
    n_found: int
    discovered: bool
    worked_s: float
    n_workers: int

    @property
    def calls_per_s(self) -> float:
        """Sources that this run finished per second."""
        c = self.counts
        return (c.done + c.failed + c.quarantined - c.unchanged) / self.worked_s if self.worked_s else 0.0

    @property
    def audio_hours_per_hour(self) -> float:
        return self.counts.audio_s / self.worked_s if self.worked_s else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds to go at this pace; None until everything is found and something is done."""
        rate = self.calls_per_s
        return self.counts.left / rate if self.discovered and rate else None


class Progress(Protocol):
    """Who watches a run; called about once a second from the main process."""

    def update(self, progress: RunProgress) -> None: ...
