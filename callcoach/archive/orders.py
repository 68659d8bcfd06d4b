"""What is asked of a run and of a worker: plain values, so that they travel to other machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from callcoach.core.keys import RECOGNITION_STAGES, content_key

MOST_ATTEMPTS = 5
LEASE_S = 60.0


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What changes the outcome of a run's jobs; kept with the run.

    Parameters
    ----------
    model : str
        Recognition model by name or folder; empty for the choice by hardware.
    words : bool
        Whether words are recognised; without, talk measures only.
    vocabulary : tuple of str
        Names to expect.
    rubric : str
        Name or file; empty for the one of the call's type.
    rules : str
        Path of ``archive.toml``; empty for none.
    most_attempts : int
        Before a job that may pass, or that ends its workers, is given up.
    first_wait_s : float
        Before the second attempt; doubles.
    """

    model: str = ""
    words: bool = True
    language: str = ""
    vocabulary: tuple[str, ...] = ()
    rubric: str = ""
    rep_channel: str = "auto"
    rules: str = ""
    most_attempts: int = MOST_ATTEMPTS
    first_wait_s: float = 2.0

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"vocabulary": list(self.vocabulary)}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> RunOptions:
        """Options as they were kept; what this release does not know is left out."""
        known = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        return cls(**known | {"vocabulary": tuple(known.get("vocabulary", ()))})

    @property
    def recognition_key(self) -> str:
        """Key of everything that is asked of hearing, known before a byte is read."""
        asked = [self.model, self.words, self.language, list(self.vocabulary), self.rep_channel]
        return content_key([RECOGNITION_STAGES, asked])

    def scoring_key(self) -> str:
        """Key of everything that a judgement rests on beside the transcript and its edits."""
        from callcoach.pipeline import scoring_keys

        return content_key(scoring_keys(self.rubric or None))


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How one worker works; of the machine, not of the run.

    Parameters
    ----------
    run_id : str or None
        The run whose jobs it takes; None for any.
    model_folders : tuple of str
        Where models of a name lie on this machine.
    lease_s : float
        How long a job stays with a worker that is not heard of.
    most_jobs : int
        After which the process is replaced, so that nothing it loaded can grow for ever.
    most_memory_mb : int
        The same, of resident memory; 0 for no limit.
    threads : int
        Of the recognition; 0 leaves it to the library.
    ends_when_idle : bool
        Stop when nothing is left, instead of waiting for more.
    stop_at_s : float or None
        Time of day in seconds since the epoch after which nothing is claimed.
    patience_s : float
        How long a store that is away is waited for.
    """

    store_url: str
    run_id: str | None = None
    model_folders: tuple[str, ...] = ()
    rep_first_hours: float = 24.0
    lease_s: float = LEASE_S
    most_jobs: int = 1000
    most_memory_mb: int = 0
    threads: int = 0
    ends_when_idle: bool = False
    stop_at_s: float | None = None
    patience_s: float = 300.0
