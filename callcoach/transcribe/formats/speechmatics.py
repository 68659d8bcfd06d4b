"""Speechmatics, JSON version 2.

::

    {"format": "2.9", "job": {"duration"}, "metadata": {"transcription_config": {"language"}},
     "results": [{"type": "word" | "punctuation" | "entity", "start_time", "end_time", "channel"?,
                  "attaches_to"?: "previous" | "next" | "both" | "none",
                  "alternatives": [{"content", "confidence", "speaker"?: "S1" | "UU"}]}]}          seconds

``UU`` is nobody known. Channels are ``channel_1``, ``channel_2`` or what the job called them.

References
----------
Speechmatics batch API, transcript format 2.7 to 2.9, as of 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from callcoach.core import Separation
from callcoach.transcribe.formats.passages import Reading, runs
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import channel_label, speaker
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    first,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, clean

_CHANNEL = re.compile(r"channel_(\d{1,3})\Z")
_UNKNOWN = "UU"


def read(source: Source) -> Reading:
    """The reading of a Speechmatics file."""
    root = entry(source.document, "the file")
    results = entries(root.get("results"), "results")
    channels = list(
        dict.fromkeys(c for r in results if (c := label_of(r.get("channel"), "results[].channel")))
    )
    apart = len(channels) > 1
    labels = {channel: _channel(channel) for channel in channels}
    said = list(_words(results, labels if apart else {}))
    config = entry(
        entry(root.get("metadata"), "metadata").get("transcription_config"), "metadata.transcription_config"
    )
    language = config.get("language")
    return Reading(
        runs(said),
        speakers={label: speaker(label, channel=number) for label, number in labels.values()}
        if apart
        else {},
        separation=Separation.CHANNELS if apart else Separation.LABELS,
        overlap=apart,
        in_order=False,
        duration_s=seconds(entry(root.get("job"), "job").get("duration"), "job.duration"),
        language=language if isinstance(language, str) else None,
        engine="speechmatics",
    )


def _channel(name: str) -> tuple[str, int | None]:
    """Label and number of a channel; one with a name of its own keeps it."""
    match = _CHANNEL.match(name)
    number = int(match[1]) - 1 if match and int(match[1]) else None
    return (channel_label(number), number) if number is not None else (name, None)


def _words(
    results: list[dict], labels: dict[str, tuple[str, int | None]]
) -> Iterator[tuple[str | None, Spoken]]:
    """Words with who said them, punctuation put where it belongs."""
    waiting: tuple[str | None, Spoken] | None = None
    opening = ""
    glued = False
    for result in results:
        best = first(result.get("alternatives"), "results[].alternatives")
        text = "".join(clean(words_of(best.get("content"), "results[].alternatives[].content")).split())
        if not text:
            continue
        to = result.get("attaches_to")
        if result.get("type") == "punctuation" and to != "none":
            if to == "next" or waiting is None:
                opening += text
            else:
                waiting = (waiting[0], waiting[1]._replace(text=waiting[1].text + text))
                glued = to == "both"
            continue
        who = label_of(best.get("speaker"), "results[].alternatives[].speaker")
        label = None if who == _UNKNOWN else who
        channel = label_of(result.get("channel"), "results[].channel")
        if labels:
            label = labels[channel][0] if channel else None
        start_s, end_s = (seconds(result.get(key), f"results[].{key}") for key in ("start_time", "end_time"))
        word = Spoken(opening + text, start_s, end_s, probability(best.get("confidence")))
        opening = ""
        if glued and waiting is not None and waiting[0] == label:
            before = waiting[1]
            waiting = (label, before._replace(text=before.text + word.text, end_s=end_s))
        else:
            if waiting is not None:
                yield waiting
            waiting = (label, word)
        glued = False
    if waiting is not None:
        yield waiting


FORMAT = Format(
    "speechmatics",
    "Speechmatics JSON",
    keys("results[].alternatives[].content", "results[].type", "results[].start_time"),
    read,
)
