"""One recording per participant: each file is one speaker's channel, so nothing has to be told apart.

Meeting systems write such files with a common clock: second 0 is the same moment in all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from callcoach.core import Capability, Separation, Speaker, Transcript, content_key, support
from callcoach.transcribe.diarize import without_mono
from callcoach.transcribe.turns import turns_from_speech, turns_from_words

VERDICT = "trust"


def joined(transcripts: Mapping[str, Transcript]) -> Transcript:
    """One transcript of several recordings of one person each.

    Parameters
    ----------
    transcripts : mapping of participant's name to Transcript
        Everything heard in a file is that participant's, whatever its channels.

    Raises
    ------
    ValueError
        If there is none.
    """
    if not transcripts:
        raise ValueError("joining needs at least one recording; there is none")
    parts = dict(transcripts)
    speech = {
        name: support(piece for pieces in part.speech.values() for piece in pieces)
        for name, part in parts.items()
    }
    words = {
        name: [word for turn in part.turns for word in turn.words if word.interval is not None]
        for name, part in parts.items()
    }
    first = next(iter(parts.values()))
    shared = frozenset.intersection(*(part.capabilities for part in parts.values()))
    durations = [part.duration_s for part in parts.values() if part.duration_s is not None]
    notes = tuple(
        f"{name}: {note}" for name, part in parts.items() for note in without_mono(part.provenance.notes)
    )
    return Transcript(
        source_sha256=hashlib.sha256(
            "".join(part.source_sha256 for part in parts.values()).encode()
        ).hexdigest(),
        provenance=replace(
            first.provenance,
            recognition_key=content_key(
                [[name, part.provenance.recognition_key] for name, part in parts.items()]
            ),
            separation=Separation.CHANNELS,
            separation_confidence=None,
            channel_verdict=VERDICT,
            notes=("Every participant has a recording of their own.", *notes),
        ),
        duration_s=max(durations, default=None),
        speakers=tuple(Speaker(name, name=name, channel=i) for i, name in enumerate(parts)),
        turns=turns_from_words(words) if any(words.values()) else turns_from_speech(speech),
        speech=speech,
        language=next((part.language for part in parts.values() if part.language), None),
        capabilities=shared | {Capability.OVERLAP},
        speech_note=first.speech_note,
    )
