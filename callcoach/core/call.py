"""The conversation and the people in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from callcoach.core.errors import BadMetadata
from callcoach.core.transcript import Role


class CallType(StrEnum):
    """What kind of conversation it is; `ANY` when nobody said and it cannot be told."""

    DISCOVERY = "discovery"
    DEMO = "demo"
    NEGOTIATION = "negotiation"
    RENEWAL = "renewal"
    PROSPECTING = "prospecting"
    ANY = "any"


class CallClass(StrEnum):
    """What a file turned out to be (operations.md); every file ends in exactly one."""

    CONNECTED = "connected"
    SHORT = "short"
    NO_SHOW = "no_show"
    VOICEMAIL = "voicemail"
    MACHINE = "machine"
    INTERNAL = "internal"
    OTHER_LANGUAGE = "other_language"
    DUPLICATE = "duplicate"
    PARTIAL = "partial"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Media:
    """A recording where the user keeps it. Never copied, never changed.

    Parameters
    ----------
    uri : str
        ``file:///…`` or any URL that fsspec reads.
    sha256 : str
        Of the file's bytes.
    duration_s : float or None
        Of what decodes, not of what the header claims.
    channel : int or None
        Of a meeting recorded in one file per person: which channel of the call the file is.
    starts_s : float
        When the file begins, on the call's clock.
    """

    uri: str
    sha256: str
    duration_s: float | None
    n_channels: int
    sample_rate_hz: int | None = None
    format: str | None = None
    channel: int | None = None
    starts_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's file of a meeting that was recorded in one file per person.

    Parameters
    ----------
    starts_s : float
        When the file begins, after the first of them; 0 or more.
    """

    name: str
    path: Path
    starts_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the user's firm, or a customer known by name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    team: str | None = None
    firm_role: str | None = None  # rep, manager, director, operations


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Ties a speaker of a call to a person and a side.

    `speaker` is None until it is known who spoke; `name` where nobody said it.
    """

    side: Role
    name: str | None = None
    person_id: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class CallMetadata:
    """What is known of a call beside its words; everything may be unknown.

    `channels` maps ``"left"`` and ``"right"`` to a role. `first_meeting` is None when neither the
    account's earlier calls nor metadata tell.

    Raises
    ------
    BadMetadata
        If `started_at` has no time zone.
    """

    started_at: datetime | None = None
    rep: str | None = None
    customers: tuple[str, ...] = ()
    account: str | None = None
    call_type: CallType | None = None
    stage: str | None = None
    outcome: str | None = None
    language: str | None = None
    source_id: str | None = None
    first_meeting: bool | None = None
    channels: Mapping[str, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.started_at is not None and self.started_at.tzinfo is None:
            raise BadMetadata("started_at needs a time zone, such as 2026-09-14T10:00:00+02:00; it has none")


@dataclass(frozen=True, slots=True)
class Call:
    """One conversation, with everything recorded of it.

    `id` comes from the first source's hash and stays. Exactly one transcript is current; others
    are proposed beside it and never replace it by themselves.
    """

    id: str
    metadata: CallMetadata = CallMetadata()
    call_class: CallClass | None = None
    media: tuple[Media, ...] = ()
    people: tuple[CallPerson, ...] = ()
    transcript_ids: tuple[str, ...] = ()
    current_transcript_id: str | None = None


def meeting_sha256(hashes: Iterable[str]) -> str:
    """Hash that stands for the files of one meeting, from their hashes in any order."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


CALL_ID_LENGTH = 16  # hexadecimal digits of the first source's SHA-256


def call_id(source_sha256: str) -> str:
    """Stable id of a call from the hash of its first source."""
    return source_sha256[:CALL_ID_LENGTH]
