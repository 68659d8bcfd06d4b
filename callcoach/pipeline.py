"""One call, end to end: the only place that composes the rooms.

::

    source ─ transcribe ─► Transcript ─ given roles, edits ─► measure ─► score ─► ScoredCall
             (dear, once)              (pure, deterministic, milliseconds)

Roles that somebody gave are not part of a transcript: they are applied on the way to the
judgement, so a swap never transcribes anything again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach.core import (
    CallClass,
    CallMetadata,
    CallPerson,
    CallType,
    Capability,
    Corrected,
    Earlier,
    Edit,
    Media,
    Observation,
    Role,
    Scorecard,
    Status,
    Transcript,
    Voice,
    apply,
    content_key,
    revision,
    total_s,
)
from callcoach.core.edits import active
from callcoach.core.errors import BadMetadata, BadSettings, EmptyInput, ModelMissing, UnreadableInput

if TYPE_CHECKING:
    from numpy import ndarray

# Classes of operations.md: seconds of speech and changes of speaker.
CONNECTED_CUSTOMER_S = 60.0
CONNECTED_CHANGES = 6
CONNECTED_MONO_S = 120.0
NO_SHOW_S = 10.0
DISPUTED = "disputed and open: it counts neither way until who leads has looked at it"
_READ_BYTES = 1 << 20


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


@dataclass(frozen=True, slots=True)
class Heard:
    """A source as it was heard or read, before anybody judged it.

    Parameters
    ----------
    voices : tuple of Media
        The files of a meeting in one file per person; `media` is None then.
    """

    source: str
    sha256: str
    transcript: Transcript
    media: Media | None = None
    voices: tuple[Media, ...] = ()

    @property
    def recordings(self) -> tuple[Media, ...]:
        """Every file of sound: one, or one per person; none of a vendor's transcript."""
        return self.voices or ((self.media,) if self.media else ())

    @property
    def n_channels(self) -> int | None:
        """Channels that were heard; None where nothing was."""
        return len(self.voices) or (self.media.n_channels if self.media else None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A transcript with roles and edits in it, and its scorecard."""

    corrected: Corrected
    card: Scorecard

    @property
    def transcript(self) -> Transcript:
        return self.corrected.transcript


def hear(
    path: Path,
    *,
    recogniser: object | None = None,
    recogniser_needed: Callable[[], object] | None = None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Heard:
    """Turn one local file into a transcript, whatever it is.

    Parameters
    ----------
    recogniser : Recogniser or None
        None for talk measures only.
    recogniser_needed : callable, optional
        Called for recordings only, to load a recogniser as late as possible.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Raises
    ------
    InputError
        One of the kinds of the JSON contract.
    """
    from callcoach.transcribe.formats import looks_like_transcript, read_transcript

    try:
        with path.open("rb") as file:
            head = file.read(_READ_BYTES)
            if not head:
                raise EmptyInput(f"a recording or transcript must hold bytes; {path.name} is empty")
            if looks_like_transcript(head, path.name):
                data = head + file.read()
                return Heard(
                    str(path), hashlib.sha256(data).hexdigest(), read_transcript(data, name=path.name)
                )
    except OSError as error:
        if isinstance(error, EmptyInput):
            raise
        raise UnreadableInput(
            f"an input must be a file that may be read; {path.name}: {error.strerror or type(error).__name__}"
        ) from error
    from callcoach.transcribe.audio import open_audio
    from callcoach.transcribe.diarize import diarized
    from callcoach.transcribe.recording import transcribe_recording

    if recogniser_needed is not None:
        with open_audio(path):  # what is damaged is damaged, whether there is a model or not
            pass
        recogniser = recogniser_needed()
    transcript, media = transcribe_recording(
        path, recogniser=recogniser, language=language, progress=progress
    )
    return Heard(str(path), media.sha256, diarized(transcript, path), media)


def hear_together(
    voices: Sequence[Voice],
    *,
    recogniser_needed: Callable[[], object] | None = None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Heard:
    """Turn the files of one meeting, one of each person, into one transcript; see `hear`.

    Raises
    ------
    InputError
        Also where one of the files alone cannot be read.
    """
    from callcoach.transcribe.recording import transcribe_together
    from callcoach.transcribe.together import open_together

    recogniser = None
    if recogniser_needed is not None:
        with open_together(voices):  # what is damaged is damaged, whether there is a model or not
            pass
        recogniser = recogniser_needed()
    transcript, media = transcribe_together(
        voices, recogniser=recogniser, language=language, progress=progress
    )
    return Heard(str(voices[0].path), transcript.source_sha256, transcript, voices=media)


def sound_of(source: Path | Sequence[Voice]) -> Iterator[ndarray]:
    """Samples of a recording at 16 kHz, shape (n_channels, n), in blocks of 30 s: what is told without words.

    Parameters
    ----------
    source : Path or sequence of Voice
        A file, or the files of one meeting.

    Raises
    ------
    InputError
        If it is no recording that decodes.
    """
    from callcoach.transcribe.audio import BLOCK_S, SAMPLE_RATE_HZ, open_audio
    from callcoach.transcribe.together import open_together

    with open_audio(source) if isinstance(source, Path) else open_together(source) as audio:
        yield from audio.blocks(sample_rate_hz=SAMPLE_RATE_HZ, block_s=BLOCK_S)


def demo_recogniser(models: Path) -> object:
    """The demonstration model in `models`, for the bundled recordings alone."""
    from callcoach.transcribe.whisper import load_whisper

    return load_whisper(models / "demo-whisper", device="cpu")


def recogniser_of(
    model: str | None,
    *,
    folders: Sequence[Path],
    vocabulary: Sequence[str] = (),
    cpu_threads: int = 0,
) -> object:
    """The recognition model of a name or folder, or the best for this machine; nothing is downloaded.

    Raises
    ------
    ModelMissing
        If none can be had, also where what is there cannot be used.
    """
    from callcoach.transcribe.whisper import load_whisper

    try:
        return load_whisper(model, folders=folders, vocabulary=vocabulary, cpu_threads=cpu_threads)
    except BadSettings as error:
        # A model that cannot be used is one that cannot be had: recordings fail, transcripts go on.
        raise ModelMissing(error.message) from error


def language_detector(recogniser: object) -> Callable[[ndarray], Mapping[str, float]] | None:
    """What tells the probabilities of languages in 30 s of mono sound at 16 kHz; None from a model of one."""
    from callcoach.transcribe.windows import Window

    if len(recogniser.languages) == 1:
        return None
    return lambda samples: recogniser.languages_of(Window("", samples, ()))


def scoring_keys(rubric: str | None = None) -> dict[str, str]:
    """The scoring key that a judgement would have now, by call type; no call is needed to know it."""
    from callcoach.score import load_rubric
    from callcoach.score.card import scoring_key_under

    return {kind.value: scoring_key_under(load_rubric(rubric or kind.value)) for kind in CallType}


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


def judge(
    transcript: Transcript,
    metadata: CallMetadata = NO_METADATA,
    *,
    rubric: str | None = None,
    edits: Iterable[Edit] = (),
    disputed: Iterable[str] = (),
    earlier: Sequence[Earlier] = (),
) -> Judged:
    """Measure and score one transcript whose roles are settled; pure and deterministic.

    The machine's card has no edits; call again with them for the corrected card.

    Parameters
    ----------
    rubric : str or None
        Name or file; None for the one of the call's type.
    disputed : iterable of str
        Behaviours about which a dispute is open: they count neither way (`core.ruling`).
    earlier : sequence of Earlier
        What the customer said in earlier calls of the account, oldest first.
    """
    from callcoach.coach.coaching import coached, coaching_for
    from callcoach.measure.behaviours import observe_all
    from callcoach.measure.behaviours.catalogue import RESTS_ON
    from callcoach.measure.call_type import infer_call_type
    from callcoach.measure.cautions import cautions
    from callcoach.measure.open_questions import open_questions
    from callcoach.measure.promises import promises
    from callcoach.measure.taggers import show_thresholds
    from callcoach.measure.talk import talk_measures
    from callcoach.measure.utterances import label_turns
    from callcoach.score import load_rubric, score_call
    from callcoach.score.corrected import as_people_saw, not_rejected
    from callcoach.score.intervals import doubts

    edits, disputed, earlier = tuple(edits), frozenset(disputed), tuple(earlier)
    corrected = apply(transcript, edits)
    labels = label_turns(corrected.transcript)
    call_type, told = metadata.call_type, 1.0
    if call_type is None:
        call_type, told = infer_call_type(corrected.transcript)
    seen = observe_all(corrected.transcript, labels=labels, earlier=earlier)
    card = score_call(
        corrected.transcript,
        measures=talk_measures(corrected.transcript, labels=labels),
        observations=_undecided(as_people_saw(seen, corrected), disputed),
        rubric=load_rubric(rubric or call_type.value),
        call_type=call_type.value,
        call_type_probability=told if call_type is not CallType.ANY else 0.0,
        first_meeting=metadata.first_meeting,
        revision=_revision(corrected.transcript, edits, disputed, earlier),
        corrected_scores=dict(corrected.scores),
        doubts=doubts(labels, RESTS_ON),
    )
    card = replace(
        card,
        cautions=not_rejected(
            cautions(corrected.transcript, labels, ending=seen["next_step"]), corrected.rejected
        ),
        promises=promises(corrected.transcript),
        open_questions=open_questions(corrected.transcript),
    )
    advice = coaching_for(card, corrected.transcript, labels=labels, show_from=show_thresholds())
    return Judged(corrected, coached(card, advice))


def classify(transcript: Transcript) -> CallClass | None:
    """What kind of conversation the recording holds, as far as its speech tells.

    Connected from 60 s of customer speech and 6 changes of speaker (mono: 120 s of speech), short
    below that, no-show with under 10 s of the other side. While it is not known which side is ours
    everybody but who speaks most stands for the customer. None where the source has no times.
    """
    from callcoach.measure.volume import floor_once

    if not transcript.can(Capability.ENDS):
        return None
    spoken_s = {s.label: total_s(transcript.speech.get(s.label, ())) for s in transcript.speakers}
    if not transcript.dependable:
        return CallClass.CONNECTED if sum(spoken_s.values()) >= CONNECTED_MONO_S else CallClass.SHORT
    customers = transcript.labels_of(Role.CUSTOMER) if transcript.roles_known else ()
    sides = sorted(
        seconds for label, seconds in spoken_s.items() if transcript.speaker(label).role != Role.OTHER
    )
    customer_s = sum(spoken_s[label] for label in customers) if customers else sum(sides[:-1])
    if customer_s < NO_SHOW_S:
        return CallClass.NO_SHOW
    holders = [hold.speaker for hold in floor_once(transcript).turns]
    n_changes = sum(a != b for a, b in pairwise(holders))
    connected = customer_s >= CONNECTED_CUSTOMER_S and n_changes >= CONNECTED_CHANGES
    return CallClass.CONNECTED if connected else CallClass.SHORT


def _revision(
    transcript: Transcript, edits: Sequence[Edit], disputed: frozenset[str], earlier: Sequence[Earlier]
) -> str:
    """Names the roles, edits, disputes and earlier calls in force, so that a card's key changes with each."""
    roles = [[speaker.label, speaker.role, speaker.name] for speaker in transcript.speakers]
    looked_back = [[one.call_id, one.turn, one.text] for one in earlier]
    return content_key([roles, revision(active(edits)), sorted(disputed), looked_back])


def _undecided(observations: dict[str, Observation], disputed: frozenset[str]) -> dict[str, Observation]:
    """Observations in which disputed behaviours are withheld, with their evidence still to hear."""
    return observations | {
        behaviour: replace(observations[behaviour], status=Status.CANNOT_BE_JUDGED, reason=DISPUTED)
        for behaviour in disputed & set(observations)
    }
