"""Whisper JSON and its family: OpenAI Whisper and its API, faster-whisper, WhisperX, whisper-timestamped.

::

    {"text", "language", "segments": [{"start", "end", "text", "speaker"?,
      "words"?: [{"word" or "text", "start"?, "end"?, "probability" or "score" or "confidence"?, "speaker"?}]}]}

WhisperX leaves out the times of words it could not align (numbers) and adds speakers to segments
and words; a segment in which they change is several passages.
"""

from __future__ import annotations

from itertools import groupby

from callcoach.core import Separation
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, Mark, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    holds,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, join_tokens, split


def read(source: Source) -> Reading:
    """The reading of a Whisper JSON file; words are the segments' own where there are any."""
    document = source.document
    root = {"segments": document} if isinstance(document, list) else entry(document, "the file")
    segments = entries(root.get("segments"), "segments")
    loose = [] if any(segment.get("words") for segment in segments) else _words(root.get("words"), "words")
    passages = [passage for segment in segments for passage in _passages(segment, loose)]
    language = root.get("language")
    return Reading(
        passages,
        separation=Separation.LABELS,
        language=language if isinstance(language, str) else None,
        duration_s=seconds(root.get("duration"), "duration"),
        engine="whisper",
    )


def _passages(segment: dict, loose: list[tuple[Spoken, str | None]]) -> list[Passage]:
    start_s, end_s = (
        seconds(segment.get("start"), "segments[].start"),
        seconds(segment.get("end"), "segments[].end"),
    )
    speaker = label_of(segment.get("speaker"), "segments[].speaker")
    tokens = _words(segment.get("words"), "segments[].words")
    if loose and start_s is not None and end_s is not None:
        tokens = _take(loose, end_s)
    if not tokens:
        return [Passage(speaker, split(words_of(segment.get("text"), "segments[].text")), start_s, end_s)]
    if all(said is None for _, said in tokens):
        return [Passage(speaker, join_tokens(_spaced([token for token, _ in tokens])), start_s, end_s)]
    runs = [
        (said, [token for token, _ in run])
        for said, run in groupby(_filled(tokens, speaker), key=lambda pair: pair[1])
    ]
    if len(runs) == 1:
        return [Passage(runs[0][0], join_tokens(_spaced(runs[0][1])), start_s, end_s)]
    return [Passage(said, join_tokens(_spaced(run))) for said, run in runs]


def _filled(tokens: list[tuple[Spoken, str | None]], speaker: str | None) -> list[tuple[Spoken, str | None]]:
    """Words without a speaker go with the word before them, the first ones with the segment."""
    filled = []
    for token, said in tokens:
        speaker = said or speaker
        filled.append((token, speaker))
    return filled


def _words(value: object, where: str) -> list[tuple[Spoken, str | None]]:
    """Tokens of a list of words and who said each."""
    found = []
    for word in entries(value, where):
        text = words_of(word.get("word", word.get("text")), f"{where}[].word")
        sure = next((word[key] for key in ("probability", "score", "confidence") if key in word), None)
        start_s, end_s = (
            seconds(word.get("start"), f"{where}[].start"),
            seconds(word.get("end"), f"{where}[].end"),
        )
        found.append(
            (
                Spoken(text, start_s, end_s, probability(sure)),
                label_of(word.get("speaker"), f"{where}[].speaker"),
            )
        )
    return found


def _take(loose: list[tuple[Spoken, str | None]], end_s: float) -> list[tuple[Spoken, str | None]]:
    """Words of the file's own list that start before a segment ends, in their order."""
    n = 0
    while n < len(loose) and (loose[n][0].start_s is None or loose[n][0].start_s < end_s):
        n += 1
    taken = loose[:n]
    del loose[:n]
    return taken


def _spaced(tokens: list[Spoken]) -> list[Spoken]:
    """Tokens with their own spaces as they are; bare words apart from each other."""
    if any(token.text[:1].isspace() for token in tokens):
        return tokens
    return [token._replace(text=f" {token.text}") for token in tokens]


FORMAT = Format(
    "whisper-json",
    "Whisper or WhisperX JSON",
    (
        *keys(),
        Mark(
            "segments[].text",
            lambda source: holds(source.document, "segments[].text") or holds(source.document, "[].text"),
        ),
        Mark(
            "segments[].start",
            lambda source: holds(source.document, "segments[].start") or holds(source.document, "[].start"),
        ),
    ),
    read,
)
