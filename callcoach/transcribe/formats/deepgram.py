"""Deepgram, pre-recorded audio, with and without utterances.

::

    {"metadata": {"duration", "channels"}, "results": {
       "channels": [{"detected_language"?, "alternatives": [{"transcript", "words": [{"word",
         "punctuated_word"?, "start", "end", "confidence", "speaker"?}]}]}],
       "utterances"?: [{"channel", "speaker"?, "start", "end", "words": […]}]}}            seconds

References
----------
Deepgram API reference, "Pre-recorded audio", "Utterances", "Diarization", "Multichannel", as of 2025.
"""

from __future__ import annotations

from itertools import groupby

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import voices
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    first,
    label_of,
    probability,
    seconds,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, split

_Pair = tuple[int | None, str | None]
_Part = tuple[_Pair, list[Spoken], float | None, float | None]


def read(source: Source) -> Reading:
    """The reading of a Deepgram file; utterances count where there are any."""
    root = entry(source.document, "the file")
    results = entry(root.get("results"), "results")
    channels = entries(results.get("channels"), "results.channels")
    utterances = entries(results.get("utterances"), "results.utterances")
    parts = [part for utterance in utterances for part in _utterance(utterance)]
    if not parts:
        parts = [part for number, channel in enumerate(channels) for part in _channel(number, channel)]
    heard = voices((pair for pair, *_ in parts), n_channels=len(channels))
    facts = entry(root.get("metadata"), "metadata")
    language = next(
        (c["detected_language"] for c in channels if isinstance(c.get("detected_language"), str)), None
    )
    return Reading(
        [Passage(heard.labels[pair], words, start_s, end_s) for pair, words, start_s, end_s in parts],
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        duration_s=seconds(facts.get("duration"), "metadata.duration"),
        language=language,
        engine="deepgram",
    )


def _utterance(utterance: dict) -> list[_Part]:
    where = "results.utterances[]"
    channel = whole(utterance.get("channel"))
    who = label_of(utterance.get("speaker"), f"{where}.speaker")
    start_s, end_s = (seconds(utterance.get(key), f"{where}.{key}") for key in ("start", "end"))
    said = _words(utterance.get("words"), f"{where}.words", channel, who)
    if not said:
        return [
            (
                (channel, who),
                split(words_of(utterance.get("transcript"), f"{where}.transcript")),
                start_s,
                end_s,
            )
        ]
    return _runs(said)


def _channel(number: int, channel: dict) -> list[_Part]:
    where = "results.channels[].alternatives"
    best = first(channel.get("alternatives"), where)
    said = _words(best.get("words"), f"{where}[].words", number, None)
    if not said:
        return [
            ((number, None), split(words_of(best.get("transcript"), f"{where}[].transcript")), None, None)
        ]
    return _runs(said)


def _runs(said: list[tuple[_Pair, Spoken]]) -> list[_Part]:
    return [
        (pair, [word for _, word in run], None, None) for pair, run in groupby(said, key=lambda one: one[0])
    ]


def _words(value: object, where: str, channel: int | None, who: str | None) -> list[tuple[_Pair, Spoken]]:
    said = []
    for word in entries(value, where):
        text = words_of(word.get("punctuated_word"), f"{where}[].punctuated_word") or words_of(
            word.get("word"), f"{where}[].word"
        )
        start_s, end_s = (seconds(word.get(key), f"{where}[].{key}") for key in ("start", "end"))
        pair = (channel, label_of(word.get("speaker"), f"{where}[].speaker") or who)
        sure = probability(word.get("confidence"))
        said.extend((pair, Spoken(part.text, start_s, end_s, sure)) for part in split(text))
    return said


FORMAT = Format(
    "deepgram",
    "Deepgram JSON",
    keys("results.channels[].alternatives[]"),
    read,
)
