"""What was said, by whom and when: immutable, whatever it was made from.

A transcript is the same thing whether it came from two channels, a mono recording or somebody
else's file. What differs is its `Provenance`, and therefore what it cannot tell: `capabilities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from callcoach.core.intervals import Interval, Intervals, support
from callcoach.core.keys import content_key


class Role(StrEnum):
    """Side of a speaker. `OTHER` is a person or machine of neither side (IVR, hold, interpreter)."""

    REP = "REP"
    CUSTOMER = "CUSTOMER"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class Capability(StrEnum):
    """What a transcript can tell. A measure whose capability is missing is unavailable."""

    STARTS = "starts"  # when turns start
    ENDS = "ends"  # when turns end
    WORDS = "words"  # when each word is said
    OVERLAP = "overlap"  # who speaks at the same time as whom: independent channels
    TEXT = "text"  # what is said
    CONFIDENCE = "confidence"  # how sure the recogniser was of each word


class Separation(StrEnum):
    """How it is known who spoke."""

    CHANNELS = "channels"  # one side per audio channel
    LABELS = "labels"  # the source file names its speakers
    DIARIZED = "diarized"  # inferred from one channel
    NONE = "none"  # not known


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written, with its time and the recogniser's probability where the source has them."""

    text: str
    interval: Interval | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a call. Any number per side.

    Parameters
    ----------
    label : str
        Unique in the transcript: ``"left"``, ``"right"``, or what the source file calls it.
    channel : int or None
        0 is left.
    role_confidence : float or None
        Probability that `role` is right, 0 to 1; None while the role is unknown.
    role_source : str or None
        ``"given"``, ``"metadata"``, ``"file"``, ``"words"`` or ``"edit"``.
    """

    label: str
    role: Role = Role.UNKNOWN
    name: str | None = None
    channel: int | None = None
    role_confidence: float | None = None
    role_source: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's speech, joined across gaps under 3 s if nobody else took the floor.

    `span` is set where the source times the turn and not its words; otherwise the interval is
    derived from the words. A turn of a transcript without text has a span and no words.
    """

    speaker: str
    words: tuple[Word, ...] = ()
    span: Interval | None = None

    @property
    def interval(self) -> Interval | None:
        """First to last second of the turn; None where the source has no times."""
        if self.span is not None:
            return self.span
        timed = [word.interval for word in self.words if word.interval is not None]
        if not timed:
            return None
        return Interval(timed[0].start_s, max(piece.end_s for piece in timed))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float | None:
        """Mean word probability, weighted by duration where words have times."""
        known = [word for word in self.words if word.probability is not None]
        if not known:
            return None
        weights = [word.interval.duration_s if word.interval else 1.0 for word in known]
        if sum(weights) <= 0:
            weights = [1.0] * len(known)
        return sum(w * word.probability for w, word in zip(weights, known, strict=True)) / sum(weights)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a transcript comes from and what that means for trusting it.

    Parameters
    ----------
    kind : str
        ``"audio"`` or ``"transcript"``.
    format : str
        Container or vendor format: ``"wav"``, ``"ogg"``, ``"webvtt"``, ``"whisper-json"``.
    engine, model : str or None
        What recognised the words, None where nothing did.
    separation : Separation
        How it is known who spoke.
    separation_confidence : float or None
        Probability that the separation can be relied on, where that is in question.
    channel_verdict : str or None
        ``"trust"``, ``"warn"`` or ``"mono"``: what bleed between the channels leaves of them.
    notes : tuple of str
        Sentences for people, in the order found.
    """

    kind: str
    format: str
    recognition_key: str
    engine: str | None = None
    model: str | None = None
    separation: Separation = Separation.NONE
    separation_confidence: float | None = None
    channel_verdict: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """An immutable record of who said what and when.

    Parameters
    ----------
    source_sha256 : str
        Hash of the source's bytes.
    duration_s : float or None
        Length of the recording, or the end of the last timed turn.
    speakers : tuple of Speaker
        Labels are unique; every turn's speaker is among them.
    turns : tuple of Turn
        By start where times exist, else in the order of the source.
    speech : mapping of label to Intervals
        When each speaker's voice sounds. Empty where the source has no ends.
    cuts : Intervals
        IVR, hold and music: outside the span of every measure.
    speech_note : str or None
        How `speech` was found, for the line under a measure ("voice activity, 200 ms padding").

    Raises
    ------
    ValueError
        If labels repeat or a turn or speech belongs to no speaker.
    """

    source_sha256: str
    provenance: Provenance
    duration_s: float | None
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    speech: dict[str, Intervals] = field(default_factory=dict)
    language: str | None = None
    capabilities: frozenset[Capability] = frozenset()
    cuts: Intervals = ()
    speech_note: str | None = None

    def __post_init__(self) -> None:
        labels = [speaker.label for speaker in self.speakers]
        if len(set(labels)) != len(labels):
            raise ValueError(f"speaker labels must be unique; {len(labels)} speakers share labels")
        unknown = ({turn.speaker for turn in self.turns} | set(self.speech)) - set(labels)
        if unknown:
            raise ValueError(
                f"every turn and speech interval needs a speaker of the transcript; {len(unknown)} labels have none"
            )

    @cached_property
    def id(self) -> str:
        """Hash of source bytes and recognition key."""
        return content_key([self.source_sha256, self.provenance.recognition_key])

    def can(self, *needed: Capability) -> bool:
        return all(capability in self.capabilities for capability in needed)

    def labels_of(self, *roles: Role) -> tuple[str, ...]:
        return tuple(speaker.label for speaker in self.speakers if speaker.role in roles)

    @cached_property
    def _speaker_by_label(self) -> dict[str, Speaker]:
        return {speaker.label: speaker for speaker in self.speakers}

    def speaker(self, label: str) -> Speaker:
        return self._speaker_by_label[label]

    def role_of(self, turn: Turn) -> Role:
        return self._speaker_by_label[turn.speaker].role

    def speech_of(self, *roles: Role) -> Intervals:
        """Support of the speech of everybody with one of `roles`, cuts taken out by nobody yet."""
        return support(piece for label in self.labels_of(*roles) for piece in self.speech.get(label, ()))

    def words_of(self, *roles: Role) -> Iterator[Word]:
        wanted = set(self.labels_of(*roles))
        for turn in self.turns:
            if turn.speaker in wanted:
                yield from turn.words

    @property
    def roles_known(self) -> bool:
        """Whether both a rep and a customer are known."""
        return bool(self.labels_of(Role.REP)) and bool(self.labels_of(Role.CUSTOMER))

    @property
    def dependable(self) -> bool:
        """Whether it is known who spoke when."""
        return self.provenance.separation in (Separation.CHANNELS, Separation.LABELS) or (
            self.provenance.separation is Separation.DIARIZED
            and (self.provenance.separation_confidence or 0.0) >= DEPENDABLE_SEPARATION
        )

    def with_roles(self, roles: dict[str, Role], *, source: str, confidence: float = 1.0) -> Transcript:
        """A copy in which the named speakers have other roles; everything else stays."""
        return replace(
            self,
            speakers=tuple(
                replace(
                    speaker,
                    role=roles[speaker.label],
                    role_source=source if roles[speaker.label] is not Role.UNKNOWN else None,
                    role_confidence=confidence if roles[speaker.label] is not Role.UNKNOWN else None,
                )
                if speaker.label in roles
                else speaker
                for speaker in self.speakers
            ),
        )

    def swapped(self, *, source: str = "edit") -> Transcript:
        """A copy in which reps and customers have changed places."""
        other = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}
        return self.with_roles(
            {s.label: other[s.role] for s in self.speakers if s.role in other}, source=source
        )


DEPENDABLE_SEPARATION = 0.9  # probability; below it nobody's figures rest on inferred speakers


def labelled(labels: Iterable[str]) -> tuple[Speaker, ...]:
    """Speakers of unknown role for the distinct labels, in order of appearance."""
    return tuple(Speaker(label) for label in dict.fromkeys(labels))
