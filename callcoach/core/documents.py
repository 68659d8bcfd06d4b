"""Nouns to plain JSON values and back, for the store and for other programs.

The JSON of a transcript here is the store's own (all offsets and probabilities); the JSON of a
scored call that users read is put together in the pipeline.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from callcoach.core.intervals import Interval, Intervals
from callcoach.core.transcript import (
    Capability,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
)

TRANSCRIPT_VERSION = 2  # 1 wrote out a column in which no word says anything; it is read as well


def _pairs(intervals: Intervals) -> list[list[float]]:
    return [[piece.start_s, piece.end_s] for piece in intervals]


def _intervals(pairs: list[list[float]]) -> Intervals:
    return tuple(Interval(start_s, end_s) for start_s, end_s in pairs)


def _columns(words: Sequence[Word]) -> list[list[object] | None]:
    """Texts, starts, ends and probabilities: four lists are written twice as fast as one per word.

    Where no word has a time, or a probability, there is no list of it.
    """
    intervals = [word.interval for word in words]
    timed = any(intervals)
    probabilities = [word.probability for word in words]
    known = probabilities.count(None) < len(probabilities)
    return [
        [word.text for word in words],
        [interval.start_s if interval else None for interval in intervals] if timed else None,
        [interval.end_s if interval else None for interval in intervals] if timed else None,
        probabilities if known else None,
    ]


def _words(columns: Sequence[Sequence | None]) -> tuple[Word, ...]:
    texts, starts, ends, probabilities = columns
    texts = [*map(sys.intern, texts)]  # a word that is said often is one text in memory, hashed once
    if starts is None and probabilities is None:
        return tuple(map(Word, texts))
    nothing = (None,) * len(texts)
    return tuple(
        Word(text, None if start_s is None else Interval(start_s, end_s), probability)
        for text, start_s, end_s, probability in zip(
            texts, starts or nothing, ends or nothing, probabilities or nothing, strict=True
        )
    )


def transcript_to_document(transcript: Transcript) -> dict[str, object]:
    """Plain values that `transcript_from_document` turns back into an equal transcript."""
    provenance = transcript.provenance
    return {
        "version": TRANSCRIPT_VERSION,
        "source_sha256": transcript.source_sha256,
        "duration_s": transcript.duration_s,
        "language": transcript.language,
        "capabilities": sorted(transcript.capabilities),
        "cuts": _pairs(transcript.cuts),
        "speech_note": transcript.speech_note,
        "provenance": {
            "kind": provenance.kind,
            "format": provenance.format,
            "recognition_key": provenance.recognition_key,
            "engine": provenance.engine,
            "model": provenance.model,
            "separation": provenance.separation,
            "separation_confidence": provenance.separation_confidence,
            "channel_verdict": provenance.channel_verdict,
            "notes": list(provenance.notes),
        },
        "speakers": [
            {
                "label": speaker.label,
                "role": speaker.role,
                "name": speaker.name,
                "channel": speaker.channel,
                "role_confidence": speaker.role_confidence,
                "role_source": speaker.role_source,
            }
            for speaker in transcript.speakers
        ],
        "turns": [
            {
                "speaker": turn.speaker,
                "span": [turn.span.start_s, turn.span.end_s] if turn.span else None,
                "words": _columns(turn.words),
            }
            for turn in transcript.turns
        ],
        "speech": {label: _pairs(pieces) for label, pieces in transcript.speech.items()},
    }


def transcript_from_document(document: dict) -> Transcript:
    """The transcript that `transcript_to_document` wrote."""
    provenance = dict(document["provenance"])
    provenance["separation"] = Separation(provenance["separation"])
    provenance["notes"] = tuple(provenance["notes"])
    return Transcript(
        source_sha256=document["source_sha256"],
        provenance=Provenance(**provenance),
        duration_s=document["duration_s"],
        language=document["language"],
        capabilities=frozenset(Capability(name) for name in document["capabilities"]),
        cuts=_intervals(document["cuts"]),
        speech_note=document["speech_note"],
        speakers=tuple(
            Speaker(**{**speaker, "role": Role(speaker["role"])}) for speaker in document["speakers"]
        ),
        turns=tuple(
            Turn(
                speaker=turn["speaker"],
                span=Interval(*turn["span"]) if turn["span"] else None,
                words=_words(turn["words"]),
            )
            for turn in document["turns"]
        ),
        speech={label: _intervals(pairs) for label, pairs in document["speech"].items()},
    )
