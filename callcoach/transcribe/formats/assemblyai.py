"""AssemblyAI transcripts.

::

    {"status": "completed", "language_code", "audio_duration", "multichannel"?, "dual_channel"?,
     "words": [{"text", "start", "end", "confidence", "speaker", "channel"?}],
     "utterances"?: [{"speaker", "channel"?, "start", "end", "text", "words": […]}]}     milliseconds

Channels count from 1; with several of them a speaker is the channel, or the channel and a letter.

References
----------
AssemblyAI API reference, "Transcript", "Speaker diarization", "Multichannel transcription", as of 2025.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, Mark, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import voices
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    label_of,
    probability,
    seconds,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, split

_Pair = tuple[int | None, str | None]


def read(source: Source) -> Reading:
    """The reading of an AssemblyAI file; utterances count where there are any."""
    root = entry(source.document, "the file")
    apart = root.get("multichannel") is True or root.get("dual_channel") is True
    found: list[tuple[_Pair, list[Spoken], float | None, float | None]] = []
    for utterance in entries(root.get("utterances"), "utterances"):
        where = "utterances[]"
        said = _words(utterance.get("words"), f"{where}.words")
        words = [word for _, word in said] or split(words_of(utterance.get("text"), f"{where}.text"))
        found.append((_pair(utterance, where), words, *_times(utterance, where)))
    if not found:
        found = [(pair, [word], None, None) for pair, word in _words(root.get("words"), "words")]
    if not apart:
        found = [((None, who), words, start_s, end_s) for (_, who), words, start_s, end_s in found]
    heard = voices(
        (pair for pair, *_ in found), n_channels=whole(root.get("audio_channels")) or 1 if apart else 1
    )
    passages: list[Passage] = []
    for pair, words, start_s, end_s in found:
        label = heard.labels[pair]
        if start_s is None and passages and passages[-1].speaker == label and passages[-1].start_s is None:
            passages[-1].words.extend(words)
        else:
            passages.append(Passage(label, words, start_s, end_s))
    language = root.get("language_code")
    return Reading(
        passages,
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        duration_s=seconds(root.get("audio_duration"), "audio_duration"),
        language=language if isinstance(language, str) else None,
        engine="assemblyai",
    )


def _pair(value: dict, where: str) -> _Pair:
    channel = whole(value.get("channel"))
    return (channel - 1 if channel else None), label_of(value.get("speaker"), f"{where}.speaker")


def _times(value: dict, where: str) -> tuple[float | None, float | None]:
    start_s, end_s = (seconds(value.get(key), f"{where}.{key}", per_s=1000.0) for key in ("start", "end"))
    return start_s, end_s


def _words(value: object, where: str) -> list[tuple[_Pair, Spoken]]:
    return [
        (
            _pair(word, f"{where}[]"),
            Spoken(part.text, *_times(word, f"{where}[]"), probability(word.get("confidence"))),
        )
        for word in entries(value, where)
        for part in split(words_of(word.get("text"), f"{where}[].text"))
    ]


FORMAT = Format(
    "assemblyai",
    "AssemblyAI JSON",
    (
        *keys("words[].text", "words[].start", "words[].confidence"),
        Mark(
            "audio_url or utterances",
            lambda source: (
                isinstance(source.document, dict) and bool({"audio_url", "utterances"} & set(source.document))
            ),
        ),
    ),
    read,
)
