"""Which side everybody is on: given, by metadata and people, else told by the words.

Sides are not part of a transcript: they are applied on the way to the judgement, so a swap never
transcribes anything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from callcoach.core import CallMetadata, CallPerson, Role, Transcript
from callcoach.core.errors import BadMetadata


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody said about who spoke, for this run; None where nothing was said.

    Parameters
    ----------
    rep_channel : str or None
        ``"left"`` or ``"right"``.
    rep : str or None
        Name of the rep among the speakers of a transcript.
    swap : bool
        Change the sides after everything else.
    """

    rep_channel: str | None = None
    rep: str | None = None
    swap: bool = False


NO_METADATA = CallMetadata()
NOTHING_GIVEN = Given()
NOBODY: Mapping[str, Role] = {}


def with_roles_told(
    transcript: Transcript,
    metadata: CallMetadata,
    given: Given = NOTHING_GIVEN,
    *,
    people: Iterable[CallPerson] = (),
    known_sides: Mapping[str, Role] = NOBODY,
) -> Transcript:
    """The transcript with the sides that somebody gave or settled, else those that the words tell.

    A side told by words carries its probability and ``role_source`` "words"; under .8 it stays
    unknown. `people` are those settled before; they count unless something is given now. `known_sides` are
    sides of people by name, as the people file and e-mail domains tell them.
    """
    from callcoach.measure.utterances import label_turns
    from callcoach.transcribe.roles import infer_roles

    told = with_given_roles(transcript, metadata, replace(given, swap=False))
    if given == NOTHING_GIVEN:
        told = with_people(told, people)
    told = infer_roles(told, metadata=metadata, known_sides=known_sides, label_utterances=label_turns)
    return told.swapped(source="given") if given.swap else told


def with_given_roles(
    transcript: Transcript, metadata: CallMetadata, given: Given = NOTHING_GIVEN
) -> Transcript:
    """The transcript with every role and name that somebody gave; nothing is guessed.

    In rising order: the file's own roles, the channel map of the metadata, names of the metadata,
    ``rep_channel``, ``rep``, ``swap``.
    """
    channels = {"left": 0, "right": 1}
    side_of_channel = {channels[side]: role for side, role in metadata.channels.items()}
    if given.rep_channel is not None:
        side_of_channel = {
            channels[given.rep_channel]: Role.REP,
            1 - channels[given.rep_channel]: Role.CUSTOMER,
        }
    if transcript.provenance.separation == "channels" and side_of_channel:
        source = "given" if given.rep_channel else "metadata"
        roles = {
            s.label: side_of_channel[s.channel] for s in transcript.speakers if s.channel in side_of_channel
        }
        transcript = transcript.with_roles(roles, source=source)
    transcript = _named(transcript, metadata)
    if given.rep is not None:
        transcript = _rep_by_name(transcript, given.rep, metadata)
    return transcript.swapped(source="given") if given.swap else transcript


def _named(transcript: Transcript, metadata: CallMetadata) -> Transcript:
    """Names of the metadata for sides of one speaker; roles for speakers named in the metadata."""
    names = {Role.REP: (metadata.rep,) if metadata.rep else (), Role.CUSTOMER: metadata.customers}
    by_name = {name.casefold(): role for role, known in names.items() for name in known}
    roles = {
        speaker.label: by_name[speaker.name.casefold()]
        for speaker in transcript.speakers
        if speaker.role is Role.UNKNOWN and speaker.name and speaker.name.casefold() in by_name
    }
    if roles:
        transcript = transcript.with_roles(roles, source="metadata")
    # Two voices, one of them known by name: the other is the other side.
    unknown = transcript.labels_of(Role.UNKNOWN)
    if roles and len(transcript.speakers) == 2 and len(unknown) == 1:
        other = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}[next(iter(roles.values()))]
        transcript = transcript.with_roles({unknown[0]: other}, source="metadata")
    speakers = tuple(
        replace(speaker, name=names[speaker.role][0])
        if speaker.name is None
        and len(names.get(speaker.role, ())) == 1
        and len(transcript.labels_of(speaker.role)) == 1
        else speaker
        for speaker in transcript.speakers
    )
    return replace(transcript, speakers=speakers)


def _rep_by_name(transcript: Transcript, rep: str, metadata: CallMetadata) -> Transcript:
    wanted = rep.casefold()
    found = [s for s in transcript.speakers if wanted in ((s.name or "").casefold(), s.label.casefold())]
    if not found:
        known = ", ".join(s.name or s.label for s in transcript.speakers) or "none"
        # A name for a side that is known by channel is welcome; a name nobody has is a mistake.
        reps = transcript.labels_of(Role.REP)
        if len(reps) == 1:
            return replace(
                transcript,
                speakers=tuple(replace(s, name=rep) if s.label in reps else s for s in transcript.speakers),
            )
        if transcript.provenance.separation == "labels":
            raise BadMetadata(f"--rep must name a speaker of the transcript; its speakers are {known}")
        return transcript
    roles = {
        s.label: Role.REP if s in found else Role.CUSTOMER
        for s in transcript.speakers
        if s.role is not Role.OTHER
    }
    return transcript.with_roles(roles, source="given")


def with_people(transcript: Transcript, people: Iterable[CallPerson]) -> Transcript:
    """The transcript with the sides and names that were settled for its speakers before."""
    settled = {person.speaker: person for person in people if person.speaker is not None}
    return replace(
        transcript,
        speakers=tuple(
            replace(
                speaker,
                role=settled[speaker.label].side,
                name=settled[speaker.label].name or speaker.name,
                role_source=speaker.role_source or "given",
                role_confidence=1.0 if speaker.role_confidence is None else speaker.role_confidence,
            )
            if speaker.label in settled
            else speaker
            for speaker in transcript.speakers
        ),
    )
