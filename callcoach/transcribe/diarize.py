"""Who spoke when on one channel: two voices told apart, with a probability, or not told at all.

::

    recording ─► speech ─► atoms ─► two voices ─► confidence ─┬─► ≥ .9  measures and behaviours
                             ▲                                └─► < .9  withheld: record two channels
                           words, where there are any: whole words go to a speaker

Two back ends do the telling: `Embedded`, which needs nothing but this package, and pyannote's (the
extra ``diarize``). Both find two people; three or more lower the confidence. The probability is
`Provenance.separation_confidence`, and `Transcript.dependable` is what everybody asks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from typing import Protocol

import numpy as np

from callcoach.core import (
    Capability,
    Interval,
    Intervals,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    content_key,
    support,
)
from callcoach.core.errors import BadSettings
from callcoach.core.transcript import DEPENDABLE_SEPARATION
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.turns import turns_from_speech, turns_from_words
from callcoach.transcribe.voices.atoms import Atoms, atoms_of
from callcoach.transcribe.voices.confidence import confidence, measured, why_not
from callcoach.transcribe.voices.features import Voices
from callcoach.transcribe.voices.groups import change_chance, grouped

LABELS = ("speaker 1", "speaker 2")
STAGE = 1  # raise it in the commit that changes what the embedded back end puts out
AFTER_QUESTION = 0.6  # probability of another speaker: a question is rarely answered by its asker
ADVICE = "Record two channels, one a side, to know."
NEAR = 4  # pieces of speech before and after a word that can be its speaker's
BACK_ENDS = ("embedded", "pyannote")
NOT_KNOWN = "who spoke when is not known."  # how notes of a mono recording end, until it is


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who spoke when on one channel.

    Parameters
    ----------
    speech : dict of label to Intervals
        ``"speaker 1"`` speaks first. Empty where `why_not` is set.
    confidence : float
        Probability that who spoke can be relied on, 0 to 1; 0 where `why_not` is set.
    why_not : str or None
        Why nothing is said.
    """

    speech: dict[str, Intervals]
    confidence: float
    why_not: str | None = None

    def speakers_of(self, intervals: Sequence[Interval]) -> list[str]:
        """Who speaks most of each interval; outside all speech, who is nearest."""
        pieces = sorted((p.start_s, p.end_s, label) for label, own in self.speech.items() for p in own)
        starts = [start_s for start_s, _, _ in pieces]
        found = []
        for interval in intervals:
            i = bisect_right(starts, interval.start_s)
            near = pieces[max(0, i - NEAR) : i + NEAR]
            common = [
                min(end_s, interval.end_s) - max(start_s, interval.start_s) for start_s, end_s, _ in near
            ]
            # Negative is a distance, so that the greatest is also the nearest.
            found.append(near[common.index(max(common))][2])
        return found


class Diarizer(Protocol):
    """A back end. `key` names everything that can change its answer."""

    name: str
    key: dict[str, object]

    def find(
        self, path: str | PathLike[str], speech: Intervals, words: Sequence[Word] | None = None
    ) -> Diarization: ...


class Embedded:
    """Cepstrum and pitch, grouped by what differs more than one voice does; no download."""

    name = "embedded"

    def __init__(self) -> None:
        self.key: dict[str, object] = {"back_end": self.name, "stage": STAGE}

    def find(
        self, path: str | PathLike[str], speech: Intervals, words: Sequence[Word] | None = None
    ) -> Diarization:
        voices = Voices()
        with open_audio(path) as audio:
            for block in audio.blocks():
                voices.feed(block.mean(axis=0))
        return told_apart(voices.finish(), speech, words)


def load_diarizer(name: str = "embedded", *, model: str | None = None) -> Diarizer:
    """The back end of a name.

    Raises
    ------
    BadSettings
        If there is no such back end.
    MissingExtra
        If its libraries are not installed.
    ModelMissing
        If its model cannot be had.
    """
    if name == "embedded":
        return Embedded()
    if name == "pyannote":
        from callcoach.transcribe.diarize_pyannote import load_pyannote

        return load_pyannote(model)
    raise BadSettings(f"a diarization back end must be one of {', '.join(BACK_ENDS)}; found {name!r}")


def told_apart(features: np.ndarray, speech: Intervals, words: Sequence[Word] | None = None) -> Diarization:
    """Two voices from the features of a recording.

    Parameters
    ----------
    features : ndarray
        Of `voices.features`.
    words : sequence of Word, optional
        By start; those with times make the atoms.
    """
    timed = [word for word in words or () if word.interval is not None]
    atoms = atoms_of(features, speech, [word.interval for word in timed])
    groups = grouped(atoms, change=_change(atoms, timed)) if len(atoms) else None
    reason = why_not(speech, atoms, groups)
    if reason:
        return Diarization({}, 0.0, reason)
    return Diarization(
        _speech_of(speech, atoms, groups.first), round(confidence(*measured(atoms, groups)), 4)
    )


def diarized(
    transcript: Transcript,
    path: str | PathLike[str],
    *,
    diarizer: Diarizer | None = None,
    progress: Callable[[float], None] | None = None,
) -> Transcript:
    """A mono recording's transcript with its speakers told apart, or with the reason why not.

    Any other transcript comes back as it is. Below `DEPENDABLE_SEPARATION` the speakers are kept, with
    their probability and a note, and nobody's figures rest on them.
    """
    provenance = transcript.provenance
    if (
        provenance.kind != "audio"
        or provenance.separation is not Separation.NONE
        or len(transcript.speakers) != 1
    ):
        return transcript
    label = transcript.speakers[0].label
    speech = transcript.speech.get(label, ())
    if not speech:
        return transcript
    diarizer = diarizer or Embedded()
    words = [word for turn in transcript.turns for word in turn.words]
    if all(word.interval is not None for word in words):
        found = diarizer.find(path, speech, words)
    else:
        found = Diarization({}, 0.0, "its words have no times to divide them by")
    if progress:
        progress(1.0)
    return with_voices(transcript, found, diarizer)


def with_voices(transcript: Transcript, found: Diarization, diarizer: Diarizer) -> Transcript:
    """The transcript as the back end told its voices."""
    provenance = transcript.provenance
    key = content_key([provenance.recognition_key, diarizer.key])
    if found.why_not:
        note = f"Who spoke when was not told from one channel: {found.why_not}. {ADVICE}"
        return replace(
            transcript, provenance=replace(provenance, recognition_key=key, notes=(*provenance.notes, note))
        )
    sure = found.confidence >= DEPENDABLE_SEPARATION
    note = (
        f"Who spoke when was inferred from one channel ({diarizer.name}, probability {found.confidence:.2f})."
    )
    if not sure:
        note += f" Under {DEPENDABLE_SEPARATION:.1f}, what depends on it is withheld. {ADVICE}"
    labels = tuple(found.speech)
    words: dict[str, list[Word]] = {label: [] for label in labels}
    timed = [word for turn in transcript.turns for word in turn.words if word.interval is not None]
    for word, label in zip(timed, found.speakers_of([word.interval for word in timed]), strict=True):
        words[label].append(word)
    spoken = any(words.values())
    turns: tuple[Turn, ...] = turns_from_words(words) if spoken else turns_from_speech(found.speech)
    return replace(
        transcript,
        speakers=tuple(Speaker(label) for label in labels),
        turns=turns,
        speech=dict(found.speech),
        capabilities=transcript.capabilities - {Capability.OVERLAP},
        provenance=replace(
            provenance,
            recognition_key=key,
            separation=Separation.DIARIZED,
            separation_confidence=found.confidence,
            notes=(*without_mono(provenance.notes), note),
        ),
    )


def without_mono(notes: Sequence[str]) -> tuple[str, ...]:
    """Notes without those that say that nobody was told apart."""
    return tuple(note for note in notes if not note.endswith(NOT_KNOWN))


def _change(atoms: Atoms, words: Sequence[Word]) -> np.ndarray:
    """Probability of another speaker before every atom, by pauses and by what was said before."""
    change = change_chance(atoms.gaps_s)
    for i in range(1, len(atoms.words)):
        if words[atoms.words[i][0] - 1].text.rstrip("\"')").endswith("?"):
            change[i] = max(change[i], AFTER_QUESTION if atoms.gaps_s[i] > 0 else change[i])
    return change


def _speech_of(speech: Intervals, atoms: Atoms, first: np.ndarray) -> dict[str, Intervals]:
    """Speech divided half-way between atoms of different voices; no speech is lost or doubled."""
    middles = np.array([(s.start_s + s.end_s) / 2 for s in atoms.spans])
    spoken: dict[bool, list[Interval]] = {True: [], False: []}
    opener = bool(first[0])
    for piece in speech:
        i = int(np.searchsorted(middles, piece.start_s))
        # Walk over the atoms of this piece; before the first and after the last the nearest one speaks.
        at = piece.start_s
        current = _nearest(atoms, piece.start_s, i)
        while current + 1 < len(atoms) and atoms.spans[current].end_s < piece.end_s:
            after = current + 1
            border = max(at, (atoms.spans[current].end_s + atoms.spans[after].start_s) / 2)
            if border >= piece.end_s:
                break
            if first[after] != first[current] and border > at:
                spoken[bool(first[current])].append(Interval(round(at, 3), round(border, 3)))
                at = border
            current = after
        spoken[bool(first[current])].append(Interval(round(at, 3), round(piece.end_s, 3)))
    return {LABELS[0]: support(spoken[opener]), LABELS[1]: support(spoken[not opener])}


def _nearest(atoms: Atoms, time_s: float, i: int) -> int:
    candidates = [k for k in (i - 1, i) if 0 <= k < len(atoms)]
    return min(
        candidates,
        key=lambda k: max(atoms.spans[k].start_s - time_s, time_s - atoms.spans[k].end_s, 0.0),
    )
