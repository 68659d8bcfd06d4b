"""Amazon Transcribe Call Analytics, and Contact Lens files of the same shape.

::

    {"Participants": [{"ParticipantRole": "AGENT"}, …], "LanguageCode",
     "Transcript": [{"ParticipantRole", "Content", "BeginOffsetMillis", "EndOffsetMillis",
                     "Items"?: [{"Type", "Content", "Confidence", "BeginOffsetMillis", "EndOffsetMillis"}]}]}

Call Analytics takes two-channel recordings only, one side on each, so overlap can be told. The file
states the sides and not which channel each is on.

References
----------
Amazon Transcribe Developer Guide, "Post-call analytics output", as of 2025; Amazon Connect, Contact
Lens output files (``ParticipantId`` in the place of the role), as of 2025.
"""

from __future__ import annotations

from callcoach.core import Separation
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, key, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import speaker
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, attach, split


def read(source: Source) -> Reading:
    """The reading of a Call Analytics file; words have times where the turn lists its items."""
    root = entry(source.document, "the file")
    passages = []
    for turn in entries(root.get("Transcript"), "Transcript"):
        words = _items(turn) or split(words_of(turn.get("Content"), "Transcript[].Content"))
        passages.append(Passage(_side(turn, "Transcript[]"), words, *_times(turn, "Transcript[]")))
    labels = [_side(person, "Participants[]") for person in entries(root.get("Participants"), "Participants")]
    shape = entry(root.get("ConversationCharacteristics"), "ConversationCharacteristics")
    language = root.get("LanguageCode")
    return Reading(
        passages,
        speakers={label: speaker(label) for label in labels if label},
        separation=Separation.CHANNELS,
        overlap=True,
        in_order=False,
        duration_s=seconds(
            shape.get("TotalConversationDurationMillis"),
            "ConversationCharacteristics.TotalConversationDurationMillis",
            per_s=1000.0,
        ),
        language=language if isinstance(language, str) else None,
        engine="amazon-transcribe",
    )


def _side(value: dict, where: str) -> str | None:
    return label_of(value.get("ParticipantRole"), f"{where}.ParticipantRole") or label_of(
        value.get("ParticipantId"), f"{where}.ParticipantId"
    )


def _times(value: dict, where: str) -> tuple[float | None, float | None]:
    start_s, end_s = (
        seconds(value.get(key), f"{where}.{key}", per_s=1000.0)
        for key in ("BeginOffsetMillis", "EndOffsetMillis")
    )
    return start_s, end_s


def _items(turn: dict) -> list[Spoken]:
    words: list[Spoken] = []
    for item in entries(turn.get("Items"), "Transcript[].Items"):
        text = words_of(item.get("Content"), "Transcript[].Items[].Content")
        if item.get("Type") == "punctuation":
            attach(words, text)
        else:
            times = _times(item, "Transcript[].Items[]")
            sure = probability(item.get("Confidence"))
            words.extend(Spoken(word.text, *times, sure) for word in split(text))
    return words


FORMAT = Format(
    "aws-call-analytics",
    "Amazon Transcribe Call Analytics JSON",
    (
        *keys("Transcript[].Content", "Transcript[].BeginOffsetMillis"),
        key("Transcript[].ParticipantRole", "Transcript[].ParticipantId"),
    ),
    read,
)
