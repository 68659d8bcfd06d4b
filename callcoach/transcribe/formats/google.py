"""Google Speech-to-Text, versions 1 and 2, as the service or its client libraries write it.

::

    {"results": [{"channelTag"?, "languageCode"?, "alternatives": [{"transcript",
       "words": [{"word", "startTime" | "startOffset", "endTime" | "endOffset", "confidence"?,
                  "speakerTag"? | "speakerLabel"?}]}]}]}

Times are ``"1.300s"`` or ``{"seconds", "nanos"}``. Where speakers are told apart, version 1 repeats
all words with their speakers in the last result; then that one counts alone. The result of a
long-running operation stands under ``response``.

References
----------
Cloud Speech-to-Text reference, RecognizeResponse of v1 and BatchRecognizeResults of v2, as of 2025.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_JSON, Format, key, lacks
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import voices
from callcoach.transcribe.formats.values import (
    duration,
    entries,
    entry,
    first,
    label_of,
    probability,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, split

_Said = tuple[tuple[int | None, str | None], Spoken]


def read(source: Source) -> Reading:
    """The reading of a Speech-to-Text file; text alone where words were not asked for."""
    root = entry(source.document, "the file")
    results = entries((entry(root.get("response"), "response") or root).get("results"), "results")
    parts: list[list[_Said]] = []
    untimed: list[tuple[int | None, str]] = []
    for result in results:
        channel = _channel(result)
        best = first(result.get("alternatives"), "results[].alternatives")
        said = _words(best, channel)
        if said:
            parts.append(said)
        else:
            untimed.append((channel, words_of(best.get("transcript"), "results[].alternatives[].transcript")))
    if _repeats(parts):
        parts, untimed = parts[-1:], []
    heard = voices(
        [*(pair for part in parts for pair, _ in part), *((channel, None) for channel, _ in untimed)]
    )
    passages = [passage for part in parts for passage in _runs(part, heard.labels)]
    passages += [Passage(heard.labels[channel, None], split(text)) for channel, text in untimed]
    language = next((r["languageCode"] for r in results if isinstance(r.get("languageCode"), str)), None)
    return Reading(
        passages,
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        language=language,
        engine="google-speech-to-text",
    )


def _runs(part: list[_Said], labels: dict) -> list[Passage]:
    passages: list[Passage] = []
    for pair, word in part:
        if passages and passages[-1].speaker == labels[pair]:
            passages[-1].words.append(word)
        else:
            passages.append(Passage(labels[pair], [word]))
    return passages


def _channel(result: dict) -> int | None:
    tag = whole(result.get("channelTag", result.get("channel_tag")))
    return tag - 1 if tag else None


def _words(best: dict, channel: int | None) -> list[_Said]:
    where = "results[].alternatives[].words"
    said: list[_Said] = []
    for word in entries(best.get("words"), where):
        start, end = (
            duration(next((word[key] for key in names if key in word), None), f"{where}[].{names[0]}")
            for names in (("startTime", "startOffset", "start_time"), ("endTime", "endOffset", "end_time"))
        )
        if end is not None and start is None:
            start = 0.0  # a zero is left out by the service
        who = word.get("speakerLabel") or word.get("speakerTag") or word.get("speaker_tag")
        label = label_of(who, f"{where}[].speakerTag")
        sure = probability(word.get("confidence")) or None  # zero stands for unset
        text = words_of(word.get("word"), f"{where}[].word")
        said.extend(((channel, label), Spoken(part.text, start, end, sure)) for part in split(text))
    return said


def _repeats(parts: list[list[_Said]]) -> bool:
    """Whether the last result tells all words of the others again, with their speakers."""
    if len(parts) < 2 or not all(pair[1] for pair, _ in parts[-1]):
        return False
    before = [word.text for part in parts[:-1] for _, word in part]
    return [word.text for _, word in parts[-1]][: len(before)] == before or not any(
        pair[1] for part in parts[:-1] for pair, _ in part
    )


FORMAT = Format(
    "google-speech-to-text",
    "Google Speech-to-Text JSON",
    (
        IS_JSON,
        key("results[].alternatives[].transcript", "response.results[].alternatives[].transcript"),
        lacks("results[].final"),
    ),
    read,
)
