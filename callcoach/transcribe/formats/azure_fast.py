"""Azure Speech, fast transcription.

::

    {"durationMilliseconds", "combinedPhrases": […],
     "phrases": [{"channel"?, "speaker"?, "locale"?, "offsetMilliseconds", "durationMilliseconds", "text",
                  "words": [{"text", "offsetMilliseconds", "durationMilliseconds"}]}]}

References
----------
Speech to text REST API, "Transcriptions - Transcribe" of 2024-11-15 and 2025-10-15.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import voices
from callcoach.transcribe.formats.values import (
    ended,
    entries,
    entry,
    label_of,
    probability,
    seconds,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, align, split


def read(source: Source) -> Reading:
    """The reading of a fast transcription."""
    root = entry(source.document, "the file")
    phrases = entries(root.get("phrases"), "phrases")
    pairs = [(whole(p.get("channel")), label_of(p.get("speaker"), "phrases[].speaker")) for p in phrases]
    heard = voices(
        pairs,
        n_channels=len(
            {whole(p.get("channel")) for p in entries(root.get("combinedPhrases"), "combinedPhrases")}
        ),
    )
    passages = []
    for pair, phrase in zip(pairs, phrases, strict=True):
        shown = split(words_of(phrase.get("text"), "phrases[].text"))
        recognised = [
            Spoken(word.text, *_times(value, "phrases[].words[]"), probability(value.get("confidence")))
            for value in entries(phrase.get("words"), "phrases[].words")
            for word in split(words_of(value.get("text"), "phrases[].words[].text"))
        ]
        words = (
            align([word.text for word in shown], recognised) if shown and recognised else shown or recognised
        )
        passages.append(Passage(heard.labels[pair], words, *_times(phrase, "phrases[]")))
    locale = next((phrase["locale"] for phrase in phrases if isinstance(phrase.get("locale"), str)), None)
    return Reading(
        passages,
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        duration_s=seconds(root.get("durationMilliseconds"), "durationMilliseconds", per_s=1000.0),
        language=locale,
        engine="azure-speech",
    )


def _times(value: dict, where: str) -> tuple[float | None, float | None]:
    start_s, length_s = (
        seconds(value.get(key), f"{where}.{key}", per_s=1000.0)
        for key in ("offsetMilliseconds", "durationMilliseconds")
    )
    return start_s, ended(start_s, length_s)


FORMAT = Format(
    "azure-fast",
    "Azure fast transcription JSON",
    keys("phrases[].text", "phrases[].offsetMilliseconds"),
    read,
)
