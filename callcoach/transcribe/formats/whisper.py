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
from callcoach.transcribe.formats.shape import IS_JSON, Format, key
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, align, join_tokens, spaced, split


def read(source: Source) -> Reading:
    """The reading of a Whisper JSON file; words are the segments' own where there are any."""
    document = source.document
    root = {"segments": document} if isinstance(document, list) else entry(document, "the file")
    segments = entries(root.get("segments"), "segments")
    if any(segment.get("words") for segment in segments):
        passages = [passage for segment in segments for passage in _passages(segment)]
    else:
        passages = _shared_out(segments, _words(root.get("words"), "words"))
    language = root.get("language")
    return Reading(
        passages,
        separation=Separation.LABELS,
        language=language if isinstance(language, str) else None,
        duration_s=seconds(root.get("duration"), "duration"),
        engine="whisper",
    )


def _shared_out(segments: list[dict], loose: list[tuple[Spoken, str | None]]) -> list[Passage]:
    """Segments whose words stand in one list of their own, without punctuation (OpenAI's API)."""
    passages = []
    at = 0
    for number, segment in enumerate(segments):
        (passage,) = _passages(segment)
        until = len(loose) if number == len(segments) - 1 else at
        while until < len(loose) and _starts_before(loose[until][0], passage.end_s):
            until += 1
        if until > at:
            tokens = join_tokens(spaced([token for token, _ in loose[at:until]]))
            passage = passage._replace(words=align([word.text for word in passage.words], tokens))
        at = until
        passages.append(passage)
    return passages


def _starts_before(word: Spoken, end_s: float | None) -> bool:
    return word.start_s is None or (end_s is not None and word.start_s < end_s)


def _passages(segment: dict) -> list[Passage]:
    start_s, end_s = (
        seconds(segment.get("start"), "segments[].start"),
        seconds(segment.get("end"), "segments[].end"),
    )
    speaker = label_of(segment.get("speaker"), "segments[].speaker")
    tokens = _words(segment.get("words"), "segments[].words")
    if not tokens:
        return [Passage(speaker, split(words_of(segment.get("text"), "segments[].text")), start_s, end_s)]
    if all(said is None for _, said in tokens):
        return [Passage(speaker, join_tokens(spaced([token for token, _ in tokens])), start_s, end_s)]
    runs = [
        (said, [token for token, _ in run])
        for said, run in groupby(_filled(tokens, speaker), key=lambda pair: pair[1])
    ]
    if len(runs) == 1:
        return [Passage(runs[0][0], join_tokens(spaced(runs[0][1])), start_s, end_s)]
    return [Passage(said, join_tokens(spaced(run))) for said, run in runs]


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


FORMAT = Format(
    "whisper-json",
    "Whisper or WhisperX JSON",
    (
        IS_JSON,
        key("segments[].text", "[].text"),
        key("segments[].start", "[].start"),
    ),
    read,
)
