"""What the store hands out beside the nouns of `core`: rows of lists, pages of them, receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `Store.record` did.

    Parameters
    ----------
    call_id : str
        Of the call that holds the transcript now.
    proposed : bool
        The transcript stands beside a current one, for a person to take.
    """

    call_id: str
    new_call: bool
    new_transcript: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of a list of calls.

    Parameters
    ----------
    duration_s : float or None
    talk_share : float or None
        0 to 1; None with `talk_share_reason`.
    n_judged, n_items : int
        Items of the rubric that have a score, and all of them.
    provenance : str or None
        ``"audio"`` or ``"transcript"``.
    has_proposal : bool
        A further transcript waits for a person to take it.
    """

    call_id: str
    started_at: datetime | None
    added_at: datetime
    duration_s: float | None
    n_channels: int | None
    rep: str | None
    customers: tuple[str, ...]
    account: str | None
    call_type: str | None
    call_class: str | None
    talk_share: float | None
    talk_share_reason: str | None
    n_judged: int
    n_items: int
    roles_known: bool
    provenance: str | None
    has_proposal: bool

    @property
    def title_parts(self) -> dict[str, object]:
        """What a title is made of, by the names that `coach.titles.call_title` takes."""
        names = ("started_at", "duration_s", "rep", "customers", "account", "call_type", "n_channels")
        return {name: getattr(self, name) for name in (*names, "added_at")}


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls a list holds; everything that is given must hold.

    Parameters
    ----------
    rep, account, call_type : str or None
        Exactly as `CallRow` shows them.
    since, until : datetime or None
        From, and up to but without; of the call's start, or of its arrival where that is not known.
    text : str or None
        Words that were all said; ``"in quotes"`` next to each other.
    roles_unknown : bool
        Only calls of which nobody said which side is ours.
    problem : bool
        Only calls of which nothing could be judged.
    """

    rep: str | None = None
    account: str | None = None
    call_type: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None
    roles_unknown: bool = False
    problem: bool = False


ALL_CALLS = CallFilter()


@dataclass(frozen=True, slots=True)
class CallPage:
    """Calls, newest first, and the mark that the next page begins after; None on the last."""

    rows: tuple[CallRow, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Values that occur in the calls a viewer may see, for filters."""

    reps: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    call_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A source that did not become a call, and why.

    Parameters
    ----------
    id : str
        The mark that a next page begins after.
    attempts : int
        How often it was tried.
    """

    id: str
    source_uri: str
    kind: str
    message: str
    at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run over an archive.

    Parameters
    ----------
    task : str
        ``triage``, ``ingest`` or ``rescore``.
    source : str or None
        As it was given; None for what the store knew of already.
    options : mapping
        Plain values that change what is done: enough for a worker on another machine.
    ending : str or None
        ``complete``, ``stopped`` or ``failed``; None while it runs or where it was killed.
    counts : mapping
        What a run wrote of itself at its end.
    """

    id: str
    task: str
    source: str | None
    options: dict
    started_at: datetime
    ended_at: datetime | None = None
    ending: str | None = None
    counts: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewJob:
    """A source that was found, for the queue.

    Parameters
    ----------
    fingerprint : str or None
        Changes when the file does, without reading it; None where nothing tells.
    priority : int
        Smaller comes first.
    facts : dict or None
        What a manifest says of the source, under ``"said"``.
    """

    source_uri: str
    fingerprint: str | None = None
    size_bytes: int | None = None
    priority: int = 0
    call_id: str | None = None
    call_started_at: datetime | None = None
    rep: str | None = None
    source_name: str | None = None
    facts: dict | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that a worker holds until `lease_until`.

    Parameters
    ----------
    attempts : int
        This one counted.
    call_id : str or None
        Of the call that the source became before, from bytes of this hash and with this key.
    """

    id: int
    source_uri: str
    task: str
    attempts: int
    run_id: str | None
    call_id: str | None
    source_sha256: str | None
    recognition_key: str | None
    facts: dict | None
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What a job found out; columns of the same names, and None leaves them as they were."""

    call_id: str | None = None
    source_sha256: str | None = None
    call_class: str | None = None
    duration_s: float | None = None
    n_channels: int | None = None
    language: str | None = None
    call_started_at: datetime | None = None
    rep: str | None = None
    source_name: str | None = None
    recognition_key: str | None = None
    scoring_key: str | None = None
    timings: dict = field(default_factory=dict)
    facts: dict | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """What became of sources that were put into the queue: the numbers add up to all of them."""

    queued: int = 0
    unchanged: int = 0  # done before with the same keys
    waiting: int = 0  # queued or running already
    refused: int = 0  # failed before, and not asked for again

    def __add__(self, other: Put) -> Put:
        return Put(
            self.queued + other.queued,
            self.unchanged + other.unchanged,
            self.waiting + other.waiting,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many jobs of a run share state, class and kind of error.

    Parameters
    ----------
    audio_s : float
        Seconds of sound or conversation of those that were finished lately.
    """

    state: str
    call_class: str | None
    error_kind: str | None
    n: int
    audio_s: float


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One of a call's transcripts; exactly one is current."""

    id: str
    current: bool
    kind: str
    format: str
    engine: str | None
    has_text: bool
    source_uri: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SeenRow:
    """When somebody first and last opened a call; `viewer` is a person id or ``"owner"``."""

    viewer: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PrivateRow:
    """A note, a goal or a self-assessment: its author's alone until it is shared.

    Parameters
    ----------
    author : str
        Person id, or ``"owner"``.
    person_id : str or None
        Whom it is about.
    call_id : str or None
        The call it belongs to.
    body : dict
        Plain values; what they mean is the business of `coach`.
    """

    id: str
    kind: str
    author: str
    person_id: str | None
    call_id: str | None
    at: datetime
    body: dict = field(default_factory=dict)
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many rows went, per table; tables that lost none are left out."""

    counts: dict[str, int]
