"""Amazon Transcribe, batch output: plain, with speaker labels, or with channel labels.

::

    {"results": {"items": [{"type": "pronunciation", "start_time", "end_time", "speaker_label"?,
                            "alternatives": [{"content", "confidence"}]}, {"type": "punctuation", …}],
                 "speaker_labels"?: {"segments": [{"items": [{"start_time", "speaker_label"}]}]},
                 "channel_labels"?: {"channels": [{"channel_label": "ch_0", "items": […]}]}}}      seconds

References
----------
Amazon Transcribe Developer Guide, "Example diarization output" and "Transcribing multi-channel
audio", as of 2025. Older files label speakers in ``speaker_labels`` only.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Reading, runs
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
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, attach, split


def read(source: Source) -> Reading:
    """The reading of an Amazon Transcribe file."""
    results = entry(entry(source.document, "the file").get("results"), "results")
    language = results.get("language_code")
    channel_labels = entry(results.get("channel_labels"), "results.channel_labels")
    channels = entries(channel_labels.get("channels"), "results.channel_labels.channels")
    if len(channels) > 1:
        said = [
            ((number, None), word)
            for number, channel in enumerate(channels)
            for _, word in _words(channel.get("items"), "results.channel_labels.channels[].items", {})
        ]
    else:
        items = results.get("items") or (channels[0].get("items") if channels else None)
        said = [((None, who), word) for who, word in _words(items, "results.items", _labels(results))]
    heard = voices((pair for pair, _ in said), n_channels=len(channels))
    return Reading(
        runs((heard.labels[pair], word) for pair, word in said),
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        language=language if isinstance(language, str) else None,
        engine="amazon-transcribe",
    )


def _labels(results: dict) -> dict[str, str | None]:
    """Who speaks at which start, from the list that older files keep apart."""
    where = "results.speaker_labels.segments"
    labels = {}
    for segment in entries(
        entry(results.get("speaker_labels"), "results.speaker_labels").get("segments"), where
    ):
        for item in entries(segment.get("items"), f"{where}[].items"):
            who = label_of(item.get("speaker_label"), f"{where}[].items[].speaker_label")
            labels[words_of(item.get("start_time"), f"{where}[].items[].start_time")] = who
    return labels


def _words(items: object, where: str, labels: dict[str, str | None]) -> list[tuple[str | None, Spoken]]:
    said: list[tuple[str | None, Spoken]] = []
    for item in entries(items, where):
        best = first(item.get("alternatives"), f"{where}[].alternatives")
        text = words_of(best.get("content"), f"{where}[].alternatives[].content")
        if item.get("type") == "punctuation":
            if said:
                marked = [said[-1][1]]
                attach(marked, text)
                said[-1] = (said[-1][0], marked[0])
            continue
        start_s, end_s = (seconds(item.get(key), f"{where}[].{key}") for key in ("start_time", "end_time"))
        who = label_of(item.get("speaker_label"), f"{where}[].speaker_label") or labels.get(
            words_of(item.get("start_time"), f"{where}[].start_time")
        )
        sure = probability(best.get("confidence"))
        said.extend((who, Spoken(word.text, start_s, end_s, sure)) for word in split(text))
    return said


FORMAT = Format(
    "aws-transcribe",
    "Amazon Transcribe JSON",
    keys("results.transcripts[]", "results.items[]"),
    read,
)
