"""Azure conversations: input of the Language service, and the call-centre output made from it.

::

    {"language"?, "conversationItems": [{"participantId", "role"?: "Agent" | "Customer", "text" | "redactedContent": {"text"},
       "audioTimings"?: [{"word", "offset", "duration"}],  "conversationItemLevelTiming"?: {"offset", "duration"},
       "channel"?, "offset"?: "PT0.77S", "duration"?}]}                                   ticks of 100 ns

The items stand at the top, under ``conversations``, ``analysisInput.conversations`` or
``conversationAnalyticsResults.conversationPiiResults.conversations``.

References
----------
Azure AI Language REST API 2024-11-01, TranscriptConversationItem; call centre quickstart of Azure
Speech, "Check results", as of 2025.
"""

from __future__ import annotations

from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.azure_batch import TICKS_PER_S, timed
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_JSON, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import name_of, role_of, speaker, voices
from callcoach.transcribe.formats.values import (
    Json,
    duration,
    ended,
    entries,
    entry,
    label_of,
    seconds,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, align, split

_PLACES = (
    (),
    ("analysisInput",),
    ("conversation",),
    ("conversationAnalyticsResults", "conversationPiiResults"),
)


def conversations(document: Json) -> list[dict]:
    """Every object that has conversation items, wherever the services put it."""
    found = []
    for place in _PLACES:
        value = document
        for key in place:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, dict):
            continue
        nested = value.get("conversations")
        for one in [value, *(nested if isinstance(nested, list) else [])]:
            if isinstance(one, dict) and isinstance(one.get("conversationItems"), list):
                found.append(one)
    return found


def read(source: Source) -> Reading:
    """The reading of one Azure conversation.

    Raises
    ------
    BadTranscript
        If the file holds several.
    """
    found = conversations(source.document)
    if len(found) > 1:
        raise BadTranscript(
            f"a transcript must be of one call; this file holds {len(found)} conversations: split it into one file each"
        )
    where = "conversationItems"
    items = entries(found[0].get(where), where)
    names = [label_of(item.get("participantId"), f"{where}[].participantId") for item in items]
    pairs = [(whole(item.get("channel")), name) for item, name in zip(items, names, strict=True)]
    heard = voices((channel, None if channel is not None else name) for channel, name in pairs)
    speakers = dict(heard.speakers)
    passages = []
    for item, (channel, name) in zip(items, pairs, strict=True):
        label = heard.labels[channel, None if channel is not None else name]
        role = role_of(words_of(item.get("role"), f"{where}[].role"))
        if label and label not in speakers:
            speakers[label] = speaker(label, role=role if role != "UNKNOWN" else None, name=name_of(label))
        passages.append(Passage(label, _words(item, where), *_times(item, where)))
    language = found[0].get("language")
    return Reading(
        passages,
        speakers=speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        language=language if isinstance(language, str) else None,
        engine="azure-speech",
    )


def _words(item: dict, where: str) -> list[Spoken]:
    redacted = entry(item.get("redactedContent"), f"{where}[].redactedContent")
    shown = split(
        words_of(item.get("text"), f"{where}[].text")
        or words_of(redacted.get("text"), f"{where}[].redactedContent.text")
    )
    recognised = timed(
        _ticked(item.get("audioTimings", item.get("wordLevelTimings")), f"{where}[].audioTimings"),
        f"{where}[].audioTimings[]",
        text="word",
    )
    return align([word.text for word in shown], recognised) if shown and recognised else shown or recognised


def _ticked(value: Json, where: str) -> list[dict]:
    """Timings under the names that say they are ticks."""
    return [
        {"word": one.get("word"), "offsetInTicks": one.get("offset"), "durationInTicks": one.get("duration")}
        for one in entries(value, where)
    ]


def _times(item: dict, where: str) -> tuple[float | None, float | None]:
    level = entry(item.get("conversationItemLevelTiming"), f"{where}[].conversationItemLevelTiming") or item
    start_s, length_s = (_time(level.get(key), f"{where}[].{key}") for key in ("offset", "duration"))
    return start_s, ended(start_s, length_s)


def _time(value: Json, where: str) -> float | None:
    if isinstance(value, str) and value.upper().startswith("PT"):
        return duration(value, where)
    return seconds(value, where, per_s=TICKS_PER_S)


FORMAT = Format(
    "azure-conversation",
    "Azure conversation JSON",
    (
        IS_JSON,
        Mark(
            "conversationItems[]",
            lambda source: bool(conversations(source.document)),
            lambda source: (
                0.5 * any(key in str(source.text[:2000]) for key in ("conversations", "analysisInput"))
            ),
        ),
        Mark(
            "conversationItems[].text",
            lambda source: any(
                isinstance(item, dict) and ("text" in item or "redactedContent" in item)
                for one in conversations(source.document)
                for item in one["conversationItems"][:25]
            ),
        ),
    ),
    read,
)
