"""The pieces of a run report: plain values, without where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FIRST_STEP = {
    "empty": "Look whether the upload of these files was complete; delete or fetch them again.",
    "unreadable": "Open one in a player. If it plays, send us its format; if not, fetch it again.",
    "no_audio": "These are pictures or videos without sound: leave them out of the source.",
    "encrypted": "Export them without a password or protection from the system they came from.",
    "unknown_format": "Look at one: is it a recording or transcript at all? If so, name its system to us.",
    "bad_transcript": "Export one again from the system it came from, and compare.",
    "bad_metadata": "Mend the table or sidecar at the row that the message names.",
    "model_missing": "Run 'callcoach models list', then pull one, or use --no-transcript.",
    "unreachable": "Check the network or the mount; nothing is wrong with these files.",
    "out_of_space": "Free disk space; nothing is wrong with these files.",
    "internal": "This is our mistake: report the type and place that the message names.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the bar."""

    name: str
    n: int
    audio_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The bar of one source, year and number of channels."""

    source: str
    year: str
    channels: str
    parts: tuple[Part, ...]

    @property
    def n(self) -> int:
        return sum(part.n for part in self.parts)


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Files that failed for one reason."""

    kind: str
    n: int
    n_quarantined: int
    first_step: str
    examples: tuple[tuple[str, str], ...]  # file name, message


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """How much of one source's metadata was understood."""

    source: str
    n: int
    understood_share: float
    rep_known_share: float
    top_raw: tuple[tuple[str, int], ...]  # raw values of reps that nobody is known by


@dataclass(frozen=True, slots=True)
class Cost:
    """What hearing and judging took.

    Parameters
    ----------
    machine_s : float
        Seconds of workers, all together.
    per_audio_hour_s : float or None
        Of them for one hour of sound.
    """

    audio_s: float
    machine_s: float
    per_audio_hour_s: float | None
    money: float | None
    money_per_audio_hour: float | None
    n_left: int
    finish_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToHear:
    """A call to listen to and tick."""

    call_id: str
    name: str
    call_class: str
    duration_s: float | None
